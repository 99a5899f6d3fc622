/** The characters that tell a message's parts apart: MSH-1 and MSH-2. */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** One line of a message. Fields are counted as HL7 counts them: MSH-1 is the separator itself. */
export interface Segment {
  readonly name: string;
  /** The field as it stands, still escaped; empty when there is none. */
  raw(field: number): string;
  /** Its repetitions, still escaped, at most 40. */
  repetitions(field: number): string[];
  /** First repetition, decoded and fit for showing, at most 4096 characters as it came. Components and subcomponents count from 1. */
  value(field: number, component?: number, subcomponent?: number): string;
  /** The same of one repetition. */
  part(repetition: string, component: number, subcomponent?: number): string;
}

export interface Message {
  readonly separators: Separators;
  /** Those this clinic reads, in order; others are skipped. */
  readonly segments: readonly Segment[];
  first(name: string): Segment | undefined;
}

/** What `""` says: the value was there and is gone. An empty field says nothing. */
export const DELETED = '""';

export const USUAL: Separators = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };

const READ: ReadonlySet<string> = new Set([
  ...['MSH', 'MSA', 'EVN', 'PID', 'PV1', 'PV2', 'MRG', 'NPU', 'IAM', 'SCH', 'TQ1', 'AIL', 'AIG', 'AIS'],
]);
/** Beyond these nothing is read; a hostile field cannot make us split a megabyte. */
const MOST_SEGMENTS = 500;
const MOST_FIELDS = 64;
const MOST_REPETITIONS = 40;
const MOST_PARTS = 32;
/** Nothing kept of a value is longer, and composing characters costs more than their number. */
const LONGEST_PART = 4_096;

/**
 * Splits a message lazily, so that only what is asked for is ever taken apart; its lines end with CR. Undefined: it does
 * not begin with MSH and usable separators.
 */
export function readMessage(text: string): Message | undefined {
  const separators = separatorsOf(text);
  if (!separators) return undefined;
  const segments: Segment[] = [];
  for (const line of linesOf(text)) {
    if (segments.length === MOST_SEGMENTS) break;
    if (READ.has(line.slice(0, 3)) && (line.length === 3 || line[3] === separators.field)) {
      segments.push(segmentOf(line, separators));
    }
  }
  return { separators, segments, first: (name) => segments.find((segment) => segment.name === name) };
}

/** Line ends of any kind as the standard's CR. */
export function withReturns(text: string): string {
  return text.replaceAll('\r\n', '\r').replaceAll('\n', '\r');
}

/** Lines of a message whose lines end with CR, empty ones left out. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\r', from);
    const to = end === -1 ? text.length : end;
    if (to > from) yield text.slice(from, to);
    from = to + 1;
  }
}

/** How many messages stand in one text: each begins with its own MSH. */
export function countHeaders(text: string): number {
  let count = text.startsWith('MSH') ? 1 : 0;
  for (let at = text.indexOf('\rMSH'); at !== -1; at = text.indexOf('\rMSH', at + 4)) count += 1;
  return count;
}

function separatorsOf(text: string): Separators | undefined {
  if (!text.startsWith('MSH') || text.length < 5) return undefined;
  const field = text.charAt(3);
  if (/[\p{L}\p{N}\s\p{C}]/u.test(field)) return undefined;
  const end = text.indexOf(field, 4);
  const line = text.indexOf('\r');
  const ends = [end, line, text.length].filter((at) => at !== -1);
  const named = text.slice(4, Math.min(...ends, 12));
  if (/[\p{L}\p{N}\s\p{C}]/u.test(named)) return undefined;
  const [component = '', repetition = '', mark = '', subcomponent = ''] = named;
  return { field, component, repetition, escape: mark, subcomponent };
}

function segmentOf(line: string, separators: Separators): Segment {
  const name = line.slice(0, 3);
  const { field: mark, component: comp, repetition, subcomponent: sub } = separators;
  let fields: string[] | undefined;
  const raw = (field: number): string => {
    fields ??= line.split(mark, MOST_FIELDS);
    if (name !== 'MSH') return fields[field] ?? '';
    return field === 1 ? mark : (fields[field - 1] ?? '');
  };
  const split = (text: string, by: string, most: number) => (by === '' ? [text] : text.split(by, most));
  const part = (text: string, component: number, subcomponent = 1): string => {
    const whole = split(text, comp, MOST_PARTS)[component - 1] ?? '';
    const own = split(whole, sub, MOST_PARTS)[subcomponent - 1] ?? '';
    return shown(unescapeText(own.slice(0, LONGEST_PART), separators));
  };
  const repetitions = (field: number) => split(raw(field), repetition, MOST_REPETITIONS);
  return {
    name,
    raw,
    repetitions,
    part,
    value: (field, component = 1, subcomponent = 1) => part(repetitions(field)[0] ?? '', component, subcomponent),
  };
}

/** Text as people may see it: composed, without control characters and direction marks, white space tidied. */
export function shown(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFC').replace(/[^\P{C}\t\n\r]/gu, '');
  return plain.replace(/\s+/gu, ' ').trim();
}

/** Escapes decoded: separators, hexadecimal bytes (as UTF-8, else one character a byte), line breaks; highlighting is dropped. */
export function unescapeText(text: string, separators: Separators): string {
  const mark = separators.escape;
  if (mark === '' || !text.includes(mark)) return text;
  let decoded = '';
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf(mark, from);
    const end = start === -1 ? -1 : text.indexOf(mark, start + 1);
    if (end === -1) return decoded + text.slice(from);
    const meant = meaningOf(text.slice(start + 1, end), separators);
    decoded += text.slice(from, start);
    // What is no escape stands for itself, and its end may begin the next one.
    decoded += meant ?? text.slice(start, end);
    from = meant === undefined ? end : end + 1;
    if (meant === undefined && end === text.length - 1) return decoded + mark;
  }
  return decoded;
}

function meaningOf(code: string, separators: Separators): string | undefined {
  switch (code) {
    case 'F':
      return separators.field;
    case 'S':
      return separators.component;
    case 'T':
      return separators.subcomponent;
    case 'R':
      return separators.repetition;
    case 'E':
      return separators.escape;
    case 'H':
    case 'N':
      return '';
    default:
  }
  if (/^\.(br|sp\d*|in\d*|fi|nf|ce|sk\d*|ti[+-]?\d*)$/i.test(code)) return '\n';
  return /^X(?:[0-9A-Fa-f]{2}){1,250}$/.test(code) ? hexText(code.slice(1)) : undefined;
}

function hexText(hex: string): string {
  const bytes = Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return String.fromCharCode(...bytes);
  }
}

/** A value made safe to stand in a field. */
export function escapeText(text: string, separators: Separators = USUAL): string {
  const { field, component, repetition, escape: mark, subcomponent } = separators;
  let safe = '';
  for (const char of text) {
    if (char === field) safe += `${mark}F${mark}`;
    else if (char === component) safe += `${mark}S${mark}`;
    else if (char === repetition) safe += `${mark}R${mark}`;
    else if (char === mark) safe += `${mark}E${mark}`;
    else if (char === subcomponent) safe += `${mark}T${mark}`;
    else if (char < ' ') safe += `${mark}X${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}${mark}`;
    else safe += char;
  }
  return safe;
}
