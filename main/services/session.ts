import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import { type OpenSessions, signedIn } from './open-sessions.ts';
import type { SignInCodes } from './sign-in-codes.ts';
import { type Account, ALERT_AT, createFailureCounts, LOCKED_AT, waitFor } from './sign-in-guard.ts';

/** argon2id, PHC strings. Both take 50 to 250 ms and do not hold up the loop. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Against nothing (a user without a password, or no user at all) it takes as long and says no. */
  matches(password: string, hash: string | undefined): Promise<boolean>;
}

export interface DemoUser {
  readonly username: string;
  readonly role: Role;
  readonly password: string;
}

export interface SessionDeps {
  readonly store: Pick<Store, 'transact' | 'users' | 'ledger'>;
  readonly sessions: OpenSessions;
  readonly codes: SignInCodes;
  readonly passwords: Passwords;
  readonly clock: () => number;
  readonly clinicName: () => string;
  readonly version: string;
  /** Who can sign in and with what; null: this is no demo, and nobody is told. */
  readonly demoUsers: readonly DemoUser[] | null;
}

/** Signing in and out, and one's own password. */
export function createSession(deps: SessionDeps): HandlersOf<typeof contract.session> {
  const { store, sessions, codes, clock } = deps;
  const check = createPasswordCheck(deps);
  const open = (user: User, station: string | null, how: 'password' | 'code') =>
    store.transact(() => {
      const opened = sessions.open(user, station);
      const after = { how, expiresAt: opened.expiresAt };
      store.ledger.append(entry(clock(), user.id, station, 'session.opened', user.id, null, after));
      return opened;
    });
  return {
    async signIn({ username, password, station }) {
      const user = await check(username.trim().toLowerCase(), password, station ?? null);
      return open(user, station || null, 'password');
    },
    exchange({ code, station }) {
      const userId = codes.take(code);
      const user = userId === undefined ? undefined : store.users.find(userId);
      if (user === undefined || user.disabled) {
        throw new ClinicError('not-signed-in', 'This sign-in link was used already or is too old.', 'code-spent');
      }
      return open(user, station || null, 'code');
    },
    welcome: () => ({
      clinicName: deps.clinicName(),
      demo: deps.demoUsers !== null,
      needsSetup: store.users.list().length === 0,
      version: deps.version,
      demoUsers: [...(deps.demoUsers ?? [])],
    }),
    whoami: (_input, { actor }) => signedIn(knownUser(store, actor.id)),
    signOut: (_input, { actor, station, tokenHash, commit }) =>
      commit(() => {
        if (tokenHash !== null) sessions.end(tokenHash);
        store.ledger.append(entry(clock(), actor.id, station, 'session.ended', actor.id, null, null));
        return { ok: true as const };
      }),
    async changePassword({ current, next }, { actor, station, tokenHash, commit }) {
      const user = await check(knownUser(store, actor.id).username, current, station).catch(oneselfWrong);
      const hash = await deps.passwords.hash(next);
      return commit(() => {
        store.users.setPasswordHash(user.id, hash);
        sessions.endAll(user.id, tokenHash ?? undefined);
        store.ledger.append(entry(clock(), user.id, station, 'user.passwordChanged', user.id, null, null));
        return { ok: true as const };
      });
    },
    list: (_input, { actor, tokenHash }) =>
      sessions.list(actor.id).map(({ station, startedAt, lastSeenAt, tokenHash: hash }) => ({
        station,
        startedAt,
        lastSeenAt,
        current: hash === tokenHash,
      })),
  };
}

/**
 * Answers the user, or throws with the same words whether the name or the password is wrong. A try is counted before
 * it is looked at, so that many at once do not slip past the count.
 */
function createPasswordCheck({ store, passwords, clock }: SessionDeps) {
  const counts = createFailureCounts(store.users);
  return async (username: string, password: string, station: string | null): Promise<User> => {
    const user = store.users.findByUsername(username);
    const account: Account = user === undefined ? { unknown: username } : { id: user.id };
    store.transact(() => {
      const before = counts.failures(account);
      const now = clock();
      refuseWait(waitFor(before, now));
      const count = before.count + 1;
      counts.setFailures(account, count, now);
      if (user !== undefined && (count === ALERT_AT || count === LOCKED_AT)) {
        const act = count === LOCKED_AT ? 'user.locked' : 'user.signInFailing';
        store.ledger.append(entry(now, 'hub', station, act, user.id, null, { failures: count }));
      }
    });
    const right = await passwords
      .matches(password, user && store.users.passwordHash(user.id))
      .catch((error: unknown) => {
        // It was not looked at, so it was no failure.
        const { count, lastAt } = counts.failures(account);
        counts.setFailures(account, Math.max(0, count - 1), lastAt);
        throw error;
      });
    // Looked up again: the user may have been disabled meanwhile.
    const now = user && store.users.find(user.id);
    if (!right || now === undefined || now.disabled) {
      throw new ClinicError('not-signed-in', 'User name or password is wrong.', 'wrong-credentials');
    }
    store.users.setFailures(now.id, 0, 0);
    return now;
  };
}

/** Somebody signed in who mistypes the old password is still signed in. */
function oneselfWrong(error: unknown): never {
  if (!(error instanceof ClinicError) || error.refusal !== 'wrong-credentials') throw error;
  throw new ClinicError('refused', 'The current password is wrong.', 'wrong-credentials');
}

function refuseWait(wait: number | 'locked'): void {
  if (wait === 'locked') {
    throw new ClinicError('refused', 'Too many wrong tries: an administrator must set a new password.', 'locked');
  }
  if (wait > 0) {
    throw new ClinicError('refused', `Too many wrong tries. Try again in ${Math.ceil(wait / 1_000)} s.`, 'wait');
  }
}

function knownUser(store: SessionDeps['store'], id: UserId): User {
  const user = store.users.find(id);
  if (user === undefined) throw new ClinicError('not-signed-in', 'Sign in first.');
  return user;
}

function entry(
  at: number,
  actor: string,
  station: string | null,
  act: string,
  userId: UserId,
  before: unknown,
  after: unknown,
) {
  return { at, actor, station, act, subject: `user:${userId}`, before, after };
}
