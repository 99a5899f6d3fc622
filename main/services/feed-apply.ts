import type { Store } from '#domain/clinic/store.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import { isAppointment } from '#domain/feed/appointment.ts';
import type { FeedMessage, FeedVisit, Word } from '#domain/feed/feed.ts';
import type { FeedNews, ToldFlow, ToldPerson, ToldSubject } from '#domain/feed/news.ts';
import { plainNumber } from '#domain/feed/visit-number.ts';
import type { FlowStep, Place } from '#domain/flow/event.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import type { ClinicChanges } from './changes.ts';
import { noteAppointment, settleAppointments } from './feed-appointments.ts';
import { type BedNewsDeps, takeBedNews } from './feed-beds.ts';
import { believe, findBelieved } from './feed-beliefs.ts';
import type { FeedPeople } from './feed-people.ts';
import type { FeedPlaces } from './feed-places.ts';
import type { FeedVisits } from './feed-visits.ts';
import type { FlowEngine, ToldStep } from './flow-engine.ts';
import { mergePatients } from './patient-merge.ts';

type AfterCommit = (tell: () => void) => void;

export interface FeedApplyDeps
  extends BedNewsDeps,
    Pick<Store, 'feed' | 'flow' | 'patients' | 'encounters' | 'merges' | 'ledger'> {
  readonly engine: FlowEngine;
  readonly people: FeedPeople;
  readonly places: FeedPlaces;
  readonly visits: FeedVisits;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
  readonly timeZone: () => string;
}

/** What became of a message; the rest of its record is known before. */
export type Outcome = Pick<
  FeedMessage,
  'patientId' | 'encounterId' | 'otherEncounterId' | 'visitNumber' | 'held' | 'doubt'
> & {
  /** Why it could not be applied at all; null unless held. */
  readonly why: string | null;
  /** Visits whose messages must be gone through again. */
  readonly stale: readonly string[];
  readonly believed: { readonly encounterId: EncounterId; readonly at: number; readonly place: Place } | null;
};

/** One message, its news, and when. */
export interface Telling {
  readonly message: Word & { readonly id: string };
  readonly news: FeedNews;
  readonly now: number;
  readonly afterCommit: AfterCommit;
  /** Collects whom the message was about, under every name. */
  readonly touched: { readonly patients: Set<PatientId>; readonly encounters: Set<EncounterId> };
}

const NOTHING: Outcome = {
  patientId: null,
  encounterId: null,
  otherEncounterId: null,
  visitNumber: null,
  held: false,
  doubt: null,
  why: null,
  stale: [],
  believed: null,
};

/** Makes a message's news true here as far as it can be, inside the caller's transaction. */
export function createFeedApply(deps: FeedApplyDeps) {
  return (telling: Telling): Outcome => {
    const outcome = apply(deps, telling);
    const { patientId, stale } = outcome;
    if (patientId === null || !mayMeetAppointment(telling.news)) return outcome;
    return { ...outcome, stale: [...stale, ...settleAppointments(deps, patientId, telling.now)] };
  };
}

const MEETING: ReadonlySet<string> = new Set(['expected', 'arrived', 'admitted', 'taken-back', 'cancelled']);

/** Whether it tells of a coming or of an appointment, or may say whose one is. */
function mayMeetAppointment({ event, subjects }: FeedNews): boolean {
  if (event === 'A40' || event === 'A41' || event === 'A45' || event === 'A47') return true;
  return subjects.some(({ steps }) => steps.some(({ kind }) => MEETING.has(kind)));
}

function apply(deps: FeedApplyDeps, telling: Telling): Outcome {
  const { news } = telling;
  if (news.unreadable !== undefined) return { ...NOTHING, doubt: news.unreadable };
  if (news.bed) return { ...NOTHING, ...takeBedNews(deps, news.bed, telling) };
  const [first, second] = news.subjects;
  if (!first) return NOTHING;
  const met = meet(deps, first, telling);
  if (met.held) return met;
  switch (news.event) {
    case 'A40':
    case 'A47':
      return { ...met, ...merge(deps, met.patientId, telling) };
    case 'A41':
      return { ...met, ...mergeVisits(deps, met.patientId, first, telling) };
    case 'A45':
      return { ...met, ...moveVisit(deps, met.patientId, first, telling) };
    case 'A29':
      return { ...met, ...refuseDeletion(deps, met.patientId) };
    default:
  }
  if (second) return swap(deps, [first, second], met, telling);
  if (first.steps.length === 0) return { ...met, ...believe(deps, first, met.patientId, telling) };
  const told = tellSteps(deps, first, met.patientId, telling);
  deps.engine.take(told.steps, telling.now, telling.afterCommit);
  return { ...met, ...told.outcome };
}

type Met = Outcome & { readonly patientId: PatientId };

