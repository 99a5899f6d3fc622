import { describe, expect, it } from 'vitest';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import { PROFILES, profileOf } from '#domain/device/profiles/index.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { HOUR_MS } from '#domain/time.ts';
import type { DeviceSource, DeviceType, TimedReading } from '#simulators/devices/device.ts';
import { GARBAGE } from '#simulators/devices/garbage.ts';
import { DEVICE_TYPES } from '#simulators/devices/index.ts';
import { createWireWriter } from '#simulators/devices/wire.ts';
import { vitalsOver } from '#simulators/physiology/follow.ts';
import { createPatient } from '#simulators/physiology/patient.ts';

const START = Date.UTC(2026, 2, 4, 7);
const MANY = 240;

function sourceOf(over: Partial<DeviceSource> = {}): DeviceSource {
  const patient = createPatient({ seed: 3, age: 61, course: 'diabetic', startedAt: START - HOUR_MS });
  const vitalsAt = vitalsOver(patient, START - HOUR_MS);
  return { seed: 42, startedAt: START, vitalsAt, deliver: (units) => patient.deliver(units), ...over };
}

function firstOf(type: DeviceType, count: number, source = sourceOf()): TimedReading[] {
  const said: TimedReading[] = [];
  for (const reading of type.readings(source)) {
    said.push(reading);
    if (said.length >= count) break;
  }
  return said;
}

function withWaves(type: DeviceType): DeviceSource {
  return sourceOf({ waves: profileOf(type.type).waves.filter((wave) => wave !== 'heart-sound') });
}

describe('simulated devices', () => {
  it('are there for every type the clinic knows', () => {
    expect(DEVICE_TYPES.map(({ type }) => type).sort()).toEqual(PROFILES.map(({ type }) => type).sort());
  });

  it.each(DEVICE_TYPES)('$type says only what its profile has', ({ type, metrics }) => {
    const profile = profileOf(type);
    expect(profile.metrics).toEqual(expect.arrayContaining([...metrics]));
  });

  it.each(DEVICE_TYPES)('$type keeps to the schema, counts from 0 without a gap and goes forward in time', (type) => {
    const writer = createWireWriter(START);
    const profile = profileOf(type.type);
    const next: Record<string, number> = { readings: 0, wave: 0, event: 0 };
    const hello = writer.hello(type, 'S-1');
    expect(decodeNative('hello', Buffer.from(hello.payload), 'd1')).toMatchObject({ kind: 'hello', type: type.type });
    let last = 0;
    for (const reading of firstOf(type, MANY, withWaves(type))) {
      expect(reading.at).toBeGreaterThanOrEqual(last);
      last = reading.at;
      const { ending, payload } = writer.write(reading);
      const message = decodeNative(ending, Buffer.from(payload), 'd1');
      expect(message.kind, payload).toBe(ending);
      if ('seq' in message) {
        expect(message.seq).toBe(next[ending]);
        next[ending] = (next[ending] ?? 0) + 1;
      }
      if (message.kind === 'event') expect(profile.events).toContain(message.event);
      if (message.kind === 'wave') expect(profile.waves).toContain(message.wave);
      if (message.kind !== 'readings') continue;
      for (const [index, code] of message.codes.entries()) {
        const value = message.values[index] ?? Number.NaN;
        const [low, high] = metricOf(code)?.plausible ?? [0, -1];
        expect(profile.metrics).toContain(code);
        expect(value, code).toBeGreaterThanOrEqual(low);
        expect(value, code).toBeLessThanOrEqual(high);
      }
    }
  });

  it.each(DEVICE_TYPES)('$type says the same for the same seed', (type) => {
    expect(firstOf(type, 60)).toEqual(firstOf(type, 60));
  });

  it('a monitor with nobody on it says so instead of zero', () => {
    const monitor = DEVICE_TYPES.find(({ type }) => type === 'bedside-monitor');
    if (!monitor) throw new Error('No monitor.');
    const said = firstOf(monitor, 20, sourceOf({ vitalsAt: () => null })).filter(({ kind }) => kind === 'readings');
    expect(said.length).toBeGreaterThan(5);
    for (const reading of said) {
      if (reading.kind === 'readings') expect(reading.values.hr).toEqual({ v: null, why: 'sensor-off' });
    }
  });

  it('a monitor measures the cuff pressure at once and then each quarter hour', () => {
    const monitor = DEVICE_TYPES.find(({ type }) => type === 'bedside-monitor');
    if (!monitor) throw new Error('No monitor.');
    const cuffs = firstOf(monitor, 7_300)
      .filter((reading) => reading.kind === 'readings' && 'nibp-sys' in reading.values)
      .map(({ at }) => at);
    expect(cuffs[0]).toBe(START);
    expect(cuffs.length).toBeGreaterThanOrEqual(8);
    for (let index = 2; index < cuffs.length; index += 1) {
      expect(((cuffs[index] ?? 0) - (cuffs[index - 1] ?? 0)) / 60_000).toBeCloseTo(15, 0);
    }
  });

  it('a pump in a closed loop keeps glucose of two days mostly between 3.9 and 10', () => {
    const pump = DEVICE_TYPES.find(({ type }) => type === 'insulin-pump');
    if (!pump) throw new Error('No pump.');
    const source = sourceOf();
    const seen: number[] = [];
    for (const reading of pump.readings(source)) {
      seen.push(source.vitalsAt(reading.at)?.glucose ?? 0);
      if (reading.at > START + 54 * HOUR_MS) break;
    }
    const settled = seen.slice(150);
    const inRange = settled.filter((value) => value >= 3.9 && value <= 10).length / settled.length;
    expect(inRange).toBeGreaterThan(0.6);
    expect(Math.min(...settled)).toBeGreaterThan(2);
  });
});

describe('broken firmware', () => {
  const REFUSED_BY_SCHEMA = ['not-json', 'too-large', 'schema', 'wrong-device'];

  it('sends something for every reason a known device can be refused for', () => {
    const reasons = new Set(GARBAGE.map(({ reason }) => reason));
    for (const reason of [
      'unknown-metric',
      'wrong-unit',
      'not-finite',
      'implausible',
      'future-clock',
      'stale-clock',
      'duplicate',
      'gap',
    ]) {
      expect(reasons).toContain(reason);
    }
    for (const reason of REFUSED_BY_SCHEMA) expect(reasons).toContain(reason);
  });

  it.each(
    GARBAGE.filter(({ reason }) => REFUSED_BY_SCHEMA.includes(reason)).map((garbage, index) => ({ garbage, index })),
  )('is refused by the decoder for the reason it names ($garbage.reason, $index)', ({ garbage }) => {
    const payload = Buffer.from(garbage.write(5, START));
    expect(decodeNative(garbage.ending, payload, 'd1')).toMatchObject({ kind: 'undecoded', reason: garbage.reason });
  });
});
