import type Database from 'better-sqlite3';

/** A statement's value for a flag. */
export function bit(flag: boolean): 0 | 1 {
  return flag ? 1 : 0;
}

/** A list of texts kept as JSON, read back. The column's CHECK holds its shape. */
export function texts(json: string): string[] {
  return JSON.parse(json) as string[];
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Order in which people count labels: 2 before 10. Equal-looking labels keep a fixed order by their letters. */
export function naturally(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}

/** Whether any row of a table names a thing. Table and column are ours, never a stranger's. */
export function named(db: Database.Database, table: string, column: string, id: string): boolean {
  return db.prepare<[string], number>(`SELECT 1 FROM ${table} WHERE ${column} = ? LIMIT 1`).pluck().get(id) === 1;
}

/** Whether any event of the clinic, voided ones too, names a thing in its facts; reads them all. */
export function namedByEvent(db: Database.Database, id: string): boolean {
  const found = db.prepare<[string], number>('SELECT 1 FROM flow_event WHERE instr(facts, ?) > 0 LIMIT 1').pluck();
  return found.get(JSON.stringify(id)) === 1;
}
