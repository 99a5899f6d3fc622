import { Worker } from 'node:worker_threads';
import { ClinicError, type ErrorCode } from '#domain/clinic-error.ts';
import type { Verification } from '#domain/ledger/entry.ts';
import type { Copy } from './copy.ts';

/** Work that would hold the hub up, done on a thread with a read-only connection of its own. */
export type ReaderTask = { readonly kind: 'verify' } | { readonly kind: 'backup'; readonly toFolder: string };

export interface ReaderJob {
  readonly dataDir: string;
  readonly key: Uint8Array;
  readonly task: ReaderTask;
}

export type ReaderAnswer =
  | { readonly ok: true; readonly value: Verification | Copy }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export interface Reader {
  verify(): Promise<Verification>;
  backup(toFolder: string): Promise<Copy>;
  /** Ends what is still running; its callers get an `unavailable`. */
  close(): void;
}

/** One thread a task: such work is rare, and an idle thread would keep the key in memory twice. */
export function createReader(dataDir: string, key: Buffer): Reader {
  const running = new Set<Worker>();

  const run = (task: ReaderTask): Promise<Verification | Copy> =>
    new Promise((resolve, reject) => {
      const job: ReaderJob = { dataDir, key: Uint8Array.from(key), task };
      const worker = new Worker(threadFile(), { workerData: job });
      running.add(worker);
      worker.once('message', (answer: ReaderAnswer) => {
        if (answer.ok) resolve(answer.value);
        else reject(new ClinicError(answer.code, answer.message));
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        running.delete(worker);
        reject(
          new ClinicError('unavailable', 'The store was closed before this was done. Start the hub and ask again.'),
        );
      });
    });

  return {
    verify: () => run({ kind: 'verify' }) as Promise<Verification>,
    backup: (toFolder) => run({ kind: 'backup', toFolder }) as Promise<Copy>,
    close: () => {
      for (const worker of running) void worker.terminate();
    },
  };
}

// Beside this file as source; beside the bundle, under the same name, once bundled.
function threadFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './reader-thread.ts' : './reader-thread.js', import.meta.url);
}
