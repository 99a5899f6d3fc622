import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BedId, UserId } from '#domain/ids.ts';
import { METRICS } from '#domain/observation/metric.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import {
  boardOrder,
  RISK_GROUPS,
  riskCounts,
  riskGroup,
  sickestFirst,
} from '#renderer/features/ward-board/board-order.ts';
import { missingWords, riskLine } from '#renderer/features/ward-board/score-words.ts';
import { ageMark } from '#renderer/features/ward-board/VitalCell.tsx';
import { PLACES, vitalsOf } from '#renderer/features/ward-board/vitals.ts';
import { makeBedLive, makeOpenAlarm, makeScore, makeValue } from '#test/helpers/console-parts.tsx';
import { NOON } from '#test/helpers/makers.ts';

const anyPriority = fc.constantFrom('high', 'medium', 'low');
const anyAlarm = fc.record({
  priority: anyPriority,
  kind: fc.constantFrom('physiological', 'technical'),
  signal: fc.constantFrom('on', 'latched', 'ack'),
});
const anyScore = fc.option(
  fc
    .record({ total: fc.integer({ min: 0, max: 20 }), complete: fc.boolean(), singleRed: fc.boolean() })
    .map(({ total, complete, singleRed }) =>
      makeScore(total, {
        complete,
        missing: complete ? [] : ['temp'],
        singleRed,
        risk: total >= 7 ? 'high' : total >= 5 ? 'medium' : singleRed ? 'low-medium' : 'low',
      }),
    ),
  { nil: null },
);
const anyBeds = fc
  .array(
    fc.record({
      score: anyScore,
      alarms: fc.array(anyAlarm, { maxLength: 3 }),
      empty: fc.boolean(),
      mine: fc.boolean(),
    }),
    {
      maxLength: 32,
    },
  )
  .map((beds) =>
    beds.map(({ score, alarms, empty, mine }, index) => {
      const bed = makeBedLive({ bedId: `bed-${index}` as BedId, label: String(index + 1) });
      if (empty) return { ...bed, patient: null };
      const patient = bed.patient && { ...bed.patient, nurseId: mine ? ('me' as UserId) : null };
      return { ...bed, patient, score, alarms: alarms.map((alarm) => makeOpenAlarm(alarm)) };
    }),
  );

function place(values: BedLive['values'], wanted: string, scale: 1 | 2 = 1) {
  const found = vitalsOf(values, scale, '4-6h').find((vital) => vital.place === wanted);
  if (!found) throw new Error(`No place ${wanted}.`);
  return found;
}

describe('the places of a card', () => {
  it('are always the same six in the same order, whatever is known', () => {
    const anyValue = fc.record({
      code: fc.constantFrom(...METRICS.map(({ code }) => code)),
      value: fc.option(fc.integer({ min: 0, max: 200 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 20 }), (values) => {
        const shown = vitalsOf(
          values.map(({ code, value }) => makeValue(code, value)),
          1,
          null,
        );
        expect(shown.map((vital) => vital.place)).toEqual([...PLACES]);
        for (const vital of shown) expect(vital.words === null).toBe(vital.why !== null);
      }),
    );
  });

  it('hold a dash and the reason where a device has no value', () => {
    expect(place([makeValue('spo2', null, { why: 'sensor-off' })], 'spo2')).toMatchObject({
      words: null,
      why: 'sensor off',
    });
    expect(place([], 'rr')).toMatchObject({ words: null, why: 'no data' });
    expect(place([], 'mind')).toMatchObject({ words: null, why: 'not charted', more: 'O₂ ?' });
  });

  it('show pulse rate where no heart rate comes', () => {
    const values = [makeValue('hr', null, { why: 'lead-off' }), makeValue('pr', 88)];
    expect(place(values, 'pulse')).toMatchObject({ label: 'PR', words: '88' });
    expect(place([makeValue('hr', 90), makeValue('pr', 88)], 'pulse')).toMatchObject({ label: 'HR', words: '90' });
    const old = [makeValue('hr', 90, { at: NOON - 60_000 }), makeValue('pr', 88)];
    expect(place(old, 'pulse')).toMatchObject({ label: 'PR', words: '88' });
  });

  it('show a pressure as one pair, and never two that were not taken together', () => {
    const together = [makeValue('nibp-sys', 120), makeValue('nibp-dia', 80)];
    expect(place(together, 'bp')).toMatchObject({ label: 'BP', words: '120/80' });
    const apart = [makeValue('nibp-sys', 120), makeValue('nibp-dia', 80, { at: NOON - 900_000 })];
    expect(place(apart, 'bp')).toMatchObject({ words: '120/–' });
    expect(place([...together, makeValue('art-sys', 131), makeValue('art-dia', 70)], 'bp')).toMatchObject({
      label: 'ART',
      words: '131/70',
    });
  });

  it('say that SpO₂ counts on scale 2 where a clinician prescribed it', () => {
    expect(place([makeValue('spo2', 90)], 'spo2', 2).mark).toBe('scale 2');
    expect(place([makeValue('spo2', 90)], 'spo2', 1).mark).toBeNull();
  });

  it('tell air from oxygen from not known', () => {
    const alert = makeValue('acvpu', 'A', { source: 'charted' });
    expect(place([alert], 'mind').more).toBe('O₂ ?');
    expect(place([alert, makeValue('oxygen', 'air', { source: 'charted' })], 'mind').more).toBe('air');
    expect(place([alert, makeValue('o2-flow', 2)], 'mind').more).toBe('2 L/min');
    expect(place([alert, makeValue('o2-flow', 0)], 'mind').more).toBe('air');
  });
});

describe('the age of a value', () => {
  const streamed = place([makeValue('hr', 90)], 'pulse');
  const mark = (ageMs: number, vital = streamed) => ageMark(NOON, NOON + ageMs, vital.showFromMs, vital.oldFromMs);

  it('is not shown while the value is of this moment, then shown, then the value is old', () => {
    expect(mark(1_400)).toBe('');
    expect(mark(3_000)).toBe('3 s');
    expect(mark(9_999)).toBe('9 s');
    expect(mark(10_000)).toBe('old 10 s');
    expect(mark(3_700_000)).toBe('old 1 h 1 min');
  });

  it('stands always beside what was taken by hand, and is old when the next is due', () => {
    const charted = place([makeValue('temp', 37.2, { source: 'charted' })], 'temp');
    expect(mark(60_000, charted)).toBe('1 min');
    expect(mark(7.4 * 3_600_000, charted)).toBe('7 h 24 min');
    expect(mark(7.6 * 3_600_000, charted)).toBe('old 7 h 36 min');
  });

  it('never lets a value older than its time look current', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hr', 'rr', 'spo2', 'temp', 'nibp-sys'),
        fc.integer({ min: 0, max: 86_400_000 }),
        (code, ageMs) => {
          const stale = METRICS.find((metric) => metric.code === code)?.staleAfterMs ?? 0;
          const vital = vitalsOf([makeValue(code, 50)], 1, '4-6h').find(({ words }) => words !== null);
          expect(vital && mark(ageMs, vital).startsWith('old')).toBe(ageMs >= stale);
        },
      ),
    );
  });
});

