import type { Outcome, TriageCategory } from '#domain/flow/event.ts';
import type { AreaId, BedId } from '#domain/ids.ts';
import { NO_MOMENT } from './MomentField.tsx';

/** What a person says a step should have been. Empty fields: as it was written down. */
export const NO_CORRECTION = {
  takeBack: false,
  moment: NO_MOMENT,
  /** `bed:…` or `area:…`. */
  place: null as string | null,
  category: '' as TriageCategory | '',
  outcome: '' as Outcome | '',
  reason: '',
};
export type CorrectionDraft = typeof NO_CORRECTION;

export interface Correction {
  readonly eventId: string;
  readonly reason: string;
  readonly takeBack?: boolean;
  readonly happenedAt?: number;
  readonly bedId?: BedId;
  readonly areaId?: AreaId;
  readonly category?: TriageCategory;
  readonly outcome?: Outcome;
}

/** Which parts of a step of a kind can be put right; another must be taken back and entered anew. */
export function correctable(kind: string): {
  readonly place: boolean;
  readonly category: boolean;
  readonly outcome: boolean;
} {
  return {
    place: ['arrived', 'admitted', 'transferred'].includes(kind),
    category: kind === 'triaged',
    outcome: kind === 'discharged',
  };
}

/** What is sent; `happenedAt` as understood of the draft, null where nothing was typed. */
export function correctionOf(eventId: string, draft: CorrectionDraft, happenedAt: number | null): Correction {
  const reason = draft.reason.trim();
  if (draft.takeBack) return { eventId, reason, takeBack: true };
  const [kind, id = ''] = draft.place?.split(/:(.*)/su) ?? [];
  return {
    eventId,
    reason,
    ...(happenedAt === null ? {} : { happenedAt }),
    ...(kind === 'bed' ? { bedId: id as BedId } : kind === 'area' ? { areaId: id as AreaId } : {}),
    ...(draft.category === '' ? {} : { category: draft.category }),
    ...(draft.outcome === '' ? {} : { outcome: draft.outcome }),
  };
}

/** Why it cannot be asked for yet; undefined when it can. */
export function correctionLacks(draft: CorrectionDraft, happenedAt: number | null | undefined): string | undefined {
  if (!draft.takeBack) {
    if (happenedAt === undefined) return 'Correct the time first.';
    if (happenedAt === null && draft.place === null && draft.category === '' && draft.outcome === '') {
      return 'Say first what was otherwise.';
    }
  }
  return draft.reason.trim() === '' ? 'Give a reason: it stays in the record.' : undefined;
}
