import type Database from 'better-sqlite3';
import type { DeviceId } from '#domain/ids.ts';
import { Head } from './head.ts';

/** Samples of a full head. */
export const SEAL_AT = 1_024;
/** A new series is first sealed between this and SEAL_AT. */
const FIRST_SEAL_AT = 256;
/** Step through the first sizes: odd against their span, so that neighbours are far apart. */
const STAGGER = 331;

interface SeriesRow {
  readonly id: number;
  readonly device_id: string;
  readonly code: string;
  readonly history: number;
  readonly log_from: number;
  readonly sealed_to: number | null;
}

interface DeviceSeries {
  readonly live: Map<string, Head>;
  readonly history: Map<string, Head>;
}

/** Every series there is: one head for each device, metric, and kind (live or history). */
export class SeriesRegistry {
  readonly byId = new Map<number, Head>();
  readonly #byDevice = new Map<string, DeviceSeries>();
  readonly #insert: Database.Statement<unknown[]>;
  #unsaved: SeriesRow[] = [];
  #nextId = 1;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(
      'INSERT INTO numeric_series (id, device_id, code, history, log_from, sealed_to) VALUES (?, ?, ?, ?, ?, NULL)',
    );
    for (const row of db.prepare<[], SeriesRow>('SELECT * FROM numeric_series ORDER BY id').iterate()) this.#hold(row);
  }

  /** The head to append to; a series not heard of before is made, and saved by the next `saveNew`. */
  headFor(series: Map<string, Head>, deviceId: DeviceId, code: string, history: boolean): Head {
    const found = series.get(code);
    if (found) return found;
    const row = { id: this.#nextId, device_id: deviceId, code, history: history ? 1 : 0, log_from: 0, sealed_to: null };
    this.#unsaved.push(row);
    return this.#hold(row);
  }

  /** Series of a device by code, live or history. */
  seriesOf(deviceId: DeviceId, history: boolean): Map<string, Head> {
    const series = this.#device(deviceId);
    return history ? series.history : series.live;
  }

  /** Heads that may hold samples of a device's metric: live first, then history. */
  headsOf(deviceId: DeviceId, code: string): Head[] {
    const device = this.#byDevice.get(deviceId);
    return device ? [device.live.get(code), device.history.get(code)].filter((head) => head !== undefined) : [];
  }

  codesOf(deviceId: DeviceId): string[] {
    const device = this.#byDevice.get(deviceId);
    return device ? [...new Set([...device.live.keys(), ...device.history.keys()])].sort() : [];
  }

  /** Writes series that are new; answers how to take that back. */
  saveNew(): () => void {
    const saved = this.#unsaved;
    for (const row of saved) this.#insert.run(row.id, row.device_id, row.code, row.history, row.log_from);
    this.#unsaved = [];
    return () => {
      this.#unsaved = [...saved, ...this.#unsaved];
    };
  }

  #device(deviceId: string): DeviceSeries {
    let device = this.#byDevice.get(deviceId);
    if (!device) {
      device = { live: new Map(), history: new Map() };
      this.#byDevice.set(deviceId, device);
    }
    return device;
  }

  #hold(row: SeriesRow): Head {
    const head = new Head(row.id, {
      sealAt: FIRST_SEAL_AT + ((row.id * STAGGER) % (SEAL_AT - FIRST_SEAL_AT)),
      logFrom: row.log_from,
      sealedTo: row.sealed_to ?? Number.NEGATIVE_INFINITY,
    });
    const device = this.#device(row.device_id);
    (row.history === 1 ? device.history : device.live).set(row.code, head);
    this.byId.set(row.id, head);
    this.#nextId = Math.max(this.#nextId, row.id + 1);
    return head;
  }
}
