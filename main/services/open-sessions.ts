import type { UserId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import type { Role } from '#domain/user/role.ts';
import type { Session, SessionStore, User, UserStore } from '#domain/user/user.ts';

/** Chance and hashes, from the outside. Tokens carry at least 128 bits; digests are SHA-256, hex. */
export interface Secrets {
  newToken(): string;
  digest(text: string): string;
  newId(): string;
}

/** A session lives this long after signing in, used or not. */
const SESSION_MS = 12 * HOUR_MS;
/** How exact `lastSeenAt` is: every sighting would be a write. */
const SEEN_MS = 5 * MINUTE_MS;

export interface SignedIn {
  readonly id: UserId;
  readonly username: string;
  readonly displayName: string;
  readonly roles: Role[];
}

export interface OpenSessions {
  /** SHA-256 of a token, hex: all that is ever stored of it. */
  hashOf(token: string): string;
  /** Who holds this token now: undefined when unknown, expired or ended, or when the user is disabled. */
  enter(tokenHash: string): { tokenHash: string; station: string | null; user: SignedIn } | undefined;
  /** A new token for a user, in a transaction of the caller. The token is told once and kept nowhere. */
  open(user: User, station: string | null): { token: string; user: SignedIn; expiresAt: number };
  end(tokenHash: string): void;
  /** Ends every session of a user but one, if named. */
  endAll(userId: UserId, but?: string): void;
  list(userId: UserId): Session[];
}

/** Sessions kept in the store, so that they outlive a restart of the hub. */
export function createOpenSessions(deps: {
  sessions: SessionStore;
  users: Pick<UserStore, 'find'>;
  secrets: Pick<Secrets, 'newToken' | 'digest'>;
  clock: () => number;
}): OpenSessions {
  const { sessions, users, secrets, clock } = deps;
  const alive = ({ expiresAt, startedAt }: Session, now: number) => now < expiresAt && now >= startedAt - SESSION_MS;
  const noteSeen = (session: Session, now: number) => {
    try {
      sessions.save({ ...session, lastSeenAt: now });
    } catch {
      // On a full disk a sighting may be lost; whoever is signed in keeps their board.
    }
  };
  return {
    hashOf: (token) => secrets.digest(token),
    enter(tokenHash) {
      const session = sessions.find(tokenHash);
      const now = clock();
      if (session === undefined || !alive(session, now)) return undefined;
      const user = users.find(session.userId);
      if (user === undefined || user.disabled) return undefined;
      if (now - session.lastSeenAt > SEEN_MS) noteSeen(session, now);
      return { tokenHash, station: session.station, user: signedIn(user) };
    },
    open(user, station) {
      const now = clock();
      const token = secrets.newToken();
      const expiresAt = now + SESSION_MS;
      sessions.removeExpired(now);
      sessions.save({
        tokenHash: secrets.digest(token),
        userId: user.id,
        station,
        startedAt: now,
        lastSeenAt: now,
        expiresAt,
      });
      return { token, user: signedIn(user), expiresAt };
    },
    end: (tokenHash) => sessions.remove(tokenHash),
    endAll(userId, but) {
      for (const { tokenHash } of sessions.listByUser(userId)) if (tokenHash !== but) sessions.remove(tokenHash);
    },
    list: (userId) => sessions.listByUser(userId).filter((session) => alive(session, clock())),
  };
}

/** What a console may know of its own user. */
export function signedIn({ id, username, displayName, roles }: User): SignedIn {
  return { id, username, displayName, roles: [...roles] };
}
