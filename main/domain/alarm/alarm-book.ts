import { type Decision, refuse } from '../decision.ts';
import type { AlarmId, EncounterId, UserId } from '../ids.ts';
import type { Alarm } from './alarm.ts';
import {
  type AcknowledgeRefusal,
  type AlarmSubject,
  acknowledge,
  begin,
  beginEvent,
  close,
  end,
  type Finding,
  happenedAgain,
  hold,
} from './alarm-state.ts';

interface Slot {
  alarm: Alarm | null;
  /** Since when a condition has been true that has not yet begun an alarm. */
  pendingSince: number | null;
  /** Since when the condition of an alarm has been gone. */
  clearSince: number | null;
}

export interface Timing {
  readonly delayMs: number;
  readonly clearMs: number;
}

const AT_ONCE: Timing = { delayMs: 0, clearMs: 0 };

interface BookOptions {
  newId(): AlarmId;
  /** Told of every alarm that began, ended, changed priority, extreme or signal. Called before the method returns. */
  changed(alarm: Alarm): void;
}

/**
 * Every open alarm of the clinic, by subject and rule. Rules say what is true; the book decides what staff see: delays,
 * latching, flapping, acknowledgement. Acknowledging one alarm touches no other.
 */
export class AlarmBook {
  readonly #subjects = new Map<string, Map<string, Slot>>();
  readonly #byId = new Map<AlarmId, Alarm>();
  readonly #options: BookOptions;

  constructor(options: BookOptions) {
    this.#options = options;
  }

  /** Takes up the alarms that were open when the hub stopped, as they were. */
  restore(alarms: readonly Alarm[]): void {
    for (const alarm of alarms) {
      this.#slots(subjectKey(alarm)).set(ruleKey(alarm), { alarm, pendingSince: null, clearSince: null });
      this.#byId.set(alarm.id, alarm);
    }
  }

  /** What one rule finds about one subject now; what it found before and finds no longer is gone. */
  settle(
    subject: AlarmSubject,
    rule: string,
    findings: readonly Finding[],
    at: number,
    timing: Timing = AT_ONCE,
  ): void {
    const slots = this.#subjects.get(subjectKey(subject));
    if (findings.length === 0 && !slots) return;
    const found = new Set<string>();
    for (const finding of findings) {
      const key = ruleKey(finding);
      found.add(key);
      this.#holds(this.#slots(subjectKey(subject)), key, subject, finding, at, timing);
    }
    for (const [key, slot] of slots ?? []) {
      if (!found.has(key) && (key === rule || key.startsWith(`${rule}|`))) this.#gone(slot, at, timing);
    }
  }

  /** Says anew what an alarm is about, and the value of now, while its condition is gone but not yet long enough to end it. */
  reword(subject: AlarmSubject, rule: string, value: number, say: (alarm: Alarm) => string): void {
    const slot = this.#subjects.get(subjectKey(subject))?.get(rule);
    if (!slot?.alarm || slot.clearSince === null || slot.alarm.endedAt !== null) return;
    const message = say(slot.alarm);
    if (message === slot.alarm.message && value === slot.alarm.value) return;
    slot.alarm = { ...slot.alarm, message, value };
    this.#tell(slot.alarm);
  }

