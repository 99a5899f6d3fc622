import type { Store } from '#domain/clinic/store.ts';
import type { Place } from '#domain/flow/event.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { AreaId, BedId, WardId } from '#domain/ids.ts';
import { NO_ROOM_CODE } from '#domain/location/places.ts';
import { found } from './command.ts';

type Deps = Pick<Store, 'locations' | 'areas' | 'bedStates'>;

/** A bed with its room and ward, an area with its ward, or a ward; null when nothing is named. */
export function placeNamed(
  { locations, areas }: Pick<Store, 'locations' | 'areas'>,
  { bedId, areaId, wardId }: { readonly bedId?: BedId; readonly areaId?: AreaId; readonly wardId?: WardId },
): Place | null {
  if (bedId !== undefined) {
    const bed = found(locations.findBed(bedId), 'This bed');
    return { wardId: bed.wardId, roomId: bed.roomId, bedId, areaId: null };
  }
  if (areaId !== undefined) {
    const area = found(areas.findArea(areaId), 'This place');
    return { ...NOWHERE, wardId: area.wardId, areaId };
  }
  return wardId === undefined ? null : { ...NOWHERE, wardId: found(locations.findWard(wardId), 'This ward').id };
}

/** A place in words: `North, bed 7`, `Waiting room`; empty for a place nobody named. */
export function placeWords({ locations, areas }: Pick<Store, 'locations' | 'areas'>, place: Place): string {
  const area = place.areaId === null ? undefined : areas.findArea(place.areaId);
  if (area) return area.name;
  const ward = place.wardId === null ? undefined : locations.findWard(place.wardId);
  const bed = place.bedId === null ? undefined : locations.findBed(place.bedId);
  const room = bed || place.roomId === null ? undefined : locations.findRoom(place.roomId);
  const inWard = bed ? `bed ${bed.label}` : room ? `room ${room.label}` : undefined;
  return [ward?.name, inWard].filter(Boolean).join(', ');
}

/** A place as messages name it: `UNIT^ROOM^BED`, empty parts where there is none. */
export function placeCode({ locations, areas, bedStates }: Deps, place: Place): string {
  const area = place.areaId === null ? undefined : areas.findArea(place.areaId);
  if (area) return `${area.code ?? area.name}^^`;
  const ward = place.wardId === null ? undefined : locations.findWard(place.wardId);
  const room = place.roomId === null ? undefined : locations.findRoom(place.roomId);
  const bed = place.bedId === null ? undefined : locations.findBed(place.bedId);
  const roomCode = room && (bedStates.roomAttributes(room.id).code ?? room.label);
  return [
    ward && (areas.wardAttributes(ward.id).code ?? ward.name),
    roomCode === NO_ROOM_CODE ? '' : roomCode,
    bed && (bedStates.bedAttributes(bed.id).code ?? bed.label),
  ]
    .map((part) => part ?? '')
    .join('^');
}
