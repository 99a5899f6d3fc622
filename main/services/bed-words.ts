import { dayAt } from '#domain/clinic/settings.ts';
import type { BlockReason, WhyNot } from '#domain/flow/bed-state.ts';
import type { EncounterId } from '#domain/ids.ts';
import type { Sex } from '#domain/patient/patient.ts';

/** What words about a bed need to know of the reader and the clinic. */
export interface BedWording {
  /** null: the reader may not know. */
  nameOf(encounterId: EncounterId): string | null;
  readonly timeZone: string;
  readonly now: number;
}

/** One thing that stands against a bed, in words for a person. */
export function whyNotWords(against: WhyNot, wording: BedWording): string {
  const who = (encounterId: EncounterId) => wording.nameOf(encounterId) ?? 'another patient';
  const time = (at: number) => timeWords(at, wording);
  switch (against.kind) {
    case 'occupied':
      return `Occupied by ${who(against.encounterId)}`;
    case 'reserved':
      return `Reserved for ${who(against.encounterId)} until ${time(against.until)}`;
    case 'blocked':
      return `Blocked: ${BLOCK_WORDS[against.reason]}${against.until === null ? '' : `, until ${time(against.until)}`}`;
    case 'dirty':
      return `Dirty since ${time(against.since)}`;
    case 'cleaning':
      return `Being cleaned since ${time(against.since)}`;
    case 'sex':
      return sexWords(against.rule, against.present);
    case 'isolation':
      return isolationWords(against);
    case 'equipment':
      return `No ${against.missing.map((thing) => thing.replaceAll('-', ' ')).join(', no ')}`;
    case 'age':
      return ageWords(against.from, against.to);
  }
}

export const BLOCK_WORDS: Readonly<Record<BlockReason, string>> = {
  repair: 'repair',
  infection: 'infection',
  staffing: 'no staff for it',
  'deep-clean': 'deep cleaning',
  closed: 'closed',
  other: 'out of use',
};

/** `14:30`, with the day before it when that is not today; in the clinic's time. */
export function timeWords(at: number, { timeZone, now }: Pick<BedWording, 'timeZone' | 'now'>): string {
  const { hour, day } = formatsFor(timeZone);
  if (dayAt(at, timeZone) === dayAt(now, timeZone)) return hour.format(at);
  return `${day.format(at)} ${hour.format(at)}`;
}

/** Making formats costs far more than using them, and a list of beds has many times in it. */
const formats = new Map<string, { readonly hour: Intl.DateTimeFormat; readonly day: Intl.DateTimeFormat }>();

function formatsFor(timeZone: string) {
  const made = formats.get(timeZone) ?? {
    hour: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }),
  };
  formats.set(timeZone, made);
  return made;
}

function sexWords(rule: 'any' | 'female' | 'male' | 'same', present: Sex | null): string {
  if (rule === 'female') return 'Room for women';
  if (rule === 'male') return 'Room for men';
  if (present === 'female') return 'A woman lies in the room';
  return present === 'male' ? 'A man lies in the room' : 'Whose room it would share is not known to be of the same sex';
}

function isolationWords({ needed, inRoom }: Extract<WhyNot, { kind: 'isolation' }>): string {
  if (inRoom !== null) return `Somebody in ${inRoom} isolation lies in the room`;
  return `Not fit for ${needed ?? ''} isolation, or shared with somebody who is not isolated`;
}

function ageWords(from: number | null, to: number | null): string {
  if (from === null) return `For ages up to ${to}`;
  return to === null ? `For ages from ${from}` : `For ages ${from} to ${to}`;
}