describe('an incomplete score', () => {
  it('never reassures: no risk word below medium, its own group, what is missing named', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (total) => {
        const score = makeScore(total, { complete: false, missing: ['temp', 'acvpu'] });
        expect(riskLine(score)).toContain(`t least ${total}`);
        expect(riskLine(score)).not.toMatch(/low/iu);
        expect(riskGroup(makeBedLive({ score }))).not.toBe('low');
        expect(missingWords(score)).toBe('Missing: temp, ACVPU');
      }),
    );
  });

  it('that is high already counts as high', () => {
    expect(riskGroup(makeBedLive({ score: makeScore(9, { complete: false }) }))).toBe('high');
  });
});

describe('the order of the board', () => {
  it('depends on who is how ill, not on how the beds were listed', () => {
    fc.assert(
      fc.property(anyBeds, fc.integer(), (beds, seed) => {
        const shuffled = [...beds].sort(
          (one, other) => ((one.label.length * 31 + seed) % 7) - ((other.label.length * 17 + seed) % 5),
        );
        const order = (list: typeof beds) => list.toSorted(sickestFirst).map(({ bedId }) => bedId);
        expect(order(shuffled)).toEqual(order(beds));
      }),
    );
  });

  it('puts the worst alarm about the patient first, then the higher score, empty beds last', () => {
    const calm = makeBedLive({ score: makeScore(1), label: '1' });
    const scored = makeBedLive({ score: makeScore(4), label: '2' });
    const alarmed = makeBedLive({ score: makeScore(2), label: '3', alarms: [makeOpenAlarm()] });
    const technical = makeBedLive({ score: makeScore(2), label: '4', alarms: [makeOpenAlarm({ kind: 'technical' })] });
    const empty = makeBedLive({ patient: null, label: '0' });
    expect([empty, calm, technical, scored, alarmed].toSorted(sickestFirst).map(({ label }) => label)).toEqual([
      '3',
      '2',
      '4',
      '1',
      '0',
    ]);
  });

  it('does not change because somebody acknowledged', () => {
    fc.assert(
      fc.property(anyBeds, (beds) => {
        const answered = beds.map((bed) => ({
          ...bed,
          alarms: bed.alarms.map((alarm) => ({ ...alarm, signal: 'ack' as const })),
        }));
        const labels = (list: readonly { label: string }[]) => list.map(({ label }) => label);
        expect(labels(answered.toSorted(sickestFirst))).toEqual(labels(beds.toSorted(sickestFirst)));
      }),
    );
  });

  it('counts each bed once, and every count is the length of the list it opens', () => {
    fc.assert(
      fc.property(anyBeds, (beds) => {
        const byId = new Map(beds.map((bed) => [bed.bedId, bed]));
        const ids = beds.map(({ bedId }) => bedId);
        const counts = riskCounts(beds);
        const shown = (risk: (typeof RISK_GROUPS)[number] | undefined, nurse?: UserId) =>
          boardOrder(ids, (id) => byId.get(id), { sort: 'risk', risk, nurse }).length;
        for (const group of RISK_GROUPS) expect(shown(group)).toBe(counts[group]);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(beds.length);
        expect(shown(undefined, 'me' as UserId)).toBe(beds.filter(({ patient }) => patient?.nurseId === 'me').length);
      }),
      { numRuns: 300 },
    );
  });
});
