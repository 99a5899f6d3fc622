import type Database from 'better-sqlite3';

interface LogRow {
  readonly id: number;
  /** Bytes of this row and all that are kept below it. */
  readonly upTo: number;
}

/** Rows of the numeric log that still lie in the store, and how many bytes they take. */
export class LogRows {
  /** Id of the next row. */
  nextId = 1;
  #rows: LogRow[] = [];
  #bytes = 0;
  readonly #insert: Database.Statement<unknown[]>;
  readonly #removeBelow: Database.Statement<unknown[]>;

  constructor(db: Database.Database) {
    this.#insert = db.prepare('INSERT INTO numeric_log (id, bytes) VALUES (?, ?)');
    this.#removeBelow = db.prepare('DELETE FROM numeric_log WHERE id < ?');
  }

  /** Counts a row read at start. */
  found(id: number, bytes: number): void {
    this.#bytes += bytes;
    this.#rows.push({ id, upTo: this.#bytes });
    this.nextId = Math.max(this.nextId, id + 1);
  }

  /** Writes the next row; answers how to take that back in memory. */
  add(bytes: Buffer): () => void {
    const id = this.nextId;
    this.#insert.run(id, bytes);
    this.found(id, bytes.length);
    return () => {
      this.#rows = this.#rows.filter((row) => row.id < id);
      this.#bytes -= bytes.length;
      this.nextId = id;
    };
  }

  /** Lowest row kept if the log is to hold at most this many rows and bytes. */
  horizon(rows: number, bytes: number): number {
    const surplus = this.#rows.length - rows;
    const byCount = surplus > 0 ? (this.#rows[surplus]?.id ?? this.nextId) : 0;
    const tooMany = this.#bytes - bytes;
    const byBytes = tooMany > 0 ? (this.#rows.find((row) => row.upTo > tooMany)?.id ?? this.nextId) : 0;
    return Math.max(byCount, byBytes);
  }

  /** Removes rows nobody needs, at most `most` of them; answers how to take that back in memory, if any went. */
  removeBelow(id: number, most: number): (() => void) | undefined {
    const needed = this.#rows.findIndex((row) => row.id >= id);
    const count = Math.min(most, needed === -1 ? this.#rows.length : needed);
    if (count === 0) return undefined;
    const before = this.#rows;
    const bytes = this.#bytes;
    const limit = before[count]?.id ?? this.nextId;
    this.#removeBelow.run(limit);
    const gone = before[count - 1]?.upTo ?? 0;
    this.#rows = before.slice(count).map((row) => ({ id: row.id, upTo: row.upTo - gone }));
    this.#bytes = bytes - gone;
    return () => {
      this.#rows = before;
      this.#bytes = bytes;
    };
  }
}
