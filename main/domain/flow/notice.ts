import type { ClinicSettings } from '../clinic/settings.ts';
import type { BedId, EncounterId } from '../ids.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { taskClocks } from './cleaning.ts';
import type { TriageCategory } from './event.ts';
import type { Task } from './task.ts';

/** Something to know about beds and waits that is no alarm. `words` never name a patient. */
export interface Notice {
  readonly id: string;
  readonly kind:
    | 'bed-dirty'
    | 'bed-ready'
    | 'response-overdue'
    | 'clean-overdue'
    | 'turn-overdue'
    | 'wait-overdue'
    | 'reservation-lapsed'
    | 'block-ended';
  readonly bedId: BedId | null;
  readonly encounterId: EncounterId | null;
  /** When it came true. */
  readonly at: number;
  readonly words: string;
}

/** What only happened is history by then; what is still true is told until it is put right. */
export const NOTICE_AGE_MS = 12 * HOUR_MS;
export const MOST_NOTICES = 200;

/** Somebody who has come and was not seen yet. */
export interface Wait {
  readonly encounterId: EncounterId;
  readonly category: TriageCategory;
  readonly triagedAt: number;
  readonly seeBy: number;
  /** Where, in words. */
  readonly where: string;
}

/** When a wait goes over its target: not before anyone knew the category. */
export function waitOverAt({ seeBy, triagedAt }: Pick<Wait, 'seeBy' | 'triagedAt'>): number {
  return Math.max(seeBy, triagedAt);
}

/** Latest moment by which a patient is to be seen; null before triage and once seen. Targets are minutes. */
export function seeByOf(
  journey: {
    readonly arrivedAt: number | null;
    readonly seenAt: number | null;
    readonly triage: { readonly category: TriageCategory } | null;
  },
  targets: ClinicSettings['triageTargets'],
): number | null {
  const { arrivedAt, seenAt, triage } = journey;
  if (arrivedAt === null || seenAt !== null || triage === null) return null;
  return arrivedAt + targets[triage.category] * MINUTE_MS;
}

interface NoticeFacts {
  /** Cleanings not done, and those done lately. */
  readonly cleanings: Iterable<Task>;
  readonly waits: Iterable<Wait>;
  /** What happened by itself: reservations that lapsed, blocks that ended. */
  readonly happened: Iterable<Notice>;
  readonly targets: ClinicSettings['cleaningTargets'];
  /** `Bed 7, Ward A`. */
  bedWords(bedId: BedId): string;
}

/** Whether something should have been done by now and is not. */
export function isOverdue({ kind }: Pick<Notice, 'kind'>): boolean {
  return kind === 'response-overdue' || kind === 'clean-overdue' || kind === 'turn-overdue' || kind === 'wait-overdue';
}

const PASSING: readonly Notice['kind'][] = ['bed-ready', 'reservation-lapsed', 'block-ended'];

/** All there is to know now: what is overdue first, then the rest, each newest first. What has been put right is not told. */
export function noticesAt(facts: NoticeFacts, now: number): Notice[] {
  const notices = [...facts.happened];
  for (const task of facts.cleanings) notices.push(...ofCleaning(task, facts, now));
  for (const wait of facts.waits) if (waitOverAt(wait) <= now) notices.push(ofWait(wait));
  return notices
    .filter(({ kind, at }) => at >= now - NOTICE_AGE_MS || !PASSING.includes(kind))
    .sort(
      (one, other) =>
        Number(isOverdue(other)) - Number(isOverdue(one)) || other.at - one.at || (one.id < other.id ? -1 : 1),
    )
    .slice(0, MOST_NOTICES);
}

/** The next moment something becomes a notice by itself; null: not by time alone. */
export function nextNoticeAt(facts: Pick<NoticeFacts, 'cleanings' | 'waits' | 'targets'>, now: number): number | null {
  let next: number | null = null;
  const ask = (at: number | null) => {
    if (at !== null && at > now && (next === null || at < next)) next = at;
  };
  for (const task of facts.cleanings) {
    const { responseDueAt, cleanDueAt, turnDueAt } = taskClocks(task, facts.targets);
    for (const at of [responseDueAt, cleanDueAt, turnDueAt]) ask(at);
  }
  for (const wait of facts.waits) ask(waitOverAt(wait));
  return next;
}

function ofCleaning(
  task: Task,
  { targets, bedWords }: Pick<NoticeFacts, 'targets' | 'bedWords'>,
  now: number,
): Notice[] {
  if (task.bedId === null || task.state === 'voided') return [];
  const { bedId } = task;
  const bed = bedWords(bedId);
  const told = (kind: Notice['kind'], at: number, words: string): Notice => ({
    id: `${kind}:${task.id}`,
    kind,
    bedId,
    encounterId: null,
    at,
    words,
  });
  if (task.doneAt !== null) return [told('bed-ready', task.doneAt, `${bed} is ready.`)];
  const overdue = (kind: Notice['kind'], dueAt: number | null, words: string): Notice[] =>
    dueAt !== null && dueAt <= now ? [told(kind, dueAt, words)] : [];
  const { responseDueAt, cleanDueAt, turnDueAt } = taskClocks(task, targets);
  const { response, clean, turn } = targets;
  return [
    told('bed-dirty', task.requestedAt, `${bed} is to be cleaned.`),
    ...overdue('response-overdue', responseDueAt, `${bed}: nobody has begun to clean it for ${minutes(response)}.`),
    ...overdue('clean-overdue', cleanDueAt, `${bed}: its cleaning has taken ${minutes(clean)}.`),
    ...overdue('turn-overdue', turnDueAt, `${bed} has not been ready for ${minutes(turn)}.`),
  ];
}

function ofWait(wait: Wait): Notice {
  const { encounterId, category, where } = wait;
  const words = `A patient of category ${category} waits longer than the target: ${where}.`;
  return {
    id: `wait-overdue:${encounterId}`,
    kind: 'wait-overdue',
    bedId: null,
    encounterId,
    at: waitOverAt(wait),
    words,
  };
}

function minutes(count: number): string {
  return `${count} ${count === 1 ? 'minute' : 'minutes'}`;
}
