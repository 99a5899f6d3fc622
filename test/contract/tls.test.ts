import { request } from 'node:https';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connectWebSocket } from '#renderer/client/carrier.ts';
import type { SocketLike } from '#renderer/client/carrier-wire.ts';
import { serveHttp } from '#transports/http.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { createTestHub } from '../helpers/hub-parts.ts';

it('serves another station over TLS, and nobody without it', async () => {
  const hub = await createTestHub();
  const tls = await makeCertificate();
  const server = await serveHttp({ ...hub.link, host: '0.0.0.0', port: 0, openapi: hub.openapi, tls });
  const base = `https://127.0.0.1:${server.port}`;

  const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
    request(`${base}/api/openapi.json`, { ca: tls.cert }, (answer) => {
      answer.resume();
      resolve(answer.headers);
    })
      .on('error', reject)
      .end();
  });
  expect(headers['strict-transport-security']).toBeDefined();
  expect(headers['content-security-policy']).toContain(`connect-src 'self' wss://127.0.0.1:${server.port}`);

  const open = (origin: string) => new WebSocket(`${base.replace('https', 'wss')}/ws`, { origin, ca: tls.cert });
  const carrier = await connectWebSocket({
    url: base,
    token: hub.tokens.nurse,
    open: () => open(base) as unknown as SocketLike,
  });
  expect(await carrier.call.session.whoami({})).toMatchObject({ username: 'nurse' });
  carrier.close();

  const plainPage = open(base.replace('https', 'http'));
  await new Promise((resolve) => plainPage.on('error', () => undefined).on('unexpected-response', resolve));
  plainPage.terminate();
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  await server.close();
  await hub.close();
});
