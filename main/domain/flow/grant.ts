import type { EncounterId } from '../ids.ts';
import { LAST_MOMENT } from '../time.ts';
import type { WantedSpan } from './event.ts';

type Span = Pick<WantedSpan, 'from' | 'to'>;

export interface Granting {
  readonly granted: readonly WantedSpan[];
  readonly refused: readonly { readonly span: WantedSpan; readonly heldBy: EncounterId }[];
}

/**
 * Who of all that want one bed gets it: what people at consoles said before what other systems told, the latest word of
 * people first, of systems the span that begins first; what goes on by a leaving taken back counts from when that was
 * told, so that nobody is put out of a bed by it. The same for every order the spans came in; give it all spans
 * that overlap, directly or through others.
 */
export function grant(wanted: readonly WantedSpan[], places: number): Granting {
  const granted: WantedSpan[] = [];
  const refused: { span: WantedSpan; heldBy: EncounterId }[] = [];
  for (const span of [...wanted].sort(byClaim)) {
    const over = granted.filter((other) => overlaps(other, span));
    if (fullest(span, over) < places) granted.push(span);
    else refused.push({ span, heldBy: over[0]?.encounterId ?? span.encounterId });
  }
  return { granted, refused };
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < (other.to ?? LAST_MOMENT) && other.from < (one.to ?? LAST_MOMENT);
}

/** The most of `others` that are in the bed at one moment of a span they all overlap. */
export function fullest(span: Span, others: readonly Span[]): number {
  if (others.length < 2) return others.length;
  const moments = [span.from, ...others.map(({ from }) => from).filter((from) => from > span.from)];
  return Math.max(
    ...moments.map((at) => others.filter(({ from, to }) => from <= at && (to ?? LAST_MOMENT) > at).length),
  );
}

function byClaim(one: WantedSpan, other: WantedSpan): number {
  const [mine, theirs] = [Number(one.source !== 'console'), Number(other.source !== 'console')];
  if (mine !== theirs) return mine - theirs;
  const sooner = mine === 0 ? other.recordedAt - one.recordedAt : claimedAt(one) - claimedAt(other);
  return sooner || byText(keyOf(one), keyOf(other));
}

function claimedAt({ from, recordedAt, again }: WantedSpan): number {
  return again ? recordedAt : from;
}

/** Encounter ids are made on arrival: they come last, after what the other system itself called the visit. */
function keyOf({ visitNumber, tieBreak, encounterId }: WantedSpan): string {
  return `${visitNumber ?? '\uffff'} ${tieBreak} ${encounterId}`;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
