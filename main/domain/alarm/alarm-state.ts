import { allow, type Decision, refuse } from '../decision.ts';
import type { AlarmId, BedId, DeviceId, EncounterId, UserId } from '../ids.ts';
import { metricOf } from '../observation/metric.ts';
import { MINUTE_MS } from '../time.ts';
import { type Alarm, PRIORITIES, type Priority } from './alarm.ts';

/** What a rule finds true now about one patient, bed or device. */
export interface Finding {
  readonly rule: string;
  readonly kind: Alarm['kind'];
  readonly priority: Priority;
  readonly code: string | null;
  /** Names the source and the numbers, never the patient: "SpO₂ 71 < 85". */
  readonly message: string;
  readonly limit: number | null;
  readonly value: number | null;
  /** Which way is worse, for the extreme. */
  readonly worse?: 'low' | 'high';
}

export interface AlarmSubject {
  readonly encounterId: EncounterId | null;
  readonly bedId: BedId | null;
  readonly deviceId: DeviceId | null;
}

export type AcknowledgeRefusal = 'not-open' | 'already-acknowledged';

/** A condition that begins again within this time counts as the same one flapping. */
const FLAPPING_MS = 10 * MINUTE_MS;

export function rank(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}

/** A condition has become true. `previous` is the last alarm of this rule and subject, if any: it shows flapping. */
export function begin(id: AlarmId, finding: Finding, subject: AlarmSubject, at: number, previous?: Alarm): Alarm {
  const flapping = previous?.endedAt !== null && previous !== undefined && at - previous.endedAt <= FLAPPING_MS;
  return {
    id,
    kind: finding.kind,
    rule: finding.rule,
    priority: finding.priority,
    ...subject,
    code: finding.code,
    message: finding.message,
    limit: finding.limit,
    extreme: finding.value,
    value: finding.value,
    beganAt: at,
    endedAt: null,
    signal: 'on',
    acknowledgedBy: null,
    acknowledgedAt: null,
    recurrences: flapping ? previous.recurrences + 1 : 0,
  };
}

/**
 * A condition still holds, or holds again while its signal is latched. Rising priority and beginning again take the
 * acknowledgement back. A high priority nobody has acknowledged stays high until someone has: its limit stays too, and
 * the words name the worst value, or a low number would stand beside a high priority without a reason.
 */
export function hold(alarm: Alarm, finding: Finding): Alarm {
  const again = alarm.endedAt !== null;
  const rises = rank(finding.priority) < rank(alarm.priority);
  const stays = alarm.priority === 'high' && alarm.signal !== 'ack' && !rises;
  const reset = again || rises;
  const extreme = worst(alarm.extreme, finding);
  const better = stays && finding.priority !== 'high';
  return {
    ...alarm,
    priority: stays ? 'high' : finding.priority,
    message: better ? withWorst(finding, extreme) : finding.message,
    limit: better ? alarm.limit : finding.limit,
    value: finding.value,
    extreme,
    endedAt: null,
    signal: reset ? 'on' : alarm.signal,
    acknowledgedBy: reset ? null : alarm.acknowledgedBy,
    acknowledgedAt: reset ? null : alarm.acknowledgedAt,
    recurrences: alarm.recurrences + (again ? 1 : 0),
  };
}

/** A condition is no longer true. A high priority that nobody acknowledged latches: its signal stays. */
export function end(alarm: Alarm, at: number): Alarm {
  if (alarm.endedAt !== null) return alarm;
  const latches = alarm.priority === 'high' && alarm.signal === 'on';
  return { ...alarm, endedAt: Math.max(at, alarm.beganAt), signal: latches ? 'latched' : 'off' };
}

/** Something that happened rather than lasts (a fall, a call): it stays until someone acknowledges it. */
export function beginEvent(id: AlarmId, finding: Finding, subject: AlarmSubject, at: number): Alarm {
  return { ...begin(id, finding, subject, at), endedAt: at, signal: 'latched' };
}

/** It happened again before anyone acknowledged it: one alarm, counted. */
export function happenedAgain(alarm: Alarm, at: number): Alarm {
  return { ...alarm, endedAt: Math.max(at, alarm.beganAt), recurrences: alarm.recurrences + 1 };
}

/** The stay is over: nothing of it asks for attention any more. */
export function close(alarm: Alarm, at: number): Alarm {
  return { ...alarm, endedAt: alarm.endedAt ?? Math.max(at, alarm.beganAt), signal: 'off' };
}

export function acknowledge(alarm: Alarm, by: UserId, at: number): Decision<Alarm, AcknowledgeRefusal> {
  if (alarm.signal === 'off') return refuse('not-open');
  if (alarm.signal === 'ack') return refuse('already-acknowledged');
  return allow({
    ...alarm,
    signal: alarm.signal === 'latched' ? 'off' : 'ack',
    acknowledgedBy: by,
    acknowledgedAt: at,
  });
}

/** Worst first: priority, then those nobody has acknowledged, then the newest. */
export function compareAlarms(one: Alarm, other: Alarm): number {
  return (
    rank(one.priority) - rank(other.priority) ||
    Number(one.signal === 'ack') - Number(other.signal === 'ack') ||
    other.beganAt - one.beganAt
  );
}

function withWorst({ message, code }: Finding, extreme: number | null): string {
  if (extreme === null) return message;
  const decimals = code === null ? 0 : (metricOf(code)?.decimals ?? 0);
  return `${message}, worst ${Number(extreme.toFixed(decimals))}`;
}

function worst(extreme: number | null, { value, worse }: Finding): number | null {
  if (value === null || extreme === null || worse === undefined) return value ?? extreme;
  return worse === 'low' ? Math.min(extreme, value) : Math.max(extreme, value);
}
