import { MINUTE_MS } from '#domain/time.ts';
import { createWaveforms } from '../physiology/waveform.ts';
import { batteryAt, type DeviceSource, type DeviceType, rounded, type TimedReading, withAbsent } from './device.ts';

const BATTERY_HOURS = 72;

/** A patch on the chest: heart rate, breaths and posture each five seconds, steps and skin temperature each minute. */
export function* wearablePatch(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 5_000;
  const shapes = source.waves?.length ? createWaveforms(source.seed, source.waves) : null;
  let nextMinute = source.startedAt;
  let steps = 0;
  let fallen = false;
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    const minute = at >= nextMinute;
    if (minute) {
      nextMinute += Math.max(MINUTE_MS, interval);
      yield { kind: 'status', at, battery: batteryAt(source, at, BATTERY_HOURS) };
    }
    if (!vitals) continue;
    steps += (vitals.cadence * interval) / MINUTE_MS;
    if (vitals.activity === 'fallen' && !fallen) yield { kind: 'event', at, event: 'fall' };
    fallen = vitals.activity === 'fallen';
    const values = {
      hr: Math.round(vitals.hr),
      rr: Math.round(vitals.rr),
      ...(minute
        ? { temp: rounded(vitals.temp - 0.3, 1), steps: Math.floor(steps) % 100_000, activity: vitals.activity }
        : {}),
    };
    yield { kind: 'readings', at, values: withAbsent(source, at, values) };
    for (const piece of shapes?.next(interval / 1_000, vitals) ?? []) {
      yield { kind: 'wave', at, startsAt: at - interval, piece };
    }
  }
}

export const wearablePatchType: DeviceType = {
  type: 'wearable-patch',
  model: 'Lumen Patch 2',
  firmware: '1.9.0',
  metrics: ['hr', 'rr', 'temp', 'steps', 'activity'],
  readings: wearablePatch,
};
