import { connect as connectTcp } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Arrival } from '#adapters/hl7/desk.ts';
import { createFrameReader } from '#adapters/hl7/frames.ts';
import { type ListenerLimits, startListener } from '#adapters/hl7/listener.ts';
import { isPeer, readPeers } from '#adapters/hl7/peers.ts';
import { acknowledge, TAKEN } from '#domain/feed/ack.ts';
import { faultOf, headerOf } from '#domain/feed/header.ts';
import { makeCertificate } from '#test/helpers/certificate.ts';
import { answered, connectMllp, frame, type MllpClient } from '#test/helpers/mllp.ts';
import { eventually } from '#test/helpers/wait.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A listener that answers each message by its header alone. */
async function listen(limits: Partial<ListenerLimits> = {}, tls?: { cert: string; key: string }) {
  const arrived: Arrival[] = [];
  const listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    limits,
    ...(tls ? { tls: { cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) } } : {}),
    receive: (arrivals) =>
      arrivals.map((arrival) => {
        arrived.push(arrival);
        const header = headerOf(arrival.bytes);
        const fault = arrival.broken
          ? ({ code: 'AE', why: arrival.broken, field: null, condition: 100 } as const)
          : faultOf(header, arrival.bytes);
        return acknowledge(fault ?? TAKEN, header, { stamp: '20260303', controlId: '1' });
      }),
  });
  closing.push(() => listener.close());
  const connect = async (): Promise<MllpClient> => {
    const client = await connectMllp(listener.url, tls?.cert);
    closing.push(client.close);
    return client;
  };
  return { listener, arrived, connect };
}

const message = (id: string, rest = '') =>
  `MSH|^~\\&|HIS|CITY|WARD|LINE|20260302||ADT^A31|${id}|P|2.5${rest}\rPID|1||77^^^^MR||Doe^Jo\r`;
const id = (text: string) => answered(text).controlId;