const SEVERAL =
  'PID-3 names identifiers of more than one patient known here: merge them, or have the sender put it right.';
const TWICE_IN_CARE = 'Told to be one person; by the record both are in care, which cannot be true of one.';

/** Held where it cannot be known who is meant. */
function meet(deps: FeedApplyDeps, { person, visit }: ToldSubject, telling: Telling): Met {
  const { message, news, now, afterCommit, touched } = telling;
  const meant = without(person, news.merged);
  const { patientId, several, joined } = deps.people.meet(meant, message, now, afterCommit);
  for (const id of joined) touched.patients.add(id);
  const met = { ...NOTHING, patientId, visitNumber: visit };
  if (several) return { ...met, held: true, why: SEVERAL };
  return { ...met, doubt: joined.length > 0 && isTwiceInCare(deps, patientId) ? TWICE_IN_CARE : null };
}

/** The identifiers a merge names in MRG may stand in PID-3 already: whose they were is the merge's part. */
function without(person: ToldPerson, merged: FeedNews['merged']): ToldPerson {
  const own = person.identifiers.filter(
    ({ system, value }) => !merged.some((other) => other.system === system && other.value === value),
  );
  return own.length === 0 ? person : { ...person, identifiers: own };
}

function isTwiceInCare({ encounters }: FeedApplyDeps, patientId: PatientId): boolean {
  return encounters.listByPatient(patientId).filter(ongoing).length > 1;
}

/** Both identifiers are one person from now on, whoever of them was known. */
function merge(deps: FeedApplyDeps, survivorId: PatientId, telling: Telling): Partial<Outcome> {
  const { patients, people, changed } = deps;
  const { news, now, afterCommit } = telling;
  for (const identifier of news.merged) {
    const holder = patients.findByIdentifier(identifier);
    const survivor = patients.find(survivorId);
    if (!survivor || holder?.id === survivorId) continue;
    if (!holder) {
      patients.save({ ...survivor, identifiers: [...survivor.identifiers, identifier] });
      deps.ledger.append({
        at: now,
        actor: 'feed',
        station: null,
        act: 'patient.identifierAdded',
        subject: survivorId,
        before: null,
        after: { identifiers: [identifier] },
      });
      afterCommit(() => changed.patient(survivorId));
      continue;
    }
    const pair = { survivorId, retiredId: holder.id, evenInCare: true };
    const teller = { actor: 'feed', station: null, at: now, reason: `Told by the feed (${news.event}).` };
    const decision = mergePatients(deps, pair, teller, afterCommit);
    if (!decision.ok) return { held: true, why: `The records could not be merged: ${decision.refusal}.` };
    people.join(survivorId, holder.id, now, afterCommit);
    telling.touched.patients.add(holder.id);
  }
  // Tried again at each event of the patient, until one of the two is over.
  return isTwiceInCare(deps, survivorId) ? { held: true, why: TWICE_IN_CARE, doubt: null } : { doubt: null };
}

/** A41: what was told of the former account's visit is the surviving one's. */
function mergeVisits(
  { visits }: FeedApplyDeps,
  patientId: PatientId,
  subject: ToldSubject,
  { news, message }: Telling,
): Partial<Outcome> {
  if (subject.visit === null || news.formerVisit === null) return {};
  const former = visits.meant(news.formerVisit, patientId, message);
  const { visitNumber, stale } = visits.meant(subject.visit, patientId, message);
  const changed = visits.alias(former.visitNumber, visitNumber);
  return { stale: changed ? [visits.resolve(visitNumber).visitNumber] : [...former.stale, ...stale] };
}

/** A45: the visit is this patient's, perhaps under a new number. */
function moveVisit(
  { visits }: FeedApplyDeps,
  patientId: PatientId,
  subject: ToldSubject,
  { news, message }: Telling,
): Partial<Outcome> {
  const told = news.formerVisit ?? subject.visit;
  if (told === null) return {};
  const former = visits.standingFor(told);
  if (subject.visit !== null && plainNumber(subject.visit) !== plainNumber(told)) visits.alias(former, subject.visit);
  const visit = visits.move(visits.resolve(former), patientId, message);
  return { visitNumber: visit.visitNumber, encounterId: visit.encounterId, stale: [visit.visitNumber] };
}

function refuseDeletion({ encounters }: FeedApplyDeps, patientId: PatientId): Partial<Outcome> {
  if (encounters.listByPatient(patientId).length === 0) return {};
  return { doubt: 'The other system deleted a patient who has encounters here. Nothing was deleted.' };
}

