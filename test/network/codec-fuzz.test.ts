import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import { ENDINGS } from '#domain/device/message.ts';
import { METRICS } from '#domain/observation/metric.ts';
import { readingsSchema } from '#test/helpers/native-schema.ts';
import { makeStation, NOON, topicOf } from '#test/helpers/network.ts';

const ending = fc.constantFrom(...ENDINGS);
const code = fc.oneof(fc.constantFrom(...METRICS.map((metric) => metric.code)), fc.string({ maxLength: 12 }));
const scalar = fc.oneof(
  fc.integer({ min: -5, max: 400 }),
  fc.double(),
  fc.constantFrom('A', 'V', 'walking', '72', '', null, true, -0, 9e15, 2 ** 53),
);
const value = fc.oneof(
  scalar,
  fc.record(
    {
      v: scalar,
      u: fc.oneof(fc.constantFrom('/min', 'kPa', ''), scalar),
      why: fc.oneof(fc.constant('lead-off'), scalar),
    },
    { requiredKeys: [] },
  ),
  fc.array(scalar, { maxLength: 2 }),
);
const almostReadings = fc.record(
  {
    seq: fc.oneof(fc.nat(), scalar),
    at: fc.oneof(fc.constant(NOON), scalar),
    values: fc.oneof(fc.dictionary(code, value, { maxKeys: 8 }), scalar, fc.array(scalar)),
    replay: fc.oneof(fc.boolean(), scalar),
  },
  { requiredKeys: [] },
);
const numeric = fc.constantFrom('hr', 'spo2', 'rr', 'temp', 'glucose', 'o2-flow');
const goodReadings = fc.record(
  {
    seq: fc.nat(),
    at: fc.nat(),
    values: fc.dictionary(numeric, fc.oneof({ weight: 9, arbitrary: fc.double() }, value), { maxKeys: 6 }),
    replay: fc.boolean(),
    vendor: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: ['seq', 'at', 'values'] },
);
const dangerous = /"(__proto__|constructor|prototype)":/;

describe('the codec', () => {
  it('agrees with the schema on what a readings message is', () => {
    const seen = { fits: 0, not: 0 };
    fc.assert(
      fc.property(fc.oneof(almostReadings, goodReadings), (payload) => {
        const text = JSON.stringify(payload);
        if (dangerous.test(text)) return;
        const fits = readingsSchema.safeParse(JSON.parse(text)).success;
        seen[fits ? 'fits' : 'not'] += 1;
        expect(decodeNative('readings', Buffer.from(text), 'monitor-1').kind).toBe(fits ? 'readings' : 'undecoded');
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(seen.fits, seen.not)).toBeGreaterThan(500);
  });

  it('F01 F17 answers any bytes with a message or a reason', () => {
    fc.assert(
      fc.property(ending, fc.uint8Array({ maxLength: 200 }), (topic, bytes) => {
        decodeNative(topic, bytes, 'monitor-1');
      }),
      { numRuns: 20_000 },
    );
  });

  it('F01 F13 answers any JSON with a message or a reason', () => {
    fc.assert(
      fc.property(
        ending,
        fc.oneof(
          fc.json(),
          almostReadings.map((payload) => JSON.stringify(payload)),
        ),
        (topic, text) => {
          const message = decodeNative(topic, Buffer.from(text), 'monitor-1');
          if (message.kind === 'readings') expect(message.codes).toHaveLength(message.values.length);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('F01 survives a message with any of its bytes changed, and so does the hub behind it', () => {
    const { intake, faults, readings } = makeStation();
    const whole = Buffer.from(
      JSON.stringify({ seq: 1, at: NOON, values: { hr: 72, acvpu: 'A', spo2: { v: 97, u: '%' } } }),
    );
    fc.assert(
      fc.property(ending, fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (topic, at, byte, cut) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        intake.receive(topicOf('monitor-1', topic), bytes.subarray(0, cut), { retain: false, dup: false, qos: 1 });
      }),
      { numRuns: 20_000 },
    );
    expect(faults).toEqual([]);
    for (const reading of readings) {
      for (const number of reading.values) expect(Number.isFinite(number)).toBe(true);
    }
  });

  it.each([
    ['brackets', '['.repeat(65_536)],
    ['quotes', '"'.repeat(65_536)],
    ['backslashes', `"${'\\'.repeat(65_000)}`],
    ['keys', `{${Array.from({ length: 6_000 }, (_, index) => `"k${index}":1`).join()}}`],
    ['values', `{"seq":1,"at":1,"values":{${Array.from({ length: 6_000 }, (_, index) => `"k${index}":1`).join()}}}`],
    ['digits', `{"seq":${'9'.repeat(60_000)}}`],
  ])('answers 64 KiB of %s', (_what, text) => {
    expect(decodeNative('readings', Buffer.from(text), 'monitor-1').kind).toBe('undecoded');
  });
});
