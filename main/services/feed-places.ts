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
  /** The same, making nothing; undefined: the clinic has no such place. */
  known(location: FeedLocation): Place | null | undefined;
  /** Places changed, or what was made here was undone: they are read anew. */
  forget(): void;
}

/** The longest label people would read out; what messages say whole is the code. */
const LONGEST_LABEL = 20;

interface Index {
  /** By code before name; of several sites may be called alike. */
  readonly wards: Map<string, WardPlace[]>;
  readonly sites: Map<string, string>;
  readonly areas: Map<string, Area>;
  readonly rooms: Map<WardId, Shelf<RoomPlace>>;
  readonly beds: Map<WardId, Shelf<BedPlace>>;
  /** What was looked up before, by its exact words. */
  readonly seen: Map<string, Place>;
}

/** Rooms or beds of a ward, by what people and what messages call them. */
interface Shelf<Place extends Named> {
  readonly byLabel: Map<string, Place>;
  readonly byCode: Map<string, Place[]>;
}

interface Named {
  readonly id: string;
  readonly label: string;
  readonly code: string | null;
}

const MOST_SEEN = 5_000;

/** Finds places by code or name, whatever their case and spaces. */
export function createFeedPlaces(deps: FeedPlacesDeps): FeedPlaces {
  let index: Index | undefined;
  let telling = false;
  const forget = (): void => {
    index = undefined;
  };
  // What was made here is in the index already.
  deps.changed.on({ locations: () => !telling && forget() });
  let due = false;
  const tell = (): void => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      telling = true;
      deps.changed.locations();
      telling = false;
    });
  };
  return {
    forget,
    known(location) {
      if (location.unit === '') return null;
      index ??= readIndex(deps);
      return find(index, location);
    },
    placeOf(location, now, afterCommit) {
      if (!location || location.unit === '') return null;
      index ??= readIndex(deps);
      const key = JSON.stringify([location.facility, location.unit, location.room, location.bed]);
      const known = index.seen.get(key);
      if (known) return known;
      const place = find(index, location) ?? make({ ...deps, tell }, index, location, now, afterCommit);
      if (index.seen.size >= MOST_SEEN) index.seen.clear();
      index.seen.set(key, place);
      return place;
    },
  };
}

function readIndex(deps: FeedPlacesDeps): Index {
  const { wards, rooms, beds, areas, sites } = readPlaces(deps);
  const index: Index = {
    wards: new Map(),
    sites: new Map(sites.map(({ id, name }) => [id, labelKey(name)])),
    areas: new Map(),
    rooms: new Map(),
    beds: new Map(),
    seen: new Map(),
  };
  // Codes win over names, wards over areas.
  for (const area of areas) index.areas.set(labelKey(area.name), area);
  for (const area of areas) if (area.code !== null) index.areas.set(labelKey(area.code), area);
  for (const ward of wards) if (ward.code !== null) nameWard(index, ward.code, ward);
  for (const ward of wards) nameWard(index, ward.name, ward);
  for (const room of rooms) shelve(shelfOf(index.rooms, room.wardId), room);
  for (const bed of beds) shelve(shelfOf(index.beds, bed.wardId), bed);
  return index;
}

function nameWard({ wards }: Index, text: string, ward: WardPlace): void {
  const named = wards.get(labelKey(text)) ?? [];
  if (!named.includes(ward)) wards.set(labelKey(text), [...named, ward]);
}

/** The ward of that site, else one of no site: two sites may call their wards alike. */
function wardOf({ wards, sites }: Index, { unit, facility }: FeedLocation): WardPlace | undefined {
  const named = wards.get(labelKey(unit)) ?? [];
  if (facility === '') return named[0];
  const there = named.find(({ siteId }) => siteId !== null && sites.get(siteId) === labelKey(facility));
  return there ?? named.find(({ siteId }) => siteId === null);
}

function shelfOf<Place extends Named>(shelves: Map<WardId, Shelf<Place>>, wardId: WardId): Shelf<Place> {
  const shelf = shelves.get(wardId) ?? { byLabel: new Map(), byCode: new Map() };
  shelves.set(wardId, shelf);
  return shelf;
}

function shelve<Place extends Named>({ byLabel, byCode }: Shelf<Place>, place: Place): void {
  byLabel.set(labelKey(place.label), place);
  const code = codeKey(labelled(place));
  byCode.set(code, [...(byCode.get(code) ?? []), place]);
}

