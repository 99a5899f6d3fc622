import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { BedAssignment, Encounter } from '#domain/encounter/encounter.ts';
import { admit, assignNurse, discharge, momentAfter, moveTo, ongoing } from '#domain/encounter/stay.ts';
import type { BedId, EncounterId, UserId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { allows } from '#domain/user/role.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import { listOccupancy } from './occupancy.ts';

export type EncountersDeps = Pick<
  Store,
  'patients' | 'encounters' | 'assignments' | 'locations' | 'devices' | 'users' | 'ledger'
> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

const NOT_OPEN = 'This stay is over. Nothing was changed.';

/** Stays: who is here, in which bed, whose patient, and how NEWS2 counts for them. */
export function createEncounters(deps: EncountersDeps): HandlersOf<typeof contract.encounters> {
  const { encounters } = deps;
  return {
    admit: (input, context) => context.commit((afterCommit) => admitPatient(deps, input, context, afterCommit)),
    move: ({ bedId, ...input }, context) =>
      context.commit((afterCommit) =>
        movePatient(deps, { ...input, bedId: found(bedId, 'This bed') }, context, afterCommit),
      ),
    discharge: (input, context) => context.commit((afterCommit) => dischargePatient(deps, input, context, afterCommit)),
    get: ({ id }) => found(encounters.find(id), 'This stay'),
    assignNurse: (input, context) => context.commit((afterCommit) => handToNurse(deps, input, context, afterCommit)),
    setScoring: (input, context) => context.commit((afterCommit) => setScoring(deps, input, context, afterCommit)),
    occupancy: ({ wardId }, { actor }) => listOccupancy(deps, wardId, actor),
  };
}

type AfterCommit = (tell: () => void) => void;

interface Admission {
  readonly patientId: Encounter['patientId'];
  readonly bedId?: BedId;
  readonly reason?: string;
  readonly pregnant?: boolean;
  readonly at?: number;
}

function admitPatient(deps: EncountersDeps, input: Admission, context: CallContext, afterCommit: AfterCommit) {
  const { patients, encounters, assignments, ledger, clock, newId, changed } = deps;
  const { patientId, bedId } = input;
  found(patients.find(patientId), 'This patient');
  if (bedId !== undefined) found(deps.locations.findBed(bedId), 'This bed');
  const now = clock();
  const holders = bedId === undefined ? [] : assignments.listOf({ bedId }, input.at ?? now, LAST_MOMENT);
  const stays = encounters.listByPatient(patientId);
  const decision = admit({ at: input.at ?? null, now, stays, holders });
  if (!decision.ok) throw refused(decision.refusal, admissionWords(deps, decision.refusal, holders, context));
  const admittedAt = decision.value;
  const encounter: Encounter = {
    id: newId() as EncounterId,
    patientId,
    status: 'in-progress',
    admittedAt,
    dischargedAt: null,
    reason: input.reason || null,
    spo2Scale: 1,
    pregnant: input.pregnant ?? false,
    nurseId: null,
  };
  encounters.save(encounter);
  if (bedId !== undefined) {
    assignments.start({ id: newId(), bedId, encounterId: encounter.id, startedAt: admittedAt, endedAt: null });
  }
  const { id, reason, pregnant } = encounter;
  const after = { patientId, bedId: bedId ?? null, admittedAt, reason, pregnant };
  ledger.append(entryBy(context, now, { act: 'encounter.admitted', subject: id, before: null, after }));
  afterCommit(() => {
    changed.encounter(id);
    if (bedId !== undefined) changed.bed(bedId);
  });
  return encounter;
}

function movePatient(
  deps: EncountersDeps,
  { encounterId, bedId }: { encounterId: EncounterId; bedId: BedId },
  context: CallContext,
  afterCommit: AfterCommit,
): Encounter {
  const { encounters, assignments, ledger, clock, newId, changed } = deps;
  const encounter = found(encounters.find(encounterId), 'This stay');
  found(deps.locations.findBed(bedId), 'This bed');
  const current = assignments.current({ encounterId });
  const holder = assignments.current({ bedId });
  const decision = moveTo(encounter, bedId, current, holder);
  if (!decision.ok) {
    throw refused(decision.refusal, decision.refusal === 'bed-occupied' ? occupiedBy(deps, holder, context) : NOT_OPEN);
  }
  if (decision.value === 'stay') return encounter;
  const now = clock();
  const just = assignments.listOf({ bedId }, now, LAST_MOMENT).flatMap(({ endedAt }) => endedAt ?? []);
  const at = momentAfter(now, current ? [current.startedAt] : [], [encounter.admittedAt, ...just]);
  if (current) assignments.end(current.id, at);
  assignments.start({ id: newId(), bedId, encounterId, startedAt: at, endedAt: null });
  const change = { before: { bedId: current?.bedId ?? null }, after: { bedId, at } };
  ledger.append(entryBy(context, now, { act: 'encounter.moved', subject: encounterId, ...change }));
  afterCommit(() => {
    changed.encounter(encounterId);
    if (current) changed.bed(current.bedId);
    changed.bed(bedId);
  });
  return encounter;
}

function dischargePatient(
  deps: EncountersDeps,
  { encounterId }: { encounterId: EncounterId },
  context: CallContext,
  afterCommit: AfterCommit,
): Encounter {
  const { encounters, assignments, devices, ledger, clock, changed } = deps;
  const encounter = found(encounters.find(encounterId), 'This stay');
  const current = assignments.current({ encounterId });
  const ties = devices.openTies().filter((tie) => tie.encounterId === encounterId);
  const now = clock();
  const began = [encounter.admittedAt, ...(current ? [current.startedAt] : []), ...ties.map((tie) => tie.startedAt)];
  const at = momentAfter(now, began);
  const decision = discharge(encounter, at);
  if (!decision.ok) throw refused(decision.refusal, NOT_OPEN);
  if (current) assignments.end(current.id, at);
  for (const tie of ties) devices.endTie(tie.id, at);
  encounters.save(decision.value);
  const before = { status: encounter.status, bedId: current?.bedId ?? null };
  const after = { status: decision.value.status, dischargedAt: at, untied: ties.map((tie) => tie.deviceId) };
  ledger.append(entryBy(context, now, { act: 'encounter.discharged', subject: encounterId, before, after }));
  afterCommit(() => {
    changed.encounter(encounterId);
    if (current) changed.bed(current.bedId);
    for (const tie of ties) changed.device(tie.deviceId);
  });
  return decision.value;
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

function admissionWords(
  deps: EncountersDeps,
  refusal: string,
  holders: readonly BedAssignment[],
  context: CallContext,
): string {
  switch (refusal) {
    case 'already-admitted':
      return 'This patient is already admitted. Move or discharge instead.';
    case 'in-future':
      return 'An admission cannot lie in the future.';
    case 'overlaps-earlier-encounter':
      return 'At that time an earlier stay of this patient was still going on.';
    default:
      return occupiedBy(deps, holders.find(({ endedAt }) => endedAt === null) ?? holders[0], context);
  }
}

/** Why a bed cannot be had, by whom only for those who may see names. */
function occupiedBy(deps: EncountersDeps, holder: BedAssignment | undefined, { actor }: CallContext): string {
  const bed = holder && deps.locations.findBed(holder.bedId);
  const label = bed ? `Bed ${bed.label}` : 'The bed';
  const was = holder?.endedAt ? 'was occupied at that time' : 'is occupied';
  const encounter = holder && deps.encounters.find(holder.encounterId);
  const patient = encounter && deps.patients.find(encounter.patientId);
  if (!patient || !allows(actor.roles, 'see-names')) return `${label} ${was}.`;
  return `${label} ${was} by ${formalName(patient.name)}.`;
}
