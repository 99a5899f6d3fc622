import type { Place } from '#domain/flow/event.ts';
import type { AreaId, BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Area } from '#domain/location/area.ts';
import type { Ward } from '#domain/location/location.ts';
import type { BedPlace, RoomPlace } from '#domain/location/places.ts';
import { type PlaceStores, readPlaces } from './locations-store.ts';

/** The clinic's places by id, read once until one of them changes. */
export interface BoardPlaces {
  readonly wards: readonly Ward[];
  readonly areas: readonly Area[];
  readonly beds: readonly BedPlace[];
  bed(bedId: BedId): BedPlace | undefined;
  roomLabel(roomId: RoomId): string;
  sexRule(roomId: RoomId): RoomPlace['sexRule'];
  ofBed(bedId: BedId): Place | null;
  /** The ward a place is in, or its area belongs to; null when in none. */
  wardOf(place: Place | null): WardId | null;
  /** `Ward A, bed 7`, `Waiting room`. */
  words(place: Place | null): string;
  /** `Bed 7, Ward A`. */
  bedWords(bedId: BedId): string;
}

export function readBoardPlaces(stores: PlaceStores): BoardPlaces {
  const { wards, rooms, beds, areas } = readPlaces(stores);
  const [wardById, roomById, bedById, areaById] = [byId(wards), byId(rooms), byId(beds), byId(areas)];
  const wardName = (wardId: WardId | null) => (wardId === null ? undefined : wardById.get(wardId)?.name);
  const areaOf = (areaId: AreaId | null) => (areaId === null ? undefined : areaById.get(areaId));
  const words = (place: Place | null): string => {
    if (!place) return 'Place not known';
    const bed = place.bedId === null ? undefined : bedById.get(place.bedId);
    const room = place.roomId === null ? undefined : roomById.get(place.roomId);
    const area = areaOf(place.areaId);
    const ward = wardName(place.wardId ?? area?.wardId ?? null);
    const within = bed ? `bed ${bed.label}` : room ? `room ${room.label}` : undefined;
    const parts = area ? [area.name, ward] : [ward, within];
    return parts.filter((part) => part !== undefined).join(', ') || 'Place not known';
  };
  return {
    wards: wards.map(({ id, name }) => ({ id, name })),
    areas,
    beds,
    bed: (bedId) => bedById.get(bedId),
    roomLabel: (roomId) => roomById.get(roomId)?.label ?? '',
    sexRule: (roomId) => roomById.get(roomId)?.sexRule ?? 'any',
    ofBed: (bedId) => {
      const bed = bedById.get(bedId);
      return bed ? { wardId: bed.wardId, roomId: bed.roomId, bedId, areaId: null } : null;
    },
    wardOf: (place) => place && (place.wardId ?? areaOf(place.areaId)?.wardId ?? null),
    words,
    bedWords: (bedId) => {
      const bed = bedById.get(bedId);
      return bed ? [`Bed ${bed.label}`, wardName(bed.wardId)].filter(Boolean).join(', ') : 'A bed';
    },
  };
}

function byId<Place extends { readonly id: string }>(places: readonly Place[]): ReadonlyMap<Place['id'], Place> {
  return new Map(places.map((place) => [place.id, place]));
}
