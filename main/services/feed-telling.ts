import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { type Outgoing, type OutgoingSubject, outgoingText, TAKEN_BACK_AS, TOLD_AS } from '#domain/feed/outgoing.ts';
import type { FlowEvent, FlowStep, Journey, Place } from '#domain/flow/event.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import type { NewLedgerEntry } from '#domain/ledger/entry.ts';
import type { Identifier } from '#domain/patient/patient.ts';
import type { ChangeEmitter } from './changes.ts';
import type { FlowEngine } from './flow-engine.ts';
import { placeCode } from './places-of.ts';

interface FeedTellingDeps
  extends Pick<Store, 'feed' | 'flow' | 'encounters' | 'patients' | 'merges' | 'locations' | 'areas' | 'bedStates'> {
  readonly settings: () => ClinicSettings;
  readonly newId: () => string;
  readonly clock: () => number;
  readonly changed: ChangeEmitter;
}

type AfterCommit = (tell: () => void) => void;

interface Telling {
  readonly event: string;
  readonly happenedAt: number;
  readonly encounterIds: readonly EncounterId[];
  /** Where a patient was by a move that is taken back. */
  readonly was?: Place | undefined;
}

/**
 * The engine, with what people do at consoles queued for another system in the same transaction. What that or another
 * system told is never told back.
 */
export function tellingEngine(engine: FlowEngine, deps: FeedTellingDeps): FlowEngine {
  const tell = (tellings: readonly Telling[], afterCommit: AfterCommit): void => {
    for (const telling of tellings) {
      const subjects = telling.encounterIds.flatMap((id) => visitSubject(deps, engine, id, telling));
      if (subjects.length > 0) enqueue(deps, { ...telling, subjects }, afterCommit);
    }
  };
  const off = () => deps.settings().outgoingHl7Url === null;
  return {
    ...engine,
    act(context, act, afterCommit) {
      const actId = engine.act(context, act, afterCommit);
      if (!off()) tell(tellingsOf(act.steps, statusBefore(deps, act.steps)), afterCommit);
      return actId;
    },
    takeBack(context, back, afterCommit) {
      const live = deps.flow.listAct(back.actId).filter(({ voided }) => voided === null);
      const again = deps.flow.listVoidedBy(back.actId);
      engine.takeBack(context, back, afterCommit);
      if (off()) return;
      tell([...takenBack(live, back.now, engine), ...tellingsOf(again)], afterCommit);
    },
    correct(context, correction, afterCommit) {
      const event = deps.flow.find(correction.eventId);
      const actId = engine.correct(context, correction, afterCommit);
      if (off() || !event) return actId;
      const { instead } = correction;
      const steps = instead ? [{ encounterId: event.encounterId, ...instead }] : [];
      tell([...takenBack([event], correction.now, engine), ...tellingsOf(steps)], afterCommit);
      return actId;
    },
  };
}

/** Changes of who somebody is, made by people here: A08 and A40. Called inside the transaction that wrote the entry. */
export function tellPeople(deps: FeedTellingDeps, { act, actor, subject, after }: NewLedgerEntry): void {
  if (deps.settings().outgoingHl7Url === null || actor === 'feed' || actor === 'hub' || actor === 'import') return;
  if (act !== 'patient.updated' && act !== 'patient.merged') return;
  const patient = deps.patients.find(subject as PatientId);
  if (!patient) return;
  const merged = act === 'patient.merged' ? retiredIdentifiers(deps, after) : undefined;
  if (merged?.length === 0) return;
  const now = deps.clock();
  const subjects = [{ patient, visit: null }];
  enqueue(deps, { event: merged ? 'A40' : 'A08', happenedAt: now, subjects, ...(merged ? { merged } : {}) }, (told) =>
    queueMicrotask(told),
  );
}

function retiredIdentifiers({ merges }: FeedTellingDeps, after: unknown): readonly Identifier[] {
  const mergeId = typeof after === 'object' && after !== null && 'mergeId' in after ? String(after.mergeId) : '';
  return merges.find(mergeId)?.retiredBefore.identifiers ?? [];
}

type Step = { readonly encounterId: EncounterId; readonly step: FlowStep; readonly happenedAt: number };

