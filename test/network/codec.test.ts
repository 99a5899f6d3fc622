import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decodeNative, encodeCommand } from '#adapters/mqtt/native-json.ts';
import type { Ending } from '#domain/device/message.ts';
import { NOON } from '#test/helpers/network.ts';

const bytes = (payload: unknown) => Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
const decode = (payload: unknown, ending: Ending = 'readings') => decodeNative(ending, bytes(payload), 'monitor-1');
const reason = (payload: unknown, ending: Ending = 'readings') => {
  const message = decode(payload, ending);
  return message.kind === 'undecoded' ? message.reason : message.kind;
};
const good = { seq: 17, at: NOON, values: { hr: 72, spo2: 97, rr: 14 } };
const withValues = (values: string) => `{"seq":1,"at":${NOON},"values":${values}}`;

describe('readings', () => {
  it('are understood as the device network writes them', () => {
    expect(decode({ ...good, replay: false })).toEqual({
      kind: 'readings',
      seq: 17,
      at: NOON,
      replay: false,
      codes: ['hr', 'spo2', 'rr'],
      values: [72, 97, 14],
      units: null,
      absent: [],
    });
  });

  it('carry a unit with a value, or a reason for having none', () => {
    const values = { hr: { v: 72, u: '/min' }, spo2: { v: null, why: 'lead-off' }, rr: 14 };
    expect(decode({ ...good, values })).toMatchObject({
      codes: ['hr', 'rr'],
      values: [72, 14],
      units: ['/min'],
      absent: [{ code: 'spo2', why: 'lead-off' }],
    });
  });

  it('turn words into the index of the word', () => {
    expect(decode({ ...good, values: { acvpu: 'V', activity: { v: 'walking' } } })).toMatchObject({
      codes: ['acvpu', 'activity'],
      values: [2, 2],
    });
    expect(reason({ ...good, values: { acvpu: 'X' } })).toBe('schema');
    expect(reason({ ...good, values: { acvpu: 2 } })).toBe('schema');
  });

  it('may name their device, which must be the one of the topic', () => {
    expect(reason({ ...good, device: 'monitor-1' })).toBe('readings');
    expect(reason({ ...good, device: 'monitor-2' })).toBe('wrong-device');
  });

  it('may say more than we know', () => {
    expect(reason({ ...good, vendor: { firmware: '1.2', list: [1, 2] } })).toBe('readings');
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"seq":17,"at":1780'],
    ['no JSON', 'hello there'],
    ['two documents', '{} {}'],
    ['a comment', '{"seq":1} // ok'],
    ['single quotes', "{'seq':1}"],
    ['NaN', withValues('{"hr":NaN}')],
    ['a byte order mark', `\uFEFF${JSON.stringify(good)}`],
  ])('F01 that are %s are not JSON', (_what, payload) => {
    expect(reason(payload)).toBe('not-json');
  });

  it.each([
    ['a list', '[]'],
    ['a text', '"readings"'],
    ['null', 'null'],
    ['nothing', '{}'],
    ['no seq', { at: NOON, values: {} }],
    ['no at', { seq: 1, values: {} }],
    ['a time as text', { ...good, at: '2026-06-01T00:00:00Z' }],
    ['a time no calendar has', { ...good, at: 9e15 }],
    ['half a millisecond', { ...good, at: NOON + 0.5 }],
    ['no values', { seq: 1, at: NOON }],
    ['values in a list', { ...good, values: [72] }],
    ['replay as a word', { ...good, replay: 'yes' }],
    ['a value that is true', { ...good, values: { hr: true } }],
    ['a value in a list', { ...good, values: { hr: [72] } }],
    ['an object without v', { ...good, values: { hr: { u: '/min' } } }],
    ['no reason for null', { ...good, values: { hr: { v: null } } }],
    ['a unit that is a number', { ...good, values: { hr: { v: 72, u: 1 } } }],
    [
      '257 values',
      { ...good, values: Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`m${index}`, 1])) },
    ],
  ])('F01 that are %s are refused whole', (_what, payload) => {
    expect(reason(payload)).toBe('schema');
  });

  it('F02 beyond 64 KiB are refused unread, exactly 64 KiB are read', () => {
    const padded = (length: number) => {
      const text = JSON.stringify({ ...good, pad: '' });
      return text.replace('"pad":""', `"pad":"${'x'.repeat(length - text.length)}"`);
    };
    expect(reason(padded(65_536))).toBe('readings');
    expect(reason(padded(65_537))).toBe('too-large');
    expect(reason('x'.repeat(30_000_000))).toBe('too-large');
  });

  it('F10 with a text or a bare null for a number are refused whole', () => {
    expect(reason({ ...good, values: { hr: '72', spo2: 97 } })).toBe('schema');
    expect(reason({ ...good, values: { hr: null, spo2: 97 } })).toBe('schema');
    expect(reason({ ...good, values: { hr: { v: '72' } } })).toBe('schema');
  });

  it('F10 with 1e999 or -0 reach the judge, who refuses that value alone', () => {
    expect(decode(withValues('{"hr":1e999,"spo2":97,"rr":-0}'))).toMatchObject({ values: [Infinity, 97, -0] });
  });

  it.each([
    withValues('{"__proto__":{"admin":true}}'),
    withValues('{"__proto__":1}'),
    withValues('{"constructor":{"prototype":{"admin":true}}}'),
    withValues('{"\\u005f_proto__":72}'),
    `{"__proto__":{"admin":1},${JSON.stringify(good).slice(1)}`,
    `{"vendor":{"a":[{"prototype":1}]},${JSON.stringify(good).slice(1)}`,
  ])('F13 with a key that reaches a prototype are refused: %s', (payload) => {
    expect(reason(payload)).toBe('schema');
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it.each([
    withValues('{"hr":72,"hr":300}'),
    `{"seq":1,"seq":2,"at":${NOON},"values":{}}`,
    withValues('{"hr":{"v":72,"v":300}}'),
    withValues('{"hr":72,"h\\u0072":300}'),
    `{"vendor":[{"a":1,"a":2}],${JSON.stringify(good).slice(1)}`,
  ])('F14 that write a key twice are refused: %s', (payload) => {
    expect(reason(payload)).toBe('schema');
  });

  it('F14 may write colons and quotes inside texts', () => {
    expect(reason({ ...good, note: 'at 12:30 he said: "a\\" : b' })).toBe('readings');
  });

  it('F15 nested 200,000 deep are refused before anything walks them', () => {
    expect(reason(`{"seq":1,"at":1,"values":${'['.repeat(20_000)}`)).toBe('schema');
    expect(reason('['.repeat(60_000))).toBe('schema');
    expect(reason('['.repeat(200_000))).toBe('too-large');
    const deep = (depth: number) => `{"x":${'['.repeat(depth)}${']'.repeat(depth)},${JSON.stringify(good).slice(1)}`;
    expect(reason(deep(7))).toBe('readings');
    expect(reason(deep(8))).toBe('schema');
  });

  it.each(['9007199254740993', '1234567890123456789012345678901234567890', '-1', '-0', '1.5', '1e999', '"1"', 'null'])(
    'F16 numbered %s are refused',
    (seq) => {
      expect(reason(`{"seq":${seq},"at":${NOON},"values":{"hr":72}}`)).toBe('schema');
    },
  );

  it('F17 that are not UTF-8 are refused', () => {
    const broken = Buffer.concat([
      bytes('{"seq":1,"at":1,"values":{},"note":"'),
      Buffer.from([0xc3, 0x28]),
      bytes('"}'),
    ]);
    expect(decodeNative('readings', broken, 'monitor-1')).toMatchObject({ reason: 'not-json' });
    const overlong = Buffer.concat([bytes('{"a":"'), Buffer.from([0xc0, 0x80]), bytes('"}')]);
    expect(decodeNative('readings', overlong, 'monitor-1')).toMatchObject({ reason: 'not-json' });
  });
});

