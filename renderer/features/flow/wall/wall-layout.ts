import type { BedId } from '#domain/ids.ts';

/** A ward on the wall. */
export interface WallWard {
  readonly id: string;
  readonly name: string;
  readonly beds: readonly BedId[];
}

interface Room {
  readonly width: number;
  readonly height: number;
  /** Height of a ward's own heading, px. */
  readonly headPx: number;
}

/** A tile is best this much wider than high. */
const SHAPE = 1.5;

/** How many tiles stand beside each other so that all of them fit and are as large as they can be. */
export function columnsFor(counts: readonly number[], { width, height, headPx }: Room): number {
  let best = { columns: 1, size: 0 };
  for (let columns = 2; columns <= 30; columns += 1) {
    const rows = counts.reduce((sum, count) => sum + Math.ceil(count / columns), 0);
    const high = (height - headPx * counts.length) / Math.max(1, rows);
    const size = Math.min(width / columns / SHAPE, high);
    if (size > best.size) best = { columns, size };
  }
  return best.columns;
}
