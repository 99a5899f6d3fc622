import type Database from 'better-sqlite3';
import type { AreaId, WardId } from '#domain/ids.ts';
import type { Area, AreaKind, AreaStore, Site, WardAttributes, WardKind } from '#domain/location/area.ts';
import { bit, named, namedByEvent, naturally } from './rows.ts';

interface AreaRow {
  readonly id: AreaId;
  readonly ward_id: WardId | null;
  readonly name: string;
  readonly kind: AreaKind;
  readonly code: string | null;
}

interface WardRow {
  readonly ward_id: WardId;
  readonly kind: WardKind;
  readonly site_id: string | null;
  readonly code: string | null;
  readonly from_feed: number;
}

/** What a ward is until somebody says otherwise. */
const PLAIN: WardAttributes = { kind: 'inpatient', siteId: null, code: null, fromFeed: false };

/** Lists are in natural order of name. */
export function createAreaStore(db: Database.Database): AreaStore {
  const sites = db.prepare<[], Site>('SELECT id, name FROM site');
  const saveSite = db.prepare(
    'INSERT INTO site (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
  );
  const wards = db.prepare<[], WardRow>('SELECT * FROM ward_attributes');
  const ward = db.prepare<[string], WardRow>('SELECT * FROM ward_attributes WHERE ward_id = ?');
  const saveWard = db.prepare(`
    INSERT INTO ward_attributes (ward_id, kind, site_id, code, from_feed) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (ward_id) DO UPDATE SET kind = excluded.kind, site_id = excluded.site_id, code = excluded.code,
      from_feed = excluded.from_feed`);
  const areas = db.prepare<[], AreaRow>('SELECT * FROM area');
  const area = db.prepare<[string], AreaRow>('SELECT * FROM area WHERE id = ?');
  const saveArea = db.prepare(`
    INSERT INTO area (id, ward_id, name, kind, code) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ward_id = excluded.ward_id, name = excluded.name, kind = excluded.kind,
      code = excluded.code`);
  const removeArea = db.prepare('DELETE FROM area WHERE id = ?');
  return {
    listSites: () => sites.all().sort(byName),
    saveSite: ({ id, name }) => {
      saveSite.run(id, name);
    },
    wardAttributes: (wardId) => {
      const row = ward.get(wardId);
      return row ? toAttributes(row) : PLAIN;
    },
    saveWardAttributes: (wardId, { kind, siteId, code, fromFeed }) => {
      saveWard.run(wardId, kind, siteId, code, bit(fromFeed));
    },
    listWardAttributes: () => new Map(wards.all().map((row) => [row.ward_id, toAttributes(row)])),
    listAreas: () => areas.all().map(toArea).sort(byName),
    findArea: (id) => {
      const row = area.get(id);
      return row && toArea(row);
    },
    saveArea: ({ id, wardId, name, kind, code }) => {
      saveArea.run(id, wardId, name, kind, code);
    },
    everUsed: (id) =>
      named(db, 'place_stay', 'area_id', id) || named(db, 'flow_summary', 'area_id', id) || namedByEvent(db, id),
    removeArea: (id) => {
      removeArea.run(id);
    },
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return naturally(left.name, right.name);
}

function toAttributes(row: WardRow): WardAttributes {
  return { kind: row.kind, siteId: row.site_id, code: row.code, fromFeed: row.from_feed === 1 };
}

function toArea(row: AreaRow): Area {
  return { id: row.id, wardId: row.ward_id, name: row.name, kind: row.kind, code: row.code };
}
