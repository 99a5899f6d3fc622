import { TAKEN, type Verdict } from '#domain/feed/ack.ts';
import { error, reject } from '#domain/feed/header.ts';

/** A fault of ours. */
export const FAULT = error('Wardline failed to take the message. Send it again.', 'MSH', 207);
export const NO_ROOM = reject('No room on the disk: nothing was taken. Send it again later.', null, 207);
/** Whoever acknowledges an acknowledgement never ends. */
export const UNANSWERED: Verdict = { ...TAKEN };

/** What is wrong with a message whose frame was. */
export function brokenWords({ broken }: { readonly broken: 'cut' | 'too-long' | null }): Verdict | undefined {
  if (broken === 'cut') return error('The message was cut off: its end mark never came.', 'MSH', 100);
  return broken === 'too-long' ? reject('The message is longer than 1 MiB.', 'MSH', 102) : undefined;
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : '';
}

/** The disk is full. */
export function noRoom(failure: unknown): boolean {
  return codeOf(failure) === 'SQLITE_FULL' || codeOf(failure) === 'ENOSPC';
}

/** The whole transaction may be gone: nothing of it may be answered as taken. */
export function ofTheDisk(failure: unknown): boolean {
  return /^SQLITE_(IOERR|CORRUPT|NOTADB|READONLY|BUSY)/.test(codeOf(failure));
}
