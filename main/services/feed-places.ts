import type { Store } from '#domain/clinic/store.ts';
import type { FeedLocation } from '#domain/feed/feed.ts';
import type { Place } from '#domain/flow/event.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { AreaId, BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Area } from '#domain/location/area.ts';
import { labelKey } from '#domain/location/place.ts';
import {
  type BedPlace,
  codeKey,
  labelled,
  NO_ROOM_CODE,
  PLAIN_BED,
  PLAIN_ROOM,
  PLAIN_WARD,
  type RoomPlace,
  type WardPlace,
} from '#domain/location/places.ts';
import type { ChangeEmitter } from './changes.ts';
import { readPlaces, saveBedPlace, saveRoomPlace, saveWardPlace } from './locations-store.ts';

type AfterCommit = (tell: () => void) => void;

export interface FeedPlacesDeps extends Pick<Store, 'locations' | 'areas' | 'bedStates' | 'assignments' | 'ledger'> {
  readonly newId: () => string;
  readonly changed: ChangeEmitter;
}

export interface FeedPlaces {
  /**
   * Where a message says; wards, rooms and beds the clinic lacks are made, marked as from the feed. null: it names no
   * ward, so nothing can be said.
   */
  placeOf(location: FeedLocation | null, now: number, afterCommit: AfterCommit): Place | null;
  /** Places changed, or what was made here was undone: they are read anew. */
  forget(): void;
}

/** The longest label people would read out; what messages say whole is the code. */
const LONGEST_LABEL = 20;

interface Index {
  readonly wards: Map<string, WardPlace>;
  readonly areas: Map<string, Area>;
  /** By ward. */
  readonly rooms: Map<WardId, RoomPlace[]>;
  readonly beds: Map<WardId, BedPlace[]>;
  /** What was looked up before, by its exact words. */
  readonly seen: Map<string, Place>;
}

const MOST_SEEN = 5_000;

/** Finds places by code or name, whatever their case and spaces. */
export function createFeedPlaces(deps: FeedPlacesDeps): FeedPlaces {
  let index: Index | undefined;
  const forget = (): void => {
    index = undefined;
  };
  deps.changed.on({ locations: forget });
  return {
    forget,
    placeOf(location, now, afterCommit) {
      if (!location || location.unit === '') return null;
      index ??= readIndex(deps);
      const key = JSON.stringify([location.unit, location.room, location.bed]);
      const known = index.seen.get(key);
      if (known) return known;
      const place = find(index, location) ?? make(deps, index, location, now, afterCommit);
      if (index.seen.size >= MOST_SEEN) index.seen.clear();
      index.seen.set(key, place);
      return place;
    },
  };
}

function readIndex(deps: FeedPlacesDeps): Index {
  const { wards, rooms, beds, areas } = readPlaces(deps);
  const index: Index = { wards: new Map(), areas: new Map(), rooms: new Map(), beds: new Map(), seen: new Map() };
  // Codes win over names, wards over areas.
  for (const area of areas) index.areas.set(labelKey(area.name), area);
  for (const area of areas) if (area.code !== null) index.areas.set(labelKey(area.code), area);
  for (const ward of wards) index.wards.set(labelKey(ward.name), ward);
  for (const ward of wards) if (ward.code !== null) index.wards.set(labelKey(ward.code), ward);
  for (const room of rooms) listOf(index.rooms, room.wardId).push(room);
  for (const bed of beds) listOf(index.beds, bed.wardId).push(bed);
  return index;
}

function listOf<Entry>(lists: Map<WardId, Entry[]>, wardId: WardId): Entry[] {
  const list = lists.get(wardId) ?? [];
  lists.set(wardId, list);
  return list;
}

/** The place if the clinic has all of it. */
function find(index: Index, { unit, room, bed }: FeedLocation): Place | undefined {
  const ward = index.wards.get(labelKey(unit));
  if (!ward) {
    const area = index.areas.get(labelKey(unit));
    return area && inArea(area.wardId, area.id);
  }
  if (room === '' && bed === '') return { ...NOWHERE, wardId: ward.id };
  const beds = listOf(index.beds, ward.id);
  if (room === '') {
    const fit = beds.filter((entry) => fits(entry, bed));
    return fit.length === 1 && fit[0] ? inBed(fit[0]) : undefined;
  }
  const within = listOf(index.rooms, ward.id).find((entry) => fits(entry, room));
  if (within && bed === '') return inRoom(within);
  if (!within && bed === '') return areaOf(index, ward.id, room);
  const found = within && beds.find((entry) => entry.roomId === within.id && fits(entry, bed));
  return found && inBed(found);
}

