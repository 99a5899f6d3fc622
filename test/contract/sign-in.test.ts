import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { secrets } from '#adapters/secrets.ts';
import type { CallContext } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import { callAnonymous } from '#renderer/client/carrier-anonymous.ts';
import { createOpenSessions } from '#services/open-sessions.ts';
import { FREE_FAILURES, LOCKED_AT, waitFor } from '#services/sign-in-guard.ts';
import { type HttpServer, serveHttp } from '#transports/http.ts';
import { createTestHub, type TestHub } from '../helpers/hub-parts.ts';

const PASSWORD = 'correct horse battery';

let hub: TestHub;
let server: HttpServer;
let anonymous: ReturnType<typeof callAnonymous>;
let phc: string;

beforeAll(async () => {
  hub = await createTestHub();
  server = await serveHttp({ ...hub.link, host: '127.0.0.1', port: 0, openapi: hub.openapi });
  anonymous = callAnonymous(server.url);
  phc = await hub.passwords.hash(PASSWORD);
});
afterAll(async () => {
  await server.close();
  await hub.close();
});
afterEach(() => hub.pass(60_000));

let made = 0;
/** A user of their own for each test, with PASSWORD. */
function newUser(roles: Role[] = ['nurse']): { id: UserId; username: string } {
  made += 1;
  const user = {
    id: `made-${made}` as UserId,
    username: `user-${made}`,
    displayName: `User ${made}`,
    roles,
    disabled: false,
  };
  hub.store.transact(() => {
    hub.store.users.save(user);
    hub.store.users.setPasswordHash(user.id, phc);
  });
  return user;
}

const trySignIn = (username: string, password: string) => anonymous.session.signIn({ username, password });

