import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readHubArguments } from '#main/hub-options.ts';
import { makeCertificate } from '#test/helpers/certificate.ts';
import { adt } from '#test/helpers/feed-clinic.ts';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { answered, connectMllp, frame, type MllpClient } from '#test/helpers/mllp.ts';

const SAMPLES = '../shared/data/hl7v2';
const ARGS = ['--demo', '--bare', '--hl7-port', '0', '--zone', 'Europe/London'];
/** Starting a hub takes as long as the machine is busy. */
const SLOW = 120_000;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Status {
  url: string | null;
  received: number;
  waiting: number;
  connections: number;
}

describe('a hub with --hl7-port', () => {
  let hub: RunningHub;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = makeDataDir();
    hub = await startHub(ARGS, dataDir);
  }, SLOW);
  afterAll(async () => {
    await hub.end();
    removeDataDir(dataDir);
  });
  const connect = async (): Promise<MllpClient> => {
    const client = await connectMllp(hub.ready.hl7 ?? '');
    closing.push(client.close);
    return client;
  };

  it('names the listener in its ready line and its status, and keeps the zone', async () => {
    expect(hub.ready.hl7).toMatch(/^mllp:\/\/127\.0\.0\.1:\d+$/);
    expect((await hub.call<Status>('feed/status')).url).toBe(hub.ready.hl7);
    expect((await hub.call<{ timeZone: string }>('settings/get')).timeZone).toBe('Europe/London');
  });
  it('answers each sample once and rightly, and none where none is asked for', async ({ skip }) => {
    if (!existsSync(SAMPLES)) skip('../shared/data is not here: nothing to try.');
    const client = await connect();
    const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.hl7'));
    expect(files).toHaveLength(33);
    for (const file of files) {
      const text = readFileSync(join(SAMPLES, file), 'utf8').replace(/\r?\n/g, '\r');
      const header = (text.split('\r')[0] ?? '').split('|');
      client.send(frame(text));
      if (header[14] === 'NE' && header[15] === 'NE') continue;
      const answer = (await client.next()).split('\r');
      const head = answer[0]?.split('|') ?? [];
      expect(answer[1]).toBe(`MSA|AA|${header[9]}`);
      expect(head.slice(2, 6)).toEqual([header[4], header[5], header[2], header[3]]);
      expect(head[8]).toBe(`ACK^${header[8]?.split('^')[1]}^ACK`);
    }
    expect(answered(await client.ask(adt({ event: 'A28', at: '0800', patient: 'LAST', id: 'last' })))).toMatchObject({
      code: 'AA',
      controlId: 'last',
    });
    expect(client.unread()).toBe(0);
    expect((await hub.call<Status>('feed/status')).received).toBe(34);
    expect(await hub.call('flow/stays', { visitNumber: '40007716' })).not.toEqual([]);
    expect((await hub.call<{ ok: boolean }>('ledger/verify', {}, 'admin')).ok).toBe(true);
    expect(hub.log()).not.toMatch(/EVERYMAN|ADAM|Josh/);
  });
  it('answers with stays in the clinic’s time over a change of clocks', async () => {
    const client = await connect();
    const at = (event: string, stamp: string, place: string) =>
      adt({ event, at: stamp, visit: 'DST', patient: 'DST', place });
    await client.ask(at('A01', '20251026000000', 'ICU^1^A'));
    await client.ask(at('A02', '20251026023000', 'ICU^2^A'));
    await client.ask(at('A03', '20251026120000', 'ICU^2^A'));
    expect(await hub.call('flow/stays', { visitNumber: 'DST' })).toEqual([
      { location: 'ICU^1^A', from: Date.UTC(2025, 9, 25, 23), to: Date.UTC(2025, 9, 26, 2, 30) },
      { location: 'ICU^2^A', from: Date.UTC(2025, 9, 26, 2, 30), to: Date.UTC(2025, 9, 26, 12) },
    ]);
  });
  it('lets a person see, dismiss and retry what nothing explains, and tells every console at once', async () => {
    const client = await connect();
    const watching = await watch(hub);
    closing.push(watching.close);
    await client.ask(adt({ event: 'A03', at: '0800', visit: 'LOST', patient: 'LOST', id: 'lost' }));
    const told = await watching.until((part) => part.review.some(({ controlId }) => controlId === 'lost'));
    expect(told.status.waiting).toBe(told.review.length);
    const message = told.review.find(({ controlId }) => controlId === 'lost');
    expect(message).toMatchObject({
      type: 'ADT^A03',
      visitNumber: 'LOST',
      displayName: 'OKAFOR, Ann',
      state: 'waiting',
    });
    const whole = await hub.call<{ text: string }>('feed/message', { id: message?.id });
    expect(whole.text).toMatch(/^MSH\|.*\nEVN\|A03\|/);
    expect(await hub.call('feed/retry', { id: message?.id })).toMatchObject({ state: 'waiting' });
    await hub.call('feed/dismiss', { id: message?.id, reason: 'Entered by hand.' });
    expect(
      (await hub.ask('feed/dismiss', { id: message?.id, reason: 'Again.' }, hub.ready.tokens.nurse)).body,
    ).toMatchObject({
      code: 'refused',
    });
    const all = await hub.call<{ id: string; settleReason: string | null }[]>('feed/messages', {});
    expect(all.find(({ id }) => id === message?.id)?.settleReason).toBe('Entered by hand.');
    const denied = await hub.ask('feed/review', {}, hub.ready.tokens.cleaner);
    expect(denied.status).toBe(403);
  });
  it('takes what many senders say at once', async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, connect));
    await Promise.all(
      clients.map(async (client, number) => {
        for (const [index, event] of ['A01', 'A02', 'A03'].entries()) {
          const text = adt({
            event,
            at: `0${8 + index}00`,
            visit: `M${number}`,
            patient: `M${number}`,
            place: `MANY^${number}^${index === 1 ? 'B' : 'A'}`,
          });
          expect(answered(await client.ask(text)).code).toBe('AA');
        }
      }),
    );
    for (let number = 0; number < 6; number++)
      expect(await hub.call<unknown[]>('flow/stays', { visitNumber: `M${number}` })).toHaveLength(2);
  });
});

