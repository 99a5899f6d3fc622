import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Carrier, connectMessagePort, connectWebSocket } from '#renderer/client/carrier.ts';
import type { SocketLike } from '#renderer/client/carrier-wire.ts';
import { type HttpServer, serveHttp } from '#transports/http.ts';
import { createTestHub, type TestHub, WARD } from '../helpers/hub-parts.ts';

let hub: TestHub;
let server: HttpServer;
let bystander: Carrier;
const sockets: (WebSocket | Socket)[] = [];

beforeAll(async () => {
  hub = await createTestHub();
  server = await serveHttp({ ...hub.link, host: '127.0.0.1', port: 0, openapi: hub.openapi });
  bystander = await signedIn();
});
afterAll(async () => {
  bystander.close();
  await server.close();
  await hub.close();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) 'terminate' in socket ? socket.terminate() : socket.destroy();
  // Whatever was done to one socket, somebody else's goes on.
  expect(await bystander.call.session.whoami({})).toMatchObject({ username: 'nurse' });
});

const address = (path = '/ws') => `ws://127.0.0.1:${server.port}${path}`;

function openSocket(options: { path?: string; origin?: string | null; perMessageDeflate?: boolean } = {}): WebSocket {
  const { path, origin = server.url, perMessageDeflate = false } = options;
  const socket = new WebSocket(address(path), { perMessageDeflate, ...(origin === null ? {} : { origin }) });
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

async function signedIn(token = hub.tokens.nurse): Promise<Carrier> {
  const socket = new WebSocket(address(), { origin: server.url });
  return connectWebSocket({ url: address(), token, open: () => socket as unknown as SocketLike });
}

/** A socket past the handshake, for what no client of ours would send. */
async function greeted(): Promise<WebSocket> {
  const socket = openSocket();
  await once(socket, 'open');
  socket.send(JSON.stringify({ token: hub.tokens.nurse }));
  await once(socket, 'message');
  return socket;
}

/** The TCP connection under a socket, to break the rules on. */
function rawOf(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, 'close');
  return code;
}

async function refusal(socket: WebSocket): Promise<number> {
  const [, response] = await once(socket, 'unexpected-response');
  return response.statusCode;
}

describe('F86 a socket from elsewhere', () => {
  it.each([
    ['https://evil.example'],
    ['null'],
    [null],
    [''],
    ['http://127.0.0.1'],
    ['http://127.0.0.1:1'],
    ['file://'],
  ])('is refused before it is opened: Origin %s', async (origin) => {
    expect(await refusal(openSocket({ origin }))).toBe(403);
  });

  it('is refused when it asks a name that was made to point here', async () => {
    const socket = new WebSocket(address(), { headers: { host: 'evil.example' }, origin: 'http://evil.example' });
    socket.on('error', () => undefined);
    expect(await refusal(socket)).toBe(403);
  });
});

describe('F87 a socket without a good token', () => {
  it.each([
    ['no JSON', 'hello'],
    ['no token', '{}'],
    ['an empty token', '{"token":""}'],
    ['nobody’s token', '{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'],
    ['no token where only a port may have none', '{"token":null}'],
    ['a number', '{"token":1}'],
    ['a call in place of a greeting', '{"i":"1","p":{"u":"/session/welcome"}}'],
  ])('is closed with 4401: %s', async (_name, greeting) => {
    const socket = openSocket();
    await once(socket, 'open');
    socket.send(greeting);
    expect(await closeCode(socket)).toBe(4401);
  });

  it('is closed with 4401 when the token is in the address, where logs would keep it', async () => {
    const socket = openSocket({ path: `/ws?token=${hub.tokens.nurse}` });
    await once(socket, 'open');
    socket.send('{}');
    expect(await closeCode(socket)).toBe(4401);
  });

  it('is closed with 4401 when it says nothing', async () => {
    const socket = openSocket();
    expect(await closeCode(socket)).toBe(4401);
  });

  it('is closed with 4401 when its session is signed out, and the token opens no other', async () => {
    const user = hub.store.users.findByUsername('nurse');
    const { token } = hub.store.transact(() => hub.sessions.open(user ?? expect.fail(), null));
    const carrier = await signedIn(token);
    const other = await signedIn();
    await carrier.call.session.signOut({});
    await new Promise<void>((resolve) => {
      carrier.onClose((ending) => {
        expect(ending).toBe('not-signed-in');
        resolve();
      });
    });
    await expect(signedIn(token)).rejects.toMatchObject({ code: 'not-signed-in' });
    // Somebody else's session, even of the same user, is not touched.
    expect(await other.call.session.whoami({})).toMatchObject({ username: 'nurse' });
    other.close();
  });

  it('gets a new token at every sign-in, of at least 128 bits, and the store keeps only its hash', () => {
    const user = hub.store.users.findByUsername('nurse') ?? expect.fail();
    const open = () => hub.store.transact(() => hub.sessions.open(user, null)).token;
    const [one, two] = [open(), open()];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(JSON.stringify(hub.store.sessions.listByUser(user.id))).not.toContain(one);
  });
});

