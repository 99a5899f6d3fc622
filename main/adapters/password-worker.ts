import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { argon2id, argon2Verify } from 'hash-wasm';

/** What the hub asks of this thread. Without a `hash` to check, a new one is made. */
export interface PasswordJob {
  readonly id: number;
  readonly password: string;
  readonly hash?: string;
}

/** `failed` where the job could not be done at all. */
export type PasswordAnswer = { readonly id: number } & (
  | { readonly hash: string }
  | { readonly right: boolean }
  | { readonly failed: true }
);

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

async function work({ id, password, hash }: PasswordJob): Promise<PasswordAnswer> {
  if (hash !== undefined) return { id, right: await argon2Verify({ password, hash }) };
  return { id, hash: await argon2id({ ...COST, password, salt: randomBytes(16), outputType: 'encoded' }) };
}

parentPort?.on('message', (job: PasswordJob) => {
  void work(job)
    .catch(() => ({ id: job.id, failed: true }) as const)
    .then((answer) => parentPort?.postMessage(answer));
});
