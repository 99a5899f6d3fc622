import type Database from 'better-sqlite3';
import type { CountedBed } from '#domain/flow/census.ts';
import type { BedId, WardId } from '#domain/ids.ts';
import type { WardKind } from '#domain/location/area.ts';
import { DAY_MS } from '#domain/time.ts';

/** Beds made this soon after their ward's first are those it was set up with: they were there before anybody wrote it down. */
const SETTING_UP_MS = 30 * DAY_MS;

interface BedRow {
  readonly id: BedId;
  readonly ward_id: WardId;
}

/** Where figures look: beds that count, wards by kind, places for emergencies. */
export interface FigurePlaces {
  /** Of a ward; of the house: of its inpatient wards. */
  countedBeds(wardId: WardId | null): CountedBed[];
  kindOf(wardId: WardId): WardKind;
  /** Whether the place is in an emergency ward, or an area people wait or are treated in. */
  emergency(wardId: WardId | null, areaId: string | null): boolean;
}

/** Reads the places as they are now: call once for a question. */
export function readPlaces(db: Database.Database): FigurePlaces {
  const kinds = new Map(db.prepare<[], [WardId, WardKind]>('SELECT ward_id, kind FROM ward_attributes').raw().all());
  const areas = new Map(
    db
      .prepare<[], [string, WardId | null, string]>('SELECT id, ward_id, kind FROM area')
      .raw()
      .all()
      .map(([id, wardId, kind]) => [id, { wardId, kind }]),
  );
  const kindOf = (wardId: WardId) => kinds.get(wardId) ?? 'inpatient';
  return {
    kindOf,
    countedBeds: (wardId) =>
      countedBeds(db).filter((bed) => (wardId ? bed.wardId === wardId : kindOf(bed.wardId) === 'inpatient')),
    emergency: (wardId, areaId) => {
      const area = areaId === null ? undefined : areas.get(areaId);
      const ward = area?.wardId ?? wardId;
      if (ward !== null && kindOf(ward) === 'emergency') return true;
      return area !== undefined && ward === null && (area.kind === 'waiting' || area.kind === 'treatment');
    },
  };
}

function countedBeds(db: Database.Database): CountedBed[] {
  const made = new Map(
    db.prepare<[], [string, number]>(`SELECT subject, at FROM ledger WHERE act = 'bed.added'`).raw().all(),
  );
  const beds = db.prepare<[], BedRow>('SELECT id, ward_id FROM bed').all();
  const firsts = new Map<WardId, number>();
  for (const { id, ward_id } of beds) {
    firsts.set(
      ward_id,
      Math.min(firsts.get(ward_id) ?? Number.POSITIVE_INFINITY, made.get(id) ?? Number.NEGATIVE_INFINITY),
    );
  }
  return beds.map(({ id, ward_id: wardId }) => {
    const at = made.get(id);
    const added = at !== undefined && at > (firsts.get(wardId) ?? at) + SETTING_UP_MS;
    return { id, wardId, since: added ? at : Number.NEGATIVE_INFINITY };
  });
}
