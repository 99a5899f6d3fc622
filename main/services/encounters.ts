import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { admit, assignNurse, momentAfter, ongoing } from '#domain/encounter/stay.ts';
import type { EncounterClass, Outcome, Place } from '#domain/flow/event.ts';
import { samePlace } from '#domain/flow/place.ts';
import type { ActId, AreaId, BedId, EncounterId, UserId, WardId } from '#domain/ids.ts';
import { admitsToBeds } from '#domain/location/area.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { allows } from '#domain/user/role.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import type { FlowEngine } from './flow-engine.ts';
import { refuseMovedSince } from './flow-moved.ts';
import { LATER_STEPS } from './flow-words.ts';
import { listOccupancy } from './occupancy.ts';
import { placeNamed } from './places-of.ts';
import { openingFor } from './stay-opening.ts';

export type EncountersDeps = Pick<
  Store,
  'patients' | 'merges' | 'encounters' | 'assignments' | 'locations' | 'areas' | 'flow' | 'devices' | 'users' | 'ledger'
> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
  readonly engine: FlowEngine;
};

export const NOT_OPEN = 'This stay is over. Nothing was changed.';

/** Stays: who is here, in which bed, whose patient, and how NEWS2 counts for them. */
export function createEncounters(deps: EncountersDeps): HandlersOf<typeof contract.encounters> {
  const { encounters } = deps;
  return {
    admit: (input, context) => context.commit((afterCommit) => admitPatient(deps, input, context, afterCommit)),
    move: (input, context) => context.commit((afterCommit) => movePatient(deps, input, context, afterCommit)),
    discharge: (input, context) => context.commit((afterCommit) => dischargePatient(deps, input, context, afterCommit)),
    get: ({ id }) => found(encounters.find(id), 'This stay'),
    list: ({ patientId }) =>
      encounters.listByPatient(patientId).sort((one, other) => other.admittedAt - one.admittedAt),
    assignNurse: (input, context) => context.commit((afterCommit) => handToNurse(deps, input, context, afterCommit)),
    setScoring: (input, context) => context.commit((afterCommit) => setScoring(deps, input, context, afterCommit)),
    occupancy: ({ wardId }, { actor }) => listOccupancy(deps, wardId, actor),
  };
}

type AfterCommit = (tell: () => void) => void;
type Acted = Encounter & { readonly actId?: ActId };

interface Where {
  readonly bedId?: BedId;
  readonly areaId?: AreaId;
  readonly wardId?: WardId;
}

interface Admission extends Where {
  readonly patientId: Encounter['patientId'];
  readonly encounterId?: EncounterId;
  readonly class?: EncounterClass;
  readonly visitNumber?: string;
  readonly reason?: string;
  readonly pregnant?: boolean;
  readonly at?: number;
  readonly overrideReason?: string;
}

function admitPatient(deps: EncountersDeps, input: Admission, context: CallContext, afterCommit: AfterCommit): Acted {
  const { patients, merges, encounters, flow, engine, clock } = deps;
  const { overrideReason } = input;
  const patientId = merges.survivor(input.patientId);
  found(patients.find(patientId), 'This patient');
  const place = placeNamed(deps, input);
  const now = clock();
  const waiting = input.encounterId
    ? namedOpening(deps, input.encounterId, patientId)
    : openingFor(deps, patientId, now);
  const others = encounters.listByPatient(patientId).filter(({ id }) => id !== waiting?.id);
  const decision = admit({ at: input.at ?? null, now, stays: others, holders: justLeft(deps, input, now) });
  if (!decision.ok) throw refused(decision.refusal, admissionWords(decision.refusal));
  const encounterId = waiting?.id ?? engine.open(opening({ ...input, patientId }), decision.value);
  const began = engine.journey(encounterId).whereabouts.at(-1)?.from;
  const happenedAt =
    input.at === undefined && began !== undefined ? momentAfter(decision.value, [began]) : decision.value;
  const encounterClass = input.class ?? admittedAs(flow.summary(encounterId)?.class);
  const step = { kind: 'admitted', place, class: encounterClass } as const;
  const steps = [{ encounterId, step, happenedAt }];
  const { reason, pregnant, visitNumber } = input;
  const saying = { encounterId, reason: reason || undefined, pregnant, visitNumber };
  const act = { name: 'encounter.admitted', steps, overrideReason, saying, now };
  const actId = engine.act(context, act, afterCommit);
  return { ...found(encounters.find(encounterId), 'This stay'), actId };
}

