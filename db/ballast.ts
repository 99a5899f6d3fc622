import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';

export const BALLAST_BYTES = 64 * 1_048_576;
const WANTED_FREE_BYTES = 1_073_741_824;
const PIECE_BYTES = 1_048_576;

/**
 * Keeps a file of noise that may be deleted when the disk is full, so that the clinic can go on while space is made.
 * Noise, not zeros: a file of zeros may take no room. Answers why there is none, or undefined.
 */
export function keepBallast(path: string, folder: string, bytes: number): string | undefined {
  if (bytes === 0 || existsSync(path)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < WANTED_FREE_BYTES) {
    return `Less than 1 GB is free where the store lies (${Math.round((bavail * bsize) / 1_048_576)} MB): no reserve was laid aside. Make room.`;
  }
  const noise = randomBytes(PIECE_BYTES);
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let written = 0; written < bytes; written += PIECE_BYTES) {
      noise.writeUInt32LE(written / PIECE_BYTES, 0);
      writeSync(file, noise, 0, Math.min(PIECE_BYTES, bytes - written));
    }
    return undefined;
  } catch {
    rmSync(path, { force: true });
    return 'The disk was too full to lay a reserve aside. Make room.';
  } finally {
    closeSync(file);
  }
}
