import { Worker } from 'node:worker_threads';
import { ClinicError } from '#domain/clinic-error.ts';
import type { PasswordAnswer, PasswordJob } from './password-worker.ts';

export interface PasswordHashing {
  hash(password: string): Promise<string>;
  matches(password: string, hash: string | undefined): Promise<boolean>;
  close(): Promise<void>;
}

/** More tries waiting than this are turned away: they would only make everybody wait. */
const MOST_WAITING = 64;

/**
 * argon2id (19 MiB, 2 passes) in PHC strings, on a thread of its own, so that a sign-in does not hold up alarms.
 * The thread starts at the first use.
 */
export function createPasswords(): PasswordHashing {
  const waiting = new Map<number, { done(answer: PasswordAnswer): void; fail(error: Error): void }>();
  let worker: Worker | undefined;
  let lastId = 0;
  let ofNobody: Promise<string> | undefined;
  const failAll = () => {
    for (const { fail } of waiting.values()) fail(unavailable());
    waiting.clear();
    worker = undefined;
  };
  const start = (): Worker => {
    // Bundled, the thread lies beside the hub as JavaScript.
    const file = import.meta.url.endsWith('.ts') ? './password-worker.ts' : './password-worker.js';
    const started = new Worker(new URL(file, import.meta.url));
    started.on('message', (answer: PasswordAnswer) => {
      waiting.get(answer.id)?.done(answer);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
    });
    started.on('error', failAll);
    started.on('exit', failAll);
    return started;
  };
  const ask = (job: Omit<PasswordJob, 'id'>): Promise<PasswordAnswer> => {
    if (waiting.size >= MOST_WAITING) return Promise.reject(unavailable());
    lastId += 1;
    const id = lastId;
    const answer = new Promise<PasswordAnswer>((done, fail) => waiting.set(id, { done, fail }));
    worker ??= start();
    worker.ref();
    worker.postMessage({ ...job, id } satisfies PasswordJob);
    return answer;
  };
  const hash = async (password: string): Promise<string> => {
    const answer = await ask({ password });
    if (!('hash' in answer)) throw unavailable();
    return answer.hash;
  };
  return {
    hash,
    async matches(password, known) {
      ofNobody ??= hash(crypto.randomUUID()).catch((error: Error) => {
        ofNobody = undefined;
        throw error;
      });
      const against = known ?? (await ofNobody);
      const answer = await ask({ password, hash: against });
      return known !== undefined && 'right' in answer && answer.right;
    },
    async close() {
      await worker?.terminate();
    },
  };
}

function unavailable(): ClinicError {
  return new ClinicError('unavailable', 'Passwords cannot be checked just now. Try again in a moment.');
}