describe('the MLLP listener', () => {
  it('answers each message once, in the order they came, however many come at once', async () => {
    const { connect } = await listen();
    const client = await connect();
    client.send(Buffer.concat(Array.from({ length: 500 }, (_, index) => frame(message(`N${index}`)))));
    for (let index = 0; index < 500; index++) expect(id(await client.next())).toBe(`N${index}`);
    expect(client.unread()).toBe(0);
  });
  it('keeps connections apart', async () => {
    const { connect } = await listen();
    const clients = await Promise.all(Array.from({ length: 10 }, connect));
    await Promise.all(
      clients.map(async (client, number) => {
        for (let index = 0; index < 20; index++)
          expect(id(await client.ask(message(`${number}-${index}`)))).toBe(`${number}-${index}`);
      }),
    );
  });
  it('F23 takes a message that comes byte by byte', async () => {
    const { connect, arrived } = await listen();
    const client = await connect();
    for (const byte of frame(message('slow'))) {
      client.send(Buffer.of(byte));
      if (byte % 7 === 0) await new Promise(setImmediate);
    }
    expect(id(await client.next())).toBe('slow');
    expect(arrived).toHaveLength(1);
  });
  it('F23 passes over bytes between messages, a missing CR, byte order marks and line feeds', async () => {
    const { connect, arrived } = await listen();
    const client = await connect();
    client.send(`\r\n  noise ${'\x00'.repeat(9)}`);
    client.send(
      Buffer.concat([
        Buffer.from('\x0b'),
        Buffer.from('\ufeff\r\n'),
        Buffer.from(message('one').replaceAll('\r', '\r\n')),
        Buffer.from('\x1c'),
      ]),
    );
    expect(id(await client.next())).toBe('one');
    client.send(`\x0b${message('two').replaceAll('\r', '\n')}\x1c\r`);
    expect(id(await client.next())).toBe('two');
    expect(arrived.map(({ text }) => text)).toEqual([message('one'), message('two')]);
  });
  it('F23 answers a message whose end never came once the next begins, and takes that one', async () => {
    const { connect } = await listen();
    const client = await connect();
    client.send(`\x0b${message('cut')}\x0b${message('whole')}\x1c\r`);
    expect(answered(await client.next())).toMatchObject({ code: 'AE', controlId: 'cut' });
    expect(answered(await client.next())).toMatchObject({ code: 'AA', controlId: 'whole' });
  });
  it('F23 does not take two messages in one frame for one', async () => {
    const { connect } = await listen();
    const client = await connect();
    expect(answered(await client.ask(message('a') + message('b')))).toMatchObject({ code: 'AE', controlId: 'a' });
  });
  it('F23 answers a message of 5 MB at once, holds none of it, and takes the next', async () => {
    const { connect, arrived } = await listen({ maxBytes: 100_000 });
    const client = await connect();
    client.send(`\x0b${message('huge')}${'X'.repeat(5_000_000)}`);
    expect(answered(await client.next())).toMatchObject({ code: 'AE', controlId: 'huge' });
    client.send(`${'X'.repeat(500_000)}\x1c\r`);
    expect(answered(await client.ask(message('next')))).toMatchObject({ code: 'AA', controlId: 'next' });
    expect(Math.max(...arrived.map(({ bytes }) => bytes.length))).toBeLessThan(100_000);
  });
  it('F23 cuts a connection whose message does not end in time; one that is merely silent stays', async () => {
    const { connect, listener } = await listen({ frameMs: 100 });
    const silent = await connect();
    const slow = await connect();
    slow.send('\x0bMSH|^~\\&|');
    const drip = setInterval(() => slow.socket.writable && slow.send('x'), 20);
    await slow.ended;
    clearInterval(drip);
    await eventually('one is left', () => listener.connections() === 1);
    expect(id(await silent.ask(message('still')))).toBe('still');
  });
  it('cuts a connection that says nothing but noise', async () => {
    const { connect } = await listen({ maxStray: 1_000 });
    const client = await connect();
    client.send('x'.repeat(2_000));
    await client.ended;
  });
  it('makes room for a new sender by dropping the one silent longest', async () => {
    const { connect, listener } = await listen({ maxConnections: 3 });
    const [first, second, third] = [await connect(), await connect(), await connect()];
    await first.ask(message('1'));
    await third.ask(message('3'));
    const fourth = await connect();
    await second.ended;
    expect(id(await fourth.ask(message('4')))).toBe('4');
    expect(id(await first.ask(message('1b')))).toBe('1b');
    expect(listener.connections()).toBe(3);
  });
  it('holds back a sender that reads no answers, and goes on when it does', async () => {
    const { connect, arrived } = await listen();
    const client = await connect();
    client.socket.pause();
    const many = 20_000;
    const long = (index: number) =>
      message(`N${index}`).replace('HIS|CITY|WARD|LINE', Array(4).fill('x'.repeat(250)).join('|'));
    for (let index = 0; index < many; index += 500)
      client.send(Buffer.concat(Array.from({ length: 500 }, (_, at) => frame(long(index + at)))));
    await eventually('reading stops', async () => {
      const before = arrived.length;
      await new Promise((settle) => setTimeout(settle, 200));
      return before > 0 && arrived.length === before;
    });
    expect(arrived.length).toBeLessThan(many);
    client.socket.resume();
    for (let index = 0; index < many; index++) expect(id(await client.next())).toBe(`N${index}`);
  });
  it('hands messages over again only after a rest while the hub cannot take them', async () => {
    let calls = 0;
    let well = false;
    const listener = await startListener({
      host: '127.0.0.1',
      port: 0,
      receive: (arrivals) => {
        calls += 1;
        return well ? arrivals.map(({ bytes }) => bytes) : [];
      },
    });
    closing.push(() => listener.close());
    const client = await connectMllp(listener.url);
    closing.push(client.close);
    client.send(frame(message('sick')));
    await eventually('it is handed over', () => calls > 0);
    for (let turn = 0; turn < 2_000; turn++) await new Promise(setImmediate);
    expect(calls).toBeLessThan(200);
    well = true;
    expect(await client.next()).toContain('sick');
  });
  it.each([
    ['of one sender', { mostBytes: 300_000 }],
    ['of all', { mostBytesInAll: 300_000 }],
  ])('reads no more once enough bytes %s wait, and goes on when they are fewer', async (_whose, limits) => {
    let given = 0;
    let well = false;
    const listener = await startListener({
      host: '127.0.0.1',
      port: 0,
      limits,
      receive: (arrivals) => {
        given = Math.max(
          given,
          arrivals.reduce((sum, { bytes }) => sum + bytes.length, 0),
        );
        return well ? arrivals.map(({ bytes }) => bytes.slice(0, 60)) : [];
      },
    });
    closing.push(() => listener.close());
    const client = await connectMllp(listener.url);
    closing.push(client.close);
    for (let index = 0; index < 100; index++) client.send(frame(message(`N${index}`) + 'x'.repeat(100_000)));
    await eventually('enough waits', () => given > 300_000);
    const held = given;
    await new Promise((settle) => setTimeout(settle, 300));
    expect(held).toBeLessThan(600_000);
    expect(given).toBeLessThan(600_000);
    well = true;
    for (let index = 0; index < 100; index++) expect(await client.next()).toContain(`|N${index}|`);
  });
  it('ends senders that are still shaking hands when it ends', async () => {
    const { listener } = await listen({}, await makeCertificate());
    const socket = connectTcp({ host: '127.0.0.1', port: Number(new URL(listener.url).port) });
    const ended = new Promise((settle) => socket.once('close', settle));
    socket.on('error', () => undefined);
    await new Promise((settle) => socket.once('connect', settle));
    await new Promise((settle) => setTimeout(settle, 50));
    await listener.close();
    await ended;
  });
  it('survives a sender that is gone before its answer', async () => {
    const { connect, arrived } = await listen();
    const gone = await connect();
    gone.send(frame(message('gone')));
    gone.socket.resetAndDestroy();
    const other = await connect();
    expect(id(await other.ask(message('here')))).toBe('here');
    expect(arrived.length).toBeGreaterThan(0);
  });
  it('speaks TLS, and only TLS, with a certificate', async () => {
    const certificate = await makeCertificate();
    const { connect, listener } = await listen({}, certificate);
    expect(listener.url).toMatch(/^mllps:\/\/127\.0\.0\.1:\d+$/);
    const client = await connect();
    expect(id(await client.ask(message('secret')))).toBe('secret');
    const plain = await connectMllp(listener.url.replace('mllps', 'mllp'));
    plain.send(frame(message('plain')));
    await plain.ended;
    await expect(connectMllp(listener.url)).rejects.toThrow();
    expect(id(await client.ask(message('still')))).toBe('still');
  });
  it.each([
    ['plain', false],
    ['with TLS', true],
  ])('turns strangers away unheard, %s, and hears who may send', async (_how, secret) => {
    const certificate = secret ? await makeCertificate() : undefined;
    const tls = certificate && { cert: Buffer.from(certificate.cert), key: Buffer.from(certificate.key) };
    const strangers: string[] = [];
    let heard = 0;
    const open = (peers: string) =>
      startListener({
        host: '127.0.0.1',
        port: 0,
        peers: readPeers(peers),
        onStranger: (address) => strangers.push(address),
        ...(tls ? { tls } : {}),
        receive: (arrivals) => arrivals.map(({ bytes }) => bytes.slice(0, ++heard + 40)),
      });
    const [closed, opened] = await Promise.all([open('10.0.0.0/8, ::1'), open('10.0.0.0/8,127.0.0.0/8')]);
    closing.push(
      () => closed.close(),
      () => opened.close(),
    );
    const stranger = await connectMllp(closed.url, certificate?.cert).catch(() => undefined);
    stranger?.send(frame(message('let me in')));
    await stranger?.ended;
    await eventually('it is told of', () => strangers.length > 0);
    expect([strangers, heard, closed.connections()]).toEqual([['127.0.0.1'], 0, 0]);
    const known = await connectMllp(opened.url, certificate?.cert);
    closing.push(known.close);
    expect(await known.ask(message('me'))).toContain('MSH');
  });
  it('hears nobody who shows no certificate, or another’s, where senders must show one', async () => {
    const [own, senders, others] = await Promise.all([makeCertificate(), makeCertificate(), makeCertificate()]);
    let heard = 0;
    const listener = await startListener({
      host: '127.0.0.1',
      port: 0,
      tls: { cert: Buffer.from(own.cert), key: Buffer.from(own.key), ca: Buffer.from(senders.cert) },
      receive: (arrivals) => arrivals.map(({ bytes }) => bytes.slice(0, ++heard + 40)),
    });
    closing.push(() => listener.close());
    for (const shown of [undefined, others]) {
      const client = await connectMllp(listener.url, own.cert, shown).catch(() => undefined);
      client?.send(frame(message('nobody')));
      await client?.ended;
    }
    expect(heard).toBe(0);
    const client = await connectMllp(listener.url, own.cert, senders);
    closing.push(client.close);
    expect(await client.ask(message('me'))).toContain('MSH');
  });
  it.each([
    ['10.0.7.12', '10.0.7.12', true],
    ['10.0.7.12', '::ffff:10.0.7.12', true],
    ['10.0.7.12', '10.0.7.13', false],
    [' 10.0.7.0/24 , 10.1.0.1', '10.0.7.255', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', '10.0.7.12', false],
    ['0.0.0.0/0', '8.8.8.8', true],
  ])('by the list %s hears %s: %s', (list, address, may) => {
    expect(isPeer(readPeers(list), address)).toBe(may);
  });
  it.each([
    '',
    ',',
    '10.0.0',
    '10.0.0.1/',
    '10.0.0.1/24/8',
    '10.0.0.1/-1',
    'fd00::/129',
    'ward.local',
    '10.0.0.1;10.0.0.2',
  ])('refuses the list %j in words', (list) => {
    expect(() => readPeers(list)).toThrow('is no address');
  });
  it.each([
    ['none', '', 'Ångström'],
    ['UTF-8', '||||||UNICODE UTF-8', 'Ångström 漢'],
    ['8859/1', '||||||8859/1', 'Ångström'],
    ['8859/15', '||||||8859/15', 'Cœur €'],
  ])('F26 reads names in %s and answers in the same bytes', async (_what, charset, name) => {
    const { connect, arrived } = await listen();
    const client = await connect();
    const bytes = encoded(message('c', charset).replace('Doe', name).replace('HIS', name), charset);
    client.send(frame(bytes));
    await client.next();
    expect(arrived[0]?.text).toContain(`||${name}^Jo`);
    expect(arrived[0]?.doubtful).toBe(false);
  });
  it('F26 reads Japanese names in ISO IR87, and marks escapes of no set named', async () => {
    const { connect, arrived } = await listen();
    const client = await connect();
    const name = '\u001b$B;3ED\u001b(B';
    for (const charset of ['||||||~ISO IR87', '']) {
      client.send(frame(Buffer.from(message('j', charset).replace('Doe', name), 'latin1')));
      await client.next();
    }
    const [read, unread] = arrived;
    expect(read?.text).toContain('||山田^Jo');
    expect([read?.doubtful, unread?.doubtful]).toEqual([false, true]);
  });
  it('F26 marks names whose bytes are not of the character set named', async () => {
    const { connect, arrived } = await listen();
    const client = await connect();
    client.send(frame(Buffer.from(message('a').replace('Doe', 'M\xfcller'), 'latin1')));
    await client.next();
    client.send(frame(Buffer.from(message('b', '||||||8859/1').replace('Doe', 'Müller'), 'utf8')));
    await client.next();
    client.send(frame(Buffer.from(message('c', '||||||ISO IR159').replace('Doe', 'Müller'), 'utf8')));
    await client.next();
    expect(arrived.map(({ doubtful }) => doubtful)).toEqual([true, true, true]);
    expect(arrived[0]?.text).toContain('Müller');
  });
});

function encoded(text: string, charset: string): Buffer {
  if (charset.endsWith('8859/1')) return Buffer.from(text, 'latin1');
  if (!charset.endsWith('8859/15')) return Buffer.from(text, 'utf8');
  const special: Record<string, number> = { œ: 0xbd, '€': 0xa4 };
  return Buffer.from([...text].map((char) => special[char] ?? char.charCodeAt(0)));
}

describe('frames cut from a stream', () => {
  const framesOf = (pieces: readonly Buffer[], maxBytes = 1_000) => {
    const frames: string[] = [];
    const reader = createFrameReader(maxBytes, {
      onFrame: (bytes, cut) => frames.push(`${cut ? 'cut ' : ''}${bytes.toString('latin1')}`),
      onTooLong: () => frames.push('too long'),
    });
    for (const piece of pieces) reader.push(piece);
    return { frames, reader };
  };
  const bytes = fc.uint8Array({ maxLength: 300 }).map((list) => Buffer.from(list));
  it('are the same whatever pieces the stream comes in', () => {
    const marks = fc.constantFrom(
      ...['\x0b', '\x1c', '\r', '\x0bMSH|', 'MSH', 'PID|1', '\x1c\r'].map((text) => Buffer.from(text)),
    );
    const stream = fc.array(fc.oneof(marks, bytes), { maxLength: 30 }).map((parts) => Buffer.concat(parts));
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat({ max: 400 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 500 }),
        (whole, cuts, most) => {
          const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
          const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
          expect(framesOf(pieces, most).frames).toEqual(framesOf([whole], most).frames);
        },
      ),
      { numRuns: 2_000 },
    );
  });
  it('give back what was framed', () => {
    const content = fc
      .string({ unit: 'binary', maxLength: 50 })
      .filter((text) => !text.includes('\x0b') && !text.includes('\x1c'));
    fc.assert(
      fc.property(fc.array(content, { maxLength: 10 }), (contents) => {
        const stream = Buffer.concat(contents.map((text) => frame(Buffer.from(text, 'utf8'))));
        const { frames } = framesOf([stream]);
        expect(frames).toEqual(contents.map((text) => Buffer.from(text, 'utf8').toString('latin1')));
      }),
    );
  });
  it('are no more than a hundred where a sender leaves out end marks', () => {
    const { frames } = framesOf([Buffer.from(`${'\x0bMSH'.repeat(50_000)}\x1c`)], 1_000_000);
    expect(frames).toHaveLength(101);
  });
  it('are never held longer than allowed', () => {
    const { reader, frames } = framesOf([Buffer.from(`\x0b${'x'.repeat(5_000)}`)], 1_000);
    expect(frames).toEqual(['too long']);
    expect(reader.inside()).toBe(true);
    reader.push(Buffer.from('\x1c\r\x0bab\x1c\r'));
    expect(frames).toEqual(['too long', 'ab']);
  });
});
