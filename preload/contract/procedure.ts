import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Permission } from '#domain/user/role.ts';

/** What the one door reads before a call reaches its handler. */
export interface ProcedureMeta {
  readonly kind: 'query' | 'command';
  /** The row of the role table that opens this procedure; `anyone` also before signing in. */
  readonly may: Permission | 'anyone';
  /** The answer is a secret, kept nowhere: a repeated key is refused with told-once instead of answered again. */
  readonly toldOnce?: boolean;
}

const base = oc.$meta<ProcedureMeta>({ kind: 'query', may: 'audit' });

/** A procedure that changes nothing. */
export function query({ may }: { may: ProcedureMeta['may'] }) {
  return base.meta({ kind: 'query', may });
}

/** A procedure that changes something: it cannot be declared without `may`, and every input takes an idempotency key. */
export function command({ may, toldOnce = false }: Omit<ProcedureMeta, 'kind'>) {
  return base.meta({ kind: 'command', may, toldOnce });
}

/**
 * Asking again with the same key answers what was answered the first time and changes nothing more;
 * the same key with another input is a conflict. Keys are kept for 24 h.
 */
export const idempotencyKey = z.string().min(8).max(100).optional();

/** Input of a command: its own fields and the key. */
export function commandInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ ...shape, idempotencyKey });
}

export const nothing = z.object({}).optional();
export const done = z.object({ ok: z.literal(true) });
