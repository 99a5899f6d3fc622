/** One change someone made. `before` and `after` are plain JSON; who is a user id, a device id, or `hub`. */
export interface LedgerEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly station: string | null;
  /** noun.pastTense: `bed.assigned`, `alarm.acknowledged`. */
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Hash over this entry and the one before, hex. */
  readonly hash: string;
}

export type NewLedgerEntry = Omit<LedgerEntry, 'seq' | 'hash'>;

/** Outcome of re-walking the chain; `firstBad` is the seq of the first entry that does not fit. */
export interface Verification {
  readonly ok: boolean;
  readonly rows: number;
  readonly firstBad?: number;
  /** What is wrong, for a person. */
  readonly problem?: string;
}

export interface Ledger {
  /** Only inside a transaction. */
  append(entry: NewLedgerEntry): LedgerEntry;
  /** Newest first. */
  list(filter: { before?: number; limit: number; subject?: string; actor?: string; act?: string }): LedgerEntry[];
  verify(): Verification;
}
