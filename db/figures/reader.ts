import { Worker } from 'node:worker_threads';
import { ClinicError } from '#domain/clinic-error.ts';
import type { FigureStore } from '#domain/flow/figures.ts';
import type { FigureAsked } from './answer.ts';

/** What the figures thread starts with. The key's memory is handed over, not copied, and blanked once used. */
export interface FigureThreadData {
  readonly dataDir: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

export type FigureAnswer =
  | { readonly n: number; readonly ok: true; readonly value: unknown }
  | { readonly n: number; readonly ok: false; readonly fault: string };

interface Pending {
  readonly asked: FigureAsked;
  /** Whether a thread already died over it. */
  readonly again: boolean;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export interface FigureReader extends FigureStore {
  /** undefined while there is none. */
  thread(): Worker | undefined;
  /** Ends the thread; who still waits gets an `unavailable`. */
  close(): void;
}

/**
 * Figures read on one thread that stays: started by the first question, started again when it dies. A question it died
 * over is asked once more.
 */
export function createFigureReader(dataDir: string, key: Buffer): FigureReader {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let closed = false;
  let count = 0;

  const start = (): Worker => {
    const copy = Uint8Array.from(key);
    const workerData: FigureThreadData = { dataDir, key: copy };
    const started = new Worker(threadFile(), { workerData, transferList: [copy.buffer] });
    started.on('message', settle);
    started.on('error', () => undefined);
    started.on('exit', () => died(started));
    return started;
  };
  const send = (n: number, asked: FigureAsked): void => {
    worker ??= start();
    // While somebody waits the process must not end; an idle thread holds nothing up.
    worker.ref();
    worker.postMessage({ n, asked });
  };
  const settle = (answer: FigureAnswer): void => {
    const waiting = pending.get(answer.n);
    pending.delete(answer.n);
    if (pending.size === 0) worker?.unref();
    if (answer.ok) waiting?.resolve(answer.value);
    else waiting?.reject(new Error(`The figures could not be read: ${answer.fault}`));
  };
  const died = (which: Worker): void => {
    if (worker !== which) return;
    worker = undefined;
    for (const [n, waiting] of [...pending]) {
      if (closed || waiting.again) {
        pending.delete(n);
        waiting.reject(unavailable(closed));
      } else {
        pending.set(n, { ...waiting, again: true });
        send(n, waiting.asked);
      }
    }
  };
  const ask = <Value>(asked: FigureAsked): Promise<Value> =>
    new Promise<Value>((resolve, reject) => {
      if (closed) return reject(unavailable(closed));
      count += 1;
      pending.set(count, { asked, again: false, resolve: (value) => resolve(value as Value), reject });
      send(count, asked);
    });

  return {
    kpis: (question) => ask({ kind: 'kpis', question }),
    list: (question) => ask({ kind: 'list', question }),
    series: (question) => ask({ kind: 'series', question }),
    forecast: (question) => ask({ kind: 'forecast', question }),
    thread: () => worker,
    close: () => {
      closed = true;
      void worker?.terminate();
    },
  };
}

function unavailable(closed: boolean): ClinicError {
  const why = closed ? 'The store was closed before the figures were read' : 'The figures could not be read just now';
  return new ClinicError('unavailable', `${why}. Ask again.`);
}

// Beside this file as source; beside the bundle, under its own name, once bundled.
function threadFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './figures-thread.js', import.meta.url);
}
