import type { WardId } from '#domain/ids.ts';
import type { Board } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import {
  BED_LISTS,
  type BedList,
  bedList,
  EXTRA_LISTS,
  PEOPLE_LISTS,
  type PeopleList,
  peopleList,
  STATE_LISTS,
} from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { counted } from '#renderer/ui/format.ts';
import styles from './BoardCounts.module.css';
import { soonWords, useBoardDay } from './board-day.ts';

const LIST_WORDS: Readonly<Record<BedList | PeopleList, string>> = {
  free: 'Free',
  dirty: 'Dirty',
  cleaning: 'Cleaning',
  blocked: 'Blocked',
  reserved: 'Reserved',
  occupied: 'Occupied',
  kept: 'Reserved, not free yet',
  'block-next': 'Blocked, not empty yet',
  out: 'Out',
  doubt: 'Doubts',
  expected: 'Expected',
  waiting: 'Waiting',
  'pending-in': 'Pending in',
  'pending-out': 'Pending out',
};

/** What a list is called; `soon` says until when, of those that end somewhere. */
export function listWords(list: BedList | PeopleList, soon: string): string {
  return list === 'out' || list === 'expected' ? `${LIST_WORDS[list]} ${soon}` : LIST_WORDS[list];
}

interface BoardCountsProps {
  readonly chosen: BedList | PeopleList | undefined;
  readonly onChoose: (list: BedList | PeopleList | undefined) => void;
}

/** How many of each; each number is the length of the list its button shows. */
export function BoardCounts({ chosen, onChoose }: BoardCountsProps) {
  const scope = useBoardScope();
  const day = useBoardDay();
  const { until } = day;
  const soon = soonWords(day);
  const told = useBoardAs(scope, (board) => countsOf(board, until, scope).join());
  if (told === undefined) return null;
  const [all = 0, ...counts] = told.split(',').map(Number);
  const numbers = new Map(LISTS.map((list, index) => [list, counts[index] ?? 0]));
  const chip = (list: BedList | PeopleList) => (
    <button
      key={list}
      type="button"
      className={styles.chip}
      aria-pressed={chosen === list}
      data-list={list}
      onClick={() => onChoose(chosen === list ? undefined : list)}
    >
      <strong>{numbers.get(list)}</strong> {listWords(list, soon)}
    </button>
  );
  return (
    <div className={styles.counts} role="toolbar" aria-label="Lists of this board">
      <button
        type="button"
        className={styles.chip}
        aria-pressed={chosen === undefined}
        onClick={() => onChoose(undefined)}
      >
        {counted(all, 'bed')}
      </button>
      {STATE_LISTS.map(chip)}
      <span className={styles.apart} />
      {EXTRA_LISTS.filter((list) => list === 'out' || numbers.get(list) !== 0 || chosen === list).map(chip)}
      <span className={styles.gap} />
      {peopleListsOf(scope).map(chip)}
    </div>
  );
}

const LISTS: readonly (BedList | PeopleList)[] = [...BED_LISTS, ...PEOPLE_LISTS];

/** Lists of people a board shows; for the house every bed asked for is one list, asked and asking alike. */
export function peopleListsOf(wardId: WardId | undefined): readonly PeopleList[] {
  return wardId === undefined ? PEOPLE_LISTS.filter((list) => list !== 'pending-out') : PEOPLE_LISTS;
}

/** All beds, then the length of each list in order: of beds, then of people. */
export function countsOf(board: Board, until: number, wardId: WardId | undefined): readonly number[] {
  return [
    board.tiles.size,
    ...BED_LISTS.map((list) => bedList(board, list, until).length),
    ...PEOPLE_LISTS.map((list) => peopleList(board, list, { until, wardId }).length),
  ];
}
