import { ORPCError } from '@orpc/client';
import { ClinicError, type ErrorCode, isErrorCode, STATUS_OF } from '#contract/wire.ts';

/** A failure from over the wire as what it was in the hub. One's own cancelling stays what it is. */
export function fromWire(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return error;
  if (error instanceof ClinicError) return error;
  if (error instanceof ORPCError) {
    const code = isErrorCode(error.code) ? error.code : codeFor(error.status);
    return new ClinicError(code, error.message, refusalIn(error.data));
  }
  return lost();
}

/** What a call gets whose link went away: whether it was done is not known, so ask again with the same key. */
export function lost(): ClinicError {
  return new ClinicError('unavailable', 'The link to the hub was lost.');
}

function codeFor(status: number): ErrorCode {
  const known = Object.entries(STATUS_OF).find(([, of]) => of === status)?.[0];
  return isErrorCode(known) ? known : 'internal';
}

function refusalIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('refusal' in data)) return undefined;
  return typeof data.refusal === 'string' ? data.refusal : undefined;
}

/** A stream whose failures are the hub's own. Ending it early ends the stream in the hub. */
export async function* mendStream<Part>(stream: AsyncIterable<Part>, signal?: AbortSignal): AsyncGenerator<Part> {
  try {
    yield* stream;
  } catch (error) {
    throw fromWire(error, signal);
  }
}
