import { labelKey } from './place.ts';

/** What a line of a sheet cannot be read for, in words. Thrown only between the planner's own parts. */
export class SheetProblem extends Error {}

type Cells<Column extends string> = ReadonlyMap<Column, string>;

/** A word of a closed list; an empty cell or none leaves what was. */
export function wordCell<Column extends string, Word extends string>(
  cells: Cells<Column>,
  column: Column,
  words: readonly Word[],
  before: Word,
): Word {
  const cell = cells.get(column) ?? '';
  return cell === '' ? before : wordOf(cell, column, words);
}

/** Words of a closed list, between semicolons, commas, bars or spaces, in the list's order; an empty cell is none of them. */
export function listCell<Column extends string, Word extends string>(
  cells: Cells<Column>,
  column: Column,
  words: readonly Word[],
  before: readonly Word[],
): readonly Word[] {
  const cell = cells.get(column);
  if (cell === undefined) return before;
  const named = new Set(
    cell
      .split(/[;,|\s]+/u)
      .filter((part) => part !== '')
      .map((part) => wordOf(part, column, words)),
  );
  // Equal sets in another order are no change.
  if (named.size === before.length && before.every((word) => named.has(word))) return before;
  return words.filter((word) => named.has(word));
}

/** A whole number within bounds; an empty cell is none. */
export function numberCell<Column extends string>(
  cells: Cells<Column>,
  column: Column,
  [least, greatest]: readonly [number, number],
  before: number | null,
): number | null {
  const cell = cells.get(column);
  if (cell === undefined) return before;
  if (cell === '') return null;
  const value = /^\d{1,3}$/.test(cell) ? Number(cell) : Number.NaN;
  if (!(value >= least && value <= greatest))
    throw new SheetProblem(`${column} ${cell} is not a whole number from ${least} to ${greatest}.`);
  return value;
}

/** What may be left empty; an empty cell takes it away. */
export function optionalCell<Column extends string>(
  cells: Cells<Column>,
  column: Column,
  before: string | null,
  read: (cell: string) => string,
): string | null {
  const cell = cells.get(column);
  if (cell === undefined) return before;
  return cell === '' ? null : read(cell);
}

function wordOf<Word extends string>(cell: string, column: string, words: readonly Word[]): Word {
  const wanted = labelKey(cell);
  const found = words.find((word) => word === wanted);
  if (found === undefined) throw new SheetProblem(`${column} ${cell} is not one of ${words.join(', ')}.`);
  return found;
}
