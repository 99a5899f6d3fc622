import { borderError } from './errors.ts';

interface Guard {
  readonly signal: AbortSignal;
  /** Whether the reader is still signed in; asked before each part is let out. */
  stays(): boolean;
  failed(error: unknown): Error;
}

/**
 * Streams end when the reader goes away or its session ends, whatever the service behind them does, and their failures
 * wear the closed list's words. Everything else passes through untouched.
 */
export function guardStream(output: unknown, guard: Guard): unknown {
  return isStream(output) ? guarded(output, guard) : output;
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  if (typeof output !== 'object' || output === null || output instanceof ReadableStream) return false;
  return Symbol.asyncIterator in output;
}

async function* guarded(stream: AsyncIterable<unknown>, { signal, stays, failed }: Guard): AsyncGenerator<unknown> {
  const parts = stream[Symbol.asyncIterator]();
  const gone = whenAborted(signal);
  try {
    while (!signal.aborted) {
      const part = await Promise.race([parts.next(), gone.promise]);
      if (part === 'gone' || part.done === true) return;
      if (!stays()) throw borderError('not-signed-in', 'The session has ended.');
      yield part.value;
    }
  } catch (error) {
    throw failed(error);
  } finally {
    gone.forget();
    // Not awaited: a service that does not hear the signal would keep its reader's connection.
    void Promise.resolve(parts.return?.()).catch(() => undefined);
  }
}

function whenAborted(signal: AbortSignal): { readonly promise: Promise<'gone'>; forget(): void } {
  let tell = () => {};
  const promise = new Promise<'gone'>((resolve) => {
    tell = () => resolve('gone');
  });
  if (signal.aborted) tell();
  signal.addEventListener('abort', tell, { once: true });
  return { promise, forget: () => signal.removeEventListener('abort', tell) };
}
