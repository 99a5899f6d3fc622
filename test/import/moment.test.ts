import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClinicDays } from '#domain/clinic/clinic-days.ts';
import { readMoment } from '#main/import/moment.ts';
import { readOutcome } from '#main/import/outcome.ts';

const london = createClinicDays('Europe/London');
const read = (text: string, order: 'dmy' | 'mdy' | null = null) => {
  const found = readMoment(text, london, order);
  return found.ok ? new Date(found.at).toISOString() : found.what;
};

describe('moments in files', () => {
  it.each([
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['2026-07-05', '2026-07-04T23:00:00.000Z'],
    ['2026-07-05 14:30', '2026-07-05T13:30:00.000Z'],
    ['2026-07-05 14:30:15', '2026-07-05T13:30:15.000Z'],
    ['2026-07-05T14:30:15.25', '2026-07-05T13:30:15.250Z'],
    ['2026-07-05T14:30:15Z', '2026-07-05T14:30:15.000Z'],
    ['2026-07-05T14:30+02:00', '2026-07-05T12:30:00.000Z'],
    ['2026-07-05T14:30:00-0530', '2026-07-05T20:00:00.000Z'],
    ['2026-07-05 14:30 UTC', '2026-07-05T14:30:00.000Z'],
    ['2026/1/5 4:05', '2026-01-05T04:05:00.000Z'],
    ['20260105', '2026-01-05T00:00:00.000Z'],
    ['202601051430', '2026-01-05T14:30:00.000Z'],
    ['20260105T143015', '2026-01-05T14:30:15.000Z'],
    ['25/12/2025', '2025-12-25T00:00:00.000Z'],
    ['12/25/2025 3:04 PM', '2025-12-25T15:04:00.000Z'],
    ['12/25/2025 12:04 a.m.', '2025-12-25T00:04:00.000Z'],
    ['25.12.2025 18:00', '2025-12-25T18:00:00.000Z'],
    ['05/05/2025', '2025-05-04T23:00:00.000Z'],
    ['2025-12-31 24:00', '2026-01-01T00:00:00.000Z'],
    ['  2026-01-05  ', '2026-01-05T00:00:00.000Z'],
  ])('%s is %s in London', (text, moment) => expect(read(text)).toBe(moment));

  it('F69 a time the clocks skip is moved on, of one that comes twice the first is taken', () => {
    expect(read('2026-03-29 01:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(read('2026-10-25 01:30')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('are never guessed: which of day and month comes first must be said', () => {
    expect(read('03/04/2025')).toMatch(/^could be day or month first/);
    expect(read('03.04.2025 10:00')).toMatch(/^could be day or month first/);
    expect(read('03/04/2025', 'dmy')).toBe('2025-04-02T23:00:00.000Z');
    expect(read('03/04/2025', 'mdy')).toBe('2025-03-04T00:00:00.000Z');
    expect(read('13/04/2025', 'mdy')).toBe('is a day that does not exist');
  });

  it.each([
    ['', 'is empty'],
    ['yesterday', 'is no date'],
    ['43832', 'is no date'],
    ['03/04/25', 'is no date'],
    ['=TODAY()', 'is no date'],
    ['2025-02-29', 'is a day that does not exist'],
    ['31/04/2025', 'is a day that does not exist'],
    ['2025-13-01', 'is a day that does not exist'],
    ['1969-12-31', 'is before 1970'],
    ['2025-01-01 25:00', 'has no time of day that can be read'],
    ['2025-01-01 10:61', 'has no time of day that can be read'],
    ['2025-01-01 13:00 pm', 'has no time of day that can be read'],
    ['2025-01-01 soon', 'has no time of day that can be read'],
    ['2025-01-01 10:00 Mars', 'has no time of day that can be read'],
  ])('%j %s', (text, what) => expect(read(text)).toBe(what));

  it('any moment written out in ISO is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2090, 0) }), (at) => {
        expect(readMoment(new Date(at).toISOString(), london, null)).toEqual({
          ok: true,
          at,
          dateOnly: false,
          skipped: false,
        });
      }),
    );
  });

  it('never fails on what it cannot read', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readMoment(text, london, null).ok === 'boolean'));
  });
});

describe('outcomes in files', () => {
  it.each([
    ['', 'other'],
    ['died', 'died'],
    ['DEAD/EXPIRED', 'died'],
    ['Deceased', 'died'],
    ['patient died', 'died'],
    ['Home', 'home'],
    ['HOME HEALTH CARE', 'home'],
    ['Discharged to home', 'home'],
    ['SNF', 'other-facility'],
    ['Transferred', 'other-facility'],
    ['Skilled Nursing Facility', 'other-facility'],
    ['LEFT AGAINST MEDICAL ADVI', 'against-advice'],
    ['AMA', 'against-advice'],
    ['left-unseen', 'left-unseen'],
    ['Left without being seen', 'left-unseen'],
    ['20', 'died'],
    ['01', 'home'],
    ['alive', 'other'],
    ['purple', undefined],
    ['1', undefined],
    ['yes', undefined],
    ['=died', 'died'],
  ])('%j means %s', (text, outcome) => expect(readOutcome(text, 'disposition')).toBe(outcome));

  it('a column of yes and no named for death says who died', () => {
    expect(['1', '0', 'TRUE', 'n'].map((flag) => readOutcome(flag, 'hospital_expire_flag'))).toEqual([
      'died',
      'other',
      'died',
      'other',
    ]);
  });
});
