import { readFileSync } from 'node:fs';

/** Resident memory of another process in bytes; null where the machine does not tell. */
export function residentBytes(pid: number | null): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
  } catch {
    return null;
  }
}
