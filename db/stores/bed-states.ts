import type Database from 'better-sqlite3';
import type {
  BedAttributes,
  BedStateStore,
  Equipment,
  HeardTag,
  IsolationKind,
  RoomAttributes,
  SexRule,
} from '#domain/flow/bed-state.ts';
import type { BedId, DeviceId, EncounterId, RoomId } from '#domain/ids.ts';
import { createBedBlockStore, createBedRequestStore, createReservationStore } from './bed-holds.ts';
import { bit, texts } from './rows.ts';

/** What beds and rooms are good for, who is isolated, and what stands against taking a bed. */
export function createBedStateStore(db: Database.Database): BedStateStore {
  const blocks = createBedBlockStore(db);
  const reservations = createReservationStore(db);
  return {
    ...createAttributeStore(db),
    ...createIsolationStore(db),
    ...blocks,
    ...reservations,
    ...createBedRequestStore(db),
    ...createDoubtStore(db),
    listDue: (now) => ({ blocks: blocks.listDueBlocks(now), reservations: reservations.listDueReservations(now) }),
  };
}

interface BedRow {
  readonly bed_id: BedId;
  readonly places: number;
  readonly equipment: string | null;
  readonly age_from: number | null;
  readonly age_to: number | null;
  readonly code: string | null;
  readonly from_feed: number | null;
}

interface RoomRow {
  readonly room_id: string;
  readonly sex_rule: SexRule;
  readonly isolation_for: string;
  readonly code: string | null;
  readonly from_feed: number;
}

/** What a bed and a room are until somebody says otherwise. */
const PLAIN_BED: BedAttributes = { equipment: [], ageFrom: null, ageTo: null, places: 1, code: null, fromFeed: false };
const PLAIN_ROOM: RoomAttributes = { sexRule: 'any', isolationFor: [], code: null, fromFeed: false };

function createAttributeStore(db: Database.Database) {
  const beds = `
    SELECT bed.id AS bed_id, bed.places, equipment, age_from, age_to, code, from_feed
    FROM bed LEFT JOIN bed_attributes ON bed_attributes.bed_id = bed.id`;
  const allBeds = db.prepare<[], BedRow>(beds);
  const bed = db.prepare<[string], BedRow>(`${beds} WHERE bed.id = ?`);
  const saveBed = db.prepare(`
    INSERT INTO bed_attributes (bed_id, equipment, age_from, age_to, code, from_feed) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (bed_id) DO UPDATE SET equipment = excluded.equipment, age_from = excluded.age_from,
      age_to = excluded.age_to, code = excluded.code, from_feed = excluded.from_feed`);
  const inRoom = db.prepare<[string], BedId>('SELECT id FROM bed WHERE room_id = ?').pluck();
  const savePlaces = db.prepare('UPDATE bed SET places = ? WHERE id = ? AND places <> ?');
  const allRooms = db.prepare<[], RoomRow>('SELECT * FROM room_attributes');
  const room = db.prepare<[string], RoomRow>('SELECT * FROM room_attributes WHERE room_id = ?');
  const saveRoom = db.prepare(`
    INSERT INTO room_attributes (room_id, sex_rule, isolation_for, code, from_feed) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (room_id) DO UPDATE SET sex_rule = excluded.sex_rule, isolation_for = excluded.isolation_for,
      code = excluded.code, from_feed = excluded.from_feed`);
  return {
    bedsInRoom: (roomId: RoomId) => inRoom.all(roomId),
    bedAttributes: (bedId: BedId) => {
      const row = bed.get(bedId);
      return row ? toBedAttributes(row) : PLAIN_BED;
    },
    saveBedAttributes: (bedId: BedId, { equipment, ageFrom, ageTo, places, code, fromFeed }: BedAttributes) => {
      saveBed.run(bedId, JSON.stringify(equipment), ageFrom, ageTo, code, bit(fromFeed));
      savePlaces.run(places, bedId, places);
    },
    listBedAttributes: () => new Map(allBeds.all().map((row) => [row.bed_id, toBedAttributes(row)])),
    roomAttributes: (roomId: string) => {
      const row = room.get(roomId);
      return row ? toRoomAttributes(row) : PLAIN_ROOM;
    },
    saveRoomAttributes: (roomId: string, { sexRule, isolationFor, code, fromFeed }: RoomAttributes) => {
      saveRoom.run(roomId, sexRule, JSON.stringify(isolationFor), code, bit(fromFeed));
    },
    /** Only of rooms of which something was said. */
    listRoomAttributes: () => new Map(allRooms.all().map((row) => [row.room_id, toRoomAttributes(row)])),
  };
}

