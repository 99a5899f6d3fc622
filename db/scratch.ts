import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './connection.ts';

/** A ward stay of a file, waiting for the others of its visit. Times epoch ms. */
export interface ScratchStay {
  readonly visit: string;
  readonly line: number;
  readonly patient: string;
  readonly ward: string;
  readonly from: number;
  readonly to: number;
  readonly outcome: string;
  /** A line with a problem: its visit is named, and nothing else is known. */
  readonly bad: boolean;
}

export interface Scratch {
  add(stay: ScratchStay): void;
  /** By visit, then time. Call once all are added. */
  list(): Iterable<ScratchStay>;
  /** Lines of patients who are said to be in two visits at once, each with the line before it. Call once all are added. */
  listTwiceIn(): Iterable<{ readonly line: number; readonly other: number; readonly patient: string }>;
  /** Whether a name comes for the first time. */
  once(name: string): boolean;
  /** Removes it from the disk. */
  close(): void;
}

type Row = Omit<ScratchStay, 'bad'> & { readonly bad: number };

/** Stays put in order on disk, so that a file of any size needs little memory; encrypted with a key that is kept nowhere. */
export function openScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-import-'));
  const key = randomBytes(32);
  const db = connect(join(folder, 'stays.db'), key, { readOnly: false });
  // A connection of its own: the other one is busy while its stays are gone through.
  const names = connect(join(folder, 'names.db'), key, { readOnly: false });
  names.pragma('synchronous = OFF');
  names.exec('CREATE TABLE name (name TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID; BEGIN');
  const once = names.prepare('INSERT INTO name VALUES (?) ON CONFLICT DO NOTHING');
  db.pragma('synchronous = OFF');
  db.exec(`
    CREATE TABLE stay (
      visit TEXT NOT NULL, start INTEGER NOT NULL, line INTEGER NOT NULL, patient TEXT NOT NULL, ward TEXT NOT NULL,
      finish INTEGER NOT NULL, outcome TEXT NOT NULL, bad INTEGER NOT NULL, PRIMARY KEY (visit, start, line)
    ) STRICT, WITHOUT ROWID;
    BEGIN`);
  const add = db.prepare('INSERT INTO stay VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const list = db.prepare<[], Row>(`
    SELECT visit, line, patient, ward, start AS "from", finish AS "to", outcome, bad FROM stay ORDER BY visit, start, line`);
  const twiceIn = db.prepare<[], { line: number; other: number; patient: string }>(`
    SELECT line, other, patient FROM (
      SELECT patient, visit, line, start,
        max(finish) OVER before AS until, last_value(line) OVER before AS other, last_value(visit) OVER before AS visit_before
      FROM stay WHERE bad = 0 AND patient <> ''
      WINDOW before AS (PARTITION BY patient ORDER BY start, line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
    WHERE start < until AND visit <> visit_before ORDER BY line`);
  return {
    add: ({ visit, line, patient, ward, from, to, outcome, bad }) => {
      add.run(visit, from, line, patient, ward, to, outcome, bad ? 1 : 0);
    },
    *list() {
      if (db.inTransaction) db.exec('COMMIT');
      for (const row of list.iterate()) yield { ...row, bad: row.bad === 1 };
    },
    *listTwiceIn() {
      if (db.inTransaction) db.exec('COMMIT');
      yield* twiceIn.iterate();
    },
    once: (name) => once.run(name).changes === 1,
    close: () => {
      names.close();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
