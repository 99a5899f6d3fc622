import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '#db/connection.ts';
import { readOrCreateKeyFile } from '#db/key.ts';
import { SCHEMA_VERSION } from '#db/migrate.ts';
import { openStore } from '#db/open.ts';
import { makeOlder, openTestStore, type TestStore, testFolder } from '../helpers/store.ts';
import { furnish, makeEntry } from './clinic.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function kept(): TestStore {
  const opened = openTestStore();
  cleanups.push(opened.remove);
  return opened;
}

function folder(): string {
  const made = testFolder();
  cleanups.push(made.remove);
  return made.path;
}

/** Names and contents of all files of a folder. */
function fingerprint(path: string): Record<string, string> {
  const files = readdirSync(path).sort();
  return Object.fromEntries(files.map((file) => [file, sha(join(path, file))]));
}

function sha(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe('a store that is opened', () => {
  it('keeps every setting after it is opened again', () => {
    const test = kept();
    test.reopen();
    const db = connect(join(test.dataDir, 'wardline.db'), test.key, { readOnly: false });
    cleanups.push(() => db.close());
    const settings = [
      'cipher',
      'legacy',
      'journal_mode',
      'synchronous',
      'temp_store',
      'foreign_keys',
      'trusted_schema',
    ];
    expect(settings.map((name) => db.pragma(name, { simple: true }))).toEqual(['sqlcipher', '4', 'wal', 2, 2, 1, 0]);
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
  });

  it('can be read by its owner only, and a looser mode is corrected and told', () => {
    const test = kept();
    test.store.transact(() => test.store.settings.set('a', 1));
    for (const file of readdirSync(test.dataDir)) {
      expect([file, statSync(join(test.dataDir, file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    test.store.close();
    chmodSync(join(test.dataDir, 'wardline.db'), 0o644);
    test.reopen();
    expect(statSync(join(test.dataDir, 'wardline.db')).mode & 0o777).toBe(0o600);
    expect(test.notices[0]?.text).toMatch(/wardline\.db could be read by others \(mode 644\)/);
    expect(new Set(test.notices.map(({ kind }) => kind))).toEqual(new Set(['mode-corrected']));
  });

  it('lays a reserve for a full disk aside once, and not of zeros', () => {
    const dataDir = folder();
    const key = randomBytes(32);
    openStore({ dataDir, key, ballastBytes: 3_000_000 }).close();
    const ballast = join(dataDir, 'wardline.ballast');
    const [{ size, blocks }, before] = [statSync(ballast), sha(ballast)];
    expect(size).toBe(3_000_000);
    expect(blocks * 512).toBeGreaterThanOrEqual(size);
    openStore({ dataDir, key, ballastBytes: 3_000_000 }).close();
    expect(sha(ballast)).toBe(before);
  });

  it('can be read beside the hub that has it, and not written', () => {
    const test = kept();
    furnish(test.store);
    const reader = openStore({ dataDir: test.dataDir, key: test.key, readOnly: true });
    cleanups.push(() => reader.close());
    expect(reader.locations.listBeds()).toHaveLength(3);
    expect(() => reader.transact(() => reader.settings.set('a', 1))).toThrow();
  });

  it('keeps a copy of the store as it was before a step of the schema', () => {
    const test = kept();
    makeOlder(test, 80, (db) => db.exec("INSERT INTO ward (id, name) VALUES ('ward-1', 'North')"));
    expect(test.reopen().locations.listWards()).toHaveLength(1);
    const copy = connect(join(test.dataDir, 'wardline-schema-80.db'), test.key, { readOnly: true });
    cleanups.push(() => copy.close());
    expect(copy.pragma('user_version', { simple: true })).toBe(80);
  });
});

describe('F46 a store is not opened, and not touched', () => {
  const cases: readonly [string, (test: TestStore) => { key: Buffer; says: RegExp }][] = [
    ['by a wrong key', () => ({ key: randomBytes(32), says: /key does not belong/ })],
    ['without a key', () => ({ key: Buffer.alloc(0), says: /no usable key/ })],
    [
      'by a wrong key when nothing beside it tells',
      ({ dataDir }) => {
        rmSync(join(dataDir, 'wardline.check'));
        return { key: randomBytes(32), says: /key is wrong, or the file is damaged/ };
      },
    ],
    [
      'when it is a text file',
      ({ dataDir, key }) => {
        writeFileSync(join(dataDir, 'wardline.db'), 'Dear diary,\n'.repeat(100));
        return { key, says: /not a Wardline store, or was cut short/ };
      },
    ],
    [
      'when it is a plain SQLite file',
      ({ dataDir, key }) => {
        rmSync(join(dataDir, 'wardline.db'));
        const plain = new Database(join(dataDir, 'wardline.db'));
        plain.exec('CREATE TABLE a (b)');
        plain.close();
        return { key, says: /plain SQLite file/ };
      },
    ],
    [
      'when its first page is damaged, which a wrong key would look like',
      ({ dataDir, key }) => {
        const bytes = readFileSync(join(dataDir, 'wardline.db'));
        bytes[100] = (bytes[100] as number) ^ 1;
        writeFileSync(join(dataDir, 'wardline.db'), bytes);
        return { key, says: /damaged: the key is right/ };
      },
    ],
    [
      'when it is gone though it was used before',
      ({ dataDir, key }) => {
        rmSync(join(dataDir, 'wardline.db'));
        return { key, says: /is missing, though it was used before/ };
      },
    ],
    [
      'when it was emptied',
      ({ dataDir, key }) => {
        writeFileSync(join(dataDir, 'wardline.db'), '');
        return { key, says: /empty, though it was used before/ };
      },
    ],
  ];

  it.each(cases)('%s', (_, arrange) => {
    const test = kept();
    furnish(test.store);
    test.store.close();
    const { key, says } = arrange(test);
    const before = fingerprint(test.dataDir);
    for (const readOnly of [true, false]) {
      expect(() => openStore({ dataDir: test.dataDir, key, readOnly, ballastBytes: 0 })).toThrow(says);
    }
    expect(fingerprint(test.dataDir)).toEqual(before);
  });

  it('and damage elsewhere is found at the start', () => {
    const test = kept();
    test.store.transact(() => {
      for (let index = 0; index < 2_000; index++) test.store.ledger.append(makeEntry());
    });
    test.store.close();
    const path = join(test.dataDir, 'wardline.db');
    const bytes = readFileSync(path);
    bytes[30 * 4_096 + 900] = (bytes[30 * 4_096 + 900] as number) ^ 1;
    writeFileSync(path, bytes);
    expect(() => openStore({ dataDir: test.dataDir, key: test.key, ballastBytes: 0 })).toThrow(/damaged/);
  });
});

describe('F52 a store of a newer program', () => {
  it('is refused in words that name both versions, and not written', () => {
    const test = kept();
    test.store.close();
    const path = join(test.dataDir, 'wardline.db');
    const db = connect(path, test.key, { readOnly: false });
    db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    const before = sha(path);
    const open = () => openStore({ dataDir: test.dataDir, key: test.key, ballastBytes: 0 });
    expect(open).toThrow(
      new RegExp(`newer Wardline \\(schema ${SCHEMA_VERSION + 1}; this one knows ${SCHEMA_VERSION}\\)`),
    );
    expect(sha(path)).toBe(before);
  });
});

describe('F54 a second owner', () => {
  it('is refused and told who has the store; the first goes on, and a killed one frees it', async () => {
    const test = kept();
    test.store.close();
    const first = fork(join(import.meta.dirname, 'owner-process.ts'), [test.dataDir, test.key.toString('hex')]);
    cleanups.push(() => first.kill('SIGKILL'));
    await said(first, 'open');
    const open = () => openStore({ dataDir: test.dataDir, key: test.key, ballastBytes: 0 });
    const began = process.hrtime.bigint();
    expect(open).toThrow(new RegExp(`process ${first.pid} on `));
    expect(Number(process.hrtime.bigint() - began)).toBeLessThan(2e9);
    first.send('write');
    await said(first, 'written');
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(test.reopen().settings.get('written')).toBe(true);
  });

  it('in the same process is refused too', () => {
    const test = kept();
    expect(() => openStore({ dataDir: test.dataDir, key: test.key })).toThrow(`process ${process.pid} on `);
    test.store.transact(() => test.store.settings.set('a', 1));
    expect(test.reopen().settings.get('a')).toBe(1);
  });
});

async function said(child: ChildProcess, word: string): Promise<void> {
  for (;;) {
    const [message] = await once(child, 'message');
    if (message === word) return;
  }
}

describe('the key file', () => {
  it('is made once, for its owner only', () => {
    const dataDir = join(folder(), 'new');
    const keyFile = join(dataDir, 'wardline.key');
    const key = readOrCreateKeyFile({ dataDir, keyFile });
    expect(key).toHaveLength(32);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(readOrCreateKeyFile({ dataDir, keyFile })).toEqual(key);
  });

  it('is never made new beside an old store', () => {
    const test = kept();
    const keyFile = join(test.dataDir, 'wardline.key');
    expect(() => readOrCreateKeyFile({ dataDir: test.dataDir, keyFile })).toThrow(/Put its key file back/);
    expect(existsSync(keyFile)).toBe(false);
  });

  it('is refused when it holds anything but a key', () => {
    const dataDir = folder();
    mkdirSync(dataDir, { recursive: true });
    const keyFile = join(dataDir, 'wardline.key');
    writeFileSync(keyFile, 'password1\n');
    expect(() => readOrCreateKeyFile({ dataDir, keyFile })).toThrow(/64 hex digits/);
  });
});
