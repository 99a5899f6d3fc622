import type { ColDef } from 'ag-grid-community';
import type { WardId } from '#domain/ids.ts';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { visitTitle, visitWords } from '#renderer/client/visit-words.ts';
import { formatSex } from '#renderer/ui/format.ts';
import { momentColumn, numberColumn } from '#renderer/ui/grid/column.ts';
import type { PeopleListName } from './list-rows.ts';
import { alarmWords, CLASS_WORDS, dueWords, newsWords, standWords, triageWords, waitWords } from './row-words.ts';

/** What columns need to know besides the row. */
export interface ColumnWorld {
  readonly zone: string;
  readonly now: () => number;
  readonly wardName: (id: WardId | null | undefined) => string;
  /** A person as this station may call them. */
  readonly called: (row: BoardRow | undefined) => string;
  readonly vitals: boolean;
  /** Whether the reader may see who people are: what is withheld is not called unknown. */
  readonly named: boolean;
}

/** Columns on show, in order: those of everyone here find room on a screen 1280 px wide; the rest wait behind "Columns". */
const SHOWN: Readonly<Record<PeopleListName, readonly string[]>> = {
  here: ['patient', 'age', 'sex', 'place', 'stand', 'news', 'alarm', 'since', 'expected-out'],
  expected: ['patient', 'age', 'sex', 'expected', 'ward', 'class', 'reason', 'isolation'],
  waiting: ['patient', 'age', 'triage', 'due', 'waited', 'arrived', 'place', 'stand', 'news', 'reason'],
  discharges: ['patient', 'age', 'place', 'stand', 'expected-out', 'waiting-for', 'ordered', 'ready'],
};

/** Columns that change with time alone. */
export const PEOPLE_TIMED = ['due', 'waited'];

/** Columns of a list of people: the list's own in its order, then all the others, put away. */
export function peopleColumns(list: PeopleListName, world: ColumnWorld): ColDef<BoardRow>[] {
  const all = new Map(allColumns(world).map((column) => [column.colId ?? '', column]));
  const shown = SHOWN[list].flatMap((id) => all.get(id) ?? []);
  const hidden = [...all.values()].filter((column) => !shown.includes(column));
  return [...shown, ...hidden.map((column) => ({ ...column, hide: true }))];
}

function allColumns(world: ColumnWorld): ColDef<BoardRow>[] {
  return [...whoColumns(world), ...whereColumns(world), ...whenColumns(world), ...howColumns(world)];
}

function text(
  colId: string,
  headerName: string,
  words: (row: BoardRow) => string,
  rest: ColDef<BoardRow> = {},
): ColDef<BoardRow> {
  return { colId, headerName, valueGetter: ({ data }) => (data ? words(data) : ''), width: 120, ...rest };
}

function whoColumns({ called, named }: ColumnWorld): ColDef<BoardRow>[] {
  return [
    text('patient', 'Patient', called, { flex: 1, minWidth: 130 }),
    numberColumn({ colId: 'age', headerName: 'Age', number: ({ ageYears }) => ageYears, width: 64 }),
    text('sex', 'Sex', ({ sex }) => (named ? formatSex(sex) : 'Not shown'), { width: 84 }),
    text('visit', 'Visit number', ({ visitNumber }) => visitWords(visitNumber), {
      width: 130,
      tooltipValueGetter: ({ data }) => visitTitle(data?.visitNumber ?? null),
    }),
    text('class', 'Class', (row) => CLASS_WORDS[row.class], { width: 150 }),
    text('reason', 'Reason', ({ reason }) => reason ?? '', { flex: 1, minWidth: 140 }),
  ];
}

