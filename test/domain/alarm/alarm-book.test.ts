import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '#domain/alarm/alarm.ts';
import { AlarmBook } from '#domain/alarm/alarm-book.ts';
import type { Finding } from '#domain/alarm/alarm-state.ts';
import type { AlarmId, DeviceId, EncounterId, UserId } from '#domain/ids.ts';

const ann = { encounterId: 'ann' as EncounterId, bedId: null, deviceId: null };
const bob = { encounterId: 'bob' as EncounterId, bedId: null, deviceId: null };
const nurse = 'nurse' as UserId;

const desaturation = (value: number, priority: Alarm['priority'] = 'high'): Finding => ({
  rule: 'spo2-low',
  kind: 'physiological',
  priority,
  code: 'spo2',
  message: `SpO₂ ${value}`,
  limit: 85,
  value,
  worse: 'low',
});

function makeBook() {
  let number = 0;
  const told: Alarm[] = [];
  const book = new AlarmBook({ newId: () => `alarm-${++number}` as AlarmId, changed: (alarm) => told.push(alarm) });
  const acknowledge = (alarm: Alarm, at: number) => {
    const decision = book.acknowledge(alarm.id, nurse, at);
    if (decision.ok) book.accept(decision.value);
    return decision;
  };
  const sole = (): Alarm => {
    const [alarm, ...more] = book.open();
    if (!alarm || more.length > 0) throw new Error(`${book.open().length} alarms are open`);
    return alarm;
  };
  return { book, told, acknowledge, sole };
}

