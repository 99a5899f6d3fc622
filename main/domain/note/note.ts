import type { EncounterId, UserId } from '../ids.ts';

/** A short free-text remark in a stay. Never edited; a correction is another note. */
export interface Note {
  readonly id: string;
  readonly encounterId: EncounterId;
  readonly text: string;
  readonly writtenAt: number;
  readonly writtenBy: UserId;
}

export interface NoteStore {
  append(note: Note): void;
  /** Newest first. */
  list(encounterId: EncounterId): Note[];
}
