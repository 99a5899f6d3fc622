import type { FeedMessage } from '#domain/feed/feed.ts';
import type { ToldSubject } from '#domain/feed/news.ts';
import { isLater } from '#domain/feed/word.ts';
import type { FlowEvent, FlowStepKind, Journey } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { placed } from './feed-apply.ts';
import { alike, type ReapplyContext, type ReapplyDeps } from './feed-reapply.ts';
import type { ToldStep } from './flow-engine.ts';

/**
 * Finds the visit of every message of a patient that names none: the one that was open when it happened, by all that is
 * known now, those messages that happened before included. The outcome depends on the messages, not on the order they
 * came in.
 */
export function settleUnnumbered(deps: ReapplyDeps, patientId: PatientId, context: ReapplyContext): void {
  const survivor = deps.merges.survivor(patientId);
  const told = deps.feed
    .listUnnumbered(namesOf(deps, survivor))
    .flatMap((message) => tellingOf(deps, message))
    .sort(byHappening);
  if (told.length === 0) return;
  const visits = visitsOf(deps, survivor, new Set(told.map(({ message }) => message.tieBreak)));
  const wrong: FlowEvent[] = [];
  const missing: ToldStep[] = [];
  for (const telling of told) {
    const { message } = telling;
    const target = visitMeant(visits, telling);
    const steps = target ? stepsOf(deps, telling, target.encounterId, context) : [];
    const standing = visits.flatMap(({ unnumbered }) =>
      unnumbered.filter((event) => event.tieBreak === message.tieBreak),
    );
    const kept = standing.filter((event) => steps.some((step) => tells(event, step)));
    wrong.push(...standing.filter((event) => !kept.includes(event)));
    missing.push(...steps.filter((step) => !kept.some((event) => tells(event, step))));
    target?.events.push(...steps.map((step, index) => asEvent(step, `${message.id} ${index}`)));
    note(deps, message, steps[0]?.encounterId ?? null, target ? NO_PLACE : NONE, context);
  }
  const { now, afterCommit, touched } = context;
  for (const { id } of wrong) deps.flow.void(id, { at: now, by: 'feed', reason: 'Another visit was open then.' });
  const losing = [...new Set(wrong.map(({ encounterId }) => encounterId))];
  if (losing.length > 0) deps.engine.refold(losing, now, afterCommit);
  if (missing.length > 0) deps.engine.take(missing, now, afterCommit);
  for (const { encounterId } of [...wrong, ...missing]) touched.encounters.add(encounterId);
}

interface Telling {
  readonly message: FeedMessage;
  readonly subject: ToldSubject;
}

interface Visit {
  readonly encounterId: EncounterId;
  /** What is known of it without the messages still to be placed. */
  readonly events: FlowEvent[];
  /** As they stand now, told by messages without a number. */
  readonly unnumbered: readonly FlowEvent[];
}

const MOST_NAMES = 50;

/** The patient under every record that became part of this one. */
function namesOf({ merges }: ReapplyDeps, survivor: PatientId): PatientId[] {
  const names = [survivor];
  for (let at = 0; at < names.length && names.length < MOST_NAMES; at++) {
    const retired = merges.listOf(names[at] as PatientId).map(({ retiredId }) => retiredId);
    names.push(...retired.filter((id) => !names.includes(id)));
  }
  return names;
}

/** Those that say something of one person's one visit; what a person settled while it waited stays so. */
function tellingOf({ read, patients }: ReapplyDeps, message: FeedMessage): Telling[] {
  const settled = message.held && message.state === 'dismissed';
  const [subject, other] = (settled ? undefined : read(message)?.subjects) ?? [];
  if (!subject || other || subject.visit !== null || subject.steps.length === 0) return [];
  const holders = subject.person.identifiers.flatMap((each) => patients.findByIdentifier(each)?.id ?? []);
  return new Set(holders).size > 1 ? [] : [{ message, subject }];
}

function byHappening(one: Telling, other: Telling): number {
  const earlier = one.subject.happenedAt - other.subject.happenedAt;
  return earlier || (isLater(one.message, other.message) ? 1 : -1);
}

