import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ClinicError } from '#domain/clinic-error.ts';
import { storePaths } from './paths.ts';

/** Length of a store's key in bytes. */
export const KEY_BYTES = 32;

/**
 * The key of the store in `dataDir` from its file, 64 hex digits readable by the owner only (a looser mode is
 * corrected). Makes a new key only where there is neither key nor store: a new key beside an old store would look like
 * a loss of all data.
 */
export function readOrCreateKeyFile({ dataDir, keyFile }: { dataDir: string; keyFile: string }): Buffer {
  if (existsSync(keyFile)) return readKeyFile(keyFile);
  if (existsSync(storePaths(dataDir).store)) {
    throw new ClinicError(
      'unavailable',
      `The key file ${keyFile} is missing, but there is a store in ${dataDir}. Put its key file back, or name it with --key-file. No new key was made: it could not open this store.`,
    );
  }
  return createKeyFile(keyFile);
}

/** The key in a key file; refuses a file that is missing or holds anything but a key. */
export function readKeyFile(keyFile: string): Buffer {
  let text: string;
  try {
    text = readFileSync(keyFile, 'latin1').trim();
  } catch {
    throw new ClinicError('unavailable', `The key file ${keyFile} cannot be read. Name the right one with --key-file.`);
  }
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new ClinicError(
      'unavailable',
      `${keyFile} does not hold a key of 64 hex digits. Name the right file with --key-file.`,
    );
  }
  tighten(keyFile);
  return Buffer.from(text, 'hex');
}

/** What is kept beside the store to tell a wrong key from a damaged file; it does not give the key away. */
export function keyCheckOf(key: Buffer, storeId: string): string {
  return createHmac('sha256', key).update(`wardline key check\n${storeId}`).digest('hex');
}

/** Whether a key made this check value. */
export function keyFits(key: Buffer, storeId: string, check: string): boolean {
  const [claimed, real] = [Buffer.from(check, 'hex'), Buffer.from(keyCheckOf(key, storeId), 'hex')];
  return claimed.length === real.length && timingSafeEqual(claimed, real);
}

function createKeyFile(keyFile: string): Buffer {
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_BYTES);
  const file = openSync(keyFile, 'wx', 0o600);
  try {
    writeSync(file, `${key.toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return key;
}

function tighten(path: string): void {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  } catch {
    // A key on read-only media or of another owner still opens its store; its mode is not ours to change.
  }
}
