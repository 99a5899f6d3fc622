import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#db/connection.ts';
import { migrate, schemaVersion } from '#db/migrate.ts';
import { migrations } from '#db/migrations/index.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';

let test: TestStore;
let db: Database.Database;
beforeAll(() => {
  test = openTestStore();
  db = connect(join(test.dataDir, 'wardline.db'), test.key, { readOnly: true });
});
afterAll(() => {
  db.close();
  test.remove();
});

interface Column {
  readonly name: string;
  readonly type: string;
}

describe('the schema', () => {
  it('has only strict tables', () => {
    const tables = db.prepare<[], { name: string; strict: number }>('PRAGMA table_list').all();
    const loose = tables.filter(({ name, strict }) => !name.startsWith('sqlite_') && strict === 0);
    expect(loose).toEqual([]);
  });

  it('F10 bounds every column of numbers', () => {
    const tables = db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
      .all();
    const unbounded = tables.flatMap(({ name, sql }) => {
      const columns = db.prepare<[], Column>(`PRAGMA table_info(${name})`).all();
      const numeric = columns.filter(({ type }) => type === 'INTEGER' || type === 'REAL');
      const bounded = (column: string) => new RegExp(`CHECK \\(${column} (BETWEEN|IN|=|>)`).test(sql);
      const rowid = (column: string) => new RegExp(`\\b${column} +INTEGER (PRIMARY KEY|NOT NULL REFERENCES)`).test(sql);
      return numeric
        .filter((column) => !bounded(column.name) && !rowid(column.name))
        .map((column) => `${name}.${column.name}`);
    });
    expect(unbounded).toEqual([]);
  });

  it('is built by steps in order, each number once', () => {
    const versions = migrations.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right));
    expect(versions.every((version) => version % 10 === 0)).toBe(true);
  });

  it('stops at the first step that fails and stays where the last good one left it', () => {
    const memory = new Database(':memory:');
    const step = (version: number, sql: string) => ({
      version,
      name: 'x',
      up: (to: Database.Database) => to.exec(sql),
    });
    const steps = [
      step(10, 'CREATE TABLE a (b) STRICT'.replace('b', 'b TEXT')),
      step(20, 'CREATE TABLE c (d TEXT); broken'),
      step(30, 'CREATE TABLE e (f TEXT)'),
    ];
    expect(() => migrate(memory, steps)).toThrow(/syntax error/);
    expect(schemaVersion(memory)).toBe(10);
    expect(memory.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['a']);
    memory.close();
  });
});

describe('what is asked often is found by an index', () => {
  const hot: readonly [string, string, string][] = [
    [
      'the open stay of a patient',
      "SELECT * FROM encounter WHERE patient_id = ? AND status IN ('in-progress', 'on-hold')",
      'open_stay_of_patient',
    ],
    [
      'who lies in a bed',
      'SELECT * FROM bed_assignment WHERE bed_id = ? AND ended_at IS NULL',
      'assignment_by_bed_end',
    ],
    [
      'which bed a patient has',
      'SELECT * FROM bed_assignment WHERE encounter_id = ? AND ended_at IS NULL',
      'one_bed_a_patient',
    ],
    [
      'what a device is tied to',
      'SELECT * FROM device_tie WHERE device_id = ? AND ended_at IS NULL',
      'one_tie_a_device',
    ],
    [
      'a patient by identifier',
      'SELECT * FROM patient_identifier WHERE system = ? AND value = ?',
      'sqlite_autoindex_patient_identifier_2',
    ],
    ['open alarms', "SELECT * FROM alarm WHERE signal <> 'off' ORDER BY began_at DESC", 'alarm_open'],
    [
      'past alarms of a stay',
      "SELECT * FROM alarm WHERE signal = 'off' AND encounter_id = ? AND began_at < ? ORDER BY began_at DESC",
      'alarm_ended_by_encounter',
    ],
    [
      'charted values of a kind',
      'SELECT * FROM observation WHERE encounter_id = ? AND code = ? AND observed_at <= ?',
      'observation_by_code',
    ],
    [
      'blocks of a series',
      'SELECT bytes FROM numeric_block WHERE series_id = ? AND from_at > ? AND from_at < ? AND to_at >= ?',
      'block_by_series',
    ],
    [
      'minutes of a series',
      'SELECT bytes FROM minute_block WHERE series_id = ? AND from_at > ? AND from_at < ? AND to_at >= ?',
      'minutes_by_series',
    ],
    ['blocks too old to keep', 'SELECT id FROM numeric_block WHERE to_at < ? LIMIT 10', 'block_by_age'],
    [
      'ledger entries about someone',
      'SELECT * FROM ledger WHERE seq < ? AND subject = ? ORDER BY seq DESC LIMIT ?',
      'ledger_by_subject',
    ],
    ['answers too old to keep', 'DELETE FROM answer WHERE given_at < ?', 'answer_by_age'],
    ['sessions of a user', 'SELECT * FROM session WHERE user_id = ?', 'session_by_user'],
  ];
  it.each(hot)('%s', (_, sql, index) => {
    const unbound = sql.replaceAll('?', '1');
    const plan = db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${unbound}`)
      .all()
      .map(({ detail }) => detail);
    expect(plan.join('; ')).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}\\b`));
    expect(plan.join('; ')).not.toMatch(/SCAN (?!alarm USING INDEX alarm_open)|TEMP B-TREE/);
  });
});