function whereColumns({ wardName }: ColumnWorld): ColDef<BoardRow>[] {
  return [
    text('ward', 'Ward', ({ place }) => wardName(place?.wardId), { width: 150 }),
    text('place', 'Place', ({ placeWords }) => placeWords, { flex: 1, minWidth: 196, comparator: NATURAL.compare }),
    text('stand', 'Stands', standWords, { width: 134 }),
    text('planned', 'Move planned', ({ transferPlanned }) => transferPlanned ?? '', { width: 150 }),
    text('tag', 'Tag heard', ({ tagAt }) => tagAt ?? '', { width: 130 }),
    text('isolation', 'Isolation', ({ isolation }) => (isolation ? ISOLATION_WORDS[isolation] : ''), { width: 110 }),
  ];
}

function whenColumns({ zone, now }: ColumnWorld): ColDef<BoardRow>[] {
  const moment = (colId: string, headerName: string, at: (row: BoardRow) => number | null) =>
    momentColumn<BoardRow>({ colId, headerName, at, zone, width: colId === 'since' ? 154 : 170 });
  return [
    moment('expected', 'Expected', ({ expectedAt }) => expectedAt),
    moment('arrived', 'Arrived', ({ arrivedAt }) => arrivedAt),
    text('waited', 'Waited', (row) => waitWords(row, now()), {
      comparator: (_one, _other, left, right) => (right.data?.arrivedAt ?? 0) - (left.data?.arrivedAt ?? 0),
    }),
    text('due', 'To be seen', (row) => dueText(row, now()), {
      comparator: (_one, _other, left, right) => dueAt(left.data) - dueAt(right.data),
    }),
    moment('see-by', 'See by', ({ seeBy }) => seeBy),
    moment('seen', 'Seen', ({ seenAt }) => seenAt),
    moment('decided', 'Admission decided', ({ admissionDecidedAt }) => admissionDecidedAt),
    moment('admitted', 'Admitted', ({ admittedAt }) => admittedAt),
    moment('since', 'In bed since', ({ bedSince }) => bedSince),
    moment('expected-out', 'Expected out', ({ expectedDischargeAt }) => expectedDischargeAt),
    moment('ordered', 'Discharge ordered', ({ dischargeOrderedAt }) => dischargeOrderedAt),
    moment('ready', 'Medically ready', ({ medicallyReadyAt }) => medicallyReadyAt),
    text('waiting-for', 'Waits for', ({ waitingFor }) => waitingFor ?? '', { flex: 1, minWidth: 140 }),
  ];
}

function howColumns({ vitals }: ColumnWorld): ColDef<BoardRow>[] {
  const triage = text('triage', 'Triage', triageWords, {
    width: 150,
    comparator: (_one, _other, left, right) => urgency(left.data) - urgency(right.data),
  });
  if (!vitals) return [triage];
  return [
    triage,
    text('news', 'NEWS2', newsWords, {
      width: 104,
      comparator: (_one, _other, left, right) => (left.data?.news?.total ?? -1) - (right.data?.news?.total ?? -1),
    }),
    text('alarm', 'Alarm', alarmWords, {
      width: 128,
      comparator: (_one, _other, left, right) => alarmRank(left.data) - alarmRank(right.data),
    }),
    text('offer', 'Monitored bed', (row) => (row.offerMonitoredBed ? 'Offer one' : ''), { width: 130 }),
    text('call', 'Call', ({ call }) => (call ? 'Called' : ''), { width: 90 }),
  ];
}

function dueText(row: BoardRow, now: number): string {
  if (row.seenAt !== null) return 'Seen';
  return row.seeBy === null ? '' : dueWords(row.seeBy, now);
}

const dueAt = (row: BoardRow | undefined): number => row?.seeBy ?? Number.MAX_SAFE_INTEGER;
const CATEGORIES = ['red', 'orange', 'yellow', 'green', 'blue'];
const urgency = (row: BoardRow | undefined): number =>
  row?.triage ? CATEGORIES.indexOf(row.triage.category) : CATEGORIES.length;
const PRIORITIES = ['low', 'medium', 'high'];
const alarmRank = (row: BoardRow | undefined): number => (row?.alarm ? PRIORITIES.indexOf(row.alarm.priority) : -1);
const NATURAL = new Intl.Collator('en-GB', { numeric: true });