describe('F88 a socket that floods', () => {
  it('is closed with 1009 as soon as it announces a frame of 100 MB, which is never held', async () => {
    const socket = await greeted();
    const header = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    header.writeBigUInt64BE(100_000_000n, 2);
    rawOf(socket).write(header);
    expect(await closeCode(socket)).toBe(1009);
  });

  it('is closed with 1009 after a frame just over the limit, and not after one within it', async () => {
    const socket = await greeted();
    socket.send(JSON.stringify({ i: '1', p: { u: '/patients/search', b: { json: { query: 'x'.repeat(250_000) } } } }));
    const [answer] = await once(socket, 'message');
    expect(String(answer)).toContain('invalid-input');
    socket.send('x'.repeat(256 * 1_024 + 1));
    expect(await closeCode(socket)).toBe(1009);
  });

  it('is closed with 1008 after 10,000 messages at once', async () => {
    const socket = await greeted();
    const code = closeCode(socket);
    for (let i = 0; i < 10_000; i += 1) {
      socket.send(`{"i":"${i}","p":{"u":"/session/whoami","b":{"json":{}}}}`, () => undefined);
    }
    expect(await code).toBe(1008);
  });

  it('is closed with 1008 when it speaks no language of ours', async () => {
    for (const nonsense of [
      'nonsense',
      '{}',
      '[]',
      '{"i":"1","p":{}}',
      '{"i":"1","p":{"u":"http://["}}',
      'null',
      '0',
    ]) {
      const socket = await greeted();
      socket.send(nonsense);
      expect(await closeCode(socket), nonsense).toBe(1008);
    }
  });

  it('is closed with 1008 after bytes in place of text', async () => {
    const socket = await greeted();
    socket.send(Buffer.from([1, 2, 255, 3]));
    expect(await closeCode(socket)).toBe(1008);
  });

  it('is not offered compression, so that a small frame cannot grow into a large one', async () => {
    const socket = openSocket({ perMessageDeflate: true });
    await once(socket, 'open');
    expect(socket.extensions).toBe('');
    // A frame marked compressed all the same (FIN, RSV1, text) breaks the rules.
    rawOf(socket).write(Buffer.from([0xc1, 0x82, 0, 0, 0, 0, 1, 2]));
    expect(await closeCode(socket)).toBe(1002);
  });

  it('does not keep others out with handshakes it never finishes', async () => {
    for (let i = 0; i < 100; i += 1) {
      const raw = connect(server.port, '127.0.0.1');
      raw.on('error', () => undefined);
      sockets.push(raw);
      if (i % 2 === 0) raw.write(`GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUpgrade: websocket\r\n`);
    }
    const other = await signedIn();
    expect(await other.call.session.whoami({})).toMatchObject({ username: 'nurse' });
    other.close();
  });

  it('cannot hold more than its share of calls open', async () => {
    const socket = await greeted();
    const code = closeCode(socket);
    for (let i = 0; i < 600; i += 1) {
      socket.send(`{"i":"${i}","p":{"u":"/ward/watch","b":{"json":{"wardId":"${WARD}"}}}}`, () => undefined);
    }
    expect(await code).toBe(1008);
    while (hub.beds.readers() > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe('a console', () => {
  it('notices within two seconds that the hub has fallen silent', async () => {
    const { port1, port2 } = new MessageChannel();
    // A hub that greets and then hangs.
    port1.onmessage = () => port1.postMessage('{"ok":true,"user":null}');
    const carrier = await connectMessagePort({ port: port2, token: null });
    await new Promise<void>((resolve) => carrier.onSilence(resolve));
    carrier.close();
    port1.close();
  });

  it('may call over a port, before signing in, what anyone may call and nothing else', async () => {
    const { serveMessagePort } = await import('#transports/message-port.ts');
    const { MessageChannel: Channel } = await import('node:worker_threads');
    const { port1, port2 } = new Channel();
    serveMessagePort(port1, hub.link);
    const carrier = await connectMessagePort({ port: port2 as unknown as MessagePort, token: null });
    expect(carrier.user).toBeNull();
    expect(await carrier.call.session.welcome({})).toMatchObject({ clinicName: 'Test clinic' });
    await expect(carrier.call.session.whoami({})).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(carrier.call.patients.search({ query: '' })).rejects.toMatchObject({ code: 'not-signed-in' });
    carrier.close();
  });

  it('cannot be reached by anything but text over a port, nor by more than the limit', async () => {
    const { serveMessagePort } = await import('#transports/message-port.ts');
    const { MessageChannel: Channel } = await import('node:worker_threads');
    for (const message of [{ i: '1' }, new Uint8Array(10), 'x'.repeat(50_000_000), 7, null]) {
      const { port1, port2 } = new Channel();
      serveMessagePort(port1, hub.link);
      port2.postMessage(JSON.stringify({ token: hub.tokens.nurse }));
      await once(port2, 'message');
      port2.on('message', () => undefined);
      port2.postMessage(message);
      await once(port2, 'close');
    }
  });
});
