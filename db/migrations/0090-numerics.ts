import { count, finite, instant, type Migration } from './migration.ts';

/**
 * The time series of numerics. `numeric_log` holds, in order of arrival, what no block holds yet; a series is read from
 * its blocks and from log rows numbered `log_from` or above. Blocks and minutes are packed (db/series).
 */
export const migration: Migration = {
  version: 90,
  name: 'numerics',
  up(db) {
    db.exec(`
      CREATE TABLE numeric_series (
        id        INTEGER PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 536870911),
        device_id TEXT NOT NULL,
        code      TEXT NOT NULL,
        history   INTEGER NOT NULL CHECK (history IN (0, 1)),
        log_from  INTEGER NOT NULL ${count('log_from')},
        sealed_to INTEGER CHECK (sealed_to BETWEEN -9007199254740991 AND 9007199254740991),
        UNIQUE (device_id, code, history)
      ) STRICT;
      CREATE TABLE numeric_log (
        id    INTEGER PRIMARY KEY NOT NULL CHECK (id > 0),
        bytes BLOB NOT NULL
      ) STRICT;
      CREATE TABLE numeric_block (
        id        INTEGER PRIMARY KEY NOT NULL,
        series_id INTEGER NOT NULL REFERENCES numeric_series,
        from_at   INTEGER NOT NULL ${instant('from_at')},
        to_at     INTEGER NOT NULL ${instant('to_at')} CHECK (to_at BETWEEN from_at AND from_at + 604800000),
        count     INTEGER NOT NULL CHECK (count > 0),
        min       REAL NOT NULL ${finite('min')},
        max       REAL NOT NULL ${finite('max')},
        bytes     BLOB NOT NULL
      ) STRICT;
      CREATE INDEX block_by_series ON numeric_block (series_id, from_at, to_at);
      CREATE INDEX block_by_age    ON numeric_block (to_at);
      CREATE TABLE minute_block (
        id        INTEGER PRIMARY KEY NOT NULL,
        series_id INTEGER NOT NULL REFERENCES numeric_series,
        from_at   INTEGER NOT NULL ${instant('from_at')},
        to_at     INTEGER NOT NULL ${instant('to_at')} CHECK (to_at BETWEEN from_at AND from_at + 604800000),
        bytes     BLOB NOT NULL
      ) STRICT;
      CREATE INDEX minutes_by_series ON minute_block (series_id, from_at, to_at);
      CREATE INDEX minutes_by_age    ON minute_block (to_at);`);
  },
};
