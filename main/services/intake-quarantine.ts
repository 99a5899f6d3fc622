import type { QuarantineReason, QuarantineRow } from '#domain/device/device.ts';

const SAMPLE_BYTES = 512;
/** Rows kept between two flushes; what a flood brings beyond them is counted in one row without a device. */
const MOST_ROWS = 2_000;
const LONGEST_TOPIC = 200;
const LONGEST_DETAIL = 80;

/** What was refused or marked since the last flush, one row a device, topic and reason, bounded whatever comes in. */
export interface Quarantine {
  add(refused: Refused): void;
  /** The rows so far, for saving. They are kept until `confirm`: a flush that failed is repeated with the next. */
  take(): QuarantineRow[];
  confirm(): void;
  /** The rows not yet confirmed, for looking at. */
  rows(): QuarantineRow[];
}

export interface Refused {
  readonly device: string;
  readonly topic: string;
  readonly reason: QuarantineReason;
  readonly at: number;
  readonly detail: string | null;
  readonly payload: Uint8Array;
}

type Row = { -readonly [Field in keyof QuarantineRow]: QuarantineRow[Field] };

export function createQuarantine(): Quarantine {
  let gathering = new Map<string, Row>();
  let saving: Map<string, Row> | null = null;

  return {
    add(refused) {
      const row = rowOf(gathering, refused);
      row.count += 1;
      row.at = refused.at;
      row.detail = refused.detail === null ? null : plain(refused.detail, LONGEST_DETAIL);
      row.sample = refused.payload.slice(0, SAMPLE_BYTES);
    },
    take() {
      if (saving) for (const [key, row] of saving) merge(gathering, key, row);
      saving = gathering;
      gathering = new Map();
      return [...saving.values()];
    },
    confirm() {
      saving = null;
    },
    rows: () => [...(saving?.values() ?? []), ...gathering.values()],
  };
}

function rowOf(rows: Map<string, Row>, { device, topic, reason, at }: Refused): Row {
  const key = `${device}\n${topic}\n${reason}`;
  const known = rows.get(key);
  if (known) return known;
  const full = rows.size >= MOST_ROWS;
  const place = full
    ? { key: `\n\n${reason}`, device: '', topic: '' }
    : { key, device, topic: plain(topic, LONGEST_TOPIC) };
  const kept = rows.get(place.key);
  if (kept) return kept;
  const row = { device: place.device, topic: place.topic, reason, at, count: 0, detail: null, sample: null };
  rows.set(place.key, row);
  return row;
}

/** Puts an unsaved older row under the newer ones. */
function merge(rows: Map<string, Row>, key: string, older: Row): void {
  const newer = rows.get(key);
  if (newer) newer.count += older.count;
  else rows.set(key, older);
}

function plain(text: string, most: number): string {
  return text.slice(0, most).replace(/[^ -~]/g, '?');
}
