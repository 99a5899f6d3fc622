import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitJudge } from '#domain/alarm/limit-judge.ts';
import { DEFAULT_LIMITS, type EffectiveLimits, limitsFor } from '#domain/alarm/limits.ts';

function limitsOf(code: string): EffectiveLimits {
  const limits = limitsFor({ code, spo2Scale: 1, onOxygen: false, rows: DEFAULT_LIMITS, personal: [] });
  if (!limits) throw new Error(`${code} has no limits`);
  return limits;
}

const spo2 = limitsOf('spo2');
const second = 1_000;

/** Judges values given as `[seconds, value]` and answers the priority after each. */
function judged(values: readonly (readonly [number, number])[], limits = spo2): (string | null)[] {
  const judge = new LimitJudge();
  return values.map(([at, value]) => {
    judge.judge(at * second, value, limits, 300 * second);
    return judge.facts(limits)[0]?.priority ?? null;
  });
}

describe('a limit', () => {
  it('begins only when values stayed beyond it for its delay', () => {
    const values = Array.from({ length: 17 }, (_, at) => [at, 88] as const);
    expect(judged(values).indexOf('medium')).toBe(15);
  });

  it('at one value a minute begins with the second in a row, never with one alone', () => {
    expect(
      judged([
        [0, 88],
        [60, 95],
        [120, 88],
        [180, 88],
      ]),
    ).toEqual([null, null, null, 'medium']);
  });

  it('ends only when a value is back by the hysteresis', () => {
    expect(
      judged([
        [0, 80],
        [60, 80],
        [120, 86],
        [180, 88],
        [240, 91],
        [300, 92],
      ]),
    ).toEqual([null, 'high', 'high', 'medium', 'medium', null]);
  });

  it('a run broken by long silence says nothing about now', () => {
    expect(
      judged([
        [0, 80],
        [400, 80],
        [401, 95],
      ]),
    ).toEqual([null, null, null]);
  });

  it('passes over values older than the newest', () => {
    expect(
      judged([
        [100, 95],
        [40, 70],
        [50, 70],
        [101, 95],
      ]),
    ).toEqual([null, null, null, null]);
  });

  it('with no delay begins at once', () => {
    expect(judged([[0, 2.9]], limitsOf('glucose'))).toEqual(['high']);
  });

  it('takes up a true limit after a restart without beginning it again', () => {
    const judge = new LimitJudge();
    judge.resume('low', 'high');
    judge.judge(0, 84, spo2, 300 * second);
    expect(judge.facts(spo2)).toMatchObject([{ side: 'low', priority: 'high' }]);
    judge.judge(1_000, 95, spo2, 300 * second);
    expect(judge.facts(spo2)).toEqual([]);
  });

  it('never holds while every value is inside, and always ends once values are well inside', () => {
    const anyValues = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 30, max: 100 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(anyValues, (steps) => {
        const judge = new LimitJudge();
        let at = 0;
        let everBeyond = false;
        for (const [gap, value] of steps) {
          at += gap * second;
          everBeyond ||= value < 90;
          judge.judge(at, value, spo2, 300 * second);
          if (!everBeyond) expect(judge.facts(spo2)).toEqual([]);
        }
        judge.judge(at + second, 97, spo2, 300 * second);
        expect(judge.facts(spo2)).toEqual([]);
      }),
    );
  });
});
