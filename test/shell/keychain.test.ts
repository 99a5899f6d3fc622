import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyRefused, storeKey } from '#main/shell/keychain.ts';
import { freshElectron, temporaryFolder } from '#test/helpers/shell.ts';

type Keychain = Awaited<ReturnType<typeof freshElectron>>['safeStorage'];
let keychain: Keychain;
let dataDir: string;

beforeEach(async () => {
  ({ safeStorage: keychain } = await freshElectron());
  dataDir = temporaryFolder();
});

function ask({ demo = false, allowed = false, platform = 'linux' as NodeJS.Platform } = {}) {
  const safeStorage = keychain as unknown as SafeStorage;
  return storeKey({ dataDir, safeStorage, platform, demo, mayUseFile: async () => allowed });
}

function everythingIn(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

describe('the key of the store', () => {
  it('is made once, wrapped by the keychain, and the same ever after', async () => {
    const first = await ask();
    const second = await ask();
    expect(first.protection).toBe('keychain');
    expect(first.key).toHaveLength(32);
    expect(second.key.equals(first.key)).toBe(true);
    const wrapped = join(dataDir, 'wardline.key.wrapped');
    expect(readdirSync(dataDir)).toEqual(['wardline.key.wrapped']);
    expect(statSync(wrapped).mode & 0o077).toBe(0);
    expect(readFileSync(wrapped).includes(first.key.toString('hex'))).toBe(false);
  });

  it('is refused on another computer or account, and nothing is reset (F47)', async () => {
    await ask();
    writeFileSync(join(dataDir, 'wardline.db'), 'a store');
    const before = everythingIn(dataDir);
    keychain.account = Buffer.alloc(32, 7);
    await expect(ask()).rejects.toThrow(/keychain does not open the key/);
    expect(everythingIn(dataDir)).toBe(before);
  });

  it('is never made anew beside a store', async () => {
    writeFileSync(join(dataDir, 'wardline.db'), 'a store');
    await expect(ask({ demo: true })).rejects.toBeInstanceOf(KeyRefused);
    expect(readdirSync(dataDir)).toEqual(['wardline.db']);
  });

  it.each([
    ['there is no keychain', () => Object.assign(keychain, { available: false })],
    ['Linux has only its password known to all', () => Object.assign(keychain, { backend: 'basic_text' })],
  ])('lies in a file only when someone agrees, where %s', async (_case, make) => {
    make();
    await expect(ask()).rejects.toThrow(/no keychain/);
    expect(readdirSync(dataDir)).toEqual([]);
    const { protection } = await ask({ allowed: true });
    expect(protection).toBe('file');
    expect(statSync(join(dataDir, 'wardline.key')).mode & 0o077).toBe(0);
  });

  it('asks nobody in the demo', async () => {
    keychain.available = false;
    expect((await ask({ demo: true })).protection).toBe('file');
  });

  it('moves from a key file into the keychain, in a real clinic', async () => {
    const hex = 'ab'.repeat(32);
    writeFileSync(join(dataDir, 'wardline.key'), `${hex}\n`);
    const { key, protection } = await ask();
    expect([key.toString('hex'), protection]).toEqual([hex, 'keychain']);
    expect(existsSync(join(dataDir, 'wardline.key'))).toBe(false);
    expect((await ask()).key.toString('hex')).toBe(hex);
  });

  it('stays in the file of a demo, which may next be opened in the browser', async () => {
    writeFileSync(join(dataDir, 'wardline.key'), 'cd'.repeat(32));
    expect((await ask({ demo: true })).protection).toBe('file');
    expect(readdirSync(dataDir)).toEqual(['wardline.key']);
  });

  it('is refused when its file is damaged', async () => {
    writeFileSync(join(dataDir, 'wardline.key'), 'not a key');
    await expect(ask()).rejects.toThrow(/damaged/);
  });

  it('is wrapped again when the keychain has changed its own key', async () => {
    const { key } = await ask();
    const before = readFileSync(join(dataDir, 'wardline.key.wrapped'));
    keychain.rotated = true;
    expect((await ask()).key.equals(key)).toBe(true);
    keychain.rotated = false;
    expect(readFileSync(join(dataDir, 'wardline.key.wrapped')).equals(before)).toBe(false);
    expect((await ask()).key.equals(key)).toBe(true);
  });
});