describe('an alarm', () => {
  it('of high priority latches when nobody acknowledged it, and goes when somebody does', () => {
    const { book, acknowledge, sole } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(80)], 1);
    book.settle(ann, 'spo2-low', [], 2);
    expect(sole()).toMatchObject({ signal: 'latched', endedAt: 2 });
    expect(acknowledge(sole(), 3)).toMatchObject({ ok: true, value: { signal: 'off', acknowledgedBy: nurse } });
    expect(book.open()).toEqual([]);
  });

  it('of medium priority goes with its condition', () => {
    const { book } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(88, 'medium')], 1);
    book.settle(ann, 'spo2-low', [], 2);
    expect(book.open()).toEqual([]);
  });

  it('keeps the worst value', () => {
    const { book, sole } = makeBook();
    for (const [at, value] of [80, 43, 60].entries()) book.settle(ann, 'spo2-low', [desaturation(value)], at);
    expect(sole()).toMatchObject({ extreme: 43, value: 60 });
  });

  it('loses its acknowledgement when it escalates or begins again', () => {
    const { book, acknowledge, sole } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(88, 'medium')], 1);
    acknowledge(sole(), 2);
    book.settle(ann, 'spo2-low', [desaturation(88, 'medium')], 3);
    expect(sole().signal).toBe('ack');
    book.settle(ann, 'spo2-low', [desaturation(80, 'high')], 4);
    expect(sole()).toMatchObject({ signal: 'on', priority: 'high', acknowledgedBy: null });
    book.settle(ann, 'spo2-low', [], 5);
    book.settle(ann, 'spo2-low', [desaturation(80, 'high')], 6);
    expect(sole()).toMatchObject({ signal: 'on', endedAt: null, recurrences: 1 });
  });

  it('stays high until acknowledged though the value is better, and then steps down', () => {
    const { book, acknowledge, sole } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(80, 'high')], 1);
    book.settle(ann, 'spo2-low', [{ ...desaturation(88, 'medium'), limit: 90 }], 2);
    expect(sole()).toMatchObject({ priority: 'high', message: 'SpO₂ 88, worst 80', value: 88, extreme: 80, limit: 85 });
    acknowledge(sole(), 3);
    book.settle(ann, 'spo2-low', [desaturation(88, 'medium')], 4);
    expect(sole()).toMatchObject({ priority: 'medium', signal: 'ack', message: 'SpO₂ 88' });
  });

  it('begins after its delay and ends after its clear time, not before', () => {
    const { book, sole } = makeBook();
    const timing = { delayMs: 60, clearMs: 300 };
    book.settle(ann, 'spo2-low', [desaturation(80)], 0, timing);
    book.settle(ann, 'spo2-low', [desaturation(80)], 59, timing);
    expect(book.open()).toEqual([]);
    book.settle(ann, 'spo2-low', [desaturation(80)], 60, timing);
    book.settle(ann, 'spo2-low', [], 100, timing);
    book.settle(ann, 'spo2-low', [], 399, timing);
    expect(sole().endedAt).toBeNull();
    book.settle(ann, 'spo2-low', [], 400, timing);
    expect(sole().endedAt).toBe(400);
  });

  it('shows that it flaps', () => {
    const { book, sole } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(88, 'medium')], 0);
    book.settle(ann, 'spo2-low', [], 1_000);
    book.settle(ann, 'spo2-low', [desaturation(88, 'medium')], 2_000);
    expect(sole().recurrences).toBe(1);
  });

  it('is refused a second acknowledgement, and one that is gone any', () => {
    const { book, acknowledge, sole } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(80)], 1);
    const alarm = sole();
    acknowledge(alarm, 2);
    expect(acknowledge(alarm, 3)).toEqual({ ok: false, refusal: 'already-acknowledged' });
    expect(book.acknowledge('gone' as AlarmId, nurse, 3)).toEqual({ ok: false, refusal: 'not-open' });
  });

  it('that happened once, like a fall, stays until acknowledged and is counted when it happens again meanwhile', () => {
    const { book, acknowledge } = makeBook();
    const subject = { ...ann, deviceId: 'patch-1' as DeviceId };
    const fall: Finding = {
      rule: 'fall',
      kind: 'physiological',
      priority: 'medium',
      code: null,
      message: 'Fall detected',
      limit: null,
      value: null,
    };
    const first = book.happened(subject, fall, 1);
    book.happened(subject, fall, 2);
    expect(book.open()).toMatchObject([{ id: first.id, beganAt: 1, recurrences: 1, signal: 'latched' }]);
    acknowledge(first, 3);
    expect(book.open()).toEqual([]);
    book.happened(subject, fall, 4);
    expect(book.open()).toMatchObject([{ beganAt: 4, recurrences: 0 }]);
  });

  it('is as it was after a restart, and ends by its own rule', () => {
    const before = makeBook();
    before.book.settle(ann, 'spo2-low', [desaturation(80)], 1);
    before.acknowledge(before.sole(), 2);
    const after = makeBook();
    after.book.restore(before.book.open());
    after.book.settle(ann, 'spo2-low', [desaturation(79)], 3);
    expect(after.sole()).toMatchObject({ id: before.sole().id, signal: 'ack', extreme: 79 });
    after.book.settle(ann, 'spo2-low', [], 4);
    expect(after.book.open()).toEqual([]);
  });

  it('closes with the stay', () => {
    const { book } = makeBook();
    book.settle(ann, 'spo2-low', [desaturation(80)], 1);
    book.settle(bob, 'spo2-low', [desaturation(80)], 1);
    book.closeStay(ann.encounterId, 2);
    expect(book.open()).toMatchObject([{ encounterId: 'bob' }]);
  });

  it('acknowledging one never silences another; no unacknowledged high is ever lost', () => {
    const step = fc.record({
      who: fc.constantFrom(ann, bob),
      rule: fc.constantFrom('spo2-low', 'hr-high', 'rr-low'),
      act: fc.constantFrom('high', 'medium', 'gone', 'acknowledge'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { book, acknowledge } = makeBook();
        for (const [at, { who, rule, act }] of steps.entries()) {
          const before = new Map(book.open().map((alarm) => [alarm.id, alarm]));
          const mine = book.open().find((alarm) => alarm.encounterId === who.encounterId && alarm.rule === rule);
          if (act === 'acknowledge') {
            if (mine) acknowledge(mine, at);
          } else {
            const findings = act === 'gone' ? [] : [{ ...desaturation(80, act as Alarm['priority']), rule }];
            book.settle(who, rule, findings, at);
          }
          for (const [id, alarm] of before) {
            if (id !== mine?.id) expect(book.find(id)).toEqual(alarm);
            else if (act !== 'acknowledge' && alarm.priority === 'high' && alarm.signal !== 'ack')
              expect(book.find(id)).toBeDefined();
          }
        }
      }),
    );
  });
});
