import type Database from 'better-sqlite3';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import type { Session, SessionStore, User, UserStore } from '#domain/user/user.ts';
import { bit } from './rows.ts';

interface UserRow {
  readonly id: UserId;
  readonly username: string;
  readonly display_name: string;
  readonly disabled: number;
}

export function createUserStore(db: Database.Database): UserStore {
  const columns = 'SELECT id, username, display_name, disabled FROM app_user';
  const byId = db.prepare<[string], UserRow>(`${columns} WHERE id = ?`);
  const byUsername = db.prepare<[string], UserRow>(`${columns} WHERE username = ?`);
  const all = db.prepare<[], UserRow>(`${columns} ORDER BY username`);
  const rolesOf = db.prepare<[string], Role>('SELECT role FROM user_role WHERE user_id = ? ORDER BY place').pluck();
  const save = db.prepare(`
    INSERT INTO app_user (id, username, display_name, disabled) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET username = excluded.username, display_name = excluded.display_name, disabled = excluded.disabled`);
  const clearRoles = db.prepare('DELETE FROM user_role WHERE user_id = ?');
  const addRole = db.prepare('INSERT INTO user_role (user_id, role, place) VALUES (?, ?, ?)');
  const hash = db.prepare<[string], string | null>('SELECT password_hash FROM app_user WHERE id = ?').pluck();
  const setHash = db.prepare('UPDATE app_user SET password_hash = ? WHERE id = ?');
  const failures = db.prepare<[string], { count: number; lastAt: number }>(
    'SELECT failures AS count, last_failure_at AS lastAt FROM app_user WHERE id = ?',
  );
  const setFailures = db.prepare('UPDATE app_user SET failures = ?, last_failure_at = ? WHERE id = ?');
  const toUser = (row: UserRow): User => ({
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    roles: rolesOf.all(row.id),
    disabled: row.disabled === 1,
  });
  const found = (row: UserRow | undefined): User | undefined => row && toUser(row);
  return {
    find: (id) => found(byId.get(id)),
    findByUsername: (username) => found(byUsername.get(username)),
    list: () => all.all().map(toUser),
    save: db.transaction((user: User) => {
      save.run(user.id, user.username, user.displayName, bit(user.disabled));
      clearRoles.run(user.id);
      for (const [place, role] of user.roles.entries()) addRole.run(user.id, role, place);
    }),
    passwordHash: (id) => hash.get(id) ?? undefined,
    setPasswordHash: (id, value) => {
      setHash.run(value, id);
    },
    failures: (id) => failures.get(id) ?? { count: 0, lastAt: 0 },
    setFailures: (id, count, lastAt) => {
      setFailures.run(count, lastAt, id);
    },
  };
}

interface SessionRow {
  readonly token_hash: string;
  readonly user_id: UserId;
  readonly station: string | null;
  readonly started_at: number;
  readonly last_seen_at: number;
  readonly expires_at: number;
}

export function createSessionStore(db: Database.Database): SessionStore {
  const find = db.prepare<[string], SessionRow>('SELECT * FROM session WHERE token_hash = ?');
  const byUser = db.prepare<[string], SessionRow>(
    'SELECT * FROM session WHERE user_id = ? ORDER BY started_at, token_hash',
  );
  const save = db.prepare(`
    INSERT INTO session (token_hash, user_id, station, started_at, last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (token_hash) DO UPDATE SET station = excluded.station, last_seen_at = excluded.last_seen_at,
      expires_at = excluded.expires_at`);
  const remove = db.prepare('DELETE FROM session WHERE token_hash = ?');
  const removeByUser = db.prepare('DELETE FROM session WHERE user_id = ?');
  const removeExpired = db.prepare('DELETE FROM session WHERE expires_at <= ?');
  return {
    find: (tokenHash) => {
      const row = find.get(tokenHash);
      return row && toSession(row);
    },
    listByUser: (userId) => byUser.all(userId).map(toSession),
    save: (s) => {
      save.run(s.tokenHash, s.userId, s.station, s.startedAt, s.lastSeenAt, s.expiresAt);
    },
    remove: (tokenHash) => {
      remove.run(tokenHash);
    },
    removeByUser: (userId) => {
      removeByUser.run(userId);
    },
    removeExpired: (now) => {
      removeExpired.run(now);
    },
  };
}

function toSession(row: SessionRow): Session {
  return {
    tokenHash: row.token_hash,
    userId: row.user_id,
    station: row.station,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  };
}
