import { type MonitoringInterval, scoreNews2 } from '#domain/observation/news2.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { rounded } from '../devices/device.ts';
import type { Vitals } from '../physiology/patient.ts';
import { bodyOf } from './bodies.ts';
import type { PlannedPatient } from './plan.ts';

/** What a nurse writes down at a bed, in the words of `observations.record`. */
export interface Charted {
  readonly mrn: string;
  readonly observedAt: number;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

/** How often a set is taken at each least monitoring interval; inside it, as a ward in good order does. */
const ROUND_MS: Readonly<Record<MonitoringInterval, number>> = {
  '12h': 11 * HOUR_MS,
  '4-6h': 4.5 * HOUR_MS,
  '1h': 50 * MINUTE_MS,
  continuous: 30 * MINUTE_MS,
};
const LOOK_MS = 5 * MINUTE_MS;

/** Time until the next set is due for a patient with these vitals. */
export function roundMs(vitals: Vitals, planned: Pick<PlannedPatient, 'spo2Scale' | 'age' | 'pregnant'>): number {
  const { monitoring } = scoreNews2({
    rr: vitals.rr,
    spo2: vitals.spo2,
    spo2Scale: planned.spo2Scale,
    oxygen: vitals.o2Flow > 0,
    sbp: vitals.sys,
    pulse: vitals.hr,
    acvpu: vitals.acvpu,
    temp: vitals.temp,
    ageYears: planned.age,
    pregnant: planned.pregnant,
  });
  return ROUND_MS[monitoring ?? '4-6h'];
}

/** What no device tells: consciousness and oxygen; and the temperature, which is taken by hand with every set. */
export function chartedValues(vitals: Vitals): Charted['values'] {
  const oxygen = vitals.o2Flow > 0;
  return {
    acvpu: vitals.acvpu,
    oxygen,
    temp: rounded(vitals.temp, 1),
    ...(oxygen ? { 'o2-flow': vitals.o2Flow } : {}),
  };
}

/** Every set charted for one patient in `[from, to]`, oldest first; the last one is taken at `to`. */
export function chartingsOf(planned: PlannedPatient, from: number, to: number): Charted[] {
  const body = bodyOf(planned, from);
  const charted: Charted[] = [];
  let last = Number.NEGATIVE_INFINITY;
  const write = (at: number, vitals: Vitals): void => {
    last = at;
    charted.push({ mrn: planned.mrn, observedAt: at, values: chartedValues(vitals) });
  };
  for (let at = from; at < to; at += LOOK_MS) {
    const vitals = body.vitalsAt(at);
    if (at - last >= roundMs(vitals, planned)) write(at, vitals);
  }
  write(to, body.vitalsAt(to));
  return charted;
}
