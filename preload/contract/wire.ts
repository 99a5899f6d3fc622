import { ClinicError, ERROR_CODES, type ErrorCode } from '#domain/clinic-error.ts';
import { allows, may, type Role } from '#domain/user/role.ts';
import type { ProcedureMeta } from './procedure.ts';

export { ClinicError, ERROR_CODES, type ErrorCode };

/** HTTP status of each word for failure. */
export const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
  'invalid-input': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  refused: 409,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

/** One field of an input that was not understood; `field` is a dotted path, empty for the input as a whole. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** What a failure carries beside its code and message. */
export interface ErrorDetails {
  readonly refusal?: string;
  readonly fields?: readonly FieldProblem[];
}

/** Whether a code is of the closed list. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code);
}

/** Whether somebody with these roles may make a call. What has no declared permission is refused. */
export function mayCall(meta: Partial<ProcedureMeta>, roles: readonly Role[]): boolean {
  if (meta.may === undefined) return false;
  return meta.may === 'anyone' || allows(roles, meta.may);
}

/** Roles that may make a call; empty for what anyone may do, and for what nobody may. */
export function rolesFor(meta: Partial<ProcedureMeta>): readonly Role[] {
  return meta.may === undefined || meta.may === 'anyone' ? [] : may(meta.may);
}

/**
 * Close codes of a connection, the same over every carrier (over a port they travel as a last message).
 * 4401: not signed in, or no longer; 1008: broke the rules of the wire; 1009: frame too large; 1001: the hub stops.
 */
export const CLOSE = { signedOut: 4401, rules: 1008, tooLarge: 1009, stopping: 1001 } as const;

/** A hub says its time this often on every open connection, so that silence means the link is lost. */
export const BEAT_MS = 500;
/** Silence after which a console takes the link for lost: three beats and a little. */
export const SILENCE_MS = 1_500;