/** The encounter a caller means to go on with: only one that is expected or waits. */
function namedOpening(
  { encounters, flow }: EncountersDeps,
  encounterId: EncounterId,
  patientId: Encounter['patientId'],
): Encounter {
  const encounter = found(encounters.find(encounterId), 'This stay');
  const waits = ongoing(encounter) && flow.summary(encounterId)?.admittedAt === null;
  if (encounter.patientId !== patientId || (encounter.status !== 'planned' && !waits))
    throw refused('not-expected', 'This patient is not expected or waiting here any more. Nothing was changed.');
  return encounter;
}

function opening({ patientId, visitNumber, reason, pregnant, class: encounterClass = 'inpatient' }: Admission) {
  return { patientId, visitNumber: visitNumber ?? null, class: encounterClass, reason: reason || null, pregnant };
}

/** Somebody expected for a planned admission is, once admitted, an inpatient. */
function admittedAs(planned: EncounterClass = 'inpatient'): EncounterClass {
  return planned === 'planned-admission' || planned === 'emergency' ? 'inpatient' : planned;
}

/** Who left the bed a moment ahead of now, as when the clock was set back: an act of now follows on. */
function justLeft({ assignments }: EncountersDeps, { bedId, at }: { bedId?: BedId; at?: number }, now: number) {
  if (bedId === undefined || at !== undefined) return [];
  return assignments.listOf({ bedId }, now, LAST_MOMENT).filter(({ endedAt }) => endedAt !== null);
}

function movePatient(
  deps: EncountersDeps,
  input: Where & { encounterId: EncounterId; seenBedId?: BedId | null; at?: number; overrideReason?: string },
  context: CallContext,
  afterCommit: AfterCommit,
): Acted {
  const { encounters, engine, clock } = deps;
  const { encounterId, overrideReason } = input;
  const encounter = found(encounters.find(encounterId), 'This stay');
  const place = placeNamed(deps, input);
  if (!place) throw refused('no-place', 'Say to which bed, ward or other place. Nothing was changed.');
  if (!openThen(encounter, input.at)) throw refused('not-in-progress', NOT_OPEN);
  const now = clock();
  const here = engine.journey(encounterId).whereabouts.findLast(({ from }) => from <= (input.at ?? LAST_MOMENT));
  if (here && samePlace(here.place, place) && deps.flow.listClaims({ encounterId }).length === 0) return encounter;
  refuseMovedSince(deps, encounterId, input.seenBedId);
  const ends = justLeft(deps, input, now).flatMap(({ endedAt }) => endedAt ?? []);
  const happenedAt = stepTime(input.at, now, here ? [here.from] : [], [encounter.admittedAt, ...ends]);
  const admission = admittedBy(deps, encounterId, place);
  const step = admission ?? ({ kind: 'transferred', place } as const);
  const name = admission ? 'encounter.admitted' : 'encounter.moved';
  const steps = [{ encounterId, step, happenedAt }];
  const actId = engine.act(context, { name, steps, overrideReason, now }, afterCommit);
  return { ...found(encounters.find(encounterId), 'This stay'), actId };
}

/** Giving who came and was not admitted yet a bed that admits is their admission, whatever it was asked for as. */
function admittedBy({ flow, areas }: EncountersDeps, encounterId: EncounterId, place: Place) {
  const summary = flow.summary(encounterId);
  if (!summary || summary.admittedAt !== null || place.bedId === null || place.wardId === null) return undefined;
  if (!admitsToBeds(areas.wardAttributes(place.wardId).kind)) return undefined;
  return { kind: 'admitted', place, class: admittedAs(summary.class) } as const;
}

