import type { z } from 'zod';
import type { signedInUser } from '#contract';
import type { Actor } from '#contract/handlers.ts';

export type SignedInUser = z.infer<typeof signedInUser>;

/** An open session, as the door sees it. */
export interface Entry {
  readonly tokenHash: string;
  readonly station: string | null;
  readonly user: SignedInUser;
}

/** Where the transports ask who holds a token. Asked anew for every call, so that an ended session is noticed at once. */
export interface SessionGate {
  /** SHA-256 of a token, hex. */
  hashOf(token: string): string;
  /** Undefined: unknown, expired, signed out, or the user is disabled. */
  enter(tokenHash: string): Entry | undefined;
}

export function actorOf({ user }: Entry): Actor {
  return { id: user.id, displayName: user.displayName, roles: user.roles };
}
