import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Hl7Message } from '@medplum/core';
import { type Hl7Connection, Hl7Server } from '@medplum/hl7';
import { afterEach, describe, expect, it } from 'vitest';
import { createSender, targetOf } from '#adapters/hl7/sender.ts';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { createChanges } from '#services/changes.ts';
import { createFeedSender, type FeedSender } from '#services/feed-sender.ts';
import { makeDataDir, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { openTestStore } from '#test/helpers/store.ts';
import { eventually } from '#test/helpers/wait.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Another hospital system: a public library's MLLP server, with a will of its own about what it answers. */
async function otherSystem(answer: (message: Hl7Message, connection: Hl7Connection, count: number) => void, port = 0) {
  const got: Hl7Message[] = [];
  const server = new Hl7Server((connection) => {
    connection.addEventListener('message', ({ message }) => {
      got.push(message);
      answer(message, connection, got.length);
    });
  });
  await server.start(port);
  const address = (server as unknown as { server: Server }).server.address() as AddressInfo;
  let open = true;
  const stop = async () => {
    if (!open) return;
    open = false;
    await server.stop({ forceDrainTimeoutMs: 1 });
  };
  closing.push(stop);
  const events = () => got.map((message) => message.getSegment('MSH')?.getComponent(9, 2));
  return { url: `mllp://127.0.0.1:${address.port}`, port: address.port, got, events, stop };
}

const accept = (message: Hl7Message, connection: Hl7Connection) => connection.send(message.buildAck());
const refuse = (code: 'AE' | 'AR') => (message: Hl7Message, connection: Hl7Connection) =>
  connection.send(message.buildAck({ ackCode: code }));

/** A queue on a real store, sent from as the hub does, trying again quickly. */
function outbox(url: () => string | null, answerWithinMs = 5_000) {
  const kept = openTestStore();
  closing.push(kept.remove);
  const changed = createChanges();
  const start = (): FeedSender => {
    const sender = createFeedSender({
      ...kept.store,
      changed,
      clock: () => Date.now(),
      random: () => 0.5,
      url,
      connect: (to) => {
        const target = targetOf(to);
        return target && createSender(target);
      },
      onFault: (error) => {
        throw error;
      },
      retryMs: [20, 50],
      answerWithinMs,
    });
    closing.push(sender.close);
    return sender;
  };
  let count = 0;
  return {
    start,
    changed,
    store: kept.store,
    queue(many: number) {
      for (let index = 0; index < many; index++) {
        count += 1;
        const controlId = `C${count}`;
        const text = `MSH|^~\\&|WARDLINE|X|||20260303||ADT^A02|${controlId}|P|2.5\rPID|1||1\r`;
        kept.store.transact(() => kept.store.feed.enqueue({ controlId, type: 'ADT^A02', text, createdAt: 1 }));
      }
      changed.feed();
    },
    sent: () => kept.store.feed.countUnsent() === 0,
  };
}

const ids = (got: readonly Hl7Message[]) => got.map((message) => message.getSegment('MSH')?.getComponent(10, 1));
const inOrder = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `C${from + index}`);

