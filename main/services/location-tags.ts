import type { Store } from '#domain/clinic/store.ts';
import type { DeviceEvent } from '#domain/device/intake.ts';
import { rtlsTag } from '#domain/device/profiles/rtls-tag.ts';
import type { HeardTag } from '#domain/flow/bed-state.ts';
import type { Place } from '#domain/flow/event.ts';
import { goesBy, heardRoom } from '#domain/flow/heard-place.ts';
import type { BedId, DeviceId, EncounterId, WardId } from '#domain/ids.ts';

export type LocationTagsDeps = Pick<Store, 'areas' | 'assignments' | 'bedStates' | 'devices' | 'flow' | 'locations'> & {
  /** A patient's tag was heard somewhere new. */
  moved(encounterId: EncounterId, deviceId: DeviceId): void;
};

/** Where patients' tags were last heard. A tag moves nobody: it may lie forgotten on a table. */
export interface LocationTags {
  /** Where a patient's tag was heard last, when that is not their place. */
  elsewhere(encounterId: EncounterId): HeardTag | null;
  event(happened: DeviceEvent): void;
  /** Ties changed: reads anew which tag is with whom. */
  rewire(): void;
  /** What was heard since the last time, to be kept. */
  takeUnsaved(): readonly HeardTag[];
}

export function createLocationTags(deps: LocationTagsDeps): LocationTags {
  const { bedStates, devices } = deps;
  const heard = new Map<DeviceId, HeardTag>(bedStates.listHeardTags().map((tag) => [tag.deviceId, tag]));
  const unsaved = new Map<DeviceId, HeardTag>();
  let tagOf = new Map<EncounterId, DeviceId>();
  let wearer = new Map<DeviceId, { readonly encounterId: EncounterId; readonly since: number }>();
  const rewire = (): void => {
    tagOf = new Map();
    wearer = new Map();
    for (const { deviceId, encounterId, startedAt } of devices.openTies()) {
      if (encounterId === null || devices.find(deviceId)?.type !== rtlsTag.type) continue;
      tagOf.set(encounterId, deviceId);
      wearer.set(deviceId, { encounterId, since: startedAt });
    }
  };
  rewire();
  return {
    rewire,
    elsewhere(encounterId) {
      const deviceId = tagOf.get(encounterId);
      const tag = deviceId && heard.get(deviceId);
      // What was heard before the patient had the tag says nothing of the patient.
      if (!tag || tag.at < (wearer.get(tag.deviceId)?.since ?? 0)) return null;
      return goesBy(tag.place, namesOfPlace(deps, encounterId)) ? null : tag;
    },
    event({ deviceId, kind, detail, history, receivedAt }) {
      if (kind !== 'location' || history || devices.find(deviceId)?.type !== rtlsTag.type) return;
      const place = heardRoom(detail);
      if (place === null) return;
      const moved = heard.get(deviceId)?.place !== place;
      const tag = { deviceId, place, at: receivedAt };
      heard.set(deviceId, tag);
      unsaved.set(deviceId, tag);
      const worn = wearer.get(deviceId);
      if (worn && moved) deps.moved(worn.encounterId, deviceId);
    },
    takeUnsaved() {
      const tags = [...unsaved.values()];
      unsaved.clear();
      return tags;
    },
  };
}

/** Every name the place goes by where a patient is now: away from the bed, in it, or in no bed. */
function namesOfPlace(deps: LocationTagsDeps, encounterId: EncounterId): (string | null | undefined)[] {
  const summary = deps.flow.summary(encounterId);
  if (summary?.away) return summary.away.place ? namesOf(deps, summary.away.place) : [];
  const bedId = deps.assignments.current({ encounterId })?.bedId ?? null;
  const bed = bedId === null ? undefined : deps.locations.findBed(bedId);
  if (bed) return namesOf(deps, { wardId: bed.wardId, roomId: bed.roomId, bedId: bed.id, areaId: null });
  return summary?.place ? namesOf(deps, summary.place) : [];
}

function namesOf(deps: LocationTagsDeps, { wardId, roomId, bedId, areaId }: Place): (string | null | undefined)[] {
  const { areas, bedStates, locations } = deps;
  const area = areaId === null ? undefined : areas.findArea(areaId);
  const room = roomId === null ? undefined : locations.findRoom(roomId);
  const roomNames = room ? [room.label, bedStates.roomAttributes(room.id).code] : [];
  const bedNames = bedId === null ? [] : namesOfBed(deps, bedId);
  const wardNames = wardId === null ? [] : namesOfWard(deps, wardId);
  const full = wardNames.flatMap((ward) => [...roomNames, ...bedNames].map((name) => name && `${ward} ${name}`));
  return [area?.name, area?.code, ...roomNames, ...bedNames, ...wardNames, ...full];
}

function namesOfBed({ bedStates, locations }: LocationTagsDeps, bedId: BedId): (string | null | undefined)[] {
  return [locations.findBed(bedId)?.label, bedStates.bedAttributes(bedId).code];
}

function namesOfWard({ areas, locations }: LocationTagsDeps, wardId: WardId): string[] {
  return [locations.findWard(wardId)?.name, areas.wardAttributes(wardId).code].flatMap((name) => name ?? []);
}
