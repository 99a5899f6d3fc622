import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { clamp } from '../physiology/drift.ts';
import { insulinOnBoard, LEVEL_BASAL } from '../physiology/glucose.ts';
import { batteryAt, type DeviceSource, type DeviceType, rounded, type TimedReading } from './device.ts';

const TARGET = 6.1;
const LARGEST_BASAL = 3;
const RESERVOIR = 300;
const CORRECTION_EVERY_MS = HOUR_MS;
/** mmol/L one unit takes off. */
const SENSITIVITY = 2.7;

interface Dose {
  readonly at: number;
  readonly units: number;
}

/** Rate (units an hour) for the next five minutes: more above target and rising, none when a low is coming. */
function basalFor(glucose: number, slope: number): number {
  const soon = glucose + slope * 6;
  if (soon < 4.5) return 0;
  return clamp(LEVEL_BASAL * (1 + 0.35 * (glucose - TARGET) + 1.6 * slope), 0, LARGEST_BASAL);
}

/** Units to give at once: most of a quick rise, or of a value long too high, less what is still at work. */
function bolusFor(glucose: number, slope: number, onBoard: number): number {
  const over = glucose + slope * 8 - 8;
  if (over <= 0) return 0;
  return Math.max(0, rounded((over / SENSITIVITY) * 0.8 - onBoard * 0.6, 1));
}

/** A pump that closes the loop with a sensor on the same body: rate, doses, insulin at work and what is left. */
export function* insulinPump(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 5 * MINUTE_MS;
  const doses: Dose[] = [];
  let reservoir = RESERVOIR * 0.7;
  let last: number | null = null;
  let lastBolus = Number.NEGATIVE_INFINITY;
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    yield { kind: 'status', at, battery: batteryAt(source, at, 120) };
    if (!vitals) continue;
    const slope = last === null ? 0 : (vitals.glucose - last) / (interval / (5 * MINUTE_MS));
    last = vitals.glucose;
    while (doses[0] && at - doses[0].at > 7 * HOUR_MS) doses.shift();
    const onBoard = doses.reduce((sum, dose) => sum + dose.units * insulinOnBoard((at - dose.at) / MINUTE_MS), 0);
    const basal = rounded(basalFor(vitals.glucose, slope), 2);
    const bolus = at - lastBolus >= CORRECTION_EVERY_MS ? bolusFor(vitals.glucose, slope, onBoard) : 0;
    const given = (basal * interval) / HOUR_MS + bolus;
    if (bolus > 0) lastBolus = at;
    source.deliver?.(given);
    doses.push({ at, units: given });
    const before = reservoir;
    reservoir = reservoir - given < 5 ? RESERVOIR : reservoir - given;
    const values = {
      'insulin-basal': basal,
      ...(bolus > 0 ? { 'insulin-bolus': bolus } : {}),
      iob: rounded(onBoard + bolus, 2),
      reservoir: rounded(reservoir, 1),
    };
    yield { kind: 'readings', at, values };
    if (before >= 30 && reservoir < 30) yield { kind: 'event', at, event: 'reservoir-low' };
  }
}

export const insulinPumpType: DeviceType = {
  type: 'insulin-pump',
  model: 'Loop P1',
  firmware: '2.7.4',
  metrics: ['insulin-basal', 'insulin-bolus', 'iob', 'reservoir'],
  readings: insulinPump,
};