function toBedAttributes(row: BedRow): BedAttributes {
  return {
    equipment: row.equipment === null ? [] : (texts(row.equipment) as Equipment[]),
    ageFrom: row.age_from,
    ageTo: row.age_to,
    places: row.places,
    code: row.code,
    fromFeed: row.from_feed === 1,
  };
}

function toRoomAttributes(row: RoomRow): RoomAttributes {
  return {
    sexRule: row.sex_rule,
    isolationFor: texts(row.isolation_for) as IsolationKind[],
    code: row.code,
    fromFeed: row.from_feed === 1,
  };
}

function createIsolationStore(db: Database.Database) {
  const kindOf = db.prepare<[string], IsolationKind>('SELECT kind FROM isolation WHERE encounter_id = ?').pluck();
  const all = db.prepare<[], { encounter_id: EncounterId; kind: IsolationKind }>('SELECT * FROM isolation');
  const save = db.prepare(`
    INSERT INTO isolation (encounter_id, kind) VALUES (?, ?)
    ON CONFLICT (encounter_id) DO UPDATE SET kind = excluded.kind`);
  const remove = db.prepare('DELETE FROM isolation WHERE encounter_id = ?');
  const near = db
    .prepare<[{ bedId: BedId; except: EncounterId }], number>(`
      WITH near AS (SELECT id FROM bed WHERE room_id = (SELECT room_id FROM bed WHERE id = :bedId))
      SELECT EXISTS (
        SELECT 1 FROM near
        JOIN bed_assignment held ON held.bed_id = near.id AND held.ended_at IS NULL
        JOIN isolation ON isolation.encounter_id = held.encounter_id
        WHERE held.encounter_id <> :except AND isolation.kind <> 'protective'
      ) OR EXISTS (
        SELECT 1 FROM near
        JOIN task ON task.bed_id = near.id AND task.kind = 'cleaning' AND task.state IN ('requested', 'started')
        WHERE task.contaminated = 1
      )`)
    .pluck();
  return {
    isolationOf: (encounterId: EncounterId) => kindOf.get(encounterId) ?? null,
    saveIsolation: (encounterId: EncounterId, kind: IsolationKind | null) => {
      if (kind === null) remove.run(encounterId);
      else save.run(encounterId, kind);
    },
    listIsolations: () => new Map(all.all().map(({ encounter_id, kind }) => [encounter_id, kind])),
    isolatedNear: (bedId: BedId, except: EncounterId) => near.get({ bedId, except }) === 1,
  };
}

interface HeardRow {
  readonly device_id: DeviceId;
  readonly place: string;
  readonly at: number;
}

function createDoubtStore(db: Database.Database) {
  const settle = db.prepare(`
    INSERT INTO settled_doubt (id, at, by_id) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, by_id = excluded.by_id`);
  const unsettle = db.prepare('DELETE FROM settled_doubt WHERE id = ?');
  const settled = db.prepare<[], string>('SELECT id FROM settled_doubt').pluck();
  const heard = db.prepare(`
    INSERT INTO heard_tag (device_id, place, at) VALUES (?, ?, ?)
    ON CONFLICT (device_id) DO UPDATE SET place = excluded.place, at = excluded.at`);
  const allHeard = db.prepare<[], HeardRow>('SELECT * FROM heard_tag');
  return {
    settleDoubt: ({ id, at, by }: { readonly id: string; readonly at: number; readonly by: string }) => {
      settle.run(id, at, by);
    },
    unsettleDoubts: (ids: readonly string[]) => {
      for (const id of ids) unsettle.run(id);
    },
    listSettledDoubts: () => settled.all(),
    saveHeardTag: ({ deviceId, place, at }: HeardTag) => {
      heard.run(deviceId, place, at);
    },
    listHeardTags: () => allHeard.all().map(({ device_id, place, at }) => ({ deviceId: device_id, place, at })),
  };
}
