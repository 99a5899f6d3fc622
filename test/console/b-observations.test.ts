import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncounterId, UserId } from '#domain/ids.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { scoreNews2 } from '#domain/observation/news2.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import {
  draftSet,
  EMPTY_DRAFT,
  type ObservationDraft,
  readDraft,
} from '#renderer/features/patient/observations/draft.ts';
import { keepDraft, keptDraft } from '#renderer/features/patient/observations/drafts.ts';
import { takenAt } from '#renderer/features/patient/observations/taken-at.ts';
import { formatTime } from '#renderer/ui/format.ts';

const ADULT = { spo2Scale: 1, pregnant: false, ageYears: 60 } as const;

function draft(part: Partial<ObservationDraft>): ObservationDraft {
  return { ...EMPTY_DRAFT, ...part };
}

describe('a set of observations as typed', () => {
  it('becomes values in the units of the metrics', () => {
    const { values, errors } = readDraft(
      draft({
        acvpu: 'A',
        oxygen: true,
        flow: '2,5',
        temp: '37.2',
        pressure: '120/80',
        rr: '18',
        spo2: '97',
        pulse: '88',
      }),
    );
    expect(errors).toEqual({});
    expect(values).toEqual({
      acvpu: 'A',
      oxygen: true,
      'o2-flow': 2.5,
      temp: 37.2,
      'nibp-sys': 120,
      'nibp-dia': 80,
      rr: 18,
      spo2: 97,
      pr: 88,
    });
  });

  it('says beside the field, in words and units, what a value can be', () => {
    expect(readDraft(draft({ temp: '50' })).errors.temp).toBe('Between 25 and 45 °C.');
    expect(readDraft(draft({ rr: 'fast' })).errors.rr).toBe('Enter a number.');
    expect(readDraft(draft({ pressure: '80/120' })).errors.pressure).toContain('lower');
    expect(readDraft(draft({ pressure: '500/80' })).errors.pressure).toContain('mmHg');
    expect(readDraft(draft({ temp: '50' })).values).toEqual({});
  });

  it('never lets a value through that the metric cannot have', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (value) => {
        const read = readDraft(draft({ temp: String(value) })).values.temp;
        const [least, greatest] = metricOf('temp')?.plausible ?? [0, 0];
        expect(read === undefined || (read >= least && read <= greatest)).toBe(true);
      }),
    );
  });

  it('leaves the flow out on air', () => {
    expect(readDraft(draft({ oxygen: false, flow: '4' })).values).toEqual({ oxygen: false });
  });

  it('lets the monitor stand in for what is empty, and nothing stand in for what is wrong', () => {
    const known = { rr: 18, spo2: 97, pulse: 80, sbp: 118 };
    expect(draftSet(readDraft(draft({})), known, ADULT)).toMatchObject({ sbp: 118, pulse: 80 });
    expect(draftSet(readDraft(draft({ pressure: '110/200' })), known, ADULT).sbp).toBeNull();
    expect(draftSet(readDraft(draft({ pulse: '95' })), known, ADULT).pulse).toBe(95);
  });

  it('is incomplete, and says what is missing, until every part is there', () => {
    const known = { rr: 18, spo2: 97, pulse: 80, sbp: 118 };
    const partial = scoreNews2(draftSet(readDraft(draft({ acvpu: 'A' })), known, ADULT));
    expect(partial).toMatchObject({ complete: false, missing: ['oxygen', 'temp'] });
    const whole = scoreNews2(draftSet(readDraft(draft({ acvpu: 'A', oxygen: false, temp: '37' })), known, ADULT));
    expect(whole).toMatchObject({ complete: true, total: 0 });
  });
});

describe('the time something was taken', () => {
  const noon = Date.UTC(2026, 2, 12, 12, 0, 30);

  it('is now when nothing is typed, and unknown for what is no time of day', () => {
    expect(takenAt('', noon, 'UTC')).toBeNull();
    for (const typed of ['25:00', '12:60', 'soon', '1']) expect(takenAt(typed, noon, 'UTC')).toBeUndefined();
  });

  it('is today when that was already, else yesterday', () => {
    expect(takenAt('11:45', noon, 'UTC')).toBe(Date.UTC(2026, 2, 12, 11, 45));
    expect(takenAt('1145', noon, 'UTC')).toBe(Date.UTC(2026, 2, 12, 11, 45));
    expect(takenAt('23:50', noon, 'UTC')).toBe(Date.UTC(2026, 2, 11, 23, 50));
    expect(takenAt('12:00', noon, 'UTC')).toBe(Date.UTC(2026, 2, 12, 12, 0));
  });

  it('is never ahead of the clock and always the time typed, in every zone', () => {
    const zones = ['UTC', 'Europe/London', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.integer({ min: 0, max: 1_439 }),
        (zone, minute, wanted) => {
          const now = Date.UTC(2026, 0, 1) + minute * MINUTE_MS;
          const typed = `${String(Math.floor(wanted / 60)).padStart(2, '0')}:${String(wanted % 60).padStart(2, '0')}`;
          const at = takenAt(typed, now, zone) ?? Number.NaN;
          expect(at).toBeLessThanOrEqual(now);
          expect(at).toBeGreaterThan(now - 26 * HOUR_MS);
          // In the hour a clock jumps over there is no such time: the nearest one stands.
          const skipped = formatTime(at, zone) !== typed;
          if (skipped) expect(Math.abs(now - at)).toBeLessThan(26 * HOUR_MS);
        },
      ),
    );
  });
});

describe('a draft', () => {
  it('F65 stays with the user who typed it', () => {
    const [ann, ben] = ['ann', 'ben'] as UserId[];
    const stay = 'e1' as EncounterId;
    if (!ann || !ben) throw new Error('Two users are needed.');
    keepDraft(ann, stay, draft({ temp: '38' }));
    expect(keptDraft(ann, stay)?.temp).toBe('38');
    expect(keptDraft(ben, stay)).toBeUndefined();
    keepDraft(ann, stay, undefined);
    expect(keptDraft(ann, stay)).toBeUndefined();
  });
});
