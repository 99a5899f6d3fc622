import type { BedId, EncounterId } from '../ids.ts';

/** Somebody in a bed, or on a ward where nobody named the bed (`bedId` null). Epoch ms; `to` null: still there. */
export interface HeldSpan {
  readonly bedId: BedId | null;
  readonly encounterId: EncounterId;
  readonly from: number;
  readonly to: number | null;
}

/** Beds as they filled and emptied, in no order. */
export interface BedFlow {
  readonly arrivals: readonly number[];
  readonly discharges: readonly number[];
  /** Who fills a bed now: the first to have come and not left of those who share it. */
  readonly present: readonly EncounterId[];
}

interface Filled {
  readonly from: number;
  readonly by: EncounterId;
  readonly to: number;
  /** Who left last. */
  readonly until: EncounterId;
}

/**
 * Comings and goings of beds: whoever shares a bed neither comes nor goes while it is filled, and who goes from one bed
 * straight into another does neither. So beds occupied at any moment are those at another, with what came between and
 * without what left.
 */
export function bedFlow(spans: readonly HeldSpan[], now: number): BedFlow {
  const byBed = new Map<BedId, HeldSpan[]>();
  const filled: Filled[] = [];
  for (const span of spans) {
    const held = span.bedId === null ? undefined : byBed.get(span.bedId);
    if (held) held.push(span);
    else if (span.bedId === null) filled.push(...fillings([span]));
    else byBed.set(span.bedId, [span]);
  }
  for (const held of byBed.values()) filled.push(...fillings(held));
  const begun = filled.filter(({ from }) => from <= now);
  const over = begun.filter(({ to }) => to <= now);
  const moved = new Map<string, number>();
  const keyOf = (at: number, encounterId: EncounterId) => `${at} ${encounterId}`;
  for (const { to, until } of over) moved.set(keyOf(to, until), (moved.get(keyOf(to, until)) ?? 0) + 1);
  const arrivals = begun.flatMap(({ from, by }) => (taken(moved, keyOf(from, by)) ? [] : [from]));
  // What is left of them is no move: the leavings nobody's coming answers.
  const discharges = over.flatMap(({ to, until }) => (taken(moved, keyOf(to, until)) ? [to] : []));
  return { arrivals, discharges, present: begun.flatMap(({ to, by }) => (to > now ? [by] : [])) };
}

function fillings(held: readonly HeldSpan[]): Filled[] {
  const made: Filled[] = [];
  for (const { encounterId, from, to: end } of [...held].sort((one, other) => one.from - other.from)) {
    const to = end ?? Number.POSITIVE_INFINITY;
    if (to <= from) continue;
    const last = made.at(-1);
    if (last && from < last.to) {
      if (to > last.to) made[made.length - 1] = { ...last, to, until: encounterId };
    } else made.push({ from, by: encounterId, to, until: encounterId });
  }
  return made;
}

function taken(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}
