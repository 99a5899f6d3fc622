import type { WardId } from '#domain/ids.ts';
import type { Board, BoardBed, BoardRequest, BoardRow, Tile } from './board.ts';

/** What a bed is for those who look for one: one word each, told apart without colour. */
export const BED_WORDS = {
  occupied: 'Occupied',
  free: 'Free',
  reserved: 'Reserved',
  dirty: 'Dirty',
  cleaning: 'Cleaning',
  blocked: 'Blocked',
} as const;
export type BedWord = keyof typeof BED_WORDS;

/** The one word of a bed, in the order HL7 0116 ranks them; kept for somebody stands before free. */
export function bedWord(bed: BoardBed): BedWord {
  switch (bed.status) {
    case 'occupied':
      return 'occupied';
    case 'contaminated':
    case 'housekeeping':
      return bed.cleaning?.state === 'started' ? 'cleaning' : 'dirty';
    case 'closed':
      return 'blocked';
    case 'unoccupied':
      return bed.reservation ? 'reserved' : 'free';
  }
}

/** Lists that part the beds: each bed stands in one of them, by its one word. */
export const STATE_LISTS = [
  'free',
  'dirty',
  'cleaning',
  'blocked',
  'reserved',
  'occupied',
] as const satisfies BedWord[];
/** Lists across them: kept for somebody but not free yet, blocked with somebody in it, out soon, in doubt. */
export const EXTRA_LISTS = ['kept', 'block-next', 'out', 'doubt'] as const;
/** Lists of beds the board counts; each count is the length of its list. */
export const BED_LISTS = [...STATE_LISTS, ...EXTRA_LISTS];
export type BedList = (typeof BED_LISTS)[number];

/** Lists of people the board counts. */
export const PEOPLE_LISTS = ['expected', 'waiting', 'pending-in', 'pending-out'] as const;
export type PeopleList = (typeof PEOPLE_LISTS)[number];

/** Whether a bed stands in a list; `until`: what counts as soon, epoch ms. */
export function inBedList(list: BedList, tile: Tile, until: number): boolean {
  const { bed, occupants } = tile;
  if (list === 'kept') return bed.reservation !== null && bedWord(bed) !== 'reserved';
  if (list === 'block-next') return bed.block !== null && bedWord(bed) !== 'blocked';
  if (list === 'out') return occupants.some((row) => leavesBy(row, until));
  if (list === 'doubt') return bed.doubts.length > 0;
  return bedWord(bed) === list;
}

/** Beds of a list, in board order. */
export function bedList(board: Board, list: BedList, until: number): readonly Tile[] {
  return [...board.tiles.values()].filter((tile) => inBedList(list, tile, until));
}

/** Whether a patient is meant to leave before `until`: expected by then, or ordered or ready with no time said. */
function leavesBy(row: BoardRow, until: number): boolean {
  if (row.status === 'planned') return false;
  if (row.expectedDischargeAt !== null) return row.expectedDischargeAt < until;
  return row.dischargeOrderedAt !== null || row.medicallyReadyAt !== null;
}

/** Announced and not here yet, due before `until` or at no said time; the earliest first, without a time last. */
export function expectedIn(board: Board, until = Number.POSITIVE_INFINITY): readonly BoardRow[] {
  return [...board.rows.values()]
    .filter(({ status, expectedAt }) => status === 'planned' && (expectedAt === null || expectedAt < until))
    .sort(byTime(({ expectedAt }) => expectedAt));
}

/** Here and in no bed: who must be seen first stands first, then by arrival. */
export function waiting(board: Board): readonly BoardRow[] {
  return [...board.rows.values()]
    .filter(({ status, bedSince }) => status !== 'planned' && bedSince === null)
    .sort(
      (one, other) => byTime<BoardRow>(dueAt)(one, other) || byTime<BoardRow>(({ arrivedAt }) => arrivedAt)(one, other),
    );
}

/** When the present wait runs out: to be seen; untriaged: at once, for nobody knows how ill they are. */
function dueAt(row: BoardRow): number | null {
  if (row.seenAt !== null) return null;
  return row.seeBy ?? (row.triage === null ? row.arrivedAt : null);
}

/** Meant to leave, ordered or ready, whenever that is: the earliest first. */
export function discharges(board: Board): readonly BoardRow[] {
  return [...board.rows.values()]
    .filter((row) => leavesBy(row, Number.POSITIVE_INFINITY))
    .sort(
      (one, other) =>
        byTime<BoardRow>(({ expectedDischargeAt }) => expectedDischargeAt)(one, other) ||
        byTime<BoardRow>(({ medicallyReadyAt, dischargeOrderedAt }) => medicallyReadyAt ?? dischargeOrderedAt)(
          one,
          other,
        ),
    );
}

/** A bed asked for, with whom it is asked for. */
export interface Pending {
  readonly request: BoardRequest;
  readonly row: BoardRow;
}

const URGENCIES: readonly BoardRequest['urgency'][] = ['emergency', 'urgent', 'routine'];

/** Requests that ask a ward, or any: the most urgent first, then the oldest. Without a ward, all. */
export function pendingIn(board: Board, wardId?: WardId): readonly Pending[] {
  return pending(board).filter(
    ({ request, row }) =>
      wardId === undefined || request.wardId === wardId || (request.wardId === null && row.place?.wardId !== wardId),
  );
}

/** Requests for patients who lie in a ward now. Without a ward, of all who lie in a bed. */
export function pendingOut(board: Board, wardId?: WardId): readonly Pending[] {
  return pending(board).filter(
    ({ row }) => row.bedSince !== null && (wardId === undefined || row.place?.wardId === wardId),
  );
}

function pending(board: Board): readonly Pending[] {
  return [...board.requests.values()]
    .flatMap((request) => {
      const row = board.rows.get(request.encounterId);
      return row ? [{ request, row }] : [];
    })
    .sort(
      (one, other) =>
        URGENCIES.indexOf(one.request.urgency) - URGENCIES.indexOf(other.request.urgency) ||
        one.request.requestedAt - other.request.requestedAt ||
        one.request.requestId.localeCompare(other.request.requestId),
    );
}

/** People of a list. */
export function peopleList(
  board: Board,
  list: PeopleList,
  { until, wardId }: { readonly until: number; readonly wardId?: WardId | undefined },
): readonly BoardRow[] {
  switch (list) {
    case 'expected':
      return expectedIn(board, until);
    case 'waiting':
      return waiting(board);
    case 'pending-in':
      return pendingIn(board, wardId).map(({ row }) => row);
    case 'pending-out':
      return pendingOut(board, wardId).map(({ row }) => row);
  }
}

/** Dirty and being cleaned, whichever clock runs out first standing first. */
export function openCleanings(board: Board): readonly Tile[] {
  return [...board.tiles.values()]
    .filter(({ bed }) => bed.cleaning !== null)
    .sort((one, other) => (one.bed.cleaning?.dueAt ?? 0) - (other.bed.cleaning?.dueAt ?? 0));
}

/** Earliest first; without a time last; else as they stood. */
function byTime<Item>(timeOf: (item: Item) => number | null) {
  return (one: Item, other: Item): number => {
    const [first, second] = [timeOf(one), timeOf(other)];
    if (first === second) return 0;
    if (first === null) return 1;
    return second === null ? -1 : first - second;
  };
}
