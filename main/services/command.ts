import type { CallContext } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { NewLedgerEntry } from '#domain/ledger/entry.ts';

/** One change for the ledger, by whoever calls. `before` and `after` hold ids and facts; a name only where it is the fact. */
export function entryBy(
  { actor, station }: CallContext,
  at: number,
  change: Pick<NewLedgerEntry, 'act' | 'subject' | 'before' | 'after'>,
): NewLedgerEntry {
  return { at, actor: actor.id, station, ...change };
}

/** What was looked for, or `not-found`. `what` says it without naming a patient. */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new ClinicError('not-found', `${what} is not known here.`);
  return value;
}

/** A rule's refusal, in words for a person. */
export function refused(refusal: string, message: string): ClinicError {
  return new ClinicError('refused', message, refusal);
}
