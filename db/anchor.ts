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
  /** What the store was once found to lack; kept, though the store may have grown past it since. */
  readonly lack?: string;
}

const SLOT_BYTES = 512;
/** After the two slots of the anchor itself. */
const LACK_SLOT = 2;

/** The newest sound record of an anchor file; 'missing' when there is no file, 'damaged' when no record is sound. */
export function readAnchor(path: string, key: Buffer): Anchor | 'missing' | 'damaged' {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return 'missing';
  }
  const slot = (index: number) => unsealed(bytes.subarray(index * SLOT_BYTES, (index + 1) * SLOT_BYTES), key);
  const sound = [slot(0), slot(1)].flatMap((text) => (text ? [toAnchor(text)] : []));
  const newest = sound.sort((left, right) => right.commits - left.commits)[0];
  const lack = slot(LACK_SLOT);
  return newest ? { ...newest, lack: lack && (JSON.parse(lack) as string) } : 'damaged';
}

/** Notes in an anchor file what its store was found to lack; the anchor itself stays as evidence. */
export function keepLack(path: string, key: Buffer, lack: string): void {
  const file = openSync(path, constants.O_RDWR);
  try {
    writeSync(file, sealed(JSON.stringify(lack), key), 0, SLOT_BYTES, LACK_SLOT * SLOT_BYTES);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
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
      const text = JSON.stringify([anchor.storeId, anchor.seq, anchor.hash, anchor.commits]);
      writeSync(file, sealed(text, key), 0, SLOT_BYTES, (anchor.commits % 2) * SLOT_BYTES);
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

function sealed(text: string, key: Buffer): Buffer {
  return Buffer.from(`${text}\t${macOf(text, key).toString('hex')}\n`.padEnd(SLOT_BYTES, ' '), 'latin1');
}

function unsealed(slot: Buffer, key: Buffer): string | undefined {
  const [text, mac] = slot.toString('latin1').trimEnd().split('\t');
  if (!text || !mac) return undefined;
  const claimed = Buffer.from(mac, 'hex');
  const real = macOf(text, key);
  return claimed.length === real.length && timingSafeEqual(claimed, real) ? text : undefined;
}

function toAnchor(text: string): Anchor {
  const [storeId, seq, hash, commits] = JSON.parse(text) as [string, number, string, number];
  return { storeId, seq, hash, commits };
}
