import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#contract';
import { callAnonymous } from '#renderer/client/carrier-anonymous.ts';
import { type HttpServer, serveHttp } from '#transports/http.ts';
import { createTestHub, type TestHub, WARD } from '../helpers/hub-parts.ts';

let hub: TestHub;
let server: HttpServer;

beforeAll(async () => {
  hub = await createTestHub();
  const staticDir = await mkdtemp(join(tmpdir(), 'wardline-console-'));
  await writeFile(join(staticDir, 'index.html'), '<!doctype html><title>Console</title>');
  server = await serveHttp({ ...hub.link, host: '127.0.0.1', port: 0, openapi: hub.openapi, staticDir });
});
afterAll(async () => {
  await server.close();
  await hub.close();
});

interface Sent {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly method?: string;
}

async function send(path: string, { token, headers = {}, body = '{}', method = 'POST' }: Sent = {}) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: method === 'POST' ? body : undefined,
  });
  return { status: response.status, headers: response.headers, body: await response.json().catch(() => undefined) };
}

describe('the API', () => {
  it('answers calls with a bearer token', async () => {
    const { status, body } = await send('/api/session/whoami', { token: hub.tokens.nurse });
    expect(status).toBe(200);
    expect(body).toMatchObject({ username: 'nurse' });
  });

  it('answers a call without a body where none is needed', async () => {
    const response = await fetch(`${server.url}/api/session/whoami`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.tokens.nurse}` },
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ['/api/session/whoami', undefined, '{}', 401, 'not-signed-in'],
    ['/api/users/list', 'nurse', '{}', 403, 'not-allowed'],
    ['/api/patients/get', 'nurse', '{}', 400, 'invalid-input'],
    ['/api/patients/get', 'nurse', '{"id":"nobody"}', 404, 'not-found'],
    ['/api/patients/get', 'nurse', '{"id":"broken"}', 500, 'internal'],
    ['/api/patients/recordAllergies', 'nurse', '{"patientId":"p","allergies":null}', 409, 'refused'],
    ['/api/notes/list', 'nurse', '{"encounterId":"e"}', 503, 'unavailable'],
    ['/api/patients/explode', 'nurse', '{}', 404, 'not-found'],
    ['/api/no/such/thing', 'nurse', '{}', 404, 'not-found'],
    ['/api/patients/get', 'nurse', '{"id":', 400, 'invalid-input'],
    ['/api/patients/get', 'nurse', 'null', 400, 'invalid-input'],
    ['/api/patients/get', 'nurse', '[]', 400, 'invalid-input'],
    ['/api/patients/get', 'nurse', `{"id":"${'x'.repeat(1_100_000)}"}`, 413, 'invalid-input'],
  ] as const)('%s as %s says in the closed list’s words what is wrong', async (path, role, body, status, code) => {
    const answer = await send(path, { token: role && hub.tokens[role], body });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, status, message: expect.stringMatching(/\w+.*\.$/) });
    expect(JSON.stringify(answer.body)).not.toContain('Ann');
  });

  it('names the missing field and carries the reason of a refusal', async () => {
    const missing = await send('/api/patients/get', { token: hub.tokens.nurse });
    expect(missing.body).toMatchObject({ message: 'id: Is missing.', data: { fields: [{ field: 'id' }] } });
    const refused = await send('/api/patients/recordAllergies', {
      token: hub.tokens.nurse,
      body: '{"patientId":"p","allergies":null}',
    });
    expect(refused.body.data).toEqual({ refusal: 'not-in-progress' });
  });

  it('does not let a body reach the prototype', async () => {
    const answer = await send('/api/patients/search', {
      token: hub.tokens.nurse,
      body: '{"query":"x","__proto__":{"admin":true}}',
    });
    expect(answer.status).toBe(200);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it.each([0, 1, 2_000, 2_001, 7_500])(
    'answers a list of %i rows whole, with nothing the contract does not name',
    async (rows) => {
      const { headers, body } = await send('/api/patients/search', {
        token: hub.tokens.nurse,
        body: `{"query":"${rows}"}`,
      });
      expect(headers.get('content-type')).toContain('application/json');
      expect(body.map(({ id }: { id: string }) => id)).toEqual(Array.from({ length: rows }, (_, n) => `patient-${n}`));
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  it('streams as server-sent events', async () => {
    hub.beds.set('bed-1', 72);
    const stop = new AbortController();
    const response = await fetch(`${server.url}/api/ward/watch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.tokens.nurse}` },
      body: JSON.stringify({ wardId: WARD }),
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"whole"')) text += (await reader?.read())?.value ?? '';
    hub.beds.set('bed-1', 73);
    while (!text.includes('"changes"')) text += (await reader?.read())?.value ?? '';
    stop.abort();
    while (hub.beds.readers() > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('takes the idempotency key as a header, the same as the field', async () => {
    const body = { name: { family: 'Example', given: [] }, birthDate: null };
    const before = hub.registered();
    const call = (headers: Record<string, string>, more: object = {}) =>
      send('/api/patients/register', { token: hub.tokens.nurse, headers, body: JSON.stringify({ ...body, ...more }) });
    const first = await call({ 'idempotency-key': 'header-key-1' });
    expect(first.status).toBe(200);
    expect((await call({ 'idempotency-key': 'header-key-1' })).body).toEqual(first.body);
    expect((await call({}, { idempotencyKey: 'header-key-1' })).body).toEqual(first.body);
    expect(hub.registered()).toBe(before + 1);
    const reused = await call({ 'idempotency-key': 'header-key-1' }, { sex: 'female' });
    expect(reused.body).toMatchObject({ status: 409, code: 'conflict' });
    const two = await call({ 'idempotency-key': 'header-key-1' }, { idempotencyKey: 'another-key' });
    expect(two.body).toMatchObject({ code: 'invalid-input' });
    expect((await call({ 'idempotency-key': 'short' })).body).toMatchObject({ code: 'invalid-input' });
  });

  it('tells the password of a device once and keeps it nowhere', async () => {
    const issue = () =>
      send('/api/devices/issuePassword', {
        token: hub.tokens.admin,
        headers: { 'idempotency-key': 'password-key-1' },
        body: '{"device":"monitor-1"}',
      });
    const first = await issue();
    expect(first).toMatchObject({ status: 200, body: { password: expect.any(String) } });
    expect(JSON.stringify(hub.store.idempotency.find('user-admin', 'password-key-1'))).not.toContain(
      first.body.password,
    );
    expect((await issue()).body).toMatchObject({ code: 'refused', data: { refusal: 'told-once' } });
  });

  it('F89 changes nothing by GET, from another site, or from a form', async () => {
    const before = hub.registered();
    const register = '/api/patients/register';
    const body = JSON.stringify({ name: { family: 'Example', given: [] } });
    const token = hub.tokens.nurse;
    expect((await send(`${register}?name=x`, { method: 'GET', token })).status).toBe(405);
    const foreign = { origin: 'https://evil.example' };
    expect((await send(register, { token, body, headers: foreign })).body).toMatchObject({ code: 'not-allowed' });
    expect((await send(register, { token, body, headers: { origin: 'null' } })).status).toBe(403);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(register, { token, body, headers: form })).status).toBe(415);
    expect((await send(register, { token, body, headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    const plain = await fetch(`${server.url}/api/setup/complete`, { method: 'POST' });
    expect(plain.status).toBe(415);
    expect(hub.registered()).toBe(before);
    expect((await send(register, { token, body, headers: { origin: server.url } })).status).toBe(200);
  });

  it('ends with the session: a token is worth nothing after signing out', async () => {
    const { token } = await signIn('nurse');
    expect((await send('/api/session/signOut', { token })).status).toBe(200);
    expect((await send('/api/session/whoami', { token })).status).toBe(401);
  });

  it('answers a failed anonymous call of the console with the hub’s words', async () => {
    const anonymous = callAnonymous(server.url);
    expect(await anonymous.session.welcome({})).toMatchObject({
      clinicName: 'Test clinic',
      demo: false,
      demoUsers: [],
    });
    const wrong = anonymous.session.signIn({ username: 'nobody', password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'not-signed-in', refusal: 'wrong-credentials' });
    const dead = callAnonymous('http://127.0.0.1:9');
    await expect(dead.session.welcome({})).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the description of the API', () => {
  it('lists every procedure, its roles, and how to sign in', async () => {
    const { body } = await send('/api/openapi.json', { method: 'GET' });
    const names = Object.entries(contract).flatMap(([part, verbs]) => Object.keys(verbs).map((v) => `/${part}/${v}`));
    expect(Object.keys(body.paths).sort()).toEqual(names.sort());
    expect(body.paths['/users/add'].post.description).toContain('Roles: admin.');
    expect(body.paths['/users/add'].post.security).toEqual([{ bearer: [] }]);
    expect(body.paths['/session/signIn'].post.security).toEqual([]);
    expect(body.paths['/ward/watch'].post.responses['200'].content).toHaveProperty('text/event-stream');
    expect(body.components.securitySchemes.bearer).toEqual({ type: 'http', scheme: 'bearer' });
  });
});

describe('the console’s pages', () => {
  it('come with headers that let nothing foreign in, and F85 into no foreign frame', async () => {
    const response = await fetch(`${server.url}/ward/ward-1`);
    expect(await response.text()).toContain('Console');
    const policy = response.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('F79 stay inside their folder, and a missing file is missing', async () => {
    const paths = [
      '/..%2f..%2fetc/passwd',
      '/..%5c..%5cwindows/win.ini',
      '/assets/..%2f..%2f..%2fetc/passwd',
      '/missing.js',
    ];
    for (const path of [...paths, '/api', '/%00', '/index.html%00.txt']) {
      expect((await fetch(server.url + path)).status, path).toBeGreaterThanOrEqual(400);
    }
    expect(await (await fetch(`${server.url}/%2e%2e/%2e%2e/etc/passwd`)).text()).toContain('Console');
  });

  it('are not served under a name that was made to point here', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const asked = request(server.url, { headers: { host: 'rebound.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.end();
    });
    expect(status).toBe(403);
  });

  it('F77 hand a hostile name on as the text it is', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const { body, headers } = await send('/api/users/add', {
      token: hub.tokens.admin,
      body: JSON.stringify({ username: 'hostile', displayName: hostile, roles: ['nurse'], password: 'long enough' }),
    });
    expect(body.displayName).toBe(hostile);
    expect(headers.get('content-type')).toContain('application/json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('are refused without a certificate anywhere but on loopback', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'clinic.example']) {
      const open = serveHttp({ ...hub.link, host, port: 0, openapi: {} });
      await expect(open).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining('--tls-cert'),
      });
    }
  });
});

async function signIn(username: string): Promise<{ token: string }> {
  const user = hub.store.users.findByUsername(username);
  if (user) hub.store.users.setPasswordHash(user.id, await hub.passwords.hash('correct horse'));
  return callAnonymous(server.url).session.signIn({ username, password: 'correct horse' });
}
