import type { AnySchema } from '@orpc/contract';
import type { Actor, CallContext, CarrierName } from '#contract/handlers.ts';
import { borderError } from './errors.ts';

/** One doing of a command. `input` is as its schema left it, without the key. */
export interface CommandCall {
  readonly actorId: Actor['id'];
  readonly procedure: string;
  /** Null: the caller gave none, or is nobody: then nothing is remembered. */
  readonly key: string | null;
  readonly input: unknown;
  /** The answer is kept nowhere; a repeated key is refused. */
  readonly toldOnce: boolean;
}

/** Runs the work of commands in one transaction each, once for each key. */
export interface RunCommand {
  <Result>(call: CommandCall, work: (afterCommit: (tell: () => void) => void) => Result): Result;
  /** The answer already given to this very call, or undefined. Throws conflict when the key belongs to another. */
  answered(call: CommandCall): { readonly result: unknown } | undefined;
}

interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly command: boolean;
  readonly toldOnce: boolean;
  readonly output: AnySchema | undefined;
}

interface Caller {
  readonly carrier: CarrierName;
  readonly tokenHash: string | null;
  readonly actor: Actor;
  readonly station: string | null;
  readonly idempotencyKey?: string | null;
  readonly signal: AbortSignal;
}

type Handler = (input: unknown, context: CallContext) => unknown;

/**
 * Gives handlers their `commit`, and answers a repeated key without calling the handler again: also while the first
 * call is still under way, which commands that wait for a device or a password need.
 */
export function createOnce(run: RunCommand): (call: Call, caller: Caller, handle: Handler) => Promise<unknown> {
  const underWay = new Map<string, Promise<unknown>>();
  return async (call, caller, handle) => {
    const { key, input } = takeKey(call.input, caller.idempotencyKey ?? null);
    const command: CommandCall = {
      actorId: caller.actor.id,
      procedure: call.name,
      key: call.command && caller.tokenHash !== null ? key : null,
      input,
      toldOnce: call.toldOnce,
    };
    const { carrier, tokenHash, actor, station, signal } = caller;
    const context: CallContext = { carrier, tokenHash, actor, station, signal, commit: (work) => run(command, work) };
    if (command.key === null) return handle(call.input, context);
    const answer = await firstAnswer(run, command, call.output);
    if (answer !== undefined) return answer.result;
    const name = JSON.stringify([command.actorId, command.key]);
    const first = underWay.get(name);
    if (first !== undefined) {
      await first.catch(() => undefined);
      return (await firstAnswer(run, command, call.output))?.result ?? handle(call.input, context);
    }
    const doing = Promise.resolve().then(() => handle(call.input, context));
    underWay.set(name, doing);
    try {
      return await doing;
    } finally {
      underWay.delete(name);
    }
  };
}

/** What was committed the first time, where that is the whole answer; else the handler makes its answer of it again. */
async function firstAnswer(run: RunCommand, command: CommandCall, output: AnySchema | undefined) {
  const answer = run.answered(command);
  if (answer === undefined || output === undefined) return answer;
  const checked = await output['~standard'].validate(answer.result);
  return checked.issues === undefined ? answer : undefined;
}

function takeKey(input: unknown, header: string | null): { readonly key: string | null; readonly input: unknown } {
  if (header !== null && (header.length < 8 || header.length > 100)) {
    throw borderError('invalid-input', 'Idempotency-Key: must have 8 to 100 characters.');
  }
  if (typeof input !== 'object' || input === null || !('idempotencyKey' in input)) return { key: header, input };
  const { idempotencyKey, ...rest } = input;
  const field = typeof idempotencyKey === 'string' ? idempotencyKey : null;
  if (field !== null && header !== null && field !== header) {
    throw borderError('invalid-input', 'idempotencyKey: differs from the Idempotency-Key header.');
  }
  return { key: field ?? header, input: rest };
}