describe('messages for another system', () => {
  it('leave in order and are sent once each where all goes well', async () => {
    const other = await otherSystem(accept);
    const box = outbox(() => other.url);
    const sender = box.start();
    box.queue(50);
    await eventually('all sent', box.sent);
    expect(ids(other.got)).toEqual(inOrder(1, 50));
    expect(sender.state()).toEqual({ url: other.url, problem: null });
    expect(box.store.feed.lastSentAt()).not.toBeNull();
  });
  it('wait until the other system is there, and tell what is wrong meanwhile', async () => {
    const first = await otherSystem(accept);
    await first.stop();
    const box = outbox(() => first.url);
    const sender = box.start();
    box.queue(3);
    await eventually('the problem is told', () => sender.state().problem?.includes('cannot be reached') ?? false);
    expect(box.store.feed.nextToSend()).toMatchObject({ controlId: 'C1', sentAt: null });
    const again = await otherSystem(accept, first.port);
    await eventually('all sent', box.sent);
    expect(ids(again.got)).toEqual(inOrder(1, 3));
    expect(sender.state().problem).toBeNull();
  });
  it('are sent again when the connection drops before the answer, in order and none left out', async () => {
    const other = await otherSystem((message, connection, count) => {
      if (count % 3 === 0) void connection.close();
      else accept(message, connection);
    });
    const box = outbox(() => other.url);
    box.start();
    box.queue(10);
    await eventually('all sent', box.sent);
    expect([...new Set(ids(other.got))]).toEqual(inOrder(1, 10));
  });
  it('are sent again when no answer comes', async () => {
    const other = await otherSystem((message, connection, count) => {
      if (count > 1) accept(message, connection);
    });
    const box = outbox(() => other.url, 100);
    const sender = box.start();
    box.queue(2);
    await eventually('all sent', box.sent);
    expect(ids(other.got)).toEqual(['C1', 'C1', 'C2']);
    expect(sender.state().problem).toBeNull();
  });
  it('that are called wrong (AE) again and again are given up and told of; the rest goes out', async () => {
    const other = await otherSystem((message, connection) =>
      (message.getSegment('MSH')?.getComponent(10, 1) === 'C2' ? refuse('AE') : accept)(message, connection),
    );
    const box = outbox(() => other.url);
    const sender = box.start();
    box.queue(3);
    await eventually('all sent but one', () => box.store.feed.countUnsent() === 0);
    expect(ids(other.got)).toEqual(['C1', 'C2', 'C2', 'C2', 'C2', 'C2', 'C3']);
    expect(box.store.feed.givenUp()).toMatchObject({
      count: 1,
      last: { controlId: 'C2', problem: 'The other system refused the message with AE.' },
    });
    await eventually('C3 is there', () => sender.state().problem === null);
    expect(box.store.ledger.list({ limit: 1 })[0]).toMatchObject({ act: 'feed.givenUp', after: { controlId: 'C2' } });
  });
  it.each(['AE', 'AR'] as const)(
    'stay at the head of the queue when refused with %s, and are shown so',
    async (code) => {
      let willing = false;
      const other = await otherSystem((message, connection) => (willing ? accept : refuse(code))(message, connection));
      const box = outbox(() => other.url);
      const sender = box.start();
      box.queue(2);
      await eventually(
        'the refusal is told',
        () => sender.state().problem === `The other system refused the message with ${code}.`,
      );
      expect(box.store.feed.countUnsent()).toBe(2);
      willing = true;
      await eventually('all sent', box.sent);
      expect(sender.state().problem).toBeNull();
      expect(ids(other.got).at(-1)).toBe('C2');
    },
  );
  it('give up the refused one, and only that, when sending is switched off', async () => {
    let refused = 'C1';
    const other = await otherSystem((message, connection) =>
      (message.getSegment('MSH')?.getComponent(10, 1) === refused ? refuse('AE') : accept)(message, connection),
    );
    let url: string | null = other.url;
    const box = outbox(() => url);
    const sender = box.start();
    box.queue(3);
    await eventually('the refusal is told', () => sender.state().problem !== null);
    url = null;
    box.changed.settings({ ...DEFAULT_SETTINGS, outgoingHl7Url: null });
    expect(box.store.feed.countUnsent()).toBe(2);
    expect(box.store.ledger.list({ limit: 1 })[0]).toMatchObject({ act: 'feed.givenUp', after: { controlId: 'C1' } });
    url = other.url;
    refused = '';
    box.changed.settings({ ...DEFAULT_SETTINGS, outgoingHl7Url: url });
    await eventually('all sent', box.sent);
    expect(ids(other.got).slice(-2)).toEqual(['C2', 'C3']);
  });
  it('are not taken for sent by an answer to another message, or one that is none', async () => {
    const answers = ['MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|AA|C99\r', 'hello', '\x00'];
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        const id = /\|(C\d+)\|P/.exec(bytes.toString())?.[1];
        socket.write(`\x0b${answers.shift() ?? `MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|CA|${id}\r`}\x1c\r`);
      });
    });
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    closing.push(() => server.close());
    const box = outbox(() => `mllp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    box.start();
    box.queue(1);
    await eventually('sent', box.sent);
    expect(box.store.feed.lastSentAt()).not.toBeNull();
    expect(answers).toEqual([]);
  });
  it('say so when the address is none', async () => {
    const box = outbox(() => 'http://somewhere');
    const sender = box.start();
    box.queue(1);
    await eventually('told', () => sender.state().problem?.includes('mllp://host:port') ?? false);
  });
});

it.each([
  ['mllp://10.0.0.1:2575', { host: '10.0.0.1', port: 2575, secure: false }],
  ['mllps://his.example.org:6661/', { host: 'his.example.org', port: 6661, secure: true }],
  ['mllp://[::1]:2575', { host: '::1', port: 2575, secure: false }],
  ['mllp://host', undefined],
  ['mllp://host:0', undefined],
  ['http://host:80', undefined],
])('the address %s', (url, target) => {
  expect(targetOf(url)).toEqual(target);
});

describe('what people do at consoles', () => {
  it('is told once each, also over a kill of the hub, and what the feed told is not told back', async () => {
    const dataDir = makeDataDir();
    closing.push(() => removeDataDir(dataDir));
    const other = await otherSystem(accept);
    const args = ['--demo', '--bare', '--hl7-port', '0', '--zone', 'Europe/London'];
    const hub = await startHub(args, dataDir);
    const settings = await hub.call<Record<string, unknown>>('settings/get', {}, 'admin');
    const save = (url: string | null) =>
      hub.call('settings/save', { settings: { ...settings, outgoingHl7Url: url } }, 'admin');
    await save(other.url);
    const ward = await hub.call<{ id: string }>('locations/addWard', { name: 'North' }, 'admin');
    const room = await hub.call<{ id: string }>('locations/addRoom', { wardId: ward.id, label: '1' }, 'admin');
    const [one, two] = await Promise.all(
      ['A', 'B'].map((label) => hub.call<{ id: string }>('locations/addBed', { roomId: room.id, label }, 'admin')),
    );
    const person = { name: { family: 'O’Neil|^', given: ['Ann', 'B'] }, sex: 'female', birthDate: '1961-05-17' };
    const patient = await hub.call<{ id: PatientId }>('patients/register', {
      ...person,
      identifiers: [{ system: 'mrn', value: '77' }],
    });
    const admitted = await hub.call<{ id: EncounterId; actId: string }>('encounters/admit', {
      patientId: patient.id,
      bedId: one?.id,
      visitNumber: 'V9',
    });
    const moved = await hub.call<{ actId: string }>('encounters/move', { encounterId: admitted.id, bedId: two?.id });
    await hub.call('flow/undo', { actId: moved.actId });
    await hub.call('flow/startLeave', { encounterId: admitted.id });
    await hub.call('flow/comeBack', { encounterId: admitted.id });
    await hub.call('patients/update', { patientId: patient.id, name: { family: 'Neil', given: ['Ann'] } });
    await eventually('all told', () => other.got.length === 6);
    expect(other.events()).toEqual(['A01', 'A02', 'A12', 'A21', 'A22', 'A08']);
    const [a01, a02, a12] = other.got;
    expect(a12?.getSegment('PV1')?.getField(3)?.toString()).toBe('North^1^A');
    expect(a12?.getSegment('PV1')?.getField(6)?.toString()).toBe('North^1^B');
    expect(a01?.getSegment('PV1')?.getField(3)?.toString()).toBe('North^1^A');
    expect(a01?.getSegment('PV1')?.getField(19)?.toString()).toBe('V9');
    expect(a01?.getSegment('PID')?.getField(5)?.toString()).toBe('O’Neil\\F\\\\S\\^Ann^B');
    expect(a01?.getSegment('PID')?.getField(3)?.toString()).toContain('77^^^^MR');
    expect(a02?.getSegment('PV1')?.getField(6)?.toString()).toBe('North^1^A');
    expect(a02?.getSegment('PV1')?.getField(3)?.toString()).toBe('North^1^B');
    await other.stop();
    await hub.call('encounters/discharge', { encounterId: admitted.id, outcome: 'died' });
    const status = await hub.call<{ outgoing: { unsent: number } }>('feed/status');
    expect(status.outgoing.unsent).toBe(1);
    await hub.end('SIGKILL');
    const back = await otherSystem(accept, other.port);
    const again = await startHub(args, dataDir);
    closing.push(() => again.end());
    await eventually('the discharge is told', () => back.got.length === 1);
    expect(back.events()).toEqual(['A03']);
    expect(back.got[0]?.getSegment('PV1')?.getField(36)?.toString()).toBe('20');
    const { connectMllp } = await import('#test/helpers/mllp.ts');
    const his = await connectMllp(again.ready.hl7 ?? '');
    closing.push(his.close);
    await his.ask(
      `MSH|^~\\&|HIS||||20260302||ADT^A01|1|P|2.5\rPID|1||88^^^^MR||Doe^Jo\rPV1|1|I|North^1^A${'|'.repeat(16)}V10\r`,
    );
    await new Promise((settle) => setTimeout(settle, 300));
    expect(back.got).toHaveLength(1);
  }, 120_000);
});
