import type { UserId } from '../ids.ts';
import type { Role } from './role.ts';

/** Someone who can sign in. The password hash (argon2id, PHC string) stays in the store and the session service. */
export interface User {
  readonly id: UserId;
  /** Lower case, `[a-z0-9][a-z0-9._-]{0,39}`. */
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
}

export interface Session {
  /** SHA-256 of the bearer token, hex: the token itself is never stored. */
  readonly tokenHash: string;
  readonly userId: UserId;
  readonly station: string | null;
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

export interface UserStore {
  find(id: UserId): User | undefined;
  findByUsername(username: string): User | undefined;
  list(): User[];
  save(user: User): void;
  passwordHash(id: UserId): string | undefined;
  setPasswordHash(id: UserId, hash: string): void;
  /** Failed sign-ins in a row; survives a restart. */
  failures(id: UserId): { count: number; lastAt: number };
  setFailures(id: UserId, count: number, lastAt: number): void;
}

export interface SessionStore {
  find(tokenHash: string): Session | undefined;
  listByUser(userId: UserId): Session[];
  save(session: Session): void;
  remove(tokenHash: string): void;
  removeByUser(userId: UserId): void;
  removeExpired(now: number): void;
}
