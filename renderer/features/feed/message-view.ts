import {
  DELETED,
  linesOf,
  readMessage,
  type Separators,
  shown,
  unescapeText,
  withReturns,
} from '#domain/feed/message.ts';
import { SEGMENT_NAMES } from './field-names.ts';

export interface ShownField {
  /** `PID-3`. */
  readonly position: string;
  /** Empty where it has none we know of. */
  readonly name: string;
  readonly words: string;
}

export interface ShownSegment {
  /** Tells it apart from others of its kind: place in the message, from 1. */
  readonly line: number;
  readonly name: string;
  readonly title: string;
  readonly fields: readonly ShownField[];
}

/** A hostile message must not draw a million rows. */
const MOST_LINES = 200;
const MOST_FIELDS = 120;

/** A message line by line, its filled fields with their names; undefined where it cannot be read as HL7. */
export function segmentsOf(text: string): readonly ShownSegment[] | undefined {
  const lines = withReturns(text);
  const separators = readMessage(lines)?.separators;
  if (!separators) return undefined;
  return [...linesOf(lines)].slice(0, MOST_LINES).map((line, at) => segmentOf(line, at + 1, separators));
}

function segmentOf(text: string, line: number, separators: Separators): ShownSegment {
  const name = text.slice(0, 3);
  const known = SEGMENT_NAMES[name];
  const parts = text.split(separators.field, MOST_FIELDS);
  // MSH-1 is the separator itself, so its fields count one further.
  const values = name === 'MSH' ? [separators.field, ...parts.slice(1)] : parts.slice(1);
  const fields = values.flatMap((raw, at): ShownField[] => {
    const number = at + 1;
    const words = name === 'MSH' && number <= 2 ? raw : fieldWords(raw, separators);
    return words === '' ? [] : [{ position: `${name}-${number}`, name: known?.fields[number] ?? '', words }];
  });
  return { line, name, title: known?.title ?? '', fields };
}

/** Repetitions with a semicolon, components with a dot between them, escapes decoded. */
function fieldWords(raw: string, separators: Separators): string {
  if (raw === DELETED) return 'Deleted';
  const { repetition, component, subcomponent } = separators;
  const parts = (text: string, by: string): string[] => (by === '' ? [text] : text.split(by));
  const words = (text: string): string =>
    parts(text, subcomponent)
      .map((part) => shown(unescapeText(part, separators)))
      .filter(Boolean)
      .join(' & ');
  return parts(raw, repetition)
    .map((one) => parts(one, component).map(words).filter(Boolean).join(' · '))
    .filter(Boolean)
    .join('; ');
}
