import type { Word } from './feed.ts';
import type { Message } from './message.ts';
import { linesOf } from './message.ts';

/** Whether a word stands over another: recorded later, or at the same time by the later message. */
export function isLater(word: Word, other: Word | null | undefined): boolean {
  if (!other) return true;
  if (word.recordedAt !== other.recordedAt) return word.recordedAt > other.recordedAt;
  return word.tieBreak > other.tieBreak;
}

/**
 * What makes a message itself: its whole text, but for the time it was sent (MSH-7) where EVN-2 says when it was
 * recorded, since a message sent again may carry a new one.
 */
export function fingerprintOf(text: string, message: Message): string {
  const recorded = message.first('EVN')?.value(2) ?? '';
  const lines = [...linesOf(text)];
  const { field } = message.separators;
  if (recorded !== '' && lines[0] !== undefined) {
    const header = lines[0].split(field);
    if (header.length > 6) header[6] = '';
    lines[0] = header.join(field);
  }
  return lines.join('\r');
}

/** Orders messages of one moment as their control ids count (2 before 10), and tells apart those with the same one. */
export function tieBreakOf(controlId: string, hash: string): string {
  const natural = controlId.replace(/\d+/g, (digits) => {
    const plain = digits.replace(/^0+(?=\d)/, '');
    return `${String(plain.length).padStart(3, '0')}${plain}`;
  });
  return `${natural} ${hash.slice(0, 16)}`;
}
