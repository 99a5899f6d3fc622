import type { Store } from '#domain/clinic/store.ts';
import type { BedAssignment, Encounter } from '#domain/encounter/encounter.ts';
import type { FlowStep, FlowStepKind } from '#domain/flow/event.ts';
import type { ActId, BedId, EncounterId } from '#domain/ids.ts';
import type { Applied } from './flow-apply.ts';
import type { NewStep, ToldStep } from './flow-engine.ts';

/** What steps are called in the ledger. */
export const STEP_NAMES: Readonly<Record<FlowStepKind, string>> = {
  expected: 'encounter.expected',
  arrived: 'encounter.arrived',
  triaged: 'encounter.triaged',
  seen: 'encounter.seen',
  'admission-decided': 'encounter.admissionDecided',
  admitted: 'encounter.admitted',
  transferred: 'encounter.moved',
  'leave-started': 'encounter.leaveStarted',
  'leave-ended': 'encounter.leaveEnded',
  departed: 'encounter.departed',
  returned: 'encounter.returned',
  'transfer-planned': 'encounter.transferPlanned',
  'discharge-expected': 'encounter.dischargeExpected',
  'discharge-ordered': 'encounter.dischargeOrdered',
  'medically-ready': 'encounter.medicallyReady',
  discharged: 'encounter.discharged',
  cancelled: 'encounter.cancelled',
  'taken-back': 'encounter.takenBack',
};

interface Standing {
  readonly encounter: Encounter | undefined;
  readonly bedId: BedId | null;
  readonly begun: boolean;
}

type Seen = ReadonlyMap<EncounterId, Standing>;

interface Entry {
  readonly name: string;
  readonly encounterId: EncounterId;
  readonly steps: readonly NewStep[];
  readonly extra: object;
  readonly now: number;
}

interface By {
  readonly actor: { readonly id: string };
  readonly station: string | null;
}

type Deps = Pick<Store, 'ledger' | 'encounters' | 'assignments' | 'flow'>;

/** One entry for each encounter an act touched, and for each that got or lost a bed by it: where it stood and stands. */
export function createFlowLedger(deps: Deps) {
  return {
    /** Where the encounters stand before they change. */
    before: (encounterIds: readonly EncounterId[]): Seen =>
      new Map(encounterIds.map((encounterId) => [encounterId, standing(deps, encounterId)])),
    append(by: By, entry: Omit<Entry, 'encounterId'>, seen: Seen, applied: Applied): void {
      for (const encounterId of seen.keys()) append(deps, by, { ...entry, encounterId }, seen, applied);
      appendOthers(deps, entry, applied);
    },
    /** Each step another system told, by its name as the actor. */
    told(steps: readonly ToldStep[], actId: ActId, now: number, seen: Seen, applied: Applied): void {
      for (const step of steps) {
        const { encounterId, source } = step;
        const entry = { name: STEP_NAMES[step.step.kind], encounterId, steps: [step], extra: { actId }, now };
        append(deps, { actor: { id: source }, station: null }, entry, seen, applied);
      }
      appendOthers(deps, { extra: { actId }, now }, applied);
    },
  };
}

function standing({ encounters, assignments, flow }: Deps, encounterId: EncounterId): Standing {
  return {
    encounter: encounters.find(encounterId),
    bedId: assignments.current({ encounterId })?.bedId ?? null,
    begun: flow.listOf(encounterId).length > 0,
  };
}

function append(
  { ledger, assignments }: Deps,
  { actor, station }: By,
  { name, encounterId, steps, extra, now }: Entry,
  seen: Seen,
  { folds, devices }: Applied,
): void {
  const was = seen.get(encounterId);
  const after = folds.get(encounterId)?.after;
  if (!after) return;
  const own = steps.filter((step) => step.encounterId === encounterId);
  ledger.append({
    at: now,
    actor: actor.id,
    station,
    act: name,
    subject: encounterId,
    before: was?.begun && was.encounter ? { status: was.encounter.status, bedId: was.bedId } : null,
    after: {
      ...extra,
      ...(own.length === 1 && own[0] ? { at: own[0].happenedAt, ...factsOf(own[0].step) } : {}),
      ...(own.length > 1 ? { steps: own.map(({ step, happenedAt }) => ({ at: happenedAt, ...step })) } : {}),
      ...(was?.begun ? {} : opened(after)),
      status: after.status,
      bedId: assignments.current({ encounterId })?.bedId ?? null,
      ...(after.dischargedAt === null ? {} : { dischargedAt: after.dischargedAt }),
      ...(devices.length === 0 ? {} : { [after.dischargedAt === null ? 'tiedAgain' : 'untied']: devices }),
    },
  });
}

/** Beds another system had told of, granted or lost because of what somebody else did. */
function appendOthers(
  { ledger, assignments }: Deps,
  { extra, now }: Pick<Entry, 'extra' | 'now'>,
  { others }: Applied,
): void {
  for (const [encounterId, rows] of others) {
    const [before, after] = [spansOf(rows), spansOf(assignments.listByEncounter(encounterId))];
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    const change = { before: { beds: before }, after: { ...extra, beds: after } };
    ledger.append({
      at: now,
      actor: 'hub',
      station: null,
      act: 'encounter.bedsSettled',
      subject: encounterId,
      ...change,
    });
  }
}

function spansOf(rows: readonly BedAssignment[]) {
  return rows.map(({ bedId, startedAt, endedAt }) => ({ bedId, from: startedAt, to: endedAt }));
}

function opened({ patientId, admittedAt, reason, pregnant }: Encounter) {
  return { patientId, admittedAt, reason, pregnant };
}

/** A step without its name, which the entry has. */
function factsOf({ kind: _, ...facts }: FlowStep): object {
  return facts;
}
