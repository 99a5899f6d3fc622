import type { Store } from '#domain/clinic/store.ts';
import type { Word } from '#domain/feed/feed.ts';
import type { FeedNews } from '#domain/feed/news.ts';
import { isLater } from '#domain/feed/word.ts';
import type { BedBlock } from '#domain/flow/bed-state.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, TaskId, UserId } from '#domain/ids.ts';
import type { ClinicChanges } from './changes.ts';
import type { FeedPlaces } from './feed-places.ts';

type AfterCommit = (tell: () => void) => void;

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
 * moved and discharged says that, and no cleaning or block touches an occupied bed.
 */
export function takeBedNews(
  deps: BedNewsDeps,
  { location, status, at }: NonNullable<FeedNews['bed']>,
  moment: Moment,
): { readonly doubt: string | null } {
  const { feed, assignments } = deps;
  const { message, now, afterCommit } = moment;
  const bedId = deps.places.placeOf(location, now, afterCommit)?.bedId;
  if (!bedId) return { doubt: 'NPU-1 names no bed of a ward.' };
  const last = feed.listWords(bedId).find(({ fact }) => fact === 'status');
  if (!isLater(message, last)) return { doubt: null };
  const { recordedAt, tieBreak } = message;
  feed.saveWords(bedId, [{ fact: 'status', recordedAt, tieBreak, value: status }]);
  if (assignments.current({ bedId })) return { doubt: null };
  const since = Math.min(at, now);
  switch (status) {
    case 'closed':
      block(deps, bedId, since, moment);
      break;
    case 'housekeeping':
    case 'contaminated':
      dirty(deps, bedId, status === 'contaminated', since, moment);
      break;
    case 'unoccupied':
      ready(deps, bedId, since, moment);
      break;
    default:
  }
  return { doubt: null };
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

/** The bed is ready: what the feed closed is open, and an open cleaning is done. A block of people here stays. */
function ready(deps: BedNewsDeps, bedId: BedId, at: number, moment: Moment): void {
  const blocked = deps.bedStates.blockOf(bedId, moment.now);
  if (blocked?.by === FEED) {
    const endedAt = Math.max(at, blocked.from);
    deps.bedStates.saveBlock({ ...blocked, endedAt });
    tell(deps, moment, 'bed.unblocked', bedId, { blockId: blocked.id }, { endedAt });
  }
  const task = deps.tasks.openCleaning(bedId);
  // A bed that got dirty after the word was written is still dirty.
  if (!task || task.requestedAt > at) return;
  const startedAt = task.startedAt ?? at;
  saveTask(deps, moment, 'task.done', task, { ...task, state: 'done', startedAt, doneAt: Math.max(at, startedAt) });
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
