import type { EncounterId } from '../ids.ts';
import type { Sex } from '../patient/patient.ts';
import {
  type BedAttributes,
  type BedBlock,
  type Equipment,
  type IsolationKind,
  OVERRIDABLE,
  type Reservation,
  type RoomAttributes,
  type WhyNot,
} from './bed-state.ts';
import { blockInForce, reservationInForce } from './bed-status.ts';
import type { Task } from './task.ts';

export interface Holder {
  readonly encounterId: EncounterId;
  readonly sex: Sex;
  readonly isolation: IsolationKind | null;
}

/** A bed with its surroundings, without those who are about to leave it and the dirt they leave. */
export interface BedFacts {
  readonly bed: BedAttributes;
  readonly room: RoomAttributes;
  readonly bedsInRoom: number;
  /** In this bed, first come first. */
  readonly holders: readonly Holder[];
  /** In the other beds of the room; of a shared bed whoever came first. */
  readonly roommates: readonly Holder[];
  readonly reservation: Reservation | null;
  readonly block: BedBlock | null;
  readonly cleaning: Task | null;
}

/** Who wants a bed. */
export interface Taker {
  /** All encounters of that patient: what is kept for one of them is no obstacle. */
  readonly encounterIds: readonly EncounterId[];
  readonly sex: Sex;
  /** null: birth date not known. */
  readonly ageYears: number | null;
  readonly isolation: IsolationKind | null;
  readonly equipment: readonly Equipment[];
}

/** Everything that stands against a patient taking a bed now, in the order of WhyNot; empty: assignable. */
export function whyNot(facts: BedFacts, taker: Taker, now: number): WhyNot[] {
  const own = ({ encounterId }: { readonly encounterId: EncounterId }) => taker.encounterIds.includes(encounterId);
  if (facts.holders.some(own)) return [];
  const others = { ...facts, roommates: facts.roommates.filter((mate) => !own(mate)) };
  return [
    ...occupied(facts),
    ...reserved(facts, own, now),
    ...outOfUse(facts, now),
    ...sexRule(others, taker),
    ...isolation(others, taker),
    ...equipment(facts, taker),
    ...age(facts, taker),
  ];
}

/** Whether only what a stated reason gets over stands against a bed. */
export function overridable(against: readonly WhyNot[]): boolean {
  return against.length > 0 && against.every(({ kind }) => OVERRIDABLE.includes(kind));
}

function occupied({ holders, bed }: BedFacts): WhyNot[] {
  const [first] = holders;
  return first && holders.length >= bed.places ? [{ kind: 'occupied', encounterId: first.encounterId }] : [];
}

function reserved({ reservation }: BedFacts, own: (kept: Reservation) => boolean, now: number): WhyNot[] {
  if (!reservation || !reservationInForce(reservation, now) || own(reservation)) return [];
  return [{ kind: 'reserved', encounterId: reservation.encounterId, until: reservation.until }];
}

function outOfUse({ block, cleaning }: BedFacts, now: number): WhyNot[] {
  const against: WhyNot[] = [];
  if (block && blockInForce(block, now)) against.push({ kind: 'blocked', reason: block.reason, until: block.to });
  if (cleaning?.startedAt != null) against.push({ kind: 'cleaning', since: cleaning.startedAt });
  else if (cleaning) against.push({ kind: 'dirty', since: cleaning.requestedAt });
  return against;
}

/** Who joins somebody in a shared bed (a baby its mother) is where that person is: no rule of the room asks their sex. */
function sexRule({ room, holders, roommates }: BedFacts, { sex }: Taker): WhyNot[] {
  const { sexRule: rule } = room;
  if (rule === 'any' || holders.length > 0) return [];
  if (rule !== 'same') return sex === rule ? [] : [{ kind: 'sex', rule, present: roommates[0]?.sex ?? null }];
  const differing = roommates.find((mate) => mate.sex !== sex || sex === 'unknown');
  return differing ? [{ kind: 'sex', rule, present: differing.sex }] : [];
}

/** A single room is fit for these without being told. */
const SINGLE_ROOM_FIT: readonly IsolationKind[] = ['contact', 'droplet'];

/** Whether a room may hold a patient isolated so. */
export function fitFor(kind: IsolationKind, { room, bedsInRoom }: Pick<BedFacts, 'room' | 'bedsInRoom'>): boolean {
  return room.isolationFor.includes(kind) || (bedsInRoom === 1 && SINGLE_ROOM_FIT.includes(kind));
}

function isolation(facts: BedFacts, { isolation: needed }: Taker): WhyNot[] {
  const near = [...facts.holders, ...facts.roommates];
  const differing = near.find((mate) => mate.isolation !== needed);
  const inRoom = differing?.isolation ?? null;
  if (needed === null) return inRoom === null ? [] : [{ kind: 'isolation', needed, inRoom }];
  return differing || !fitFor(needed, facts) ? [{ kind: 'isolation', needed, inRoom }] : [];
}

function equipment({ bed }: BedFacts, { equipment: needed }: Taker): WhyNot[] {
  const missing = needed.filter((thing) => !bed.equipment.includes(thing));
  return missing.length > 0 ? [{ kind: 'equipment', missing }] : [];
}

/** A bed for some ages is for those known to be of them. */
function age({ bed: { ageFrom, ageTo } }: BedFacts, { ageYears }: Taker): WhyNot[] {
  if (ageFrom === null && ageTo === null) return [];
  const fits = ageYears !== null && ageYears >= (ageFrom ?? 0) && ageYears <= (ageTo ?? Number.POSITIVE_INFINITY);
  return fits ? [] : [{ kind: 'age', from: ageFrom, to: ageTo }];
}