function dischargePatient(
  deps: EncountersDeps,
  input: { encounterId: EncounterId; outcome?: Outcome; at?: number },
  context: CallContext,
  afterCommit: AfterCommit,
): Acted {
  const { encounters, devices, engine, clock } = deps;
  const { encounterId, outcome = 'home' } = input;
  const encounter = found(encounters.find(encounterId), 'This stay');
  if (!ongoing(encounter)) throw refused('not-in-progress', NOT_OPEN);
  const here = engine.journey(encounterId).whereabouts.at(-1);
  const ties = devices.tiesOf({ encounterId }, LAST_MOMENT - 1, LAST_MOMENT);
  const now = clock();
  const began = [encounter.admittedAt, ...(here ? [here.from] : []), ...ties.map((tie) => tie.startedAt)];
  const happenedAt = stepTime(input.at, now, began);
  if (here && happenedAt < here.from) throw refused('later-steps', LATER_STEPS);
  const steps = [{ encounterId, step: { kind: 'discharged', outcome } as const, happenedAt }];
  const actId = engine.act(context, { name: 'encounter.discharged', steps, now }, afterCommit);
  return { ...found(encounters.find(encounterId), 'This stay'), actId };
}

/** Whether somebody is here, or was at the moment something is told of late. */
export function openThen(encounter: Encounter, at: number | undefined): boolean {
  return ongoing(encounter) || (at !== undefined && encounter.dischargedAt !== null && at < encounter.dischargedAt);
}

/** When a step is written down to have happened: when it is said to have, or now but after what it follows on. */
export function stepTime(
  at: number | undefined,
  now: number,
  began: readonly number[],
  ended: readonly number[] = [],
): number {
  if (at !== undefined && at > now) throw refused('in-future', 'This cannot lie in the future. Nothing was changed.');
  return at ?? momentAfter(now, began, ended);
}

function handToNurse(
  deps: EncountersDeps,
  { encounterId, userId }: { encounterId: EncounterId; userId: UserId | null },
  context: CallContext,
  afterCommit: AfterCommit,
): Encounter {
  const encounter = found(deps.encounters.find(encounterId), 'This stay');
  const nurse = userId === null ? null : found(deps.users.find(userId), 'This user');
  if (nurse && (nurse.disabled || !allows(nurse.roles, 'enter-observations'))) {
    throw refused('not-a-nurse', `${nurse.displayName} cannot take over patients. Nothing was changed.`);
  }
  const decision = assignNurse(encounter, userId);
  if (!decision.ok) throw refused(decision.refusal, NOT_OPEN);
  if (encounter.nurseId === userId) return encounter;
  return saveChange(deps, encounter, decision.value, 'encounter.nurseAssigned', context, afterCommit);
}

function setScoring(
  deps: EncountersDeps,
  input: { encounterId: EncounterId; spo2Scale?: 1 | 2; pregnant?: boolean },
  context: CallContext,
  afterCommit: AfterCommit,
): Encounter {
  const encounter = found(deps.encounters.find(input.encounterId), 'This stay');
  if (!ongoing(encounter)) throw refused('not-in-progress', NOT_OPEN);
  const spo2Scale = input.spo2Scale ?? encounter.spo2Scale;
  const pregnant = input.pregnant ?? encounter.pregnant;
  if (spo2Scale === encounter.spo2Scale && pregnant === encounter.pregnant) return encounter;
  const after = { ...encounter, spo2Scale, pregnant };
  return saveChange(deps, encounter, after, 'encounter.scoringSet', context, afterCommit);
}

function saveChange(
  { encounters, ledger, clock, changed }: EncountersDeps,
  before: Encounter,
  after: Encounter,
  act: string,
  context: CallContext,
  afterCommit: AfterCommit,
): Encounter {
  encounters.save(after);
  const facts = ({ nurseId, spo2Scale, pregnant }: Encounter) => ({ nurseId, spo2Scale, pregnant });
  const change = { act, subject: after.id, before: facts(before), after: facts(after) };
  ledger.append(entryBy(context, clock(), change));
  afterCommit(() => changed.encounter(after.id));
  return after;
}

function admissionWords(refusal: string): string {
  switch (refusal) {
    case 'already-admitted':
      return 'This patient is already admitted. Move or discharge instead.';
    case 'in-future':
      return 'An admission cannot lie in the future.';
    default:
      return 'At that time an earlier stay of this patient was still going on.';
  }
}
