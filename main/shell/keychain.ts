import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';

/** Why there is no key. Nothing was written in any of these cases. */
export class KeyRefused extends Error {
  readonly reason: 'unreadable' | 'missing' | 'no-keychain';
  constructor(reason: KeyRefused['reason'], message: string) {
    super(message);
    this.name = 'KeyRefused';
    this.reason = reason;
  }
}

/** Where the key of a store rests: wrapped by the system's keychain, or in a file only this user can read. */
export type KeyProtection = 'keychain' | 'file';

export interface UnwrapOptions {
  readonly dataDir: string;
  readonly safeStorage: SafeStorage;
  readonly platform: NodeJS.Platform;
  /** The demo holds made-up patients: its key file stays readable to a start without Electron, and nobody is asked. */
  readonly demo: boolean;
  /** Asked once when there is no keychain to speak of: may the key lie in a file instead? */
  readonly mayUseFile: () => Promise<boolean>;
}

const KEY_BYTES = 32;

function pathsIn(dataDir: string) {
  return {
    store: join(dataDir, 'wardline.db'),
    plain: join(dataDir, 'wardline.key'),
    wrapped: join(dataDir, 'wardline.key.wrapped'),
  };
}

function writeDurably(file: string, content: string | Buffer): void {
  const handle = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(handle, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

function fromHex(text: string): Buffer<ArrayBuffer> | null {
  const hex = text.trim();
  return /^[0-9a-f]{64}$/i.test(hex) ? Buffer.from(hex, 'hex') : null;
}

/** Whether the system really keeps secrets. Linux without a keyring says `basic_text`, which is a password known to all. */
async function keepsSecrets({ safeStorage, platform }: UnwrapOptions): Promise<boolean> {
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false;
  return safeStorage.isAsyncEncryptionAvailable();
}

async function wrap(safeStorage: SafeStorage, file: string, key: Buffer): Promise<void> {
  writeDurably(file, await safeStorage.encryptStringAsync(key.toString('hex')));
}

async function unwrap(safeStorage: SafeStorage, file: string): Promise<Buffer<ArrayBuffer>> {
  const opened = await safeStorage.decryptStringAsync(readFileSync(file)).catch(() => null);
  const key = opened && fromHex(opened.result);
  if (!key) {
    throw new KeyRefused(
      'unreadable',
      'This computer’s keychain does not open the key of the clinic’s store. It belongs to the user account and the computer that made it. ' +
        'The store is untouched: sign in to that account, or restore a backup with its key.',
    );
  }
  if (opened.shouldReEncrypt) await wrap(safeStorage, file, key);
  return key;
}

/** A key file left by a start under plain Node moves into the keychain, once it is certain that it can be had back. */
async function adopt(options: UnwrapOptions, key: Buffer): Promise<KeyProtection> {
  const { plain, wrapped } = pathsIn(options.dataDir);
  if (options.demo || !(await keepsSecrets(options))) return 'file';
  await wrap(options.safeStorage, wrapped, key);
  const back = await unwrap(options.safeStorage, wrapped);
  if (!back.equals(key)) return 'file';
  rmSync(plain);
  return 'keychain';
}

async function make(options: UnwrapOptions): Promise<{ key: Buffer<ArrayBuffer>; protection: KeyProtection }> {
  const { plain, wrapped } = pathsIn(options.dataDir);
  const key = randomBytes(KEY_BYTES);
  if (await keepsSecrets(options)) {
    await wrap(options.safeStorage, wrapped, key);
    return { key, protection: 'keychain' };
  }
  if (!options.demo && !(await options.mayUseFile())) {
    throw new KeyRefused('no-keychain', 'This computer has no keychain, and keeping the key in a file was declined.');
  }
  writeDurably(plain, key.toString('hex'));
  return { key, protection: 'file' };
}

/**
 * The store's 32-byte key: unwrapped, or made when there is neither key nor store. Never makes a key beside a store,
 * for that would lock the store for good.
 */
export async function storeKey(
  options: UnwrapOptions,
): Promise<{ key: Buffer<ArrayBuffer>; protection: KeyProtection }> {
  const { store, plain, wrapped } = pathsIn(options.dataDir);
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  if (existsSync(wrapped)) return { key: await unwrap(options.safeStorage, wrapped), protection: 'keychain' };
  if (existsSync(plain)) {
    const key = fromHex(readFileSync(plain, 'utf8'));
    if (!key)
      throw new KeyRefused(
        'unreadable',
        `The key file ${plain} is damaged. The store is untouched: restore the key file.`,
      );
    return { key, protection: await adopt(options, key) };
  }
  if (existsSync(store)) {
    throw new KeyRefused(
      'missing',
      `The key of the store in ${options.dataDir} is gone. The store is untouched: restore its key file.`,
    );
  }
  return make(options);
}
