import type { FlowEvent, FlowStep, FlowStepKind } from './event.ts';

/** At one and the same time, what comes first. */
const RANKS: readonly FlowStepKind[] = [
  'expected',
  'arrived',
  'triaged',
  'seen',
  'admission-decided',
  'admitted',
  'transferred',
  'departed',
  'returned',
  'leave-started',
  'leave-ended',
  'transfer-planned',
  'discharge-expected',
  'discharge-ordered',
  'medically-ready',
  'discharged',
  'cancelled',
  'taken-back',
];
const RANK = new Map(RANKS.map((kind, rank) => [kind, rank]));

function rankOf(event: FlowEvent): number {
  return RANK.get(event.step.kind) ?? 0;
}

/** Content in one fixed spelling, whatever order its fields were written in. */
function contentOf(step: FlowStep): string {
  return spelled(step);
}

function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(spelled).join()}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${spelled(field)}`).join()}}`;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What is left to tell two events apart by: nothing of it depends on which came first, but for the id at the very end. */
function byContent(one: FlowEvent, other: FlowEvent): number {
  return (
    byText(one.tieBreak, other.tieBreak) ||
    byText(contentOf(one.step), contentOf(other.step)) ||
    byText(one.id, other.id)
  );
}

/** What takes back comes after all else recorded at the same time. */
function takesBack({ step }: FlowEvent): number {
  return step.kind === 'taken-back' || step.kind === 'cancelled' ? 1 : 0;
}

/** Order of being written down. */
export function byRecording(one: FlowEvent, other: FlowEvent): number {
  return (
    one.recordedAt - other.recordedAt ||
    takesBack(one) - takesBack(other) ||
    one.happenedAt - other.happenedAt ||
    rankOf(one) - rankOf(other) ||
    byContent(one, other)
  );
}

/** An event at the time it has its effect. */
export interface Effective {
  readonly event: FlowEvent;
  readonly at: number;
}

/** Order of having happened. */
export function byHappening(one: Effective, other: Effective): number {
  return (
    one.at - other.at ||
    rankOf(one.event) - rankOf(other.event) ||
    one.event.recordedAt - other.event.recordedAt ||
    byContent(one.event, other.event)
  );
}

/**
 * Whether an event was surely told before another of the same recorded time: their control ids differ by their numbers
 * alone, which count up.
 */
export function countsBefore(one: FlowEvent, other: FlowEvent): boolean {
  return one.recordedAt === other.recordedAt && isNumberedLike(one, other) && one.tieBreak < other.tieBreak;
}

function isNumberedLike(one: FlowEvent, other: FlowEvent): boolean {
  const plain = ({ tieBreak }: FlowEvent) => tieBreak.slice(0, tieBreak.lastIndexOf(' ')).replace(/\d+/g, '0');
  return one.source === 'feed' && other.source === 'feed' && plain(one).includes('0') && plain(one) === plain(other);
}

/** Equal for events that say the same thing of the same moment. */
export function factOf({ step, happenedAt }: FlowEvent): string {
  return `${happenedAt} ${contentOf(step)}`;
}
