import { createContext, useContext } from 'react';
import type { Clinic } from './clinic.ts';
import type { SignedIn, Welcome } from './session.ts';

/** Who sits at this console, and the ways to change that. */
export interface Seat {
  readonly welcome: Welcome;
  /** Takes over with a session just opened: by sign-in, by set-up, or by looking at the demo as someone else. */
  take(session: SignedIn): void;
  signOut(): void;
}

export const ClinicContext = createContext<Clinic | undefined>(undefined);
export const SeatContext = createContext<Seat | undefined>(undefined);

export function useClinic(): Clinic {
  const clinic = useContext(ClinicContext);
  if (!clinic) throw new Error('Only for parts of the console shown after signing in.');
  return clinic;
}

export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (!seat) throw new Error('Outside the console.');
  return seat;
}