function visitsOf({ encounters, engine }: ReapplyDeps, patientId: PatientId, tieBreaks: ReadonlySet<string>): Visit[] {
  return encounters.listByPatient(patientId).map(({ id }) => {
    const standing = engine.events(id).filter(({ voided }) => voided === null);
    const fromThem = ({ source, tieBreak }: FlowEvent) => source === 'feed' && tieBreaks.has(tieBreak);
    return {
      encounterId: id,
      events: standing.filter((event) => !fromThem(event)),
      unnumbered: standing.filter(fromThem),
    };
  });
}

/** undefined: none, or one of several. */
function visitMeant(visits: readonly Visit[], { message, subject }: Telling): Visit | undefined {
  const at = subject.happenedAt;
  const going = visits.filter(({ events }) => isOpen(journeyOf(events), at));
  const cancelled = subject.steps.flatMap((step) => (step.kind === 'taken-back' ? step.of : []));
  if (cancelled.length > 0) {
    const named = visits.filter(({ events }) => hasToTakeBack(events, cancelled, message.recordedAt));
    const open = named.filter((visit) => going.includes(visit));
    return onlyOne(open.length > 0 ? open : named);
  }
  if (going.length > 0) return onlyOne(going);
  return onlyOne(visits.filter(({ events }) => journeyOf(events).status === 'planned'));
}

function onlyOne(visits: readonly Visit[]): Visit | undefined {
  return visits.length === 1 ? visits[0] : undefined;
}

function isOpen({ status, arrivedAt, admittedAt, dischargedAt }: Journey, at: number): boolean {
  const since = Math.min(arrivedAt ?? Number.POSITIVE_INFINITY, admittedAt ?? Number.POSITIVE_INFINITY);
  return status !== 'cancelled' && since <= at && (dischargedAt === null || at <= dischargedAt);
}

function hasToTakeBack(events: readonly FlowEvent[], kinds: readonly FlowStepKind[], recordedAt: number): boolean {
  return events.some((event) => kinds.includes(event.step.kind) && event.recordedAt <= recordedAt);
}

function stepsOf(
  deps: ReapplyDeps,
  { message, subject }: Telling,
  encounterId: EncounterId,
  context: ReapplyContext,
): ToldStep[] {
  const { recordedAt, tieBreak } = message;
  return subject.steps.flatMap((told) => {
    const step = placed(deps, told, context);
    return step ? [{ encounterId, step, happenedAt: subject.happenedAt, recordedAt, tieBreak, source: 'feed' }] : [];
  });
}

function tells(event: FlowEvent, step: ToldStep): boolean {
  return event.encounterId === step.encounterId && event.happenedAt === step.happenedAt && alike(event.step, step.step);
}

/** As it will stand, for finding the visits of those that happened later. */
function asEvent(step: ToldStep, id: string): FlowEvent {
  return { ...step, id, actId: id as FlowEvent['actId'], actor: 'feed', voided: null };
}

const NONE = 'The message names no visit number, and no one visit of the patient was open then.';
const NO_PLACE = 'PV1-3 names no ward or area.';
const APPLIED = { state: 'applied', why: null } as const;

/** The message's own record says where it stands now. */
function note(
  { feed }: ReapplyDeps,
  message: FeedMessage,
  encounterId: EncounterId | null,
  whyHeld: string,
  { touched }: ReapplyContext,
): void {
  const held = encounterId === null;
  const why = held ? whyHeld : message.doubt;
  for (const each of [message.encounterId, encounterId]) if (each !== null) touched.encounters.add(each);
  if (message.encounterId === encounterId && message.held === held && (!held || message.why === why)) return;
  const dismissed = message.state === 'dismissed' ? ({ state: 'dismissed', why: null } as const) : undefined;
  const waiting = why === null ? APPLIED : ({ state: 'waiting', why } as const);
  feed.save({ ...message, encounterId, held, ...(dismissed ?? waiting) });
}
