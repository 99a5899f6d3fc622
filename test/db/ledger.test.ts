import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyFolder } from '#db/check.ts';
import { connect } from '#db/connection.ts';
import { storePaths } from '#db/paths.ts';
import type { Verification } from '#domain/ledger/entry.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { makeEntry } from './clinic.ts';

let test: TestStore;
afterEach(() => test.remove());

/** A store with entries 1 to `entries`, closed. */
function recorded(entries = 12): TestStore {
  test = openTestStore();
  write(test, 1, entries);
  test.store.close();
  return test;
}

function write({ store }: TestStore, from: number, to: number): void {
  for (let index = from; index <= to; index++) {
    store.transact(() => store.ledger.append(makeEntry({ subject: `stay-${index}`, after: { place: index } })));
  }
}

/** Changes the closed store as one who has the key and sets the triggers aside. */
function tamper(change: (db: Database.Database) => void, file = 'wardline.db'): void {
  const db = connect(join(test.dataDir, file), test.key, { readOnly: false });
  for (const trigger of ['ledger_only_grows', 'ledger_is_not_edited', 'ledger_is_not_shortened']) {
    db.exec(`DROP TRIGGER ${trigger}`);
  }
  change(db);
  db.close();
}

function verified(): Verification {
  return test.reopen().verify();
}

