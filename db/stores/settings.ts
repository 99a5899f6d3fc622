import type Database from 'better-sqlite3';
import type { IdempotencyStore, SettingStore } from '#domain/clinic/store.ts';
import { canonicalJson } from '../canonical.ts';

export function createSettingStore(db: Database.Database): SettingStore {
  const get = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const set = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (key) => {
      const value = get.get(key);
      return value === undefined ? undefined : JSON.parse(value);
    },
    set: (key, value) => {
      set.run(key, canonicalJson(value));
    },
  };
}

interface AnswerRow {
  readonly procedure: string;
  readonly input_hash: string;
  readonly result: string;
}

/** Saving a second answer to one key fails: the first stands. */
export function createIdempotencyStore(db: Database.Database): IdempotencyStore {
  const find = db.prepare<[string, string], AnswerRow>(
    'SELECT procedure, input_hash, result FROM answer WHERE actor = ? AND key = ?',
  );
  const save = db.prepare(
    'INSERT INTO answer (actor, key, procedure, input_hash, result, given_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const removeBefore = db.prepare('DELETE FROM answer WHERE given_at < ?');
  return {
    find: (actor, key) => {
      const row = find.get(actor, key);
      return row && { procedure: row.procedure, inputHash: row.input_hash, result: JSON.parse(row.result) };
    },
    save: ({ actor, key, procedure, inputHash, result, at }) => {
      save.run(actor, key, procedure, inputHash, canonicalJson(result), at);
    },
    removeBefore: (at) => {
      removeBefore.run(at);
    },
  };
}
