import { plainNumber } from '#domain/feed/visit-number.ts';

/** A visit's number as people here know it; empty where none is known. */
export function visitWords(visitNumber: string | null): string {
  return visitNumber === null ? '' : plainNumber(visitNumber);
}

/** The number with who gave it, for a title, since two hospitals may give one number; empty where nobody is named. */
export function visitTitle(visitNumber: string | null): string {
  const number = visitWords(visitNumber);
  const giver = (visitNumber ?? '').slice(number.length).replace(/^\^+/u, '');
  return giver === '' ? '' : `${number}, given by ${giver}`;
}