describe('a hello', () => {
  const hello = { at: NOON, type: 'bedside-monitor', serial: 'S-1', model: 'M', firmware: '1.0', metrics: ['hr'] };

  it('says what the device is and in which units it speaks', () => {
    expect(decode({ ...hello, units: { glucose: 'mmol/L' } }, 'hello')).toEqual({
      kind: 'hello',
      ...hello,
      units: { glucose: 'mmol/L' },
    });
    expect(decode({ at: NOON, type: 'teleporter' }, 'hello')).toMatchObject({ type: 'teleporter', serial: null });
  });

  it.each([
    ['a NUL', 'S\u0000-1'],
    ['a direction override', 'S\u202e-1'],
    ['a zero-width space', 'S\u200b-1'],
    ['10,000 characters', 'S'.repeat(10_000)],
    ['a line end', 'S\n1'],
    ['a lone surrogate', 'S\ud800'],
  ])('F17 with %s in a name is refused', (_what, serial) => {
    expect(reason({ ...hello, serial }, 'hello')).toBe('schema');
  });

  it.each([
    { ...hello, at: 'now' },
    { ...hello, type: 7 },
    { ...hello, type: '' },
    { ...hello, metrics: 'hr' },
    { ...hello, metrics: [1] },
    { ...hello, units: ['mmol/L'] },
    { ...hello, units: { glucose: 1 } },
  ])('is refused when it does not keep to the form: %j', (payload) => {
    expect(reason(payload, 'hello')).toBe('schema');
  });
});