describe('the ledger', () => {
  it('is whole when nobody touched it, also after the store was opened again', () => {
    recorded();
    expect(verified()).toEqual({ ok: true, rows: 12 });
    expect(test.notices).toEqual([]);
    write(test, 13, 14);
    expect(test.store.ledger.verify()).toEqual({ ok: true, rows: 14 });
    expect(verified()).toEqual({ ok: true, rows: 14 });
  });

  it('is written inside a transaction only, and goes when the transaction goes', () => {
    recorded(2);
    const store = test.reopen();
    expect(() => store.ledger.append(makeEntry())).toThrow(/inside a transaction/);
    expect(() =>
      store.transact(() => {
        store.ledger.append(makeEntry());
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.verify()).toEqual({ ok: true, rows: 2 });
  });

  it('cannot be edited, shortened or grown in the middle by our own code', () => {
    recorded();
    const db = connect(join(test.dataDir, 'wardline.db'), test.key, { readOnly: false });
    const copyOf = 'INSERT INTO ledger SELECT 20, at, actor, station, act, subject, before, after, hash FROM ledger';
    expect(() => db.exec("UPDATE ledger SET actor = 'x'")).toThrow(/not edited/);
    expect(() => db.exec('DELETE FROM ledger')).toThrow(/not shortened/);
    expect(() => db.exec(`${copyOf} WHERE seq = 1`)).toThrow(/grows at its end/);
    db.close();
  });

  it('is listed newest first, a page at a time, by who, what and whom', () => {
    recorded(5);
    const { store } = { store: test.reopen() };
    store.transact(() => store.ledger.append(makeEntry({ actor: 'hub', act: 'alarm.began', subject: 'stay-2' })));
    const seqs = (filter: Parameters<typeof store.ledger.list>[0]) => store.ledger.list(filter).map(({ seq }) => seq);
    expect(seqs({ limit: 2 })).toEqual([6, 5]);
    expect(seqs({ limit: 2, before: 5 })).toEqual([4, 3]);
    expect(seqs({ limit: 9, subject: 'stay-2' })).toEqual([6, 2]);
    expect(seqs({ limit: 9, subject: 'stay-2', actor: 'hub', act: 'alarm.began' })).toEqual([6]);
    expect(store.ledger.list({ limit: 1, before: 3 })[0]).toMatchObject({ before: null, after: { place: 2 } });
  });
});

describe('tampering with the ledger is found, and the first bad entry named', () => {
  it('F97 an entry edited', () => {
    recorded();
    tamper((db) => db.exec(`UPDATE ledger SET after = '{"place":99}' WHERE seq = 5`));
    expect(verified()).toMatchObject({ ok: false, firstBad: 5 });
  });

  it('F98 an entry deleted, as it is or with the rest renumbered', () => {
    recorded();
    tamper((db) => db.exec('DELETE FROM ledger WHERE seq = 5'));
    expect(verified()).toMatchObject({ ok: false, firstBad: 5 });
    test.remove();
    recorded();
    tamper((db) => db.exec('DELETE FROM ledger WHERE seq = 5; UPDATE ledger SET seq = seq - 1 WHERE seq > 5'));
    expect(verified()).toMatchObject({ ok: false, firstBad: 5 });
  });

  it('F99 two entries swapped', () => {
    recorded();
    tamper((db) =>
      db.exec(`UPDATE ledger SET seq = 100 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 7;
               UPDATE ledger SET seq = 7 WHERE seq = 100`),
    );
    expect(verified()).toMatchObject({ ok: false, firstBad: 4 });
  });

  it('F100 the tail cut off', () => {
    recorded();
    tamper((db) => db.exec('DELETE FROM ledger WHERE seq > 9'));
    expect(verified()).toMatchObject({ ok: false, rows: 9, firstBad: 10 });
    expect(test.notices[0]).toMatchObject({ kind: 'anchor', text: expect.stringContaining('ends at entry 9') });
  });

  it('F100 the table emptied', () => {
    recorded();
    tamper((db) => db.exec('DELETE FROM ledger'));
    expect(verified()).toMatchObject({ ok: false, rows: 0, firstBad: 1 });
  });

  it('F101 the whole store put back to an older one, though that one is sound', () => {
    recorded();
    const path = join(test.dataDir, 'wardline.db');
    copyFileSync(path, `${path}.old`);
    write({ ...test, store: test.reopen() }, 13, 15);
    test.store.close();
    copyFileSync(`${path}.old`, path);
    expect(verified()).toMatchObject({ ok: false, rows: 12, firstBad: 13 });
    expect(test.notices[0]?.text).toMatch(/last 3 of 15 changes are missing/);
  });

  it('F101 also when the missing changes were not in the ledger; work goes on and the finding stays', () => {
    recorded();
    const path = join(test.dataDir, 'wardline.db');
    copyFileSync(path, `${path}.old`);
    const store = test.reopen();
    for (const value of [1, 2]) store.transact(() => store.settings.set('a', value));
    test.store.close();
    copyFileSync(`${path}.old`, path);
    expect(verified()).toMatchObject({ ok: false, problem: expect.stringContaining('last 2 of 14') });
    write(test, 13, 18);
    expect(verified()).toMatchObject({ ok: false, rows: 18, problem: expect.stringContaining('last 2 of 14') });
    expect(test.notices).toHaveLength(2);
    const copy = test.store.backup(join(test.dataDir, 'copy'));
    expect(copy.bytes).toBeGreaterThan(0);
    expect(verifyFolder(storePaths(join(test.dataDir, 'copy')), test.key)).toEqual({ ok: true, rows: 18 });
  });

  it('F103 an entry put over another, and the chain of another store pasted in', () => {
    recorded();
    const copy = 'at, actor, station, act, subject, before, after, hash';
    tamper((db) => {
      db.exec(`DELETE FROM ledger WHERE seq = 9; INSERT INTO ledger SELECT 9, ${copy} FROM ledger WHERE seq = 3`);
    });
    expect(verified()).toMatchObject({ ok: false, firstBad: 9 });
    const foreign = openTestStore();
    write(foreign, 1, 12);
    const rows = foreign.store.ledger.list({ limit: 99 });
    foreign.remove();
    test.store.close();
    test.remove();
    recorded();
    tamper((db) => {
      for (const { seq, hash } of rows) db.prepare('UPDATE ledger SET hash = ? WHERE seq = ?').run(hash, seq);
    });
    expect(verified()).toMatchObject({ ok: false, firstBad: 1 });
  });

  it('is told from an anchor that is gone, spoilt or from elsewhere', () => {
    recorded();
    const anchor = join(test.dataDir, 'wardline.anchor');
    const good = readFileSync(anchor);
    rmSync(anchor);
    expect(verified()).toMatchObject({ ok: false, rows: 12, problem: expect.stringContaining('missing') });
    test.store.close();
    writeFileSync(anchor, good.toString('latin1').replaceAll('[', '('));
    expect(verified()).toMatchObject({ ok: false, problem: expect.stringContaining('damaged') });
    test.store.close();
    writeFileSync(anchor, good);
    expect(verified()).toEqual({ ok: true, rows: 12 });
  });
});
