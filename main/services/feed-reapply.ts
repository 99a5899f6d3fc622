import type { FeedMessage } from '#domain/feed/feed.ts';
import type { FeedNews, ToldSubject } from '#domain/feed/news.ts';
import type { FlowEvent, FlowStep } from '#domain/flow/event.ts';
import type { EncounterId } from '#domain/ids.ts';
import { type FeedApplyDeps, placed, type Telling } from './feed-apply.ts';
import type { ToldStep } from './flow-engine.ts';

export interface ReapplyDeps extends FeedApplyDeps {
  /** A kept message read again; undefined: it says nothing here any more. */
  readonly read: (message: FeedMessage) => FeedNews | undefined;
}

export type ReapplyContext = Pick<Telling, 'now' | 'afterCommit' | 'touched'>;

/**
 * Goes through all messages of a visit again, after it became clear that they belong to another patient or visit than
 * was thought: events that should not be are voided, those that should be are told. The outcome depends on the messages,
 * not on the order they came in.
 */
export function reapplyVisit(deps: ReapplyDeps, visitNumber: string, context: ReapplyContext): void {
  const { feed, visits, engine, flow } = deps;
  const { now, afterCommit, touched } = context;
  const numbers = visits.numbersOf(visitNumber);
  const members = new Set(numbers.flatMap((number) => feed.visit(number)?.encounterId ?? []));
  const visit = visits.resolve(visitNumber);
  const [target] = visit.encounterId === null ? members : [visit.encounterId];
  if (target === undefined) return;
  if (visit.encounterId === null) feed.saveVisit({ ...visit, encounterId: target });
  visits.handOver({ ...visit, encounterId: target }, now, afterCommit);
  const standing = [...members].flatMap((encounterId) => engine.events(encounterId).filter(fromFeed));
  const visitOf = { numbers: new Set(numbers), members, target };
  const wanted = messagesOf(deps, visitOf, standing).flatMap((message) => wantedOf(deps, message, visitOf, context));
  const kept = new Set<FlowEvent>();
  const missing: ToldStep[] = [];
  for (const step of wanted) {
    const event = standing.find((each) => !kept.has(each) && each.encounterId === target && tells(each, step));
    if (event) kept.add(event);
    else missing.push(step);
  }
  const wrong = standing.filter((event) => !kept.has(event));
  for (const { id } of wrong)
    flow.void(id, { at: now, by: 'feed', reason: 'The visit is another patient’s or visit’s.' });
  for (const encounterId of members) touched.encounters.add(encounterId);
  // Those that lose events first: a bed may go from one to the other.
  const losing = [...new Set(wrong.map(({ encounterId }) => encounterId))];
  if (losing.length > 0) engine.refold(losing, now, afterCommit);
  engine.take(missing, now, afterCommit);
}

interface VisitOf {
  readonly numbers: ReadonlySet<string>;
  readonly members: ReadonlySet<EncounterId>;
  readonly target: EncounterId;
}

/** Those that name the visit, and those whose events stand in it: swaps and messages without a number. */
function messagesOf(
  { feed }: ReapplyDeps,
  { numbers, members }: VisitOf,
  standing: readonly FlowEvent[],
): FeedMessage[] {
  const tieBreaks = standing.map(({ tieBreak }) => tieBreak);
  const naming = [...numbers].flatMap((number) => feed.listOfVisit(number));
  const standingIn = [...members].flatMap((encounterId) => feed.listOf(encounterId, { tieBreaks }));
  return [...new Map([...naming, ...standingIn].map((message) => [message.id, message])).values()];
}

const fromFeed = ({ source, voided }: FlowEvent): boolean => source === 'feed' && voided === null;

function tells(event: FlowEvent, step: ToldStep): boolean {
  return event.tieBreak === step.tieBreak && event.happenedAt === step.happenedAt && alike(event.step, step.step);
}

/** Whether two steps say the same, whatever order their fields were written in. */
export function alike(one: FlowStep, other: FlowStep): boolean {
  const spelled = (step: object) => JSON.stringify(Object.entries(step).sort(([a], [b]) => (a < b ? -1 : 1)));
  return spelled(one) === spelled(other);
}

/** What one message has to say of the visit, and a note on the message itself of how it now stands. */
function wantedOf(
  deps: ReapplyDeps,
  message: FeedMessage,
  { numbers, members, target }: VisitOf,
  context: ReapplyContext,
): ToldStep[] {
  const { feed, visits, merges } = deps;
  const news = deps.read(message);
  if (!news || message.patientId === null) return [];
  const unnumbered = message.encounterId !== null && members.has(message.encounterId);
  const about = news.subjects.filter(({ visit }) => (visit === null ? unnumbered : numbers.has(visit)));
  const patientId = merges.survivor(message.patientId);
  const visit = visits.resolve(message.visitNumber ?? '');
  // The second patient of a swap is asked by the identifiers of the message itself.
  const steps = about.flatMap((subject) =>
    subject === news.subjects[0] && !visits.mayTell(visit, patientId)
      ? []
      : stepsOf(deps, subject, message, target, context),
  );
  const held = about.length > 0 && (about[0]?.steps.length ?? 0) > 0 && steps.length === 0;
  if (about.includes(news.subjects[0] as ToldSubject)) {
    const why = held ? 'The visit belongs to another patient here.' : message.doubt;
    const state = message.state === 'dismissed' ? 'dismissed' : why === null ? 'applied' : 'waiting';
    feed.save({ ...message, encounterId: target, held, state, why: state === 'waiting' ? why : null });
  } else if (about.length > 0) feed.save({ ...message, otherEncounterId: target });
  return steps;
}

function stepsOf(
  deps: ReapplyDeps,
  subject: ToldSubject,
  { recordedAt, tieBreak }: FeedMessage,
  encounterId: EncounterId,
  context: ReapplyContext,
): ToldStep[] {
  return subject.steps.flatMap((told) => {
    const step = placed(deps, told, context);
    return step ? [{ encounterId, step, happenedAt: subject.happenedAt, recordedAt, tieBreak, source: 'feed' }] : [];
  });
}
