type Say = (what: string, facts?: Readonly<Record<string, unknown>>) => void;

/** The part of a log the transports write to: ids, names of procedures, outcomes and times, never inputs. */
export interface DoorLog {
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  /** Of `facts.error` only class, code and place may be kept: its text might name a patient. */
  readonly error: Say;
}
