import type { Actor } from '#contract/handlers.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { OVERRIDABLE } from '#domain/flow/bed-state.ts';
import type { WantedSpan } from '#domain/flow/event.ts';
import { fullest, overlaps } from '#domain/flow/grant.ts';
import type { EncounterId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { BedKeeping } from './bed-keeping.ts';
import { refused } from './command.ts';
import type { Folded, Guard } from './flow-apply.ts';
import type { Settled } from './flow-spans.ts';
import { bedWords, LATER_STEPS, occupiedBy, standsAgainst, UNEXPLAINED_WORDS } from './flow-words.ts';

export interface GuardDeps extends Pick<Store, 'flow' | 'encounters' | 'patients' | 'locations' | 'devices'> {
  readonly keeping: BedKeeping;
  settings(): Pick<ClinicSettings, 'timeZone'>;
}

export interface Acting {
  readonly actor: Pick<Actor, 'roles'>;
  readonly now: number;
  /** Whether an event may be unexplained: it was so before the act. */
  readonly mayPuzzle: (eventId: string) => boolean;
  /** A stated reason gets over what stands against a bed where OVERRIDABLE says so. */
  readonly overridden: boolean;
  /** Putting back what was: only somebody in the bed stands against it. */
  readonly puttingBack: boolean;
  readonly isOwn: (eventId: string) => boolean;
  /** Whether who holds a bed now may not be put out of it: putting back puts out who only got it by what is taken back. */
  readonly stays: (encounterId: EncounterId) => boolean;
}

/** Refuses what a person may not do, in words. */
export function createGuard(deps: GuardDeps, acting: Acting): Guard {
  return {
    puttingBack: acting.puttingBack,
    folded: (folds) => refuseUnexplained(folds, acting),
    beds: (settled, wants) => refuseOccupied(deps, settled, wants, acting),
    taking: (taken, leaving) => {
      if (!acting.puttingBack) for (const span of taken) refuseUnfit(deps, span, leaving.get(span.bedId) ?? [], acting);
    },
    cleaningStarted: (bedId, returned) => {
      // Of somebody who never was there, the cleaning goes on: nobody lies in its way.
      if (!returned) return;
      throw refused(
        'cleaning-started',
        `${bedWords(deps, bedId)} is being cleaned already. Tell the cleaner, then correct the record. Nothing was changed.`,
      );
    },
    tiedElsewhere: (deviceId) => {
      throw refused(
        'device-tied-elsewhere',
        `Device ${deviceId} was tied to something else since. Nothing was changed.`,
      );
    },
  };
}

function refuseUnexplained(folds: ReadonlyMap<EncounterId, Folded>, { mayPuzzle, isOwn }: Acting): void {
  const fresh = [...folds.values()].flatMap(({ journey }) =>
    journey.unexplained.filter(({ eventId }) => !mayPuzzle(eventId)),
  );
  const own = fresh.find(({ eventId }) => isOwn(eventId));
  if (own) throw refused(own.why, `${UNEXPLAINED_WORDS[own.why]} Nothing was changed.`);
  if (fresh.length > 0) throw refused('later-steps', LATER_STEPS);
}

/** Nobody is put into a bed at a time when all its places are others'. */
function refuseOccupied(
  deps: GuardDeps,
  settled: Settled,
  wants: ReadonlyMap<EncounterId, readonly WantedSpan[]>,
  acting: Acting,
): void {
  for (const [encounterId, spans] of wants) {
    const before = settled.had.get(encounterId);
    for (const span of spans) {
      const had = before?.rows.find((row) => row.bedId === span.bedId && row.startedAt <= span.from);
      const grown = !had || (had.endedAt ?? LAST_MOMENT) < (span.to ?? LAST_MOMENT);
      // What another system told and was refused before is no fault of this act.
      const claim = before?.claims.some(({ bedId, from }) => bedId === span.bedId && from === span.from);
      if (!grown || claim) continue;
      const holder = holderOver(deps, span, wants);
      if (holder && acting.stays(holder.encounterId)) throw occupied(deps, holder, acting);
    }
    const lost = settled.targets
      .get(encounterId)
      ?.claims.find((claim) => !before?.claims.some(({ bedId, from }) => bedId === claim.bedId && from === claim.from));
    if (lost && acting.stays(lost.heldBy))
      throw occupied(deps, { bedId: lost.bedId, encounterId: lost.heldBy, to: null }, acting);
  }
}

function occupied(
  deps: GuardDeps,
  { bedId, encounterId, to }: Pick<WantedSpan, 'bedId' | 'encounterId' | 'to'>,
  { actor }: Acting,
) {
  return refused('bed-occupied', occupiedBy(deps, { bedId, encounterId, over: to !== null }, actor));
}

function holderOver(
  { flow }: GuardDeps,
  span: WantedSpan,
  wants: ReadonlyMap<EncounterId, readonly WantedSpan[]>,
): WantedSpan | undefined {
  const { bedId, from, to } = span;
  const others: WantedSpan[] = flow
    .listWanted(bedId, from, to ?? LAST_MOMENT)
    .filter(({ encounterId, held }) => held && !wants.has(encounterId));
  for (const [encounterId, spans] of wants)
    if (encounterId !== span.encounterId)
      others.push(...spans.filter((other) => other.bedId === bedId && overlaps(other, span)));
  if (fullest(span, others) < flow.places(bedId)) return undefined;
  return others.find((other) => other.to === null) ?? others[0];
}

function refuseUnfit(deps: GuardDeps, span: WantedSpan, leaving: readonly EncounterId[], acting: Acting): void {
  const { bedId, encounterId } = span;
  const encounter = deps.encounters.find(encounterId);
  if (!encounter) return;
  const against = deps.keeping
    .whyNot({ bedId, encounterId, patientId: encounter.patientId, leaving })
    .find(({ kind }) => !(acting.overridden && OVERRIDABLE.includes(kind)));
  if (!against) return;
  const { refusal, words } = standsAgainst(deps, bedId, against, acting);
  throw refused(refusal, words);
}
