import { describe, expect, it } from 'vitest';
import { createClinicDays } from '#domain/clinic/clinic-days.ts';
import type { FlowHistory } from '#domain/flow/figures.ts';
import { forecast } from '#domain/flow/forecast.ts';
import { type HourGrid, hourGrid } from '#domain/flow/forecast-grid.ts';
import { learn } from '#domain/flow/forecast-model.ts';
import { DAY_MS, HOUR_MS } from '#domain/time.ts';

const london = createClinicDays('Europe/London');
const NOW = Date.parse('2026-05-13T09:30Z');

/** Numbers from 0 to 1 that are the same every time (xorshift). */
function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

interface Made {
  readonly weeks: number;
  readonly seed?: number;
  /** Patients expected to come in an hour of the wall clock of a day of the week. */
  readonly rate: (weekday: number, hour: number) => number;
  readonly meanDays?: number;
  /** Who comes when so many are in goes elsewhere. */
  readonly most?: number;
}

/** A clinic that ran for so many weeks: patients come by the week’s pattern and stay as chance has it, leaving by day. */
function clinicOf({ weeks, seed = 1, rate, meanDays = 4, most = Number.POSITIVE_INFINITY }: Made): FlowHistory {
  const chance = seeded(seed);
  const arrivals: number[] = [];
  const discharges: number[] = [];
  let present = 0;
  let until: number[] = [];
  const start = NOW - 30 * 60_000 - weeks * 7 * DAY_MS;
  for (let at = start; at < NOW; at += HOUR_MS) {
    const expected = rate(london.weekdayOf(london.dayOf(at)), london.hourOf(at));
    for (let slot = 0; slot < 8; slot++) {
      if (chance() >= expected / 8) continue;
      const came = at + Math.floor(chance() * HOUR_MS);
      const left = leaves(came, chance, meanDays);
      if (came > NOW) continue;
      until = until.filter((end) => end > came);
      if (until.length >= most) continue;
      until.push(left);
      arrivals.push(came);
      if (left <= NOW) discharges.push(left);
      else present += 1;
    }
  }
  return { arrivals, discharges, present, beds: 120, expectedArrivals: [], plannedDischarges: [] };
}

function leaves(came: number, chance: () => number, meanDays: number): number {
  const nights = Math.max(1, Math.round(-Math.log(1 - chance()) * meanDays));
  return london.startOf(london.dayOf(came) + nights) + (10 + Math.floor(chance() * 8)) * HOUR_MS;
}

const weekly = (weekday: number, hour: number) => (hour < 8 || hour > 19 ? 0.2 : weekday < 5 ? 1.8 : 0.5);
const sum = (values: readonly { readonly mean: number }[]) => values.reduce((total, { mean }) => total + mean, 0);
const ask = (history: FlowHistory, hours = 72, now = NOW) => forecast({ history, days: london, now, hours });

