import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '#db/open.ts';
import { defaultDataDir } from '#main/data-dir.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { furnish, makeEntry } from './clinic.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of package.json's scripts by its file. */
async function run(file: 'verify' | 'backup', ...args: string[]): Promise<Outcome> {
  const script = join(import.meta.dirname, '..', '..', 'main', `${file}.ts`);
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args]);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

let test: TestStore;
let data: string;
beforeEach(() => {
  test = openTestStore();
  data = test.dataDir;
  furnish(test.store);
  test.store.transact(() => {
    for (let index = 0; index < 9; index++) test.store.ledger.append(makeEntry());
  });
  writeFileSync(join(data, 'wardline.key'), `${test.key.toString('hex')}\n`, { mode: 0o600 });
});
afterEach(() => test.remove());

describe('npm run verify', () => {
  it('checks a store while its hub runs, and after it was closed', async () => {
    expect(await run('verify', '--data', data, '--json')).toMatchObject({ code: 0, out: '{"ok":true,"rows":9}\n' });
    test.store.close();
    expect(await run('verify', '--data', data)).toMatchObject({
      code: 0,
      out: expect.stringContaining('ledger of 9 entries'),
    });
    test.reopen();
  });

  it('names what is wrong and exits with 1', async () => {
    test.store.close();
    const path = join(data, 'wardline.db');
    const bytes = readFileSync(path);
    bytes[bytes.length - 2_000] = (bytes.at(-2_000) as number) ^ 1;
    writeFileSync(path, bytes);
    const { code, out } = await run('verify', '--data', data, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problem: expect.stringContaining('damaged') });
    bytes[bytes.length - 2_000] = (bytes.at(-2_000) as number) ^ 1;
    writeFileSync(path, bytes);
    test.reopen();
  });

  it('explains itself and refuses what it does not know', async () => {
    expect(await run('verify', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--key-file FILE') });
    expect(await run('verify', '--sideways')).toMatchObject({ code: 1, err: expect.stringContaining('--sideways') });
    expect(await run('verify', '--data', join(data, 'none'), '--json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('"ok":false'),
    });
  });
});

describe('npm run backup', () => {
  it('writes a copy that opens with the same key while the hub runs, and never overwrites', async () => {
    const to = join(data, 'copies', 'monday');
    expect(await run('backup', '--data', data, '--to', to)).toMatchObject({ code: 0 });
    expect(readdirSync(to).sort()).toEqual(['wardline.anchor', 'wardline.check', 'wardline.db']);
    expect(readdirSync(to).map((file) => statSync(join(to, file)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    expect(await run('backup', '--data', data, '--to', to)).toMatchObject({
      code: 1,
      err: expect.stringContaining('never overwrites'),
    });
    const copy = openStore({ dataDir: to, key: test.key, ballastBytes: 0 });
    expect(copy.verify()).toEqual({ ok: true, rows: 9 });
    expect(copy.locations.listBeds()).toEqual(test.store.locations.listBeds());
    copy.close();
    expect(await run('backup', '--data', data)).toMatchObject({ code: 1, err: expect.stringContaining('--to DIR') });
  });
});

describe('checking and copying on a thread', () => {
  it('leave the hub free meanwhile, and answer as the ones that wait', async () => {
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    const [verified, copied] = await Promise.all([
      test.store.verifyInThread(),
      test.store.backupInThread(join(data, 'copy')),
    ]);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
    expect(verified).toEqual(test.store.verify());
    expect(copied).toMatchObject({ path: join(data, 'copy', 'wardline.db') });
    await expect(test.store.backupInThread(join(data, 'copy'))).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the data folder nobody named', () => {
  it('is the operating system’s own, with demo and clinic apart', () => {
    const at = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
      defaultDataDir('demo', { platform, env, home: '/home/nina' }).replaceAll('\\', '/');
    expect(at('linux')).toBe('/home/nina/.local/share/wardline/demo');
    expect(at('darwin')).toBe('/home/nina/Library/Application Support/wardline/demo');
    expect(at('win32', { LOCALAPPDATA: '/local' })).toBe('/local/wardline/demo');
    expect(at('linux', { WARDLINE_DATA: '/srv/wardline' })).toBe('/srv/wardline/demo');
  });
});
