import type { EncounterId, UserId } from '#domain/ids.ts';
import type { ObservationDraft } from './draft.ts';

const kept = new Map<string, ObservationDraft>();

/** What a user had typed for a stay and not saved. Only in this window's memory, and only for that user. */
export function keptDraft(userId: UserId, encounterId: EncounterId): ObservationDraft | undefined {
  return kept.get(`${userId} ${encounterId}`);
}

/** Keeps a draft, or forgets it with `undefined`. */
export function keepDraft(userId: UserId, encounterId: EncounterId, draft: ObservationDraft | undefined): void {
  if (draft) kept.set(`${userId} ${encounterId}`, draft);
  else kept.delete(`${userId} ${encounterId}`);
}
