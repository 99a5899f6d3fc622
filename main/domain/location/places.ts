import { allow, type Decision, refuse } from '../decision.ts';
import type { BedAttributes, RoomAttributes } from '../flow/bed-state.ts';
import type { Area, Site, WardAttributes } from './area.ts';
import type { Bed, Room, Ward } from './location.ts';
import { labelKey } from './place.ts';

export type WardPlace = Ward & WardAttributes;
export type RoomPlace = Room & RoomAttributes;
export type BedPlace = Bed & BedAttributes;

/** Every place of the clinic with its attributes, each list in natural order. */
export interface Places {
  readonly sites: readonly Site[];
  readonly wards: readonly WardPlace[];
  readonly rooms: readonly RoomPlace[];
  readonly beds: readonly BedPlace[];
  readonly areas: readonly Area[];
}

/** What a place is until somebody says otherwise. */
export const PLAIN_WARD: WardAttributes = { kind: 'inpatient', siteId: null, code: null, fromFeed: false };
export const PLAIN_ROOM: RoomAttributes = { sexRule: 'any', isolationFor: [], code: null, fromFeed: false };
export const PLAIN_BED: BedAttributes = {
  equipment: [],
  ageFrom: null,
  ageTo: null,
  places: 1,
  code: null,
  fromFeed: false,
};

/** Code of the room that stands for none: messages may name a bed of a ward without its room. It is HL7's word for nothing. */
export const NO_ROOM_CODE = '""';

/** What people call a place, and what messages call it; without a code of its own that is its name. */
export interface Naming {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
}

export type NamingRefusal = 'name-taken' | 'code-taken';

/** Whether people (`names`) and messages (`codes`) could still tell a place from its neighbours. Itself does not count. */
export function checkNaming(
  place: Naming,
  { names, codes }: { readonly names: readonly Naming[]; readonly codes: readonly Naming[] },
): Decision<Naming, NamingRefusal> {
  const others = (neighbours: readonly Naming[]) => neighbours.filter(({ id }) => id !== place.id);
  const [name, code] = [labelKey(place.name), codeKey(place)];
  if (others(names).some((other) => labelKey(other.name) === name)) return refuse('name-taken');
  if (others(codes).some((other) => codeKey(other) === code)) return refuse('code-taken');
  return allow(place);
}

/** Two places of one scope with the same one are the same place to a message. */
export function codeKey({ name, code }: Pick<Naming, 'name' | 'code'>): string {
  return labelKey(code ?? name);
}

/** Wards as a message knows them, with the areas that have a code of their own: both stand where a message names a unit. */
export function unitNamings({ wards, areas }: Pick<Places, 'wards' | 'areas'>): Naming[] {
  return [...wards, ...areas.filter(({ code }) => code !== null)];
}

/** A room or bed by its label. */
export function labelled({ id, label, code }: { id: string; label: string; code: string | null }): Naming {
  return { id, name: label, code };
}

/** Areas people could mix up with one: those of the same ward, or of none. */
export function areasBeside(area: Pick<Area, 'wardId'>, areas: readonly Area[]): Area[] {
  return areas.filter(({ wardId }) => wardId === area.wardId);
}

export type BedRefusal = 'age-out-of-order' | 'places-in-use';

/** Whether a bed may have these attributes while `lying` patients are in it. */
export function checkBed<Attributes extends Pick<BedAttributes, 'ageFrom' | 'ageTo' | 'places'>>(
  bed: Attributes,
  lying: number,
): Decision<Attributes, BedRefusal> {
  if (bed.ageFrom !== null && bed.ageTo !== null && bed.ageFrom > bed.ageTo) return refuse('age-out-of-order');
  return lying > bed.places ? refuse('places-in-use') : allow(bed);
}

/** An area may only go when nobody is in it and nobody ever was: else the past would have a hole. */
export function removeArea(
  area: Area,
  inUse: boolean,
  everUsed: boolean,
): Decision<Area, 'area-in-use' | 'area-has-history'> {
  if (inUse) return refuse('area-in-use');
  return everUsed ? refuse('area-has-history') : allow(area);
}
