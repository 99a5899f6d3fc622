import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#db/connection.ts';
import type { DeviceId, PatientId } from '#domain/ids.ts';
import { openTestStore, type TestStore, testFolder } from '../helpers/store.ts';
import { furnish, makeEntry, makePatient, NOW } from './clinic.ts';

const CANARY = 'canary-of-the-ward';

describe('what patients are called is readable in no file', () => {
  let test: TestStore;
  const temporary = testFolder();
  const before = process.env.SQLITE_TMPDIR;
  beforeEach(() => {
    process.env.SQLITE_TMPDIR = temporary.path;
    test = openTestStore();
  });
  afterEach(() => {
    test.remove();
    temporary.remove();
    if (before === undefined) delete process.env.SQLITE_TMPDIR;
    else process.env.SQLITE_TMPDIR = before;
  });

  it('in the store, its write-ahead file, a backup, the files beside them or temporary files', () => {
    const { store, dataDir, key } = test;
    furnish(store);
    store.transact(() => {
      for (let index = 0; index < 3_000; index++) {
        const identifiers = [{ system: 'mrn', value: `${CANARY}-${index}` }];
        store.patients.save(makePatient(`p${index}`, { name: { family: CANARY.repeat(20), given: [] }, identifiers }));
        store.ledger.append(makeEntry({ subject: `p${index}` as PatientId, after: { name: CANARY } }));
      }
      store.settings.set('clinic', CANARY);
    });
    store.numerics.append({
      deviceId: CANARY as DeviceId,
      at: NOW,
      receivedAt: NOW,
      history: false,
      codes: ['hr'],
      values: [70],
    });
    store.numerics.flush();
    scan(dataDir);
    const db = connect(join(dataDir, 'wardline.db'), key, { readOnly: false });
    db.exec(
      'CREATE INDEX by_text ON patient (search_text); CREATE TEMP TABLE t AS SELECT * FROM patient ORDER BY search_text DESC',
    );
    db.prepare('SELECT search_text FROM patient ORDER BY substr(search_text, 3) || id DESC').all();
    scan(dataDir);
    db.exec('VACUUM');
    scan(dataDir);
    db.close();
    store.backup(join(dataDir, 'backup'));
    scan(join(dataDir, 'backup'));
    expect(readdirSync(temporary.path)).toEqual([]);
  });
});

function scan(path: string): void {
  for (const name of readdirSync(path)) {
    const file = join(path, name);
    if (statSync(file).isDirectory()) continue;
    const bytes = readFileSync(file);
    expect([file, bytes.includes(CANARY), bytes.includes('SQLite format 3')]).toEqual([
      file,
      false,
      name === 'wardline.lock',
    ]);
  }
}