describe('the forecast', () => {
  it('is not usable with less than three weeks of history, and says so', () => {
    const { usable, why, arrivals, pastError } = ask(clinicOf({ weeks: 2, rate: weekly }));
    expect(usable).toBe(false);
    expect(why).toMatch(/^There are 1\d days of history; a forecast needs 21\.$/);
    expect([arrivals, pastError]).toEqual([[], []]);
  });

  it('is not usable where nobody came of late', () => {
    const { arrivals, discharges, ...rest } = clinicOf({ weeks: 12, rate: weekly });
    const old = (at: number) => at < NOW - 30 * DAY_MS;
    expect(ask({ ...rest, arrivals: arrivals.filter(old), discharges: discharges.filter(old) }).why).toBe(
      'Nobody was admitted here in the last three weeks.',
    );
    expect(ask({ ...rest, arrivals: [], discharges: [] }).usable).toBe(false);
  });

  it('finds a pattern of the week again: busy days busy, nights quiet', () => {
    const { arrivals, usable } = ask(clinicOf({ weeks: 30, rate: weekly }));
    expect(usable).toBe(true);
    expect(arrivals).toHaveLength(72);
    for (const { at, mean, low, high } of arrivals) {
      const truth = weekly(london.weekdayOf(london.dayOf(at)), london.hourOf(at));
      expect(Math.abs(mean - truth)).toBeLessThan(0.3 + truth * 0.5);
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThan(mean);
    }
    const expected = arrivals.reduce(
      (total, { at }) => total + weekly(london.weekdayOf(london.dayOf(at)), london.hourOf(at)),
      0,
    );
    expect(Math.abs(sum(arrivals) - expected) / expected).toBeLessThan(0.15);
  });

  it('is hour by hour from the next one on; beds occupied follow from who is in, comes and leaves', () => {
    const history = clinicOf({ weeks: 10, rate: weekly });
    const { arrivals, discharges, occupied } = ask(history, 24);
    expect(new Date(arrivals[0]?.at ?? 0).toISOString()).toBe('2026-05-13T10:00:00.000Z');
    expect(occupied.map(({ at }) => at)).toEqual(arrivals.map(({ at }) => at + HOUR_MS));
    for (let hour = 1; hour < 24; hour++) {
      const change = (arrivals[hour]?.mean ?? 0) - (discharges[hour]?.mean ?? 0);
      expect((occupied[hour]?.mean ?? 0) - (occupied[hour - 1]?.mean ?? 0)).toBeCloseTo(change, 6);
    }
    expect(Math.abs((occupied[0]?.mean ?? 0) - history.present)).toBeLessThan(8);
  });

  it('beats saying "as last week" on noisy weeks, at one, two and three days', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { pastError } = ask(clinicOf({ weeks: 26, seed, rate: weekly }));
      expect(pastError.map(({ aheadHours, days }) => [aheadHours, days])).toEqual([
        [24, 27],
        [48, 26],
        [72, 25],
      ]);
      for (const { occupied, occupiedAsLastWeek } of pastError) expect(occupied).toBeLessThan(occupiedAsLastWeek ?? 0);
    }
  });

  it('knows nothing of what comes after the moment it is tried at', () => {
    const past = hourGrid(clinicOf({ weeks: 20, rate: weekly }), london, NOW - 20 * 7 * DAY_MS, NOW - 30 * 60_000, NOW);
    const origin = past.arrivals.length - 100;
    const other = (values: Float64Array, from: number) => values.map((value, hour) => (hour < from ? value : 7 * hour));
    const changed: HourGrid = {
      ...past,
      arrivals: other(past.arrivals, origin),
      discharges: other(past.discharges, origin),
      occupied: other(past.occupied, origin + 1),
    };
    expect(learn(changed, origin)).toEqual(learn(past, origin));
  });

  it('F69 keeps to the wall’s hours over the change of clocks', () => {
    const now = Date.parse('2026-03-28T09:00Z');
    const shift = now - NOW;
    const made = clinicOf({ weeks: 20, rate: () => 0 });
    // Eight come at ten in the morning, every day, for twenty weeks of winter time.
    const arrivals = Array.from(
      { length: 140 },
      (_, day) => london.startOf(london.dayOf(now) - day - 1) + 10.5 * HOUR_MS,
    );
    const { arrivals: ahead } = forecast({
      history: { ...made, arrivals: arrivals.flatMap((at) => Array.from({ length: 8 }, () => at)), present: 1_120 },
      days: london,
      now: NOW + shift,
      hours: 72,
    });
    const busy = ahead.filter(({ mean }) => mean > 4).map(({ at }) => new Date(at).toISOString());
    expect(busy).toEqual(['2026-03-28T10:00:00.000Z', '2026-03-29T09:00:00.000Z', '2026-03-30T09:00:00.000Z']);
  });

  it('starts at the beds occupied now, and from day to day what is occupied, comes and leaves adds up', () => {
    for (const minute of [0, 1, 30, 59]) {
      const history = clinicOf({ weeks: 10, rate: weekly });
      const { present, ahead } = ask(history, 72, NOW - 30 * 60_000 + minute * 60_000);
      expect(present).toBe(history.present);
      expect(ahead.map(({ hours }) => hours)).toEqual([24, 48, 72]);
      let there = present;
      for (const { occupied, arrivals, discharges } of ahead) {
        expect(there + arrivals - discharges).toBeCloseTo(occupied.mean, 6);
        there = occupied.mean;
      }
      expect(ask(history, 48).ahead).toHaveLength(2);
    }
  });

  it('beats saying "as last week" also in a house that is always nearly full', () => {
    const errors = [1, 2, 3, 4, 5].map((seed) => ask(clinicOf({ weeks: 26, seed, rate: weekly, most: 60 })).pastError);
    for (const hour of [0, 1, 2]) {
      const off = errors.reduce((total, error) => total + (error[hour]?.occupied ?? 0), 0);
      const lastWeek = errors.reduce((total, error) => total + (error[hour]?.occupiedAsLastWeek ?? 0), 0);
      expect(off).toBeLessThan(lastWeek * 0.9);
    }
  });

  it('takes announced arrivals and planned discharges as known', () => {
    const history = clinicOf({ weeks: 20, rate: weekly });
    const tomorrow = Date.parse('2026-05-14T07:10Z');
    const announced = Array.from({ length: 12 }, () => tomorrow);
    const planned = Array.from({ length: 10 }, () => tomorrow + 2 * HOUR_MS);
    const at = (made: ReturnType<typeof ask>, list: 'arrivals' | 'discharges', hour: number) =>
      made[list].find((entry) => entry.at === Date.parse(`2026-05-14T0${hour}:00Z`))?.mean ?? 0;
    const [plain, told] = [ask(history), ask({ ...history, expectedArrivals: announced, plannedDischarges: planned })];
    expect(at(told, 'arrivals', 7)).toBe(12);
    expect(at(plain, 'arrivals', 7)).toBeLessThan(4);
    expect(at(told, 'discharges', 9) - at(plain, 'discharges', 9)).toBeGreaterThan(8);
  });

  it('never says fewer than no patients, nor more planned discharges than are in', () => {
    const history = clinicOf({ weeks: 8, rate: weekly });
    const planned = Array.from({ length: 500 }, () => NOW + HOUR_MS);
    const { occupied, discharges } = ask({ ...history, plannedDischarges: planned });
    for (const { mean, low } of [...occupied, ...discharges]) {
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(low).toBeGreaterThanOrEqual(0);
    }
  });
});
