import { parentPort, workerData } from 'node:worker_threads';
import { ClinicError } from '#domain/clinic-error.ts';
import { verifyFolder } from './check.ts';
import { backupFolder } from './copy.ts';
import { storePaths } from './paths.ts';
import type { ReaderAnswer, ReaderJob } from './reader.ts';

function answer({ dataDir, key, task }: ReaderJob): ReaderAnswer {
  const paths = storePaths(dataDir);
  try {
    const value =
      task.kind === 'verify'
        ? verifyFolder(paths, Buffer.from(key))
        : backupFolder(paths, Buffer.from(key), task.toFolder);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof ClinicError) return { ok: false, code: error.code, message: error.message };
    return { ok: false, code: 'internal', message: 'The store could not be read.' };
  }
}

parentPort?.postMessage(answer(workerData as ReaderJob));
