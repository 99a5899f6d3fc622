import type Database from 'better-sqlite3';
import type {
  Presence,
  PresenceStore,
  QuarantineReason,
  QuarantineRow,
  QuarantineStore,
  SequenceMark,
  SequenceStore,
} from '#domain/device/device.ts';
import type { DeviceId } from '#domain/ids.ts';
import { bit } from './rows.ts';

interface PresenceRow {
  readonly device_id: DeviceId;
  readonly online: number;
  readonly last_message_at: number | null;
  readonly battery: number | null;
  readonly skew_ms: number | null;
  readonly skewed: number;
}

export function createPresenceStore(db: Database.Database): PresenceStore {
  const save = db.prepare(`
    INSERT INTO presence (device_id, online, last_message_at, battery, skew_ms, skewed) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (device_id) DO UPDATE SET online = excluded.online, last_message_at = excluded.last_message_at,
      battery = excluded.battery, skew_ms = excluded.skew_ms, skewed = excluded.skewed`);
  const all = db.prepare<[], PresenceRow>('SELECT * FROM presence ORDER BY device_id');
  return {
    save: (deviceId, p) => {
      save.run(deviceId, bit(p.online), p.lastMessageAt, p.battery, p.skewMs, bit(p.skewed));
    },
    list: () => all.all().map((row) => ({ deviceId: row.device_id, presence: toPresence(row) })),
  };
}

function toPresence(row: PresenceRow): Presence {
  return {
    online: row.online === 1,
    lastMessageAt: row.last_message_at,
    battery: row.battery,
    skewMs: row.skew_ms,
    skewed: row.skewed === 1,
  };
}

const QUARANTINE_ROWS = 10_000;
const SAMPLE_BYTES = 512;

interface StoredQuarantineRow {
  readonly device: string;
  readonly topic: string;
  readonly reason: QuarantineReason;
  readonly at: number;
  readonly count: number;
  readonly detail: string | null;
  readonly sample: Buffer | null;
}

/** Newest first; a row's time, detail and sample are those of its newest message. */
export function createQuarantineStore(db: Database.Database): QuarantineStore {
  const add = db.prepare(`
    INSERT INTO quarantine (device, topic, reason, at, count, detail, sample) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (device, topic, reason) DO UPDATE SET count = count + excluded.count,
      detail = iif(excluded.at >= at, excluded.detail, detail),
      sample = iif(excluded.at >= at, excluded.sample, sample),
      at = max(at, excluded.at)`);
  const held = db.prepare<[], number>('SELECT count(*) FROM quarantine').pluck();
  const dropOldest = db.prepare(
    'DELETE FROM quarantine WHERE rowid IN (SELECT rowid FROM quarantine ORDER BY at, rowid LIMIT ?)',
  );
  const all = db.prepare<[], StoredQuarantineRow>('SELECT * FROM quarantine ORDER BY at DESC, rowid DESC');
  const byDevice = db.prepare<[string], StoredQuarantineRow>(
    'SELECT * FROM quarantine WHERE device = ? ORDER BY at DESC, rowid DESC',
  );
  return {
    add: db.transaction((rows: readonly QuarantineRow[]) => {
      for (const row of rows) {
        const sample = row.sample && Buffer.from(row.sample.subarray(0, SAMPLE_BYTES));
        add.run(row.device, row.topic, row.reason, row.at, row.count, row.detail, sample);
      }
      const excess = (held.get() ?? 0) - QUARANTINE_ROWS;
      if (excess > 0) dropOldest.run(excess);
    }),
    list: (device) => (device === undefined ? all.all() : byDevice.all(device)),
  };
}

interface SequenceRow {
  readonly device_id: DeviceId;
  readonly topic: SequenceMark['topic'];
  readonly epoch: number;
  readonly highest: number;
  readonly taken: Buffer;
}

export function createSequenceStore(db: Database.Database): SequenceStore {
  const save = db.prepare(`
    INSERT INTO sequence_mark (device_id, topic, epoch, highest, taken) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (device_id, topic) DO UPDATE SET epoch = excluded.epoch, highest = excluded.highest, taken = excluded.taken`);
  const all = db.prepare<[], SequenceRow>('SELECT * FROM sequence_mark ORDER BY device_id, topic');
  return {
    saveAll: db.transaction((marks: readonly SequenceMark[]) => {
      for (const { deviceId, topic, epoch, highest, window } of marks) {
        save.run(deviceId, topic, epoch, highest, Buffer.from(window.buffer, window.byteOffset, window.byteLength));
      }
    }),
    list: () =>
      all.all().map((row) => ({
        deviceId: row.device_id,
        topic: row.topic,
        epoch: row.epoch,
        highest: row.highest,
        window: new Uint8Array(row.taken),
      })),
  };
}