/** A part of a ward without beds may stand where a room is meant: `ED^WAITING`. */
function areaOf(index: Index, wardId: WardId, text: string): Place | undefined {
  const area = index.areas.get(labelKey(text));
  return area?.wardId === wardId ? inArea(wardId, area.id) : undefined;
}

function fits(place: { id: string; label: string; code: string | null }, text: string): boolean {
  const key = labelKey(text);
  return codeKey(labelled(place)) === key || labelKey(place.label) === key;
}

const inArea = (wardId: WardId | null, areaId: AreaId): Place => ({ ...NOWHERE, wardId, areaId });
const inRoom = ({ wardId, id }: RoomPlace): Place => ({ ...NOWHERE, wardId, roomId: id });
const inBed = ({ wardId, roomId, id }: BedPlace): Place => ({ wardId, roomId, bedId: id, areaId: null });

/** Makes what of a place the clinic lacks. */
function make(
  deps: FeedPlacesDeps,
  index: Index,
  location: FeedLocation,
  now: number,
  afterCommit: AfterCommit,
): Place {
  const made = maker(deps, now, afterCommit);
  const ward = index.wards.get(labelKey(location.unit)) ?? made.ward(index, location);
  if (location.room === '' && location.bed === '') return { ...NOWHERE, wardId: ward.id };
  const rooms = listOf(index.rooms, ward.id);
  const room =
    rooms.find((entry) => (location.room === '' ? entry.code === NO_ROOM_CODE : fits(entry, location.room))) ??
    made.room(rooms, ward, location.room);
  if (location.bed === '') return inRoom(room);
  const beds = listOf(index.beds, ward.id);
  const bed = beds.find((entry) => entry.roomId === room.id && fits(entry, location.bed));
  return inBed(bed ?? made.bed(beds, room, location));
}

function maker(deps: FeedPlacesDeps, now: number, afterCommit: AfterCommit) {
  const { newId, ledger, changed } = deps;
  const told = (act: string, after: { readonly id: string }): void => {
    ledger.append({ at: now, actor: 'feed', station: null, act, subject: after.id, before: null, after });
    afterCommit(() => changed.locations());
  };
  return {
    ward(index: Index, { unit, facility }: FeedLocation): WardPlace {
      const name = unique(unit, (text) => index.wards.has(labelKey(text)));
      const siteId = facility === '' ? null : siteOf(deps, facility);
      const ward = { ...PLAIN_WARD, id: newId() as WardId, name, siteId, code: unit, fromFeed: true };
      saveWardPlace(deps, ward);
      index.wards.set(labelKey(unit), ward);
      told('ward.added', ward);
      return ward;
    },
    room(rooms: RoomPlace[], ward: WardPlace, text: string): RoomPlace {
      const taken = (label: string) => rooms.some((entry) => labelKey(entry.label) === labelKey(label));
      const label = unique((text || 'No room').slice(0, LONGEST_LABEL), taken);
      const code = text === '' ? NO_ROOM_CODE : text;
      const room = { ...PLAIN_ROOM, id: newId() as RoomId, wardId: ward.id, label, code, fromFeed: true };
      saveRoomPlace(deps, room);
      rooms.push(room);
      told('room.added', room);
      return room;
    },
    bed(beds: BedPlace[], { wardId, id: roomId }: RoomPlace, { room, bed }: FeedLocation): BedPlace {
      const taken = (label: string) => beds.some((entry) => labelKey(entry.label) === labelKey(label));
      const wanted = bed.slice(0, LONGEST_LABEL);
      const label = taken(wanted) && room !== '' ? `${room}-${bed}`.slice(0, LONGEST_LABEL) : wanted;
      const made = {
        ...PLAIN_BED,
        id: newId() as BedId,
        wardId,
        roomId,
        label: unique(label, taken),
        code: bed,
        fromFeed: true,
      };
      saveBedPlace(deps, made);
      beds.push(made);
      told('bed.added', made);
      afterCommit(() => changed.bed(made.id));
      return made;
    },
  };
}

/** The label itself, or the first of its numbered forms nobody has. */
function unique(label: string, taken: (label: string) => boolean): string {
  if (!taken(label)) return label;
  for (let number = 2; ; number += 1) {
    const numbered = `${label.slice(0, LONGEST_LABEL - 1 - String(number).length)} ${number}`;
    if (!taken(numbered)) return numbered;
  }
}

function siteOf({ areas, newId }: FeedPlacesDeps, facility: string): string {
  const known = areas.listSites().find(({ name }) => labelKey(name) === labelKey(facility));
  if (known) return known.id;
  const site = { id: newId(), name: facility };
  areas.saveSite(site);
  return site.id;
}