describe('what was acknowledged', () => {
  it(
    'is there after a kill of the hub, and is not done twice when it is sent again',
    async () => {
      const dataDir = makeDataDir();
      closing.push(() => removeDataDir(dataDir));
      const hub = await startHub(ARGS, dataDir);
      const client = await connectMllp(hub.ready.hl7 ?? '');
      const texts: string[] = [];
      for (let visit = 0; visit < 20; visit++) {
        const who = { visit: `K${visit}`, patient: `K${visit}` };
        texts.push(
          adt({ ...who, event: 'A01', at: '0800', place: `W^${visit}^A` }),
          adt({ ...who, event: 'A02', at: '0900', place: `W^${visit}^B` }),
          adt({ ...who, event: 'A12', at: '0910' }),
        );
      }
      for (const text of texts) client.send(frame(text));
      const known = new Set<number>();
      for (let index = 0; index < 30; index++) {
        expect(answered(await client.next()).code).toBe('AA');
        known.add(index);
      }
      await hub.end('SIGKILL');
      const again = await startHub(ARGS, dataDir);
      closing.push(() => again.end());
      for (let visit = 0; visit < 10; visit++)
        expect(await again.call('flow/stays', { visitNumber: `K${visit}` })).toMatchObject([
          { location: `W^${visit}^A`, to: null },
        ]);
      const other = await connectMllp(again.ready.hl7 ?? '');
      closing.push(other.close);
      for (const text of texts) expect(answered(await other.ask(text)).code).toBe('AA');
      for (let visit = 0; visit < 20; visit++)
        expect(await again.call<unknown[]>('flow/stays', { visitNumber: `K${visit}` })).toHaveLength(1);
      expect((await again.call<{ ok: boolean }>('ledger/verify', {}, 'admin')).ok).toBe(true);
    },
    SLOW,
  );
});

describe('where the feed is off', () => {
  it(
    'there is no listener, no line, and the status says so',
    async () => {
      const dataDir = makeDataDir();
      const hub = await startHub(['--demo', '--bare'], dataDir);
      closing.push(async () => {
        await hub.end();
        removeDataDir(dataDir);
      });
      expect(hub.ready).not.toHaveProperty('hl7');
      expect(await hub.call('feed/status')).toMatchObject({ url: null, connections: 0, received: 0, waiting: 0 });
      expect(await hub.call('feed/review')).toEqual([]);
    },
    SLOW,
  );
});

describe('over TLS', () => {
  it(
    'the ready line says mllps, and messages are taken',
    async () => {
      const dataDir = makeDataDir();
      const certificate = await makeCertificate();
      const [cert, key] = [join(dataDir, 'cert.pem'), join(dataDir, 'key.pem')];
      writeFileSync(cert, certificate.cert);
      writeFileSync(key, certificate.key, { mode: 0o600 });
      const hub = await startHub([...ARGS, '--hl7-tls-cert', cert, '--hl7-tls-key', key], dataDir);
      closing.push(async () => {
        await hub.end();
        removeDataDir(dataDir);
      });
      expect(hub.ready.hl7).toMatch(/^mllps:/);
      const client = await connectMllp(hub.ready.hl7 ?? '', certificate.cert);
      closing.push(client.close);
      expect(answered(await client.ask(adt({ event: 'A28', at: '0800' }))).code).toBe('AA');
    },
    SLOW,
  );
});

it.each([
  [['--hl7-port', 'x'], '--hl7-port takes a port'],
  [['--hl7-port', '0', '--hl7-host', '0.0.0.0'], 'needs a certificate'],
  [['--hl7-host', '127.0.0.1'], '--hl7-host needs --hl7-port'],
  [['--hl7-allow', '10.0.0.1'], '--hl7-allow needs --hl7-port'],
  [['--hl7-port', '0', '--hl7-allow', '10.0.0.1, ward.local'], '"ward.local" is no address'],
  [['--hl7-port', '0', '--hl7-allow', '10.0.0.0/33'], '"10.0.0.0/33" is no address'],
  [['--hl7-port', '0', '--hl7-client-ca', 'ca.pem'], '--hl7-client-ca needs'],
  [['--hl7-port', '0', '--hl7-tls-cert', 'a.pem'], 'go together'],
  [['--zone', 'Mars/Phobos'], 'no time zone is called Mars/Phobos'],
])('%s is refused in words', (args, words) => {
  expect(() => readHubArguments(args)).toThrow(words);
});

interface Part {
  readonly status: Status;
  readonly review: readonly { id: string; controlId: string }[];
}

/** Follows `feed.watch` over HTTP. */
async function watch(hub: RunningHub) {
  const abort = new AbortController();
  const response = await fetch(`${hub.ready.api}/feed/watch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.ready.tokens.nurse}` },
    body: '{}',
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  return {
    close: () => abort.abort(),
    async until(wanted: (part: Part) => boolean): Promise<Part> {
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error('The stream ended.');
        held += value;
        const lines = held.split('\n');
        held = lines.pop() ?? '';
        for (const line of lines.filter((entry) => entry.startsWith('data:'))) {
          const part = JSON.parse(line.slice(5)) as Part;
          if (part.review && wanted(part)) return part;
        }
      }
    },
  };
}