  /** Something happened that someone must see: open until acknowledged, counted when it happens again meanwhile. */
  happened(subject: AlarmSubject, finding: Finding, at: number): Alarm {
    const slots = this.#slots(subjectKey(subject));
    const before = slots.get(ruleKey(finding))?.alarm;
    const same = before?.signal === 'latched' && before.encounterId === subject.encounterId;
    const alarm = same ? happenedAgain(before, at) : beginEvent(this.#options.newId(), finding, subject, at);
    this.#put(slots, ruleKey(finding), alarm);
    return alarm;
  }

  /** The stay is over: its alarms close, those its devices raised for it too. */
  closeStay(encounterId: EncounterId, at: number): void {
    for (const [key, slots] of this.#subjects) {
      for (const [rule, { alarm }] of slots) {
        if (alarm?.encounterId !== encounterId) continue;
        slots.delete(rule);
        if (alarm.signal !== 'off') this.#tell(close(alarm, at));
      }
      if (slots.size === 0 || key === encounterId) this.#subjects.delete(key);
    }
  }

  acknowledge(id: AlarmId, by: UserId, at: number): Decision<Alarm, AcknowledgeRefusal> {
    const alarm = this.#byId.get(id);
    return alarm ? acknowledge(alarm, by, at) : refuse('not-open');
  }

  /** Puts a changed alarm in its place, once its change is on disk. */
  accept(alarm: Alarm): void {
    for (const slot of this.#subjects.get(subjectKey(alarm))?.values() ?? []) {
      if (slot.alarm?.id === alarm.id) slot.alarm = alarm;
    }
    this.#tell(alarm);
  }

  find(id: AlarmId): Alarm | undefined {
    return this.#byId.get(id);
  }

  /** Open alarms of one subject, in no order. */
  openOf(subject: AlarmSubject): Alarm[] {
    return [...(this.#subjects.get(subjectKey(subject))?.values() ?? [])].flatMap(({ alarm }) =>
      alarm && alarm.signal !== 'off' ? [alarm] : [],
    );
  }

  open(): Alarm[] {
    return [...this.#byId.values()];
  }

  #holds(
    slots: Map<string, Slot>,
    key: string,
    subject: AlarmSubject,
    finding: Finding,
    at: number,
    timing: Timing,
  ): void {
    const slot = slots.get(key) ?? { alarm: null, pendingSince: null, clearSince: null };
    slots.set(key, slot);
    slot.clearSince = null;
    if (slot.alarm && slot.alarm.encounterId !== subject.encounterId) {
      // The device is with somebody else now: what it raised for the one before is over.
      if (slot.alarm.signal !== 'off') this.#tell(close(slot.alarm, at));
      slot.alarm = null;
    }
    const { alarm } = slot;
    if (alarm && alarm.endedAt === null) {
      const held = hold({ ...alarm, bedId: subject.bedId }, finding);
      slot.alarm = held;
      if (isMaterial(alarm, held)) this.#tell(held);
      else this.#byId.set(held.id, held);
      return;
    }
    slot.pendingSince ??= at;
    if (at - slot.pendingSince < timing.delayMs) return;
    slot.pendingSince = null;
    const begun =
      alarm?.signal === 'latched'
        ? hold(alarm, finding)
        : begin(this.#options.newId(), finding, subject, at, alarm ?? undefined);
    this.#put(slots, key, begun);
  }

  #gone(slot: Slot, at: number, timing: Timing): void {
    slot.pendingSince = null;
    const { alarm } = slot;
    if (!alarm || alarm.endedAt !== null) return;
    slot.clearSince ??= at;
    if (at - slot.clearSince < timing.clearMs) return;
    slot.alarm = end(alarm, at);
    this.#tell(slot.alarm);
  }

  #slots(key: string): Map<string, Slot> {
    const slots = this.#subjects.get(key) ?? new Map<string, Slot>();
    this.#subjects.set(key, slots);
    return slots;
  }

  #put(slots: Map<string, Slot>, key: string, alarm: Alarm): void {
    slots.set(key, { alarm, pendingSince: null, clearSince: null });
    this.#tell(alarm);
  }

  #tell(alarm: Alarm): void {
    if (alarm.signal === 'off') this.#byId.delete(alarm.id);
    else this.#byId.set(alarm.id, alarm);
    this.#options.changed(alarm);
  }
}

function subjectKey({ encounterId, deviceId }: AlarmSubject): string {
  if (deviceId !== null) return `device:${deviceId}`;
  return encounterId ?? 'hub';
}

function ruleKey({ rule, code }: { rule: string; code: string | null }): string {
  return code === null ? rule : `${rule}|${code}`;
}

function isMaterial(before: Alarm, after: Alarm): boolean {
  return (
    before.priority !== after.priority ||
    before.signal !== after.signal ||
    before.extreme !== after.extreme ||
    before.bedId !== after.bedId ||
    // A measured value moves each second, a score seldom.
    (after.code === null && before.message !== after.message)
  );
}
