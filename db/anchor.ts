import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** How far the store had come, kept outside its file: only this sees an older file, or a cut ledger, put in place. */
export interface Anchor {
  readonly storeId: string;
  /** Last ledger entry; 0 and the empty text before the first. */
  readonly seq: number;
  readonly hash: string;
  /** Transactions that wrote something, since the store was made. */
  readonly commits: number;
}

const SLOT_BYTES = 512;

/** The newest sound record of an anchor file; 'missing' when there is no file, 'damaged' when no record is sound. */
export function readAnchor(path: string, key: Buffer): Anchor | 'missing' | 'damaged' {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return 'missing';
  }
  const sound = [0, SLOT_BYTES].flatMap((from) => decode(bytes.subarray(from, from + SLOT_BYTES), key) ?? []);
  return sound.sort((left, right) => right.commits - left.commits)[0] ?? 'damaged';
}

export interface AnchorFile {
  write(anchor: Anchor): void;
  close(): void;
}

/**
 * Writes to two slots in turn, so that a cut in the middle of one leaves the other. Written after each commit, hence
 * never ahead of the store; synced at the end only: after a power cut an older anchor is a weaker check, not a wrong one.
 */
export function openAnchorFile(path: string, key: Buffer): AnchorFile {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    write: (anchor) => {
      writeSync(file, encode(anchor, key), 0, SLOT_BYTES, (anchor.commits % 2) * SLOT_BYTES);
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}

function macOf(text: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update('wardline anchor\n').update(text).digest();
}

function encode(anchor: Anchor, key: Buffer): Buffer {
  const text = JSON.stringify([anchor.storeId, anchor.seq, anchor.hash, anchor.commits]);
  const line = `${text}\t${macOf(text, key).toString('hex')}\n`;
  return Buffer.from(line.padEnd(SLOT_BYTES, ' '), 'latin1');
}

function decode(slot: Buffer, key: Buffer): Anchor | undefined {
  const [text, mac] = slot.toString('latin1').trimEnd().split('\t');
  if (!text || !mac) return undefined;
  const claimed = Buffer.from(mac, 'hex');
  const real = macOf(text, key);
  if (claimed.length !== real.length || !timingSafeEqual(claimed, real)) return undefined;
  const [storeId, seq, hash, commits] = JSON.parse(text) as [string, number, string, number];
  return { storeId, seq, hash, commits };
}
