import type Database from 'better-sqlite3';
import type { CountedBed } from '#domain/flow/census.ts';
import type { BedId, WardId } from '#domain/ids.ts';
import type { WardKind } from '#domain/location/area.ts';
import { DAY_MS } from '#domain/time.ts';

/** Beds made this soon after their ward's first are those it was set up with. */
const SETTING_UP_MS = 7 * DAY_MS;
/** Who the ledger says made what messages named. */
const FEED = 'feed';

/** Where figures look: beds that count, wards by kind, places for emergencies. */
export interface FigurePlaces {
  /** Of a ward; of the house: of its inpatient wards. */
  countedBeds(wardId: WardId | null): CountedBed[];
  /** Whether the house counts the ward. */
  inHouse(wardId: WardId): boolean;
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
  const inHouse = (wardId: WardId) => kindOf(wardId) === 'inpatient';
  return {
    inHouse,
    countedBeds: (wardId) => countedBeds(db).filter((bed) => (wardId ? bed.wardId === wardId : inHouse(bed.wardId))),
    emergency: (wardId, areaId) => {
      const area = areaId === null ? undefined : areas.get(areaId);
      const ward = area?.wardId ?? wardId;
      if (ward !== null && kindOf(ward) === 'emergency') return true;
      return area !== undefined && ward === null && (area.kind === 'waiting' || area.kind === 'treatment');
    },
  };
}

interface MadeRow {
  readonly subject: string;
  readonly at: number;
  readonly actor: string;
}

interface BedRow {
  readonly id: BedId;
  readonly wardId: WardId;
  readonly firstHeld: number | null;
}

/**
 * Beds from when each is known: when it was made, or when it was first held if that was told of earlier. Where a past was
 * brought in from before the ward had any bed, the beds a person set it up with are as old as that past, so that it has
 * beds to lie in; one that messages named never is.
 */
function countedBeds(db: Database.Database): CountedBed[] {
  const made = new Map(
    db
      .prepare<[], MadeRow>(`SELECT subject, at, actor FROM ledger WHERE act = 'bed.added'`)
      .all()
      .map(({ subject, ...row }) => [subject, row]),
  );
  const beds = db
    .prepare<[], BedRow>(`
      SELECT id, ward_id AS wardId, (
        SELECT min(started_at) FROM bed_assignment WHERE bed_id = bed.id AND ended_at IS NOT started_at
      ) AS firstHeld FROM bed`)
    .all();
  const wards = db
    .prepare<[], [WardId, number | null]>(
      'SELECT id, (SELECT min(started_at) FROM place_stay WHERE ward_id = ward.id) FROM ward',
    )
    .raw()
    .all();
  const byWard = Map.groupBy(beds, ({ wardId }) => wardId);
  return wards.flatMap(([wardId, firstStay]) => knownSince(byWard.get(wardId) ?? [], made, firstStay ?? LATER));
}

const LATER = Number.POSITIVE_INFINITY;

function knownSince(
  beds: readonly BedRow[],
  made: ReadonlyMap<string, Pick<MadeRow, 'at' | 'actor'>>,
  firstStay: number,
): CountedBed[] {
  const byFeed = ({ id }: BedRow) => made.get(id)?.actor === FEED;
  const madeAt = ({ id }: BedRow) => made.get(id)?.at ?? Number.NEGATIVE_INFINITY;
  const firstMade = Math.min(...beds.filter((bed) => !byFeed(bed)).map(madeAt));
  const first = Math.min(firstStay, ...beds.map(({ firstHeld }) => firstHeld ?? LATER));
  const past = first < firstMade ? first : LATER;
  return beds.map((bed) => {
    const known = Math.min(madeAt(bed), bed.firstHeld ?? LATER);
    const setUp = !byFeed(bed) && madeAt(bed) <= firstMade + SETTING_UP_MS;
    return { id: bed.id, wardId: bed.wardId, since: setUp ? Math.min(past, known) : known };
  });
}
