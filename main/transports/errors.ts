import { ORPCError } from '@orpc/server';
import {
  ClinicError,
  type ErrorCode,
  type ErrorDetails,
  type FieldProblem,
  isErrorCode,
  STATUS_OF,
} from '#contract/wire.ts';
import type { DoorLog } from './log.ts';

/** A failure as it crosses the border: code of the closed list, its HTTP status, a text a person may read. */
export type BorderError = ORPCError<ErrorCode, ErrorDetails>;

export function borderError(code: ErrorCode, message: string, details: ErrorDetails = {}): BorderError {
  return new ORPCError(code, { status: STATUS_OF[code], message, data: details });
}

/** Whether an error already wears the closed list's words. */
function isBorderError(error: unknown): error is BorderError {
  return error instanceof ORPCError && isErrorCode(error.code);
}

const MOST_FIELDS = 5;

/**
 * Any failure in the words of the closed list. What we did not foresee loses its text, which might name a patient, and
 * is logged by kind and place under an id that the caller is told.
 */
export function toBorderError(error: unknown, log: DoorLog, procedure: string): BorderError {
  if (isBorderError(error)) return error;
  if (error instanceof ClinicError) return borderError(error.code, error.message, { refusal: error.refusal });
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return invalidInput(error.data);
  const disk = diskTrouble(error);
  const id = crypto.randomUUID();
  log.error('a call failed in a way nobody foresaw', { id, procedure, fields: fieldsAtFault(error), error });
  if (disk !== undefined) return borderError('unavailable', disk);
  return borderError('internal', `Something went wrong. The log has the details under ${id}.`);
}

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

function invalidInput(data: unknown): BorderError {
  const issues = issuesIn(data);
  if (issues.length === 0) return borderError('invalid-input', 'The request could not be read.');
  const fields = issues.slice(0, MOST_FIELDS).map(toFieldProblem);
  const told = fields.map(({ field, problem }) => (field === '' ? problem : `${field}: ${problem}`)).join(' ');
  const more = issues.length > MOST_FIELDS ? ` And ${issues.length - MOST_FIELDS} more.` : '';
  return borderError('invalid-input', told + more, { fields });
}

function issuesIn(data: unknown): readonly Issue[] {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return [];
  return data.issues;
}

function toFieldProblem({ path = [], message }: Issue): FieldProblem {
  const field = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  if (message.endsWith('received undefined')) return { field, problem: 'Is missing.' };
  const words = message.replace(/^Invalid input: /, '').slice(0, 200);
  return { field, problem: `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}` };
}

function diskTrouble(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'Not saved: the disk of the hub is full.';
  if (code?.startsWith('SQLITE_IOERR'))
    return 'Not known whether it was saved: the disk of the hub failed. Ask again with the same key.';
  return undefined;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Which fields of an answer did not fit its schema: the answer itself may name a patient. */
function fieldsAtFault(error: unknown): readonly string[] | undefined {
  const issues = error instanceof Error ? issuesIn(error.cause) : [];
  return issues.length === 0 ? undefined : issues.slice(0, MOST_FIELDS).map((issue) => toFieldProblem(issue).field);
}

/** For the handlers of every carrier: what failed outside any procedure was a request that could not be read. */
export async function readableOnly<Answer>({ next }: { next(): Promise<Answer> }): Promise<Answer> {
  try {
    return await next();
  } catch (error) {
    throw isBorderError(error) ? error : borderError('invalid-input', 'The request could not be read.');
  }
}