/** A17: both change beds at one moment, so that neither finds the other in the way. */
function swap(
  deps: FeedApplyDeps,
  [first, second]: readonly [ToldSubject, ToldSubject],
  met: Met,
  telling: Telling,
): Outcome {
  const other = meet(deps, second, telling);
  if (other.held) return { ...met, held: true, why: other.why };
  const ours = tellSteps(deps, first, met.patientId, telling);
  const theirs = tellSteps(deps, second, other.patientId, telling);
  const held = ours.outcome.held ? ours.outcome : theirs.outcome;
  if (held.held) return { ...met, ...held, otherEncounterId: theirs.outcome.encounterId ?? null };
  deps.engine.take([...ours.steps, ...theirs.steps], telling.now, telling.afterCommit);
  return {
    ...met,
    ...ours.outcome,
    doubt: met.doubt ?? other.doubt,
    otherEncounterId: theirs.outcome.encounterId ?? null,
    stale: [...(ours.outcome.stale ?? []), ...(theirs.outcome.stale ?? [])],
  };
}

const NO_WARD = 'It names a room or a bed but no ward: where that is is not known.';

interface ToldSteps {
  readonly steps: readonly ToldStep[];
  readonly outcome: Partial<Outcome>;
}

/** The steps of one person's visit, or why there are none. */
function tellSteps(deps: FeedApplyDeps, subject: ToldSubject, patientId: PatientId, telling: Telling): ToldSteps {
  const { visits } = deps;
  const { message, now } = telling;
  if (subject.visit === null) {
    const encounterId = visits.onlyOpen(patientId);
    if (encounterId === undefined)
      return hold('The message names no visit number, and no one open visit of the patient.');
    return stepsFor(deps, subject, encounterId, null, telling);
  }
  const meant = visits.meant(subject.visit, patientId, message);
  const met = meetAppointment(deps, { ...subject, visit: meant.visitNumber }, patientId, telling);
  const told = visits.tell(visits.resolve(meant.visitNumber), patientId, message);
  const opening = { patientId, class: subject.class, reason: subject.reason, at: subject.happenedAt };
  const encounterId = visits.encounterOf(told.visit, opening, now);
  const known = visits.resolve(meant.visitNumber);
  const stale = [...(told.changed ? [known.visitNumber] : meant.stale), ...met];
  if (!visits.mayTell(known, patientId))
    return hold('The visit belongs to another patient here.', { encounterId, visitNumber: known.visitNumber, stale });
  visits.handOver(known, now, telling.afterCommit);
  const steps = stepsFor(deps, subject, encounterId, known, telling);
  // An appointment may be parted from its visit again: its messages keep its own id.
  const visitNumber = isAppointment(subject.visit) ? subject.visit : known.visitNumber;
  return { ...steps, outcome: { ...steps.outcome, visitNumber, stale } };
}

/** Before the steps are taken: calling off an appointment must not call off the visit it was kept by. */
function meetAppointment(
  deps: FeedApplyDeps,
  subject: ToldSubject,
  patientId: PatientId,
  { message, now }: Telling,
): string[] {
  const { visit: visitNumber, happenedAt: at, steps } = subject;
  if (visitNumber === null) return [];
  noteAppointment(deps, subject, message);
  if (isAppointment(visitNumber)) return settleAppointments(deps, patientId, now, { appointment: visitNumber });
  const comes = steps.some(({ kind }) => kind === 'arrived' || kind === 'admitted');
  const isNew = deps.visits.resolve(visitNumber).encounterId === null;
  return comes && isNew ? settleAppointments(deps, patientId, now, { coming: { visitNumber, at } }) : [];
}

function hold(why: string, rest: Partial<Outcome> = {}): ToldSteps {
  return { steps: [], outcome: { ...rest, held: true, why } };
}

function stepsFor(
  deps: FeedApplyDeps,
  subject: ToldSubject,
  encounterId: EncounterId,
  visit: FeedVisit | null,
  telling: Telling,
): ToldSteps {
  const found = { encounterId, visitNumber: visit?.visitNumber ?? null };
  const steps: ToldStep[] = [];
  for (const told of subject.steps) {
    const step = placed(deps, told, telling);
    if (!step) return hold('PV1-3 names no ward or area.', found);
    const { recordedAt, tieBreak } = telling.message;
    steps.push({ encounterId, step, happenedAt: subject.happenedAt, recordedAt, tieBreak, source: 'feed' });
  }
  findBelieved(deps, encounterId);
  const wardless = subject.steps.some((told) => 'location' in told && told.location?.unit === '');
  return { steps, outcome: wardless ? { ...found, doubt: NO_WARD } : found };
}

/** A step with its place found or made here; undefined where a move names none. */
export function placed(
  { places }: Pick<FeedApplyDeps, 'places'>,
  told: ToldFlow,
  { now, afterCommit }: Pick<Telling, 'now' | 'afterCommit'>,
): FlowStep | undefined {
  if (!('location' in told)) return told;
  const { location, ...step } = told;
  const place = places.placeOf(location, now, afterCommit);
  if (step.kind !== 'transferred') return { ...step, place };
  return place === null ? undefined : { ...step, place };
}