/** Two who change beds in one act are told as a swap; all else step by step. */
function tellingsOf(steps: readonly Step[], planned: ReadonlySet<EncounterId> = new Set()): Telling[] {
  const [first, second] = steps;
  const moves = steps.every(({ step }) => step.kind === 'transferred');
  if (first && second && steps.length === 2 && moves && first.encounterId !== second.encounterId)
    return [{ event: 'A17', happenedAt: first.happenedAt, encounterIds: [first.encounterId, second.encounterId] }];
  return steps.flatMap(({ encounterId, step, happenedAt }) => {
    const cancelsPlan = step.kind === 'cancelled' && planned.has(encounterId);
    const event = cancelsPlan ? 'A38' : TOLD_AS[step.kind];
    return event ? [{ event, happenedAt, encounterIds: [encounterId] }] : [];
  });
}

/** Encounters of cancelled plans: nobody had come. */
function statusBefore({ flow }: FeedTellingDeps, steps: readonly Step[]): ReadonlySet<EncounterId> {
  const cancelled = steps.filter(({ step }) => step.kind === 'cancelled').map(({ encounterId }) => encounterId);
  const came = (id: EncounterId) =>
    flow
      .listOf(id)
      .some(({ step, voided }) => voided === null && (step.kind === 'arrived' || step.kind === 'admitted'));
  return new Set(cancelled.filter((id) => !came(id)));
}

/** Latest first, as they have to be taken back. */
function takenBack(events: readonly FlowEvent[], now: number, engine: FlowEngine): Telling[] {
  return [...events].reverse().flatMap(({ encounterId, step }) => {
    const event = step.kind === 'cancelled' ? openedAs(engine.journey(encounterId)) : TAKEN_BACK_AS[step.kind];
    const was = step.kind === 'transferred' ? step.place : undefined;
    return event ? [{ event, happenedAt: now, encounterIds: [encounterId], was }] : [];
  });
}

/** HL7 cannot take a cancellation back: the encounter is told anew, as it stands. */
function openedAs({ admittedAt, arrivedAt }: Journey): string {
  if (admittedAt !== null) return 'A01';
  return arrivedAt === null ? 'A05' : 'A04';
}

function visitSubject(
  deps: FeedTellingDeps,
  engine: FlowEngine,
  encounterId: EncounterId,
  { event, was }: Telling,
): OutgoingSubject[] {
  const encounter = deps.encounters.find(encounterId);
  const summary = deps.flow.summary(encounterId);
  const patient = encounter && deps.patients.find(encounter.patientId);
  if (!encounter || !summary || !patient) return [];
  const journey = engine.journey(encounterId);
  const { class: encounterClass, expectedAt, admittedAt, expectedDischargeAt, dischargedAt, outcome } = journey;
  const [place, before] = placesOf(journey, summary.place);
  const prior = was ?? (event === 'A02' || event === 'A17' ? before : null);
  return [
    {
      patient,
      visit: {
        visitNumber: summary.visitNumber ?? encounterId,
        class: journey.status === 'planned' ? summary.class : encounterClass,
        location: codeOf(deps, place),
        prior: prior && codeOf(deps, prior),
        expectedAt,
        admittedAt: admittedAt ?? journey.arrivedAt,
        expectedDischargeAt,
        dischargedAt,
        outcome,
      },
    },
  ];
}

function placesOf({ whereabouts }: Journey, expected: Place | null): [Place, Place | null] {
  const last = whereabouts.at(-1)?.place ?? expected ?? NOWHERE;
  return [last, whereabouts.at(-2)?.place ?? null];
}

function codeOf(deps: FeedTellingDeps, place: Place): readonly [string, string, string] {
  const [unit = '', room = '', bed = ''] = placeCode(deps, place).split('^');
  return [unit, room, bed];
}

function enqueue(
  { feed, settings, newId, clock, changed }: FeedTellingDeps,
  told: Pick<Outgoing, 'event' | 'happenedAt' | 'subjects' | 'merged'>,
  afterCommit: AfterCommit,
): void {
  const { clinicName, timeZone } = settings();
  const now = clock();
  // MSH-10 holds twenty characters: these name the millisecond and enough chance.
  const controlId = newId().replaceAll('-', '').slice(0, 20);
  const text = outgoingText({ ...told, controlId, clinicName, timeZone, recordedAt: now });
  feed.enqueue({ controlId, type: `ADT^${told.event}`, text, createdAt: now });
  afterCommit(() => changed.feed());
}
