const START = 0x0b;
const END = 0x1c;
const RETURN = 0x0d;
const NEW_LINE = 0x0a;
const FIRST_BYTES = 4_096;
/** As much of a message too long as its header can need. */
const HEAD_BYTES = 4_096;
const MOST_CUT = 100;

export interface FrameListeners {
  /**
   * The bytes between the marks; valid only during the call. `cut`: the next message began before this one's end mark
   * came.
   */
  readonly onFrame: (bytes: Buffer, cut: boolean) => void;
  /** A message grew past the limit: told once, with how it begins; the rest of it is skipped. */
  readonly onTooLong: (head: Buffer) => void;
}

export interface FrameReader {
  push(chunk: Buffer): void;
  /** Whether a message has begun and not ended. */
  inside(): boolean;
  /** Bytes outside any message since the last one, line ends left out. */
  stray(): number;
}

/**
 * Cuts a byte stream into MLLP frames (0B data 1C 0D) whatever pieces it comes in, holding at most `maxBytes` of one.
 * The end mark alone ends a frame: senders forget the CR behind it.
 */
export function createFrameReader(maxBytes: number, { onFrame, onTooLong }: FrameListeners): FrameReader {
  let state: 'outside' | 'inside' | 'skipping' = 'outside';
  let held = Buffer.allocUnsafe(FIRST_BYTES);
  let length = 0;
  let stray = 0;

  const keep = (bytes: Buffer): void => {
    if (length + bytes.length > maxBytes) {
      const head = Buffer.concat([held.subarray(0, length), bytes.subarray(0, HEAD_BYTES)]).subarray(0, HEAD_BYTES);
      state = 'skipping';
      length = 0;
      held = Buffer.allocUnsafe(FIRST_BYTES);
      onTooLong(head);
      return;
    }
    if (length + bytes.length > held.length) {
      const wider = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(held.length * 2, length + bytes.length)));
      held.copy(wider, 0, 0, length);
      held = wider;
    }
    bytes.copy(held, length);
    length += bytes.length;
  };

  const finish = (): void => {
    if (state === 'inside') {
      const parts = split(held.subarray(0, length));
      for (const [index, part] of parts.entries()) onFrame(part, index < parts.length - 1);
    }
    if (held.length > FIRST_BYTES * 16) held = Buffer.allocUnsafe(FIRST_BYTES);
    state = 'outside';
    length = 0;
    stray = 0;
  };

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (state === 'outside') {
          const start = chunk.indexOf(START, at);
          stray += countStray(chunk, at, start === -1 ? chunk.length : start);
          if (start === -1) return;
          at = start + 1;
          state = 'inside';
          continue;
        }
        const end = chunk.indexOf(END, at);
        if (state === 'inside') keep(chunk.subarray(at, end === -1 ? chunk.length : end));
        if (end === -1) return;
        finish();
        at = end + 1;
      }
    },
    inside: () => state !== 'outside',
    stray: () => stray,
  };
}

/**
 * A message that begins inside another: the other's end mark never came. A lone start mark is taken for text, and so are
 * all after the first hundred.
 */
function split(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf('\x0bMSH'); at !== -1 && parts.length < MOST_CUT; at = bytes.indexOf('\x0bMSH', at + 4)) {
    if (at > from) parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  parts.push(bytes.subarray(from));
  return parts;
}

function countStray(chunk: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (chunk[at] !== RETURN && chunk[at] !== NEW_LINE) count += 1;
  return count;
}

/** A message with its marks, ready for the wire; `encoding` as its own header says. */
export function framed(text: string, encoding: 'utf8' | 'latin1'): Buffer {
  return Buffer.concat([Buffer.of(START), Buffer.from(text, encoding), Buffer.of(END, RETURN)]);
}
