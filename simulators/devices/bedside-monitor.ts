import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import type { Vitals } from '../physiology/patient.ts';
import { slotChance } from '../physiology/random.ts';
import { createWaveforms } from '../physiology/waveform.ts';
import {
  allAbsent,
  type DeviceSource,
  type DeviceType,
  rareSpell,
  rounded,
  type SentValue,
  type SentValues,
  type TimedReading,
  withAbsent,
} from './device.ts';

const PIECE_MS = 250;
const CUFF_MS = 15 * MINUTE_MS;
const ALWAYS = ['hr', 'pr', 'rr', 'spo2'] as const;

/** A finger probe falls off now and then: about once in four hours, for a minute. */
function probeOff(seed: number, at: number): boolean {
  return rareSpell(seed ^ 0x0f, at, 10 * MINUTE_MS, 0.004, MINUTE_MS);
}

function continuous(source: DeviceSource, at: number, vitals: Vitals): SentValues {
  const values: Record<string, SentValue> = {
    hr: Math.round(vitals.hr),
    pr: Math.round(vitals.pr),
    rr: Math.round(vitals.rr),
    spo2: Math.round(vitals.spo2),
  };
  if (source.fitted?.includes('etco2')) values.etco2 = Math.round(vitals.etco2);
  if (source.fitted?.includes('arterial')) {
    values['art-sys'] = Math.round(vitals.sys + 3);
    values['art-dia'] = Math.round(vitals.dia - 2);
    values['art-mean'] = Math.round(vitals.mean);
  }
  if (!probeOff(source.seed, at)) return values;
  return { ...values, ...allAbsent(['spo2', 'pr'], 'sensor-off') };
}

function cuff(vitals: Vitals): SentValues {
  return {
    'nibp-sys': Math.round(vitals.sys),
    'nibp-dia': Math.round(vitals.dia),
    'nibp-mean': Math.round(vitals.mean),
  };
}

function fittedCodes(source: DeviceSource): string[] {
  const arterial = source.fitted?.includes('arterial') ? ['art-sys', 'art-dia', 'art-mean'] : [];
  return [...ALWAYS, ...(source.fitted?.includes('etco2') ? ['etco2'] : []), ...arterial];
}

/**
 * The monitor at a bed: heart rate, pulse, breaths and saturation each second, temperature each minute, cuff pressure
 * at the start and each quarter hour, and the waves it is asked for in pieces of a quarter second.
 */
export function* bedsideMonitor(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? SECOND_MS;
  const shapes = source.waves?.length ? createWaveforms(source.seed, source.waves) : null;
  const cuffPhase = Math.floor(slotChance(source.seed, 3) * CUFF_MS);
  const step = shapes ? Math.min(PIECE_MS, interval) : interval;
  let nextReading = source.startedAt;
  let nextTemperature = source.startedAt;
  let nextCuff = source.startedAt;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += step) {
    const vitals = source.vitalsAt(at);
    if (at >= nextStatus) {
      nextStatus += 5 * MINUTE_MS;
      yield { kind: 'status', at, battery: 1 };
    }
    if (at >= nextReading) {
      nextReading += interval;
      if (vitals) {
        let values = continuous(source, at, vitals);
        if (at >= nextTemperature) {
          nextTemperature += Math.max(MINUTE_MS, interval);
          values = { ...values, temp: rounded(vitals.temp, 1) };
        }
        if (at >= nextCuff) {
          nextCuff = at - ((at + cuffPhase) % CUFF_MS) + CUFF_MS;
          values = { ...values, ...cuff(vitals) };
        }
        yield { kind: 'readings', at, values: withAbsent(source, at, values) };
      } else {
        yield { kind: 'readings', at, values: allAbsent(fittedCodes(source), 'sensor-off') };
      }
    }
    if (shapes && vitals && at > source.startedAt) {
      for (const piece of shapes.next(step / SECOND_MS, vitals)) {
        yield { kind: 'wave', at, startsAt: at - step, piece };
      }
    }
  }
}

export const bedsideMonitorType: DeviceType = {
  type: 'bedside-monitor',
  model: 'Lumen M8',
  firmware: '4.2.1',
  metrics: [...ALWAYS, 'temp', 'nibp-sys', 'nibp-dia', 'nibp-mean', 'art-sys', 'art-dia', 'art-mean', 'etco2'],
  readings: bedsideMonitor,
};
