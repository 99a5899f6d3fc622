import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import { type OpenSessions, type Secrets, signedIn } from './open-sessions.ts';
import type { Passwords } from './session.ts';

export interface UsersDeps {
  readonly store: Pick<Store, 'transact' | 'users' | 'ledger'>;
  readonly sessions: OpenSessions;
  readonly passwords: Passwords;
  readonly secrets: Pick<Secrets, 'newId'>;
  readonly clock: () => number;
}

export interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly password: string;
}

type By = Pick<CallContext, 'station'> & { readonly actor: { readonly id: string } };

/** Accounts, by an administrator. */
export function createUsers(deps: UsersDeps): HandlersOf<typeof contract.users> {
  const { store, sessions, passwords } = deps;
  const { users } = store;
  const note = (by: By, act: string, userId: UserId, before: unknown, after: unknown) =>
    store.ledger.append({
      at: deps.clock(),
      actor: by.actor.id,
      station: by.station,
      act,
      subject: `user:${userId}`,
      before,
      after,
    });
  return {
    list: () => users.list().map(row),
    async add(input, context) {
      const hash = await passwords.hash(input.password);
      return context.commit(() => row(addUser(deps, input, hash, context)));
    },
    setRoles: ({ userId, roles }, context) =>
      context.commit(() => {
        const user = existing(users.find(userId));
        const next = { ...user, roles: [...new Set(roles)] };
        keepAnAdministrator(users.list(), next);
        users.save(next);
        // What was allowed on an open screen may not be any more: sign in again to see what is.
        if (user.roles.some((role) => !next.roles.includes(role))) sessions.endAll(userId);
        note(context, 'user.rolesSet', userId, { roles: user.roles }, { roles: next.roles });
        return { ok: true as const };
      }),
    setDisabled: ({ userId, disabled }, context) =>
      context.commit(() => {
        const user = existing(users.find(userId));
        const next = { ...user, disabled };
        keepAnAdministrator(users.list(), next);
        users.save(next);
        if (disabled) sessions.endAll(userId);
        note(context, disabled ? 'user.disabled' : 'user.enabled', userId, { disabled: user.disabled }, { disabled });
        return { ok: true as const };
      }),
    async setPassword({ userId, password }, context) {
      existing(users.find(userId));
      const hash = await passwords.hash(password);
      return context.commit(() => {
        const user = existing(users.find(userId));
        users.setPasswordHash(user.id, hash);
        users.setFailures(user.id, 0, 0);
        sessions.endAll(user.id);
        note(context, 'user.passwordSet', user.id, null, null);
        return { ok: true as const };
      });
    },
  };
}

const USERNAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/** Saves a new account with the hash of its password, in a transaction of the caller. Refusals: username-taken. */
export function addUser(
  { store, secrets, clock }: Pick<UsersDeps, 'store' | 'secrets' | 'clock'>,
  input: Omit<NewUser, 'password'>,
  hash: string,
  by: By,
): User {
  const username = input.username.toLowerCase();
  if (!USERNAME.test(username)) {
    throw new ClinicError('invalid-input', 'username: Use letters, digits, dot, dash or underscore, at most 40.');
  }
  if (store.users.findByUsername(username) !== undefined) {
    throw new ClinicError('refused', `There is a user ${username} already.`, 'username-taken');
  }
  const roles = [...new Set(input.roles)];
  const user: User = {
    id: secrets.newId() as UserId,
    username,
    displayName: input.displayName,
    roles,
    disabled: false,
  };
  store.users.save(user);
  store.users.setPasswordHash(user.id, hash);
  store.ledger.append({
    at: clock(),
    actor: by.actor.id,
    station: by.station,
    act: 'user.added',
    subject: `user:${user.id}`,
    before: null,
    after: { username, displayName: user.displayName, roles },
  });
  return user;
}

function row(user: User) {
  return { ...signedIn(user), disabled: user.disabled };
}

function existing(user: User | undefined): User {
  if (user === undefined) throw new ClinicError('not-found', 'There is no such user.');
  return user;
}

function keepAnAdministrator(all: readonly User[], next: User): void {
  const rules = (user: User) => user.roles.includes('admin') && !user.disabled;
  const was = all.find(({ id }) => id === next.id);
  if (rules(next) || was === undefined || !rules(was)) return;
  if (all.some((user) => user.id !== next.id && rules(user))) return;
  throw new ClinicError('refused', 'This is the last administrator: make another one first.', 'last-administrator');
}