async function call(path: string, token: string, body: object = {}) {
  const response = await fetch(`${server.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function refusal(promise: Promise<unknown>): Promise<ClinicError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ClinicError ? error : expect.fail(`not refused: ${error}`);
}

const ledger = (userId: string) =>
  hub.store.ledger.list({ limit: 500, subject: `user:${userId}` }).map(({ act }) => act);

describe('signing in', () => {
  it('answers a token for twelve hours, whatever the case of the name, and is in the ledger', async () => {
    const { id, username } = newUser();
    const opened = await trySignIn(` ${username.toUpperCase()} `, PASSWORD);
    expect(opened.user).toMatchObject({ id, username });
    expect(opened.expiresAt - hub.clock()).toBe(12 * 3_600_000);
    expect((await call('session/whoami', opened.token)).status).toBe(200);
    expect(ledger(id)).toEqual(['session.opened']);
    hub.pass(12 * 3_600_000);
    expect((await call('session/whoami', opened.token)).status).toBe(401);
  });

  it('keeps passwords as argon2id with 19 MiB and two passes, tokens as a hash, and neither in ledger or log', async () => {
    const { id, username } = newUser();
    const { token } = await trySignIn(username, PASSWORD);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hub.passwords.hash(PASSWORD)).not.toBe(phc);
    const written = JSON.stringify([
      hub.store.ledger.list({ limit: 500 }),
      hub.lines,
      hub.store.sessions.listByUser(id),
    ]);
    for (const secret of [PASSWORD, token, phc]) expect(written).not.toContain(secret);
  });

  it('outlives a restart of the hub, and its failures do too', async () => {
    const first = await createTestHub();
    const { token } = first.store.transact(() =>
      first.sessions.open(first.store.users.findByUsername('nurse') ?? expect.fail(), 'desk'),
    );
    const nurse = first.store.users.findByUsername('nurse') ?? expect.fail();
    first.store.users.setFailures(nurse.id, 7, first.clock());
    first.opened.reopen();
    const second = await createTestHub({ opened: first.opened, users: false });
    expect(second.sessions.enter(second.sessions.hashOf(token))).toMatchObject({ station: 'desk' });
    expect(second.store.users.failures(nurse.id)).toEqual({ count: 7, lastAt: first.clock() });
    await first.passwords.close();
    await second.close();
  });

  it('F91 says the same of an unknown name, a wrong password, a disabled user and a user without a password', async () => {
    const known = newUser();
    const disabled = newUser();
    const bare = newUser();
    hub.store.users.setFailures(bare.id, 0, 0);
    const user = hub.store.users.find(disabled.id) ?? expect.fail();
    hub.store.users.save({ ...user, disabled: true });
    const answers = [
      await refusal(trySignIn('nobody-at-all', PASSWORD)),
      await refusal(trySignIn(known.username, 'wrong')),
      await refusal(trySignIn(disabled.username, PASSWORD)),
      await refusal(trySignIn(hub.store.users.findByUsername('nurse')?.username ?? '', PASSWORD)),
    ].map(({ code, message, refusal: reason }) => ({ code, message, reason }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'not-signed-in', reason: 'wrong-credentials' });
  });

  it('F91 checks a password as long for a name nobody has', async () => {
    const asked: (string | undefined)[] = [];
    const matches = hub.passwords.matches;
    hub.passwords.matches = (password, hash) => {
      asked.push(hash);
      return matches(password, hash);
    };
    await refusal(trySignIn('another-nobody', PASSWORD));
    await refusal(trySignIn(newUser().username, 'wrong'));
    hub.passwords.matches = matches;
    expect(asked).toEqual([undefined, phc]);
  });
});

describe('F90 trying passwords', () => {
  it('waits longer after each failure beyond the fifth, even for the right password, then lets it in', async () => {
    const { username } = newUser();
    for (let i = 0; i < FREE_FAILURES; i += 1) {
      expect(await refusal(trySignIn(username, 'wrong'))).toMatchObject({ refusal: 'wrong-credentials' });
    }
    expect(await refusal(trySignIn(username, PASSWORD))).toMatchObject({ code: 'refused', refusal: 'wait' });
    hub.pass(1_000);
    expect(await refusal(trySignIn(username, 'wrong'))).toMatchObject({ refusal: 'wrong-credentials' });
    hub.pass(1_999);
    expect(await refusal(trySignIn(username, PASSWORD))).toMatchObject({ refusal: 'wait' });
    hub.pass(1);
    expect((await trySignIn(username, PASSWORD)).user.username).toBe(username);
    expect(await refusal(trySignIn(username, 'wrong'))).toMatchObject({ refusal: 'wrong-credentials' });
  });

  it('tells no more of a name nobody has than of one somebody has', async () => {
    const one = newUser().username;
    for (const name of [one, 'no-such-name']) {
      for (let i = 0; i < FREE_FAILURES; i += 1) await refusal(trySignIn(name, 'wrong'));
    }
    const [of, ofNobody] = [await refusal(trySignIn(one, 'x')), await refusal(trySignIn('no-such-name', 'x'))];
    expect({ ...of, message: of.message }).toEqual({ ...ofNobody, message: ofNobody.message });
  });

  it('counts tries made at once, so that none slips past', async () => {
    const { id, username } = newUser();
    const tries = await Promise.all(Array.from({ length: 20 }, () => refusal(trySignIn(username, 'wrong'))));
    expect(tries.filter(({ refusal: reason }) => reason === 'wrong-credentials')).toHaveLength(FREE_FAILURES);
    expect(hub.store.users.failures(id).count).toBe(FREE_FAILURES);
  });

  it('does not lock out anybody else', async () => {
    const [target, other] = [newUser(), newUser()];
    for (let i = 0; i < FREE_FAILURES + 1; i += 1) await refusal(trySignIn(target.username, 'wrong'));
    expect((await trySignIn(other.username, PASSWORD)).user.username).toBe(other.username);
  });

  it('is put in the ledger at ten, and ends at a hundred until an administrator sets a new password', async () => {
    const { id, username } = newUser();
    hub.store.users.setFailures(id, 9, 0);
    await refusal(trySignIn(username, 'wrong'));
    expect(ledger(id)).toEqual(['user.signInFailing']);
    hub.store.users.setFailures(id, LOCKED_AT - 1, 0);
    await refusal(trySignIn(username, 'wrong'));
    hub.pass(365 * 86_400_000);
    expect(await refusal(trySignIn(username, PASSWORD))).toMatchObject({ code: 'refused', refusal: 'locked' });
    const admin = await trySignIn(newUser(['admin']).username, PASSWORD);
    const set = await call('users/setPassword', admin.token, { userId: id, password: 'a new password' });
    expect(set.status).toBe(200);
    expect((await trySignIn(username, 'a new password')).user.username).toBe(username);
  });

  it('never waits longer than a quarter of an hour, also when the clock was set back', () => {
    expect(waitFor({ count: 5, lastAt: 0 }, 0)).toBe(1_000);
    expect(waitFor({ count: 99, lastAt: 0 }, 0)).toBe(900_000);
    expect(waitFor({ count: 99, lastAt: 1e12 }, 0)).toBe(900_000);
    expect(waitFor({ count: 99, lastAt: 0 }, 900_000)).toBe(0);
    expect(waitFor({ count: 4, lastAt: 0 }, 0)).toBe(0);
  });
});

describe('a one-time sign-in link', () => {
  it('works once, for five minutes', async () => {
    const { id, username } = newUser();
    const code = hub.codes.create(id);
    expect((await anonymous.session.exchange({ code })).user.username).toBe(username);
    expect(await refusal(anonymous.session.exchange({ code }))).toMatchObject({ code: 'not-signed-in' });
    const late = hub.codes.create(id);
    hub.pass(5 * 60_000);
    expect(await refusal(anonymous.session.exchange({ code: late }))).toMatchObject({ refusal: 'code-spent' });
    expect(await refusal(anonymous.session.exchange({ code: 'guessed' }))).toMatchObject({ refusal: 'code-spent' });
  });
});

describe('one’s own account', () => {
  it('changes its password only knowing the old one, and ends every other session', async () => {
    const { id, username } = newUser();
    const [here, there] = [await trySignIn(username, PASSWORD), await trySignIn(username, PASSWORD)];
    const wrong = await call('session/changePassword', here.token, { current: 'wrong', next: 'another password' });
    expect(wrong.body).toMatchObject({ code: 'refused', data: { refusal: 'wrong-credentials' } });
    const body = { current: PASSWORD, next: 'another password', idempotencyKey: `change-${id}` };
    expect((await call('session/changePassword', here.token, body)).status).toBe(200);
    // Asked again, as after a lost answer, it is not refused for the old password.
    expect((await call('session/changePassword', here.token, body)).status).toBe(200);
    expect((await call('session/whoami', here.token)).status).toBe(200);
    expect((await call('session/whoami', there.token)).status).toBe(401);
    await refusal(trySignIn(username, PASSWORD));
    expect((await trySignIn(username, 'another password')).user.id).toBe(id);
    expect(ledger(id).filter((act) => act === 'user.passwordChanged')).toHaveLength(1);
  });

  it('keeps its session when the disk is too full to note that it was seen', () => {
    const { id } = newUser();
    const user = hub.store.users.find(id) ?? expect.fail();
    const { token } = hub.store.transact(() => hub.sessions.open(user, null));
    hub.pass(10 * 60_000);
    const save = () => {
      throw new Error('database or disk is full');
    };
    const full = createOpenSessions({
      sessions: { ...hub.store.sessions, save },
      users: hub.store.users,
      secrets,
      clock: hub.clock,
    });
    expect(full.enter(full.hashOf(token))).toMatchObject({ user: { id } });
  });

  it('sees its own sessions and nobody else’s', async () => {
    const { username } = newUser();
    const here = await anonymous.session.signIn({ username, password: PASSWORD, station: 'Desk 1' });
    await anonymous.session.signIn({ username, password: PASSWORD });
    const { body } = await call('session/list', here.token);
    expect(body.map(({ station, current }: { station: string; current: boolean }) => ({ station, current }))).toEqual(
      expect.arrayContaining([
        { station: 'Desk 1', current: true },
        { station: null, current: false },
      ]),
    );
    expect(body).toHaveLength(2);
  });
});

describe('an administrator', () => {
  let admin: string;
  beforeAll(async () => {
    admin = (await trySignIn(newUser(['admin']).username, PASSWORD)).token;
  });

  it('adds a user once, however often asked with one key, and never twice by name', async () => {
    const body = { username: 'New.Person', displayName: 'New Person', roles: ['nurse', 'nurse'], password: PASSWORD };
    const keyed = { ...body, idempotencyKey: 'add-new-person' };
    const answers = await Promise.all([call('users/add', admin, keyed), call('users/add', admin, keyed)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.body).toMatchObject({ username: 'new.person', roles: ['nurse'], disabled: false });
    expect((await call('users/add', admin, body)).body).toMatchObject({ data: { refusal: 'username-taken' } });
    expect((await call('users/add', admin, { ...body, username: '../etc' })).body).toMatchObject({
      code: 'invalid-input',
    });
    expect((await trySignIn('new.person', PASSWORD)).user.displayName).toBe('New Person');
  });

  it('F66 disables a user, whose sessions end at once', async () => {
    const { id, username } = newUser();
    const { token } = await trySignIn(username, PASSWORD);
    expect((await call('users/setDisabled', admin, { userId: id, disabled: true })).status).toBe(200);
    expect((await call('session/whoami', token)).status).toBe(401);
    await refusal(trySignIn(username, PASSWORD));
    expect((await call('users/setDisabled', admin, { userId: id, disabled: false })).status).toBe(200);
    expect((await call('session/whoami', token)).status).toBe(401);
    expect((await trySignIn(username, PASSWORD)).user.id).toBe(id);
  });

  it('F66 takes a role away, which ends the sessions that had it; giving one more does not', async () => {
    const { id, username } = newUser(['nurse']);
    const { token } = await trySignIn(username, PASSWORD);
    await call('users/setRoles', admin, { userId: id, roles: ['nurse', 'scheduler'] });
    expect((await call('session/whoami', token)).body.roles).toEqual(['nurse', 'scheduler']);
    await call('users/setRoles', admin, { userId: id, roles: ['scheduler'] });
    expect((await call('session/whoami', token)).status).toBe(401);
    expect(ledger(id).slice(0, 2)).toEqual(['user.rolesSet', 'user.rolesSet']);
  });

  it('cannot take away the last administrator', async () => {
    const alone = await createTestHub();
    const last = alone.store.users.findByUsername('admin') ?? expect.fail();
    const { createUsers } = await import('#services/users.ts');
    const { secrets } = await import('#adapters/secrets.ts');
    const users = createUsers({ ...alone, secrets });
    const context: CallContext = {
      actor: last,
      station: null,
      carrier: 'http',
      tokenHash: null,
      signal: new AbortController().signal,
      commit: (work) => alone.store.transact(work),
    };
    const refused = { code: 'refused', refusal: 'last-administrator' };
    expect(() => users.setDisabled({ userId: last.id, disabled: true }, context)).toThrow(
      expect.objectContaining(refused),
    );
    expect(() => users.setRoles({ userId: last.id, roles: ['nurse'] }, context)).toThrow(
      expect.objectContaining(refused),
    );
    expect(alone.store.users.find(last.id)).toMatchObject({ disabled: false, roles: ['admin'] });
    const nurse = alone.store.users.findByUsername('nurse') ?? expect.fail();
    users.setRoles({ userId: nurse.id, roles: ['nurse', 'admin'] }, context);
    expect(users.setDisabled({ userId: last.id, disabled: true }, context)).toEqual({ ok: true });
    await alone.close();
  });

  it('is told when a user does not exist', async () => {
    for (const [verb, rest] of [
      ['setDisabled', { disabled: true }],
      ['setRoles', { roles: ['nurse'] }],
      ['setPassword', { password: PASSWORD }],
    ] as const) {
      expect((await call(`users/${verb}`, admin, { userId: 'nobody', ...rest })).body).toMatchObject({
        code: 'not-found',
      });
    }
  });
});

describe('first use', () => {
  const first = {
    administrator: { username: 'Boss', displayName: 'The Boss', password: PASSWORD },
    clinicName: 'Hill Clinic',
    wards: [
      { name: 'North', beds: 6 },
      { name: 'South', beds: 1 },
    ],
    broker: { url: null },
    station: { name: 'Desk' },
  };

  it('makes administrator, wards, rooms and beds at once, signs in, and is refused ever after', async () => {
    const fresh = await createTestHub({ users: false });
    const web = await serveHttp({ ...fresh.link, host: '127.0.0.1', port: 0, openapi: {} });
    const { session, setup } = callAnonymous(web.url);
    expect(await session.welcome({})).toMatchObject({ needsSetup: true });
    expect(await refusal(setup.complete({ ...first, broker: { url: 'http://x' } }))).toMatchObject({
      code: 'invalid-input',
    });
    const twins = [first.wards[0] ?? expect.fail(), { name: 'NORTH', beds: 1 }];
    expect(await refusal(setup.complete({ ...first, wards: twins }))).toMatchObject({ code: 'invalid-input' });
    expect(fresh.store.users.list()).toEqual([]);

    const tries = await Promise.allSettled([setup.complete(first), setup.complete(first)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refusal(setup.complete(first))).toMatchObject({ code: 'refused', refusal: 'already-set-up' });
    expect(await session.welcome({})).toMatchObject({ needsSetup: false, clinicName: 'Hill Clinic' });
    expect(fresh.store.users.list()).toMatchObject([{ username: 'boss', roles: ['admin'] }]);
    const [north, south] = fresh.store.locations.listWards();
    expect(fresh.store.locations.listBeds(north?.id).map(({ label }) => label)).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
    ]);
    expect(fresh.store.locations.listRooms(north?.id ?? expect.fail())).toHaveLength(2);
    expect(fresh.store.locations.listBeds(south?.id)).toHaveLength(1);
    expect(JSON.stringify(fresh.store.ledger.list({ limit: 50 }))).not.toContain(PASSWORD);
    await web.close();
    await fresh.close();
  });
});
