import type { BedId } from '../ids.ts';

const PREFIX = 'WL:BED:';

/** What the code on a bed's label says. */
export function labelCode(bedId: BedId): string {
  return PREFIX + bedId;
}

/** No code of ours is longer, with what a scanner may add before and after it. */
const LONGEST = 120;
/** What a scanner may put in front: `]`, the kind of code and one more sign (ISO/IEC 15424), such as `]d2` or `]Q3`. */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
const LABEL = /^WL:BED:([0-9A-Z][0-9A-Z-]{0,63})$/i;

/**
 * Names of beds a scanned text may stand for, the likeliest first: as it was read, and in small letters, for scanners
 * that send capitals. Empty for anything that is not exactly the code of a bed's label.
 */
export function bedsScanned(scanned: string): BedId[] {
  if (scanned.length > LONGEST) return [];
  const named = LABEL.exec(scanned.trim().replace(SYMBOLOGY, '').trim())?.[1];
  if (named === undefined) return [];
  return [...new Set([named, named.toLowerCase()])] as BedId[];
}
