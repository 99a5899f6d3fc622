import type { FlowStep, Place } from './event.ts';
import type { Effective } from './event-order.ts';
import { samePlace } from './place.ts';

type Moved = Extract<FlowStep, { kind: 'transferred' }>;

interface Move {
  readonly at: Effective;
  readonly step: Moved;
}

/**
 * Moves of one moment in the order they say themselves: each begins where the one before ended. What is given is in order
 * of having happened; it stays so where the moves do not tell.
 */
export function chained(effective: readonly Effective[]): Effective[] {
  const result: Effective[] = [];
  let here: Place | null = null;
  for (let from = 0; from < effective.length; ) {
    const moves = movesAt(effective, from);
    const asGiven = effective.slice(from, from + Math.max(moves.length, 1));
    const told = moves.length > 1 && moves.some(({ step }) => step.told);
    result.push(...(told ? orderOf(moves, here) : asGiven));
    here = placeOf(result.at(-1)) ?? here;
    from += asGiven.length;
  }
  return result;
}

function movesAt(effective: readonly Effective[], from: number): Move[] {
  const moves: Move[] = [];
  for (let index = from; index < effective.length; index++) {
    const at = effective[index];
    if (at?.event.step.kind !== 'transferred' || at.at !== effective[from]?.at) break;
    moves.push({ at, step: at.event.step });
  }
  return moves;
}

function placeOf(effective: Effective | undefined): Place | null {
  const step = effective?.event.step;
  const places = step?.kind === 'transferred' || step?.kind === 'admitted' || step?.kind === 'arrived';
  return places ? step.place : null;
}

function orderOf(moves: readonly Move[], here: Place | null): Effective[] {
  const start = startOf(moves, here);
  const trail = start === undefined ? [] : trailFrom(moves, start);
  const whole = trail.length === moves.length && trail.every((move, at) => follows(move, trail[at - 1]));
  return (whole ? trail : linked(moves, start)).map(({ at }) => at);
}

function follows({ step }: Move, before: Move | undefined): boolean {
  return before === undefined || step.told?.from === before.step.told?.to;
}

/** The place more moves leave than reach; in a round, the one the patient was in. */
function startOf(moves: readonly Move[], here: Place | null): string | undefined {
  const balance = new Map<string, number>();
  for (const { told } of moves.map(({ step }) => step)) {
    if (!told) continue;
    balance.set(told.from, (balance.get(told.from) ?? 0) + 1);
    balance.set(told.to, (balance.get(told.to) ?? 0) - 1);
  }
  const head = [...balance].find(([, count]) => count > 0)?.[0];
  return head ?? moves.find(({ step }) => samePlace(step.place, here))?.step.told?.to;
}

/** All moves one after the other, where they are one way (Hierholzer). */
function trailFrom(moves: readonly Move[], start: string): Move[] {
  const leaving = new Map<string, Move[]>();
  for (const move of moves) {
    const from = move.step.told?.from ?? '';
    leaving.set(from, [...(leaving.get(from) ?? []), move]);
  }
  const way: (Move | null)[] = [null];
  const trail: Move[] = [];
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const next = leaving.get(last === null ? start : (last.step.told?.to ?? ''))?.shift();
    if (next) way.push(next);
    else {
      way.pop();
      if (last) trail.unshift(last);
    }
  }
  return trail;
}

/** As far as they link: what goes on from here, else what follows none of the others, else the first. */
function linked(moves: readonly Move[], start: string | undefined): Move[] {
  const left = [...moves];
  const order: Move[] = [];
  let here = start;
  while (left.length > 0) {
    const reached = new Set(left.map(({ step }) => step.told?.to));
    const on = left.findIndex(({ step }) => step.told !== undefined && step.told.from === here);
    const head = left.findIndex(({ step }) => !step.told || !reached.has(step.told.from));
    const [next] = left.splice(Math.max(on === -1 ? head : on, 0), 1);
    if (!next) break;
    order.push(next);
    here = next.step.told?.to;
  }
  return order;
}