describe('a status', () => {
  it('says online or not, and the battery if there is one', () => {
    expect(decode({ online: true, at: NOON, battery: 0.87 }, 'status')).toMatchObject({ online: true, battery: 0.87 });
    expect(decode({ online: false }, 'status')).toMatchObject({ online: false, at: null, battery: null });
    for (const bad of [{}, { online: 1 }, { online: true, battery: 87 }, { online: true, battery: '0.8' }]) {
      expect(reason(bad, 'status')).toBe('schema');
    }
  });
});

describe('an event', () => {
  it('is one of the known kinds', () => {
    const event = { seq: 3, at: NOON, kind: 'occlusion', detail: { line: 'A' } };
    expect(decode(event, 'event')).toMatchObject({ event: 'occlusion', detail: { line: 'A' } });
    expect(reason({ ...event, kind: 'command-result' }, 'event')).toBe('event');
    expect(reason({ ...event, kind: 'party' }, 'event')).toBe('schema');
    expect(reason({ ...event, kind: '__proto__' }, 'event')).toBe('schema');
  });
});

describe('a wave', () => {
  const raw = Buffer.alloc(6);
  raw.writeInt16LE(100, 0);
  raw.writeInt16LE(-100, 2);
  raw.writeInt16LE(32_767, 4);
  const wave = {
    seq: 9,
    at: NOON,
    wave: 'ecg-ii',
    rate: 250,
    unit: 'uV',
    gain: 4.88,
    offset: 10,
    data: raw.toString('base64'),
  };

  it('unpacks to physical values', () => {
    const message = decode(wave, 'wave');
    expect(message.kind === 'wave' && [...message.samples].map(Math.round)).toEqual([498, -478, 159_913]);
  });

  it('is refused when it is of no known kind, in another unit, or not whole', () => {
    expect(reason({ ...wave, wave: 'eeg' }, 'wave')).toBe('unknown-metric');
    expect(reason({ ...wave, unit: 'mV' }, 'wave')).toBe('wrong-unit');
    const odd = ['', 'AAAA', 'not base64!', `${wave.data}=`, '****'];
    for (const data of odd) expect(reason({ ...wave, data }, 'wave')).toBe('schema');
    for (const rate of [0, -1, 1e6, '250']) expect(reason({ ...wave, rate }, 'wave')).toBe('schema');
    expect(reason(JSON.stringify(wave).replace('4.88', '1e999'), 'wave')).toBe('schema');
  });

  it('may be four times as large as a reading', () => {
    const data = Buffer.alloc(180_000).toString('base64');
    expect(reason({ ...wave, data }, 'wave')).toBe('wave');
    expect(reason({ ...wave, data: Buffer.alloc(198_000).toString('base64') }, 'wave')).toBe('too-large');
  });
});

it('a command is written as the device network asks', () => {
  const text = encodeCommand({ id: 'c-1', kind: 'identify', body: {} }).toString();
  expect(JSON.parse(text)).toEqual({ id: 'c-1', kind: 'identify', body: {} });
});
