import type { WardId } from '../ids.ts';
import { type BedFacts, fitFor, overridable, type Taker } from './assignability.ts';
import type { Equipment, WhyNot } from './bed-state.ts';

/** What is looked for beyond what stands against a bed. */
export interface BedWish {
  readonly taker: Taker;
  /** Where the bed should be: the ward asked for, else the patient's own; null: anywhere. */
  readonly wardId: WardId | null;
  /** The ward was asked for by name. */
  readonly asked: boolean;
  /** By their NEWS2 the patient should lie where a monitor is. */
  readonly monitor: boolean;
}

/** What to keep for those who need it, by how scarce it is. Wardline's own weights. */
const SCARCE: Readonly<Partial<Record<Equipment, number>>> = {
  ventilator: 8,
  'negative-pressure': 8,
  bariatric: 4,
  monitor: 2,
  lift: 1,
  cot: 1,
};
const ISOLATION_ROOM = 4;
const SPARE_PLACES = 2;

/** What a bed would be wasted on a patient who needs none of it; 0: nothing. */
function wasteOf({ bed, room, bedsInRoom }: BedFacts, { taker, monitor }: BedWish): number {
  const needed = (thing: Equipment) => taker.equipment.includes(thing) || (thing === 'monitor' && monitor);
  const equipment = bed.equipment.reduce((sum, thing) => sum + (needed(thing) ? 0 : (SCARCE[thing] ?? 0)), 0);
  const forIsolation = taker.isolation === null && (bedsInRoom === 1 || room.isolationFor.length > 0);
  return equipment + (forIsolation ? ISOLATION_ROOM : 0) + (bed.places > 1 ? SPARE_PLACES : 0);
}

/** Why a bed is good for a patient, or why not as good as others, in words, most telling first. */
export function meritsOf(facts: BedFacts, wardId: WardId, wish: BedWish): string[] {
  const { taker, monitor } = wish;
  const { bed, bedsInRoom } = facts;
  const merits: (string | false)[] = [
    bed.fromFeed && 'Named by the feed, not confirmed',
    keptFor(facts, taker) && 'Kept for this patient',
    wish.wardId === wardId && (wish.asked ? 'In the ward asked for' : 'In the same ward'),
    monitor && bed.equipment.includes('monitor') && 'Has a monitor',
    taker.isolation !== null && fitFor(taker.isolation, facts) && `Fit for ${taker.isolation} isolation`,
    taker.equipment.length > 0 &&
      taker.equipment.every((thing) => bed.equipment.includes(thing)) &&
      'Has what is needed',
    taker.isolation === null && bedsInRoom === 1 && 'Single room',
    wasteOf(facts, wish) === 0 && 'Keeps special beds free',
  ];
  return merits.filter((merit) => merit !== false);
}

function keptFor({ reservation }: BedFacts, { encounterIds }: Taker): boolean {
  return reservation !== null && encounterIds.includes(reservation.encounterId);
}

/** Numbers that put beds in order, compared one after another; less is better. */
export function standing(facts: BedFacts, wardId: WardId, against: readonly WhyNot[], wish: BedWish): number[] {
  const unmonitored = wish.monitor && !facts.bed.equipment.includes('monitor');
  return [
    against.length === 0 ? 0 : overridable(against) ? 1 : 2,
    // Nobody has yet said that there is such a bed, or what it is good for.
    facts.bed.fromFeed && !keptFor(facts, wish.taker) ? 1 : 0,
    against.length,
    keptFor(facts, wish.taker) ? 0 : 1,
    unmonitored ? 1 : 0,
    wish.wardId === null || wish.wardId === wardId ? 0 : 1,
    wasteOf(facts, wish),
  ];
}

export function compareStanding(left: readonly number[], right: readonly number[]): number {
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}
