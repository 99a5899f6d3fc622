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

/** A bed by the words people call it. */
export interface CalledBed {
  readonly id: BedId;
  readonly label: string;
  readonly wardName: string;
}

/**
 * Beds a typed text means: `4`, `bed 4`, `Ward A 4`, `Ward A, bed 4` or `4 Ward A`, in any case; a ward by its whole
 * name or the first words of it. A bed named with its ward's whole name stands before those whose ward only begins so.
 * More than one: the text does not say which.
 */
export function bedsTyped<Bed extends CalledBed>(typed: string, beds: readonly Bed[]): Bed[] {
  if (typed.length > LONGEST || /\p{C}/u.test(typed.trim())) return [];
  const words = wordsOf(typed);
  const called = beds.flatMap((bed) => {
    const ward = wardSaid(words, bed);
    return ward === undefined ? [] : [{ bed, whole: ward === wordsOf(bed.wardName).join(' ') }];
  });
  const wholly = called.filter(({ whole }) => whole);
  return (wholly.length > 0 ? wholly : called).map(({ bed }) => bed);
}

/** The ward's words in a text that calls a bed so, empty when it names none; undefined when it calls another. */
function wardSaid(words: readonly string[], { label, wardName }: CalledBed): string | undefined {
  const [own, ward] = [wordsOf(label), wordsOf(wardName).join(' ')];
  const forms = [own.join(' '), withoutBed(own).join(' '), ['bed', ...withoutBed(own)].join(' ')].filter(Boolean);
  const typed = words.join(' ');
  for (const form of forms) {
    if (typed === form) return '';
    const said = typed.endsWith(` ${form}`)
      ? typed.slice(0, -form.length - 1)
      : typed.startsWith(`${form} `)
        ? typed.slice(form.length + 1)
        : undefined;
    if (said !== undefined && `${ward} `.startsWith(`${said} `)) return said;
  }
  return undefined;
}

function withoutBed(words: readonly string[]): readonly string[] {
  return words[0] === 'bed' ? words.slice(1) : words;
}

/** Words in small letters; commas, and dashes that stand alone, part them and say nothing. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((word) => !/^[-–—]*$/u.test(word));
}
