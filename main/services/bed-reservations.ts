import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { BedBlock, Reservation } from '#domain/flow/bed-state.ts';
import { current, type ReservationRefusal, reserveBed } from '#domain/flow/holds.ts';
import type { BedId, EncounterId, ReservationId } from '#domain/ids.ts';
import { HOUR_MS } from '#domain/time.ts';
import { type BedWording, BLOCK_WORDS, timeWords } from './bed-words.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';

type Deps = Pick<Store, 'encounters' | 'bedStates' | 'locations' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
  wordingFor(context: Pick<CallContext, 'actor'>, now: number): BedWording;
};
type AfterCommit = (tell: () => void) => void;

interface Reserving {
  readonly bedId: BedId;
  readonly encounterId: EncounterId;
  readonly hours: number;
}

/** Keeps a bed for a patient; one already kept for them is kept longer, or shorter, from now. */
export function reserve(deps: Deps, input: Reserving, context: CallContext, afterCommit: AfterCommit) {
  const { bedStates, locations, encounters, clock, newId } = deps;
  const { bedId, encounterId, hours } = input;
  found(locations.findBed(bedId), 'This bed');
  const encounter = found(encounters.find(encounterId), 'This stay');
  const now = clock();
  const touching = bedStates.reservationsTouching(bedId, encounterId);
  // One for somebody who has left keeps nothing; it only has not lapsed yet.
  const standingOnes = touching.filter((kept) => current(encounters.find(kept.encounterId) ?? { status: 'cancelled' }));
  const block = bedStates.blockOf(bedId, now);
  const decision = reserveBed({ bedId, encounter, now, block, standing: standingOnes });
  if (!decision.ok)
    throw refused(decision.refusal, reservationWords(deps, input, decision.refusal, { standingOnes, block }, context));
  const same = decision.value;
  const over = touching.filter((kept) => kept.id !== same?.id);
  for (const kept of over) {
    const state = kept.until <= now ? 'lapsed' : 'released';
    saveReservation(deps, kept, { ...kept, state }, 'bed.reservationReleased', context, afterCommit);
  }
  const until = now + Math.round(hours * HOUR_MS);
  const reservation: Reservation = same
    ? { ...same, until: Math.max(until, same.at) }
    : {
        id: newId() as ReservationId,
        bedId,
        encounterId,
        by: context.actor.id,
        at: now,
        until,
        state: 'reserved',
        fulfilledBy: null,
      };
  saveReservation(deps, same, reservation, 'bed.reserved', context, afterCommit);
  return { reservationId: reservation.id };
}

function reservationWords(
  deps: Deps,
  { bedId, encounterId }: Reserving,
  refusal: ReservationRefusal,
  { standingOnes, block }: { readonly standingOnes: readonly Reservation[]; readonly block: BedBlock | undefined },
  context: CallContext,
): string {
  const wording = deps.wordingFor(context, deps.clock());
  const label = (id: BedId | undefined) => (id && deps.locations.findBed(id)?.label) ?? '';
  const kept = standingOnes.find((one) => one.bedId === bedId);
  const other = standingOnes.find((one) => one.encounterId === encounterId);
  const who = (kept && wording.nameOf(kept.encounterId)) ?? 'another patient';
  const until = kept ? ` until ${timeWords(kept.until, wording)}` : '';
  const words: Record<ReservationRefusal, string> = {
    'not-in-progress': 'This stay is over.',
    'bed-blocked': `Bed ${label(bedId)} is blocked${block ? `: ${BLOCK_WORDS[block.reason]}` : ''}.`,
    'bed-reserved': `Bed ${label(bedId)} is reserved for ${who}${until}.`,
    'already-reserved': `Bed ${label(other?.bedId)} is already reserved for this patient.`,
  };
  return `${words[refusal]} Nothing was changed.`;
}

/** Releasing what is over already changes nothing. */
export function release(
  deps: Deps,
  { reservationId }: { readonly reservationId: ReservationId },
  context: CallContext,
  afterCommit: AfterCommit,
): { ok: true } {
  const kept = found(deps.bedStates.findReservation(reservationId), 'This reservation');
  if (kept.state === 'reserved')
    saveReservation(deps, kept, { ...kept, state: 'released' }, 'bed.reservationReleased', context, afterCommit);
  return { ok: true };
}

function saveReservation(
  { bedStates, ledger, clock, changed }: Deps,
  before: Reservation | null,
  after: Reservation,
  act: string,
  context: CallContext,
  afterCommit: AfterCommit,
): void {
  bedStates.saveReservation(after);
  const facts = ({ bedId, encounterId, until, state }: Reservation) => ({ bedId, encounterId, until, state });
  const change = { act, subject: after.id, before: before && facts(before), after: facts(after) };
  ledger.append(entryBy(context, clock(), change));
  afterCommit(() => {
    changed.bedState(after.bedId);
    changed.flow(after.encounterId);
  });
}
