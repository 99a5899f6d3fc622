import type { AnyContractProcedure, AnySchema, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';

/** Who calls. Before signing in: id `anonymous`, no roles. */
export interface Actor {
  readonly id: UserId;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

export type CarrierName = 'message-port' | 'websocket' | 'http';

/** What the one door hands every handler beside its input. */
export interface CallContext {
  readonly actor: Actor;
  readonly station: string | null;
  readonly carrier: CarrierName;
  /** Hash of the bearer token of this session; null before signing in. */
  readonly tokenHash: string | null;
  /** Aborted when the caller goes away: streams must end on it. */
  readonly signal: AbortSignal;
  /**
   * Runs a command's work once: one transaction with its ledger entries, and, for a repeated idempotency key, the
   * answer given the first time without running it again. `tell` is called after the commit.
   */
  commit<Result>(work: (afterCommit: (tell: () => void) => void) => Result): Result;
}

/** Answers may share what the domain holds, which is readonly throughout. */
type Unchanging<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]: Unchanging<Value[Key]> }
    : Value;

type Answer<Output> = Output extends AsyncIterable<infer Part> | AsyncIteratorObject<infer Part, unknown, unknown>
  ? AsyncIterable<Unchanging<Part>>
  : Unchanging<Output> | Promise<Unchanging<Output>>;

type Parsed<Schema> = Schema extends AnySchema ? InferSchemaOutput<Schema> : undefined;
type Given<Schema> = Schema extends AnySchema ? InferSchemaInput<Schema> : undefined;

/**
 * The functions a service must give for one part of the contract: a forgotten one is a type error. Inputs arrive after
 * their schema ran (defaults filled in, texts trimmed).
 */
export type HandlersOf<Part extends Record<string, AnyContractProcedure>> = {
  readonly [Verb in keyof Part]: (
    input: Parsed<NonNullable<Part[Verb]['~orpc']['inputSchema']>>,
    context: CallContext,
  ) => Answer<Given<NonNullable<Part[Verb]['~orpc']['outputSchema']>>>;
};
