import type { Store } from '#domain/clinic/store.ts';
import type { BedId } from '#domain/ids.ts';
import type { Area } from '#domain/location/area.ts';
import {
  areasBeside,
  type BedPlace,
  checkNaming,
  PLAIN_BED,
  PLAIN_ROOM,
  PLAIN_WARD,
  type Places,
  type RoomPlace,
  unitNamings,
  type WardPlace,
} from '#domain/location/places.ts';
import type { ClinicChanges } from './changes.ts';
import { refused } from './command.ts';

export type PlaceStores = Pick<Store, 'locations' | 'areas' | 'bedStates' | 'assignments'>;

export type LocationsDeps = PlaceStores &
  Pick<Store, 'flow' | 'ledger'> & {
    readonly clock: () => number;
    readonly newId: () => string;
    readonly changed: ClinicChanges;
  };

/** Every place with its attributes, as it stands. */
export function readPlaces({ locations, areas, bedStates }: PlaceStores): Places {
  const wards = locations.listWards();
  const [ofWards, ofRooms, ofBeds] = [
    areas.listWardAttributes(),
    bedStates.listRoomAttributes(),
    bedStates.listBedAttributes(),
  ];
  return {
    sites: areas.listSites(),
    wards: wards.map((ward) => ({ ...PLAIN_WARD, ...ofWards.get(ward.id), ...ward })),
    rooms: wards
      .flatMap(({ id }) => locations.listRooms(id))
      .map((room) => ({ ...PLAIN_ROOM, ...ofRooms.get(room.id), ...room })),
    beds: locations.listBeds().map((bed) => ({ ...PLAIN_BED, ...ofBeds.get(bed.id), ...bed })),
    areas: areas.listAreas(),
  };
}

export function saveWardPlace({ locations, areas }: PlaceStores, place: WardPlace): void {
  const { id, name, kind, siteId, code, fromFeed } = place;
  locations.saveWard({ id, name });
  areas.saveWardAttributes(id, { kind, siteId, code, fromFeed });
}

export function saveRoomPlace({ locations, bedStates }: PlaceStores, place: RoomPlace): void {
  const { id, wardId, label, sexRule, isolationFor, code, fromFeed } = place;
  locations.saveRoom({ id, wardId, label });
  bedStates.saveRoomAttributes(id, { sexRule, isolationFor, code, fromFeed });
}

export function saveBedPlace({ locations, bedStates }: PlaceStores, place: BedPlace): void {
  const { id, wardId, roomId, label, equipment, ageFrom, ageTo, places, code, fromFeed } = place;
  locations.saveBed({ id, wardId, roomId, label });
  bedStates.saveBedAttributes(id, { equipment, ageFrom, ageTo, places, code, fromFeed });
}

/** How many patients lie in each bed that has any. */
export function countLying({ assignments }: PlaceStores): ReadonlyMap<BedId, number> {
  const lying = new Map<BedId, number>();
  for (const { bedId } of assignments.listCurrent()) lying.set(bedId, (lying.get(bedId) ?? 0) + 1);
  return lying;
}

/** Throws in words when people or messages could take the area for another place. */
export function allowArea(deps: PlaceStores, area: Area): void {
  const places = readPlaces(deps);
  const codes = area.code === null ? [] : unitNamings(places);
  const decision = checkNaming(area, { names: areasBeside(area, places.areas), codes });
  if (decision.ok) return;
  const words =
    decision.refusal === 'name-taken'
      ? `There is already an area called ${area.name} there.`
      : `Another ward or area has the code ${area.code}.`;
  throw refused(decision.refusal, words);
}
