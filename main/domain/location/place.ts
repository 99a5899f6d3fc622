import { allow, type Decision, refuse } from '../decision.ts';
import type { Bed, Room, Ward } from './location.ts';

/** What labels that read the same to a person have in common: case and the kind of space do not tell places apart. */
export function labelKey(label: string): string {
  return label.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** Whether two labels read the same to a person. */
export function sameLabel(one: string, other: string): boolean {
  return labelKey(one) === labelKey(other);
}

export function addWard(ward: Ward, wards: readonly Ward[]): Decision<Ward, 'name-taken'> {
  return wards.some(({ name }) => sameLabel(name, ward.name)) ? refuse('name-taken') : allow(ward);
}

/** Rooms are told apart by their label within a ward. */
export function addRoom(room: Room, rooms: readonly Room[]): Decision<Room, 'label-taken'> {
  return rooms.some(({ label }) => sameLabel(label, room.label)) ? refuse('label-taken') : allow(room);
}

/** Beds are told apart by their label within a ward, whatever their room: it is what people call out. */
export function addBed(bed: Bed, beds: readonly Bed[]): Decision<Bed, 'label-taken'> {
  return beds.some(({ label }) => sameLabel(label, bed.label)) ? refuse('label-taken') : allow(bed);
}

export type RemovalRefusal = 'bed-occupied' | 'bed-has-history';

/** A bed may only go when nobody and nothing was ever in it: else the past would have a hole. */
export function removeBed(bed: Bed, occupied: boolean, everUsed: boolean): Decision<Bed, RemovalRefusal> {
  if (occupied) return refuse('bed-occupied');
  return everUsed ? refuse('bed-has-history') : allow(bed);
}
