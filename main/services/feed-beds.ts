import type { Store } from '#domain/clinic/store.ts';
import type { FactWord, Word } from '#domain/feed/feed.ts';
import type { FeedNews } from '#domain/feed/news.ts';
import { isLater } from '#domain/feed/word.ts';
import type { BedBlock } from '#domain/flow/bed-state.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, TaskId, UserId } from '#domain/ids.ts';
import type { ClinicChanges } from './changes.ts';
import type { FeedPlaces } from './feed-places.ts';

type AfterCommit = (tell: () => void) => void;
type BedSays = NonNullable<FeedNews['bed']>['status'];

export interface BedNewsDeps extends Pick<Store, 'bedStates' | 'tasks' | 'assignments' | 'feed' | 'ledger'> {
  readonly places: FeedPlaces;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
}

interface Moment {
  readonly message: Word;
  readonly now: number;
  readonly afterCommit: AfterCommit;
}

const FEED = 'feed' as UserId;

/**
 * A20: what another system says of a bed. Whether anybody lies in it is never taken from here: only who is admitted,
 * moved and discharged says that, and no cleaning or block touches an occupied bed. What does not fit what is known of
 * the bed is left to a person.
 */
export function takeBedNews(
  deps: BedNewsDeps,
  { location, status, at }: NonNullable<FeedNews['bed']>,
  moment: Moment,
): { readonly doubt: string | null } {
  const { feed } = deps;
  const { message, now, afterCommit } = moment;
  const bedId = deps.places.placeOf(location, now, afterCommit)?.bedId;
  if (!bedId) return { doubt: 'NPU-1 names no bed of a ward.' };
  const words = feed.listWords(bedId);
  const last = words.find(({ fact }) => fact === 'status');
  if (!isLater(message, last)) return { doubt: null };
  const { recordedAt, tieBreak } = message;
  const since = Math.min(at, now);
  const kept = DIRTY.has(status) ? since : askedAt(words);
  feed.saveWords(bedId, [
    { fact: 'status', recordedAt, tieBreak, value: status },
    ...(kept === null ? [] : [{ fact: 'cleaning', recordedAt, tieBreak, value: kept }]),
  ]);
  const against = status === 'isolated' ? ISOLATED : contradicts(deps, bedId, status, since);
  if (against !== null) return { doubt: against };
  if (deps.assignments.current({ bedId })) return { doubt: null };
  switch (status) {
    case 'closed':
      block(deps, bedId, since, moment);
      break;
    case 'housekeeping':
    case 'contaminated':
      dirty(deps, bedId, status === 'contaminated', since, moment);
      break;
    case 'unoccupied':
      return { doubt: ready(deps, bedId, since, kept, moment) };
    default:
  }
  return { doubt: null };
}

const ISOLATED = 'It says the bed is isolated. Isolation is set here for a patient: nothing was changed.';

const DIRTY: ReadonlySet<string> = new Set<BedSays>(['housekeeping', 'contaminated']);

/** What the bed of an occupant is not. */
const EMPTY_WORDS: Readonly<Partial<Record<BedSays, string>>> = {
  unoccupied: 'unoccupied',
  closed: 'closed',
  housekeeping: 'to be cleaned',
  contaminated: 'contaminated',
};

/** When the feed last asked for a cleaning of the bed. */
function askedAt(words: readonly FactWord[]): number | null {
  return (words.find(({ fact }) => fact === 'cleaning')?.value as number | undefined) ?? null;
}

/** Who lies in the bed now, or lay in it then: a word that comes late may be about the one before. */
function contradicts({ assignments }: BedNewsDeps, bedId: BedId, status: BedSays, at: number): string | null {
  const now = assignments.current({ bedId }) !== undefined;
  const then = assignments.listOf({ bedId }, at, at + 1).length > 0;
  if (status === 'occupied') return now || then ? null : 'It says the bed is occupied; by the record nobody is in it.';
  return now && then ? `It says the bed is ${EMPTY_WORDS[status]}; by the record somebody is in it.` : null;
}

function block(deps: BedNewsDeps, bedId: BedId, from: number, moment: Moment): void {
  if (deps.bedStates.blockOf(bedId, moment.now)) return;
  const fresh: BedBlock = {
    id: deps.newId(),
    bedId,
    reason: 'closed',
    note: 'Closed by the feed.',
    from,
    to: null,
    by: FEED,
    endedAt: null,
  };
  deps.bedStates.saveBlock(fresh);
  tell(deps, moment, 'bed.blocked', bedId, null, { blockId: fresh.id, reason: fresh.reason, from });
}

function dirty(deps: BedNewsDeps, bedId: BedId, contaminated: boolean, at: number, moment: Moment): void {
  const open = deps.tasks.openCleaning(bedId);
  if (open) return;
  const task: Task = {
    id: deps.newId() as TaskId,
    kind: 'cleaning',
    state: 'requested',
    bedId,
    encounterId: null,
    destination: null,
    cause: contaminated ? 'isolation' : 'request',
    contaminated,
    eventId: null,
    requestedAt: at,
    startedAt: null,
    doneAt: null,
    assigneeId: null,
    handedTo: null,
    supersededBy: null,
    note: 'Asked for by the feed.',
  };
  saveTask(deps, moment, 'task.requested', null, task);
}

/**
 * The bed is ready: what the feed closed is open, and a cleaning the feed asked for since the bed got dirty (`asked`)
 * is done. Answers what of people here stands against it.
 */
function ready(deps: BedNewsDeps, bedId: BedId, at: number, asked: number | null, moment: Moment): string | null {
  const blocked = deps.bedStates.blockOf(bedId, moment.now);
  if (blocked?.by === FEED) {
    const endedAt = Math.max(at, blocked.from);
    deps.bedStates.saveBlock({ ...blocked, endedAt });
    tell(deps, moment, 'bed.unblocked', bedId, { blockId: blocked.id }, { endedAt });
  } else if (blocked && blocked.from <= at) return 'It says the bed is free; somebody here blocked it.';
  const task = deps.tasks.openCleaning(bedId);
  // A bed that got dirty after the word was written is still dirty.
  if (!task || task.requestedAt > at) return null;
  if (task.state === 'started') return 'It says the bed is free; somebody here is cleaning it.';
  if (asked === null || asked < task.requestedAt || asked > at)
    return 'It says the bed is free; by the record nobody has cleaned it since it was used.';
  saveTask(deps, moment, 'task.done', task, { ...task, state: 'done', startedAt: at, doneAt: at });
  return null;
}

function saveTask(deps: BedNewsDeps, moment: Moment, act: string, before: Task | null, after: Task): void {
  deps.tasks.save(after);
  const facts = ({ state, bedId, startedAt, doneAt }: Task) => ({ state, bedId, startedAt, doneAt });
  const { ledger, changed } = deps;
  ledger.append({
    at: moment.now,
    actor: FEED,
    station: null,
    act,
    subject: after.id,
    before: before && facts(before),
    after: facts(after),
  });
  moment.afterCommit(() => {
    changed.task(after.id);
    if (after.bedId !== null) changed.bedState(after.bedId);
  });
}

function tell(
  { ledger, changed }: BedNewsDeps,
  { now, afterCommit }: Moment,
  act: string,
  bedId: BedId,
  before: unknown,
  after: unknown,
): void {
  ledger.append({ at: now, actor: FEED, station: null, act, subject: bedId, before, after });
  afterCommit(() => changed.bedState(bedId));
}
