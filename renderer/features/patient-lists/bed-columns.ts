import type { ColDef } from 'ag-grid-community';
import type { Tile } from '#renderer/client/board/board.ts';
import { ISOLATION_WORDS, SEX_RULE_WORDS } from '#renderer/client/place-words.ts';
import { momentColumn, numberColumn } from '#renderer/ui/grid/column.ts';
import type { BedListName } from './list-rows.ts';
import type { ColumnWorld } from './people-columns.ts';
import { bedStateWords, blockWords, doubtsWords, dueWords, equipmentWords } from './row-words.ts';

const SHOWN: Readonly<Record<BedListName, readonly string[]>> = {
  beds: ['ward', 'room', 'bed', 'state', 'patient', 'since', 'expected-out', 'isolation', 'kept', 'block', 'doubts'],
  cleanings: ['ward', 'room', 'bed', 'state', 'dirty-since', 'started', 'due', 'cleaner', 'kept'],
};

/** Columns that change with time alone. */
export const BED_TIMED = ['due'];

/** Columns of a list of beds: the list's own in its order, then all the others, put away. */
export function bedColumns(list: BedListName, world: ColumnWorld): ColDef<Tile>[] {
  const all = new Map([...placeColumns(world), ...stateColumns(world)].map((column) => [column.colId ?? '', column]));
  const shown = SHOWN[list].flatMap((id) => all.get(id) ?? []);
  const hidden = [...all.values()].filter((column) => !shown.includes(column));
  return [...shown, ...hidden.map((column) => ({ ...column, hide: true }))];
}

function text(colId: string, headerName: string, words: (tile: Tile) => string, rest: ColDef<Tile> = {}): ColDef<Tile> {
  return { colId, headerName, valueGetter: ({ data }) => (data ? words(data) : ''), width: 120, ...rest };
}

function placeColumns({ wardName, called, zone }: ColumnWorld): ColDef<Tile>[] {
  return [
    text('ward', 'Ward', ({ bed }) => wardName(bed.wardId), { width: 150 }),
    text('room', 'Room', ({ bed }) => bed.roomLabel, { width: 90, comparator: NATURAL.compare }),
    text('bed', 'Bed', ({ bed }) => bed.label, { width: 80, comparator: NATURAL.compare }),
    text('state', 'State', bedStateWords, { width: 150 }),
    text('patient', 'Patient', ({ occupants }) => occupants.map(called).join('; '), { flex: 1, minWidth: 170 }),
    momentColumn<Tile>({
      colId: 'since',
      headerName: 'In bed since',
      at: ({ occupants }) => occupants[0]?.bedSince ?? null,
      zone,
    }),
    momentColumn<Tile>({
      colId: 'expected-out',
      headerName: 'Expected out',
      at: ({ occupants }) => occupants[0]?.expectedDischargeAt ?? null,
      zone,
    }),
    text('equipment', 'Equipment', ({ bed }) => equipmentWords(bed), { width: 180 }),
    text('sex-rule', 'Who may lie here', ({ bed }) => SEX_RULE_WORDS[bed.sexRule], { width: 140 }),
    numberColumn({ colId: 'places', headerName: 'Places', number: ({ bed }) => bed.places, width: 80 }),
  ];
}

function stateColumns({ zone, now, called }: ColumnWorld): ColDef<Tile>[] {
  const moment = (colId: string, headerName: string, at: (tile: Tile) => number | null) =>
    momentColumn<Tile>({ colId, headerName, at, zone });
  return [
    text('isolation', 'Isolation', ({ bed }) => (bed.isolation ? ISOLATION_WORDS[bed.isolation] : ''), { width: 110 }),
    text('kept', 'Kept for', (tile) => keptWords(tile, called), { width: 160 }),
    moment('kept-until', 'Kept until', ({ bed }) => bed.reservation?.until ?? null),
    text('block', 'Blocked', ({ bed }) => blockWords(bed), { width: 150 }),
    moment('block-until', 'Blocked until', ({ bed }) => bed.block?.to ?? null),
    text('doubts', 'Doubt', ({ bed }) => doubtsWords(bed), { width: 170 }),
    moment('dirty-since', 'Dirty since', ({ bed }) => bed.cleaning?.requestedAt ?? null),
    moment('started', 'Cleaning began', ({ bed }) => bed.cleaning?.startedAt ?? null),
    text('due', 'Due', ({ bed }) => (bed.cleaning ? dueWords(bed.cleaning.dueAt, now()) : ''), {
      width: 140,
      comparator: (_one, _other, left, right) => dueAt(left.data) - dueAt(right.data),
    }),
    text('cleaner', 'In hand of', ({ bed }) => bed.cleaning?.assigneeName ?? '', { width: 150 }),
  ];
}

function keptWords({ bed, keptFor }: Tile, called: ColumnWorld['called']): string {
  if (!bed.reservation) return '';
  return called(keptFor) || 'Somebody';
}

const dueAt = (tile: Tile | undefined): number => tile?.bed.cleaning?.dueAt ?? Number.MAX_SAFE_INTEGER;
const NATURAL = new Intl.Collator('en-GB', { numeric: true });
