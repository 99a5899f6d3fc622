import { type AnyContractProcedure, ContractProcedure } from '@orpc/contract';
import { type AnyProcedure, implement, type Middleware } from '@orpc/server';
import type { Contract } from '#contract';
import type { Actor, CallContext, CarrierName, HandlersOf } from '#contract/handlers.ts';
import type { ProcedureMeta } from '#contract/procedure.ts';
import { mayCall } from '#contract/wire.ts';
import { checkAnswer, isLong, jsonText } from './answer.ts';
import { borderError, toBorderError } from './errors.ts';
import type { DoorLog } from './log.ts';
import { createOnce, type RunCommand } from './once.ts';
import { actorOf, type SessionGate } from './session-gate.ts';
import { guardStream } from './stream-guard.ts';

/** What a carrier knows of a call before the door has looked at it. */
export interface DoorContext {
  readonly carrier: CarrierName;
  /** Hash of the token that came with the call or its connection; null without one. */
  readonly tokenHash: string | null;
  /** `Idempotency-Key` of an HTTP request; the same as the field of the input. */
  readonly idempotencyKey?: string | null;
  /** Another name for the call's own signal, for carriers that end a connection. */
  readonly signal?: AbortSignal;
}

/** Filled in on the way, so that the log line of a call that failed halfway still says whose it was. */
interface Trail {
  user: string | null;
}

interface Logged extends DoorContext {
  readonly trail: Trail;
}

interface Entered extends Logged {
  readonly actor: Actor;
  readonly station: string | null;
}

export type AllHandlers = { readonly [Part in keyof Contract]: HandlersOf<Contract[Part]> };
export type Router = Readonly<Record<string, Readonly<Record<string, AnyProcedure>>>>;

type Procedures = Readonly<Record<string, Readonly<Record<string, AnyContractProcedure>>>>;
type Handler = (input: unknown, context: CallContext) => unknown;

export interface DoorParts {
  readonly contract: Procedures;
  readonly handlers: AllHandlers;
  readonly sessions: SessionGate;
  readonly run: RunCommand;
  readonly log: DoorLog;
  /** Epoch ms; only differences are used. */
  readonly clock: () => number;
}

/** Before anyone signs in. */
const nobody: Actor = { id: 'anonymous' as Actor['id'], displayName: '', roles: [] };
const neverAborted = new AbortController().signal;
/** The input is looked at only after session and role. */
const schemaLast = { initialInputValidationIndex: Number.POSITIVE_INFINITY };

type Step<In extends DoorContext, Adds extends object> = Middleware<
  In,
  Adds,
  unknown,
  unknown,
  Record<never, never>,
  ProcedureMeta
>;

/**
 * The one door: every procedure of the contract behind the same steps, in this order: errors and log, session, role,
 * input schema, idempotency, handler, output schema. No carrier and no procedure goes around it.
 */
export function createRouter(parts: DoorParts): Router {
  const failures = reportFailures(parts);
  const session = findSession(parts);
  const once = createOnce(parts.run);
  const open = (procedure: AnyContractProcedure, handle: Handler): AnyProcedure => {
    const { outputSchema: output, meta } = procedure['~orpc'];
    // Answers are checked here and not by oRPC, which would hold the loop for as long as they are.
    const unchecked: AnyContractProcedure = new ContractProcedure({ ...procedure['~orpc'], outputSchema: undefined });
    return implement(unchecked, schemaLast)
      .$context<DoorContext>()
      .use(failures)
      .use(session)
      .use(checkRole)
      .handler(async ({ input, context, signal, path }) => {
        const { kind, toldOnce = false } = meta;
        const call = { name: path.join('.'), input, command: kind === 'command', toldOnce, output };
        const answer = await once(call, { ...context, signal: signal ?? neverAborted }, handle);
        const checked = await checkAnswer(output, answer);
        return context.carrier === 'http' && isLong(checked) ? jsonText(checked) : checked;
      });
  };
  return mapProcedures(parts, open);
}

function mapProcedures(
  { contract, handlers }: DoorParts,
  open: (procedure: AnyContractProcedure, handle: Handler) => AnyProcedure,
): Router {
  const byName: Readonly<Record<string, Readonly<Record<string, unknown>>>> = handlers;
  const opened = Object.entries(contract).map(([part, procedures]) => {
    const verbs = Object.entries(procedures).map(([verb, procedure]) => {
      const handle = byName[part]?.[verb];
      if (typeof handle !== 'function') throw new Error(`No handler for ${part}.${verb}.`);
      return [verb, open(procedure, (input, context) => handle(input, context))] as const;
    });
    return [part, Object.fromEntries(verbs)] as const;
  });
  return Object.fromEntries(opened);
}

function metaOf(procedure: { readonly '~orpc': { readonly meta: Partial<ProcedureMeta> } }): Partial<ProcedureMeta> {
  return procedure['~orpc'].meta;
}

function reportFailures({ log, clock, sessions }: DoorParts): Step<DoorContext, { trail: Trail }> {
  return async ({ next, path, context, signal, procedure }) => {
    const name = path.join('.');
    const began = clock();
    const trail: Trail = { user: null };
    const line = () => ({ procedure: name, ms: clock() - began, carrier: context.carrier, user: trail.user });
    const failed = (error: unknown) => {
      const told = toBorderError(error, log, name);
      // Strangers can knock as often as they like; they shall not fill the disk with it.
      log[told.code === 'not-signed-in' ? 'debug' : 'info']('refused', { ...line(), outcome: told.code });
      return told;
    };
    try {
      const answer = await next({ context: { trail } });
      log[metaOf(procedure).kind === 'command' ? 'info' : 'debug']('answered', line());
      const stays = () => context.tokenHash === null || sessions.enter(context.tokenHash) !== undefined;
      return { ...answer, output: guardStream(answer.output, { signal: signal ?? neverAborted, stays, failed }) };
    } catch (error) {
      throw failed(error);
    }
  };
}

function findSession({ sessions }: DoorParts): Step<Logged, Pick<Entered, 'actor' | 'station' | 'tokenHash'>> {
  return ({ next, context }) => {
    const entry = context.tokenHash === null ? undefined : sessions.enter(context.tokenHash);
    const tokenHash = entry?.tokenHash ?? null;
    context.trail.user = entry?.user.id ?? null;
    return next({ context: { tokenHash, actor: entry ? actorOf(entry) : nobody, station: entry?.station ?? null } });
  };
}

const checkRole: Step<Entered, Record<never, never>> = ({ next, context, procedure }) => {
  const meta = metaOf(procedure);
  if (mayCall(meta, context.actor.roles)) return next();
  if (context.tokenHash === null) throw borderError('not-signed-in', 'Sign in first.');
  throw borderError('not-allowed', 'Your role does not allow this.');
};
