import type Database from 'better-sqlite3';
import type { BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Bed, LocationStore, Room, Ward } from '#domain/location/location.ts';
import { named, namedByEvent, naturally } from './rows.ts';

interface RoomRow {
  readonly id: RoomId;
  readonly ward_id: WardId;
  readonly label: string;
}

interface BedRow {
  readonly id: BedId;
  readonly ward_id: WardId;
  readonly room_id: RoomId;
  readonly label: string;
}

/** Tables whose rows say that a bed was used, held, blocked, cleaned or asked for. */
const USES_OF_A_BED = [
  'bed_assignment',
  'device_tie',
  'bed_block',
  'bed_reservation',
  'task',
  'refused_claim',
  'flow_summary',
];

/** Lists are in natural order of name or label; beds of several wards go by ward first. */
export function createLocationStore(db: Database.Database): LocationStore {
  const wards = db.prepare<[], Ward>('SELECT id, name FROM ward');
  const ward = db.prepare<[string], Ward>('SELECT id, name FROM ward WHERE id = ?');
  const rooms = db.prepare<[string], RoomRow>('SELECT * FROM room WHERE ward_id = ?');
  const room = db.prepare<[string], RoomRow>('SELECT * FROM room WHERE id = ?');
  const beds = db.prepare<[], BedRow>('SELECT * FROM bed');
  const bedsByWard = db.prepare<[string], BedRow>('SELECT * FROM bed WHERE ward_id = ?');
  const bed = db.prepare<[string], BedRow>('SELECT * FROM bed WHERE id = ?');
  const saveWard = db.prepare(
    'INSERT INTO ward (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
  );
  const saveRoom = db.prepare(`
    INSERT INTO room (id, ward_id, label) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ward_id = excluded.ward_id, label = excluded.label`);
  const saveBed = db.prepare(`
    INSERT INTO bed (id, ward_id, room_id, label) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ward_id = excluded.ward_id, room_id = excluded.room_id, label = excluded.label`);
  const removeBed = db.prepare('DELETE FROM bed WHERE id = ?');

  const listWards = (): Ward[] => wards.all().sort((left, right) => naturally(left.name, right.name));
  const bedsOf = (wardId: WardId): Bed[] => bedsByWard.all(wardId).map(toBed).sort(byLabel);
  const allBeds = (): Bed[] => {
    const place = new Map(listWards().map(({ id }, index) => [id, index]));
    const rank = (entry: Bed): number => place.get(entry.wardId) ?? 0;
    return beds
      .all()
      .map(toBed)
      .sort((left, right) => rank(left) - rank(right) || byLabel(left, right));
  };
  return {
    listWards,
    listRooms: (wardId) => rooms.all(wardId).map(toRoom).sort(byLabel),
    listBeds: (wardId) => (wardId === undefined ? allBeds() : bedsOf(wardId)),
    findWard: (id) => ward.get(id),
    findRoom: (id) => {
      const row = room.get(id);
      return row && toRoom(row);
    },
    findBed: (id) => {
      const row = bed.get(id);
      return row && toBed(row);
    },
    saveWard: ({ id, name }) => {
      saveWard.run(id, name);
    },
    saveRoom: ({ id, wardId, label }) => {
      saveRoom.run(id, wardId, label);
    },
    saveBed: ({ id, wardId, roomId, label }) => {
      saveBed.run(id, wardId, roomId, label);
    },
    everUsed: (id) => USES_OF_A_BED.some((table) => named(db, table, 'bed_id', id)) || namedByEvent(db, id),
    removeBed: (id) => {
      removeBed.run(id);
    },
  };
}

function byLabel(left: { readonly label: string }, right: { readonly label: string }): number {
  return naturally(left.label, right.label);
}

function toRoom(row: RoomRow): Room {
  return { id: row.id, wardId: row.ward_id, label: row.label };
}

function toBed(row: BedRow): Bed {
  return { id: row.id, wardId: row.ward_id, roomId: row.room_id, label: row.label };
}