/** By code before label. */
function onShelf<Place extends Named>({ byLabel, byCode }: Shelf<Place>, text: string): readonly Place[] {
  const key = labelKey(text);
  const labelled = byLabel.get(key);
  const coded = byCode.get(key) ?? [];
  return labelled && !coded.includes(labelled) ? [...coded, labelled] : coded;
}

/** The place if the clinic has all of it. */
function find(index: Index, location: FeedLocation): Place | undefined {
  const { unit, room, bed } = location;
  const ward = wardOf(index, location);
  if (!ward) {
    const area = index.areas.get(labelKey(unit));
    return area && inArea(area.wardId, area.id);
  }
  if (room === '' && bed === '') return { ...NOWHERE, wardId: ward.id };
  const beds = onShelf(shelfOf(index.beds, ward.id), bed);
  if (room === '') return beds.length === 1 && beds[0] ? inBed(beds[0]) : undefined;
  const [within] = onShelf(shelfOf(index.rooms, ward.id), room);
  if (within && bed === '') return inRoom(within);
  if (!within && bed === '') return areaOf(index, ward.id, room);
  const found = within && beds.find(({ roomId }) => roomId === within.id);
  return found && inBed(found);
}

/** A part of a ward without beds may stand where a room is meant: `ED^WAITING`. */
function areaOf(index: Index, wardId: WardId, text: string): Place | undefined {
  const area = index.areas.get(labelKey(text));
  return area?.wardId === wardId ? inArea(wardId, area.id) : undefined;
}

const inArea = (wardId: WardId | null, areaId: AreaId): Place => ({ ...NOWHERE, wardId, areaId });
const inRoom = ({ wardId, id }: RoomPlace): Place => ({ ...NOWHERE, wardId, roomId: id });
const inBed = ({ wardId, roomId, id }: BedPlace): Place => ({ wardId, roomId, bedId: id, areaId: null });

/** Makes what of a place the clinic lacks. */
function make(deps: MakerDeps, index: Index, location: FeedLocation, now: number, afterCommit: AfterCommit): Place {
  const made = maker(deps, now, afterCommit);
  const ward = wardOf(index, location) ?? made.ward(index, location);
  if (location.room === '' && location.bed === '') return { ...NOWHERE, wardId: ward.id };
  const rooms = shelfOf(index.rooms, ward.id);
  const [known] = onShelf(rooms, location.room === '' ? NO_ROOM_CODE : location.room);
  const room = known ?? made.room(rooms, ward, location.room);
  if (location.bed === '') return inRoom(room);
  const beds = shelfOf(index.beds, ward.id);
  const bed = onShelf(beds, location.bed).find(({ roomId }) => roomId === room.id);
  return inBed(bed ?? made.bed(beds, room, location));
}

type MakerDeps = FeedPlacesDeps & {
  /** Says once, after the commit, that there are new places. */
  readonly tell: () => void;
};

function maker(deps: MakerDeps, now: number, afterCommit: AfterCommit) {
  const { newId, ledger, changed, tell } = deps;
  const told = (act: string, after: { readonly id: string }): void => {
    ledger.append({ at: now, actor: 'feed', station: null, act, subject: after.id, before: null, after });
    afterCommit(tell);
  };
  return {
    ward(index: Index, { unit, facility }: FeedLocation): WardPlace {
      const name = unique(unit, (text) => index.wards.has(labelKey(text)));
      const siteId = facility === '' ? null : siteOf(deps, facility);
      const ward = { ...PLAIN_WARD, id: newId() as WardId, name, siteId, code: unit, fromFeed: true };
      saveWardPlace(deps, ward);
      if (siteId !== null) index.sites.set(siteId, labelKey(facility));
      nameWard(index, unit, ward);
      nameWard(index, name, ward);
      told('ward.added', ward);
      return ward;
    },
    room(rooms: Shelf<RoomPlace>, ward: WardPlace, text: string): RoomPlace {
      const taken = (label: string) => rooms.byLabel.has(labelKey(label));
      const label = unique((text || 'No room').slice(0, LONGEST_LABEL), taken);
      const code = text === '' ? NO_ROOM_CODE : text;
      const room = { ...PLAIN_ROOM, id: newId() as RoomId, wardId: ward.id, label, code, fromFeed: true };
      saveRoomPlace(deps, room);
      shelve(rooms, room);
      told('room.added', room);
      return room;
    },
    bed(beds: Shelf<BedPlace>, { wardId, id: roomId }: RoomPlace, { room, bed }: FeedLocation): BedPlace {
      const taken = (label: string) => beds.byLabel.has(labelKey(label));
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
      shelve(beds, made);
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
