import { isAscii, isUtf8 } from 'node:buffer';
import { headerOf } from '#domain/feed/header.ts';
import { withReturns } from '#domain/feed/message.ts';

/** A frame's content, read. */
export interface Decoded {
  /** Each byte a character, lines ended by CR: what an answer repeats, exactly. */
  readonly bytes: string;
  /** As people wrote it, lines ended by CR. */
  readonly text: string;
  /** The characters may not be the ones that were meant. */
  readonly doubtful: boolean;
}

/** Reads a frame in the character set MSH-18 names, UTF-8 where it names none. No byte is ever refused or lost. */
export function decodeFrame(frame: Buffer): Decoded {
  const content = trimmed(frame);
  const bytes = withReturns(content.toString('latin1'));
  const sets = () =>
    headerOf(bytes)
      .characterSet.toUpperCase()
      .split(/[~^]/)
      .map((set) => set.trim());
  // Japanese by escape sequences: every byte of it is ASCII.
  if (content.includes(ESCAPE)) {
    const japanese = isAscii(content) && sets().some((set) => ISO_2022_JP.has(set));
    if (japanese) return { bytes, text: withReturns(new TextDecoder('iso-2022-jp').decode(content)), doubtful: false };
    return { bytes, text: isUtf8(content) ? withReturns(content.toString('utf8')) : bytes, doubtful: true };
  }
  if (isAscii(content)) return { bytes, text: bytes, doubtful: false };
  const [named = ''] = sets();
  const utf8 = isUtf8(content);
  const asUtf8 = () => withReturns(content.toString('utf8'));
  if (['', 'ASCII', 'UNICODE', 'UNICODE UTF-8', 'UTF-8', 'UTF8'].includes(named)) {
    return utf8 ? { bytes, text: asUtf8(), doubtful: false } : { bytes, text: bytes, doubtful: true };
  }
  // Bytes that read as UTF-8 by chance hardly exist: then the header lies, and a person must look.
  if (named === '8859/1') return { bytes, text: bytes, doubtful: utf8 };
  const label =
    LABELS[named] ?? (/^8859\/(?:[2-9]|1[0-6])$/.test(named) ? `iso-${named.replace('/', '-')}` : undefined);
  if (label === undefined) return { bytes, text: utf8 ? asUtf8() : bytes, doubtful: true };
  return { bytes, text: withReturns(new TextDecoder(label).decode(content)), doubtful: false };
}

const ESCAPE = 0x1b;
const ISO_2022_JP: ReadonlySet<string> = new Set(['ISO IR14', 'ISO IR87', 'ISO IR159']);

const LABELS: Readonly<Record<string, string>> = {
  'GB 18030-2000': 'gb18030',
  'KS X 1001': 'euc-kr',
  'BIG-5': 'big5',
};

/** Without a byte order mark and white space before the first segment. */
function trimmed(frame: Buffer): Buffer {
  let from = frame[0] === 0xef && frame[1] === 0xbb && frame[2] === 0xbf ? 3 : 0;
  while (from < frame.length && (frame[from] ?? 0) <= 0x20) from += 1;
  return frame.subarray(from);
}
