import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { ongoing, staySpan } from '#domain/encounter/stay.ts';
import type { EncounterClass } from '#domain/flow/event.ts';
import type { AreaId, EncounterId, PatientId } from '#domain/ids.ts';
import { found, refused } from './command.ts';
import { NOT_OPEN, stepTime } from './encounters.ts';
import type { FlowActsDeps } from './flow-acts.ts';
import { STEP_NAMES } from './flow-ledger.ts';
import { placeNamed } from './places-of.ts';
import { expectedAbout } from './stay-opening.ts';

type Arrivals = Pick<HandlersOf<typeof contract.flow>, 'expect' | 'arrive'>;
type Input<Verb extends keyof Arrivals> = Parameters<Arrivals[Verb]>[0];
type AfterCommit = (tell: () => void) => void;

/** Patients who will come, and who came. */
export function createArrivals(deps: FlowActsDeps): Arrivals {
  return {
    expect: (input, context) => context.commit((afterCommit) => expectPatient(deps, input, context, afterCommit)),
    arrive: (input, context) => context.commit((afterCommit) => takeIn(deps, input, context, afterCommit)),
  };
}

function expectPatient(deps: FlowActsDeps, input: Input<'expect'>, context: CallContext, afterCommit: AfterCommit) {
  const { patients, merges, encounters, clock, engine } = deps;
  const patientId = merges.survivor(input.patientId);
  const { expectedAt, visitNumber = null, class: expected = 'planned-admission' } = input;
  found(patients.find(patientId), 'This patient');
  const place = placeNamed(deps, { wardId: input.wardId });
  if (encounters.listByPatient(patientId).some(ongoing))
    throw refused('already-admitted', 'This patient is here already. Nothing was changed.');
  const now = clock();
  const reason = input.reason || null;
  const encounterId = engine.open({ patientId, visitNumber, class: expected, reason }, expectedAt ?? now);
  const step = { kind: 'expected', expectedAt, place, reason, class: expected } as const;
  const steps = [{ encounterId, step, happenedAt: now }];
  const actId = engine.act(context, { name: STEP_NAMES.expected, steps, now }, afterCommit);
  return { actId, encounterId };
}

function takeIn(deps: FlowActsDeps, input: Input<'arrive'>, context: CallContext, afterCommit: AfterCommit) {
  const { encounters, flow, clock, engine } = deps;
  const now = clock();
  const { patientId, expected } = whoCame(deps, input, now);
  const place = placeNamed(deps, { areaId: input.areaId as AreaId | undefined });
  const stays = encounters.listByPatient(patientId);
  if (stays.some(ongoing)) throw refused('already-here', 'This patient is here already. Nothing was changed.');
  const past = stays.filter(({ status }) => status === 'discharged' || status === 'completed');
  const ends = past.map((stay) => staySpan(stay).to);
  const happenedAt = stepTime(input.at, now, [], ends);
  if (ends.some((end) => end > happenedAt))
    throw refused('overlaps-earlier-encounter', 'At that time an earlier stay of this patient was still going on.');
  const planned = expected && flow.summary(expected.id)?.class;
  const arrivedAs: EncounterClass = input.class ?? (planned === 'outpatient' ? planned : 'emergency');
  const reason = input.reason || null;
  const visitNumber = input.visitNumber ?? null;
  const encounterId = expected?.id ?? engine.open({ patientId, visitNumber, class: arrivedAs, reason }, happenedAt);
  const step = { kind: 'arrived', place, class: arrivedAs } as const;
  const steps = [{ encounterId, step, happenedAt }];
  const saying = { encounterId, ...(reason ? { reason } : {}), ...(visitNumber ? { visitNumber } : {}) };
  const actId = engine.act(context, { name: STEP_NAMES.arrived, steps, saying, now }, afterCommit);
  return { actId, encounterId };
}

function whoCame(
  deps: FlowActsDeps,
  { encounterId, patientId }: { readonly encounterId?: EncounterId; readonly patientId?: PatientId },
  now: number,
): { readonly patientId: PatientId; readonly expected: Encounter | undefined } {
  if (encounterId !== undefined) {
    const expected = found(deps.encounters.find(encounterId), 'This stay');
    if (ongoing(expected)) throw refused('already-here', 'This patient is here already. Nothing was changed.');
    if (expected.status !== 'planned') throw refused('not-in-progress', NOT_OPEN);
    return { patientId: expected.patientId, expected };
  }
  const patient = found(patientId && deps.patients.find(deps.merges.survivor(patientId)), 'This patient');
  const stays = deps.encounters.listByPatient(patient.id);
  return { patientId: patient.id, expected: expectedAbout(deps, stays, now) };
}
