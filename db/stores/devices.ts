import type Database from 'better-sqlite3';
import type { Device, DeviceStore, DeviceTie } from '#domain/device/device.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';
import { texts } from './rows.ts';

interface DeviceRow {
  readonly id: DeviceId;
  readonly type: string | null;
  readonly serial: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly metrics: string;
  readonly units: string;
  readonly hello_at: number | null;
  readonly first_seen_at: number;
  readonly admitted_at: number | null;
  readonly retired_at: number | null;
}

interface TieRow {
  readonly id: string;
  readonly device_id: DeviceId;
  readonly bed_id: BedId | null;
  readonly encounter_id: EncounterId | null;
  readonly started_at: number;
  readonly ended_at: number | null;
}

export function createDeviceStore(db: Database.Database): DeviceStore {
  const byId = db.prepare<[string], DeviceRow>('SELECT * FROM device WHERE id = ?');
  const all = db.prepare<[], DeviceRow>('SELECT * FROM device ORDER BY id');
  const save = db.prepare(`
    INSERT INTO device (id, type, serial, model, firmware, metrics, units, hello_at, first_seen_at, admitted_at, retired_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET type = excluded.type, serial = excluded.serial, model = excluded.model,
      firmware = excluded.firmware, metrics = excluded.metrics, units = excluded.units, hello_at = excluded.hello_at,
      first_seen_at = excluded.first_seen_at, admitted_at = excluded.admitted_at, retired_at = excluded.retired_at`);
  const openTies = db.prepare<[], TieRow>('SELECT * FROM device_tie WHERE ended_at IS NULL ORDER BY device_id');
  const openTie = db.prepare<[string], TieRow>('SELECT * FROM device_tie WHERE device_id = ? AND ended_at IS NULL');
  const tiesBy = (column: 'device_id' | 'bed_id' | 'encounter_id') =>
    db.prepare<[string, number, number], TieRow>(`
      SELECT * FROM device_tie WHERE ${column} = ? AND started_at < ? AND (ended_at IS NULL OR ended_at > ?)
      ORDER BY started_at, id`);
  const [byDevice, byBed, byEncounter] = [tiesBy('device_id'), tiesBy('bed_id'), tiesBy('encounter_id')];
  const startTie = db.prepare(
    'INSERT INTO device_tie (id, device_id, bed_id, encounter_id, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const endTie = db.prepare('UPDATE device_tie SET ended_at = ? WHERE id = ? AND ended_at IS NULL');

  const tieById = db.prepare<[string], TieRow>('SELECT * FROM device_tie WHERE id = ?');
  const reopenTie = db.prepare('UPDATE device_tie SET ended_at = NULL WHERE id = ?');

  const tiesOf: DeviceStore['tiesOf'] = (subject, from, to) => {
    if ('deviceId' in subject) return byDevice.all(subject.deviceId, to, from).map(toTie);
    if ('bedId' in subject) return byBed.all(subject.bedId, to, from).map(toTie);
    return byEncounter.all(subject.encounterId, to, from).map(toTie);
  };
  return {
    find: (id) => {
      const row = byId.get(id);
      return row && toDevice(row);
    },
    list: () => all.all().map(toDevice),
    save: (d) => {
      const [metrics, units] = [JSON.stringify(d.metrics), JSON.stringify(d.units)];
      const { id, type, serial, model, firmware, helloAt, firstSeenAt, admittedAt, retiredAt } = d;
      save.run(id, type, serial, model, firmware, metrics, units, helloAt, firstSeenAt, admittedAt, retiredAt);
    },
    openTies: () => openTies.all().map(toTie),
    openTie: (deviceId) => {
      const row = openTie.get(deviceId);
      return row && toTie(row);
    },
    tiesOf,
    startTie: (tie) => {
      startTie.run(tie.id, tie.deviceId, tie.bedId, tie.encounterId, tie.startedAt, tie.endedAt);
    },
    endTie: (id, endedAt) => {
      endTie.run(endedAt, id);
    },
    findTie: (id) => {
      const row = tieById.get(id);
      return row && toTie(row);
    },
    reopenTie: (id) => {
      reopenTie.run(id);
    },
  };
}

function toDevice(row: DeviceRow): Device {
  return {
    id: row.id,
    type: row.type,
    serial: row.serial,
    model: row.model,
    firmware: row.firmware,
    metrics: texts(row.metrics),
    units: JSON.parse(row.units) as Record<string, string>,
    helloAt: row.hello_at,
    firstSeenAt: row.first_seen_at,
    admittedAt: row.admitted_at,
    retiredAt: row.retired_at,
  };
}

function toTie(row: TieRow): DeviceTie {
  return {
    id: row.id,
    deviceId: row.device_id,
    bedId: row.bed_id,
    encounterId: row.encounter_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
