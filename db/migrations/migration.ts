import type Database from 'better-sqlite3';

/** One step of the schema. Numbered by tens; never edited once released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(db: Database.Database): void;
}

/** CHECK that a column is an instant: epoch ms within the range of a date. NULL passes. */
export function instant(column: string): string {
  return `CHECK (${column} BETWEEN 0 AND 8640000000000000)`;
}

/** CHECK that a column is finite: SQLite would keep Infinity and turn NaN into NULL. NULL passes. */
export function finite(column: string): string {
  return `CHECK (${column} BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)`;
}

/** CHECK that a column is a whole number of things. NULL passes. */
export function count(column: string): string {
  return `CHECK (${column} BETWEEN 0 AND 9007199254740991)`;
}
