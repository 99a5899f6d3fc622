import type { Migration } from './migration.ts';

/** Wards, rooms and beds. A bed's label is unique in its ward, whatever its room. */
export const migration: Migration = {
  version: 30,
  name: 'locations',
  up(db) {
    db.exec(`
      CREATE TABLE ward (
        id   TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL CHECK (name <> '')
      ) STRICT;
      CREATE TABLE room (
        id      TEXT PRIMARY KEY NOT NULL,
        ward_id TEXT NOT NULL REFERENCES ward,
        label   TEXT NOT NULL CHECK (label <> ''),
        UNIQUE (id, ward_id)
      ) STRICT;
      CREATE INDEX room_by_ward ON room (ward_id);
      CREATE TABLE bed (
        id      TEXT PRIMARY KEY NOT NULL,
        ward_id TEXT NOT NULL REFERENCES ward,
        room_id TEXT NOT NULL,
        label   TEXT NOT NULL CHECK (label <> ''),
        FOREIGN KEY (room_id, ward_id) REFERENCES room (id, ward_id),
        UNIQUE (ward_id, label)
      ) STRICT;
      CREATE INDEX bed_by_room ON bed (room_id, ward_id);`);
  },
};
