import type { QuarantineReason } from '#domain/device/device.ts';

/** A payload a broken device might send. `write` gets the topic's next number; `count` numbers are used up by it. */
export interface Garbage {
  /** Why a hub should refuse or mark it. */
  readonly reason: QuarantineReason;
  readonly ending: 'readings' | 'wave' | 'event';
  readonly count: number;
  write(seq: number, at: number): string | Buffer;
}

const readings = (reason: QuarantineReason, write: Garbage['write'], count = 0): Garbage => ({
  reason,
  ending: 'readings',
  count,
  write,
});
const values = (reason: QuarantineReason, body: string): Garbage =>
  readings(reason, (seq, at) => `{"seq":${seq},"at":${at},"values":${body}}`, 1);

/**
 * One payload or more for every reason a message of a known device can be refused or marked. `not-admitted` and
 * `unknown-device` are not here: they are good messages of a device nobody let in.
 */
export const GARBAGE: readonly Garbage[] = [
  readings('not-json', () => ''),
  readings('not-json', (seq) => `{"seq":${seq},"at":`),
  readings('not-json', () => 'ERROR: sensor bus timeout'),
  readings('not-json', () => Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x22])),
  readings('too-large', (seq, at) => `{"seq":${seq},"at":${at},"values":{"hr":72},"pad":"${'x'.repeat(70_000)}"}`),
  readings('schema', () => '[]'),
  readings('schema', (_seq, at) => `{"at":${at},"values":{"hr":72}}`),
  readings('schema', (_seq, at) => `{"seq":-1,"at":${at},"values":{"hr":72}}`),
  readings('schema', (_seq, at) => `{"seq":9007199254740993,"at":${at},"values":{"hr":72}}`),
  readings('schema', (seq, at) => `{"seq":${seq},"at":${at},"values":{"hr":72,"hr":300}}`),
  readings('schema', (seq, at) => `{"seq":${seq},"at":${at},"values":{"hr":null}}`),
  readings('schema', (seq, at) => `{"seq":${seq},"at":${at},"values":{"hr":"72"}}`),
  readings('schema', (seq, at) => `{"seq":${seq},"at":${at},"values":{"hr":72},"__proto__":{"admin":true}}`),
  readings('schema', () => '['.repeat(30_000)),
  readings('schema', (seq, at) => `{"seq":${seq},"at":"${at}","values":{"hr":72}}`),
  { reason: 'schema', ending: 'event', count: 0, write: (seq, at) => `{"seq":${seq},"at":${at},"kind":"exploded"}` },
  {
    reason: 'schema',
    ending: 'wave',
    count: 0,
    write: (seq, at) => `{"seq":${seq},"at":${at},"wave":"ecg-ii","rate":0,"unit":"uV","gain":1,"offset":0,"data":"*"}`,
  },
  values('unknown-metric', '{"hr":72,"vibes":3}'),
  values('wrong-unit', '{"spo2":97,"hr":{"v":72,"u":"kPa"}}'),
  values('not-finite', '{"spo2":97,"hr":1e999}'),
  values('implausible', '{"hr":999,"spo2":130}'),
  readings('future-clock', (seq, at) => `{"seq":${seq},"at":${at + 600_000},"values":{"hr":72}}`, 1),
  readings('stale-clock', (seq, at) => `{"seq":${seq},"at":${at - 3_600_000},"values":{"hr":72}}`, 1),
  readings('duplicate', (seq, at) => `{"seq":${Math.max(0, seq - 1)},"at":${at},"values":{"hr":72}}`),
  readings('gap', (seq, at) => `{"seq":${seq + 40},"at":${at},"values":{"hr":72}}`, 41),
  readings('wrong-device', (seq, at) => `{"device":"somebody-else","seq":${seq},"at":${at},"values":{"hr":72}}`),
];
