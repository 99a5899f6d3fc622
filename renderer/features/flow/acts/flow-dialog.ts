import { createContext, useContext } from 'react';
import type { BedId, EncounterId, PatientId, RequestId } from '#domain/ids.ts';

/** A dialog of the flow screens and what it is about. */
export type FlowDialog =
  | { readonly kind: 'move'; readonly encounterId: EncounterId; readonly bedId?: BedId | undefined }
  | { readonly kind: 'assign'; readonly bedId: BedId }
  | { readonly kind: 'swap'; readonly encounterId: EncounterId; readonly withId?: EncounterId }
  | { readonly kind: 'reserve'; readonly encounterId: EncounterId }
  | { readonly kind: 'keep'; readonly bedId: BedId }
  | { readonly kind: 'block'; readonly bedId: BedId }
  | { readonly kind: 'clean'; readonly bedId: BedId }
  | { readonly kind: 'request'; readonly encounterId: EncounterId }
  | { readonly kind: 'decline'; readonly requestId: RequestId }
  | { readonly kind: 'triage'; readonly encounterId: EncounterId }
  | { readonly kind: 'plan'; readonly encounterId: EncounterId }
  | { readonly kind: 'left'; readonly encounterId: EncounterId; readonly unseen?: boolean }
  | { readonly kind: 'away'; readonly encounterId: EncounterId }
  | { readonly kind: 'late'; readonly encounterId: EncounterId }
  | { readonly kind: 'isolation'; readonly encounterId: EncounterId }
  | { readonly kind: 'transport'; readonly encounterId: EncounterId }
  | { readonly kind: 'cancel'; readonly encounterId: EncounterId }
  | { readonly kind: 'history'; readonly encounterId: EncounterId }
  | { readonly kind: 'arrive'; readonly encounterId?: EncounterId; readonly patientId?: PatientId }
  | { readonly kind: 'expect'; readonly patientId?: PatientId }
  /** `typed`: what was looked for and not found. */
  | { readonly kind: 'register'; readonly bedId?: BedId; readonly next?: 'arrive' | 'expect'; readonly typed?: string }
  | { readonly kind: 'admit'; readonly patientId?: PatientId; readonly bedId?: BedId };

/** Opens a dialog over the screen; the screen gives focus back to where it was when it closes. */
export const OpenDialog = createContext<(dialog: FlowDialog) => void>(() => undefined);

export function useOpenDialog(): (dialog: FlowDialog) => void {
  return useContext(OpenDialog);
}
