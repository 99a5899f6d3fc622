import type { BedId, EncounterId, RequestId } from '#domain/ids.ts';
import type { BoardPart } from './live-board.ts';

type Whole = Extract<BoardPart, { kind: 'whole' }>;
export type BoardBed = Whole['beds'][number];
export type BoardRow = Whole['encounters'][number];
export type BoardRequest = Whole['requests'][number];
export type BoardNotice = Whole['notices'][number];
export type BoardWard = Whole['wards'][number];
export type BoardArea = Whole['areas'][number];

/** The board as the hub told it. */
export interface BoardRecords {
  readonly wards: readonly BoardWard[];
  readonly areas: readonly BoardArea[];
  readonly beds: ReadonlyMap<BedId, BoardBed>;
  readonly rows: ReadonlyMap<EncounterId, BoardRow>;
  readonly requests: ReadonlyMap<RequestId, BoardRequest>;
  /** Newest first. */
  readonly notices: readonly BoardNotice[];
  /** Of the newest word from the hub, epoch ms. */
  readonly at: number;
}

/** A bed with all that a card of it shows. Stays the same object while none of that changes. */
export interface Tile {
  readonly bed: BoardBed;
  /** Who holds it, those the reader may know of. */
  readonly occupants: readonly BoardRow[];
  /** Beds asked for elsewhere for its occupants. */
  readonly requests: readonly BoardRequest[];
  /** Whom it is kept for. */
  readonly keptFor: BoardRow | undefined;
}

/** The board with what belongs together joined. */
export interface Board extends BoardRecords {
  /** Beds in order: ward as told, room, label, 2 before 10. */
  readonly tiles: ReadonlyMap<BedId, Tile>;
  readonly requestOf: ReadonlyMap<EncounterId, BoardRequest>;
  /** Where an encounter lies, for those in a bed of this board. */
  readonly bedOf: ReadonlyMap<EncounterId, BoardBed>;
}

export const NO_RECORDS: BoardRecords = {
  wards: [],
  areas: [],
  beds: new Map(),
  rows: new Map(),
  requests: new Map(),
  notices: [],
  at: 0,
};

/** Joins the records; tiles that say the same as before stay the same objects, so that nothing else is drawn again. */
export function foldBoard(records: BoardRecords, before?: Board): Board {
  const sameBeds = before?.beds === records.beds;
  const requestOf =
    before?.requests === records.requests
      ? before.requestOf
      : new Map([...records.requests.values()].map((request) => [request.encounterId, request]));
  const bedOf = sameBeds
    ? before.bedOf
    : new Map([...records.beds.values()].flatMap((bed) => bed.encounterIds.map((id) => [id, bed] as const)));
  const order = before && sameOrder(before, records) ? before.tiles.keys() : inOrder(records);
  const tiles = new Map<BedId, Tile>();
  for (const bedId of order) {
    const bed = records.beds.get(bedId);
    if (bed) tiles.set(bedId, sameTile(tileOf(bed, records.rows, requestOf), before?.tiles.get(bedId)));
  }
  return { ...records, tiles, requestOf, bedOf };
}

/** Whether beds stand where they stood: sorting hundreds of labels costs more than all the rest. */
function sameOrder(before: BoardRecords, after: BoardRecords): boolean {
  if (before.wards !== after.wards || before.beds.size !== after.beds.size) return false;
  if (before.beds === after.beds) return true;
  for (const [id, bed] of after.beds) {
    const was = before.beds.get(id);
    if (was === bed) continue;
    if (!was || was.wardId !== bed.wardId || was.roomId !== bed.roomId) return false;
    if (was.roomLabel !== bed.roomLabel || was.label !== bed.label) return false;
  }
  return true;
}

const natural = new Intl.Collator('en', { numeric: true });

function inOrder({ beds, wards }: BoardRecords): readonly BedId[] {
  const place = new Map(wards.map(({ id }, index) => [id, index]));
  const ward = (bed: BoardBed) => place.get(bed.wardId) ?? wards.length;
  return [...beds.values()]
    .sort(
      (one, other) =>
        ward(one) - ward(other) ||
        natural.compare(one.roomLabel, other.roomLabel) ||
        natural.compare(one.roomId, other.roomId) ||
        natural.compare(one.label, other.label),
    )
    .map(({ bedId }) => bedId);
}

function tileOf(bed: BoardBed, rows: BoardRecords['rows'], requestOf: ReadonlyMap<EncounterId, BoardRequest>): Tile {
  return {
    bed,
    occupants: bed.encounterIds.flatMap((id) => rows.get(id) ?? []),
    requests: bed.encounterIds.flatMap((id) => requestOf.get(id) ?? []),
    keptFor: bed.reservation ? rows.get(bed.reservation.encounterId) : undefined,
  };
}

function sameTile(next: Tile, before: Tile | undefined): Tile {
  const same =
    before?.bed === next.bed &&
    before.keptFor === next.keptFor &&
    sameItems(before.occupants, next.occupants) &&
    sameItems(before.requests, next.requests);
  return same && before ? before : next;
}

/** Whether two lists hold the same things in the same order. */
export function sameItems<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
