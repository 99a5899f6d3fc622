import type { Store } from '#domain/clinic/store.ts';
import { profileOf } from '#domain/device/profiles/index.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';

/** Where a device's values go right now. Both null: tied to nobody. */
export interface Route {
  readonly encounterId: EncounterId | null;
  readonly bedId: BedId | null;
  /** A device that takes values one by one, like a thermometer: none is waited for before it is judged. */
  readonly spot: boolean;
}

/** Who lies where and which device is with whom, as it stands: read anew when a tie or an assignment changes. */
export interface LiveRoutes {
  readonly byDevice: ReadonlyMap<DeviceId, Route>;
  readonly bedOf: ReadonlyMap<EncounterId, BedId>;
  readonly encounterIn: ReadonlyMap<BedId, EncounterId>;
  devicesAt(bedId: BedId): readonly DeviceId[];
}

export function readRoutes(store: Pick<Store, 'assignments' | 'devices'>): LiveRoutes {
  const bedOf = new Map<EncounterId, BedId>();
  const encounterIn = new Map<BedId, EncounterId>();
  for (const { bedId, encounterId } of store.assignments.listCurrent()) {
    bedOf.set(encounterId, bedId);
    encounterIn.set(bedId, encounterId);
  }
  const byDevice = new Map<DeviceId, Route>();
  const atBed = new Map<BedId, DeviceId[]>();
  for (const tie of store.devices.openTies()) {
    const encounterId = tie.encounterId ?? (tie.bedId === null ? null : (encounterIn.get(tie.bedId) ?? null));
    const bedId = tie.bedId ?? (encounterId === null ? null : (bedOf.get(encounterId) ?? null));
    const { spot } = profileOf(store.devices.find(tie.deviceId)?.type ?? null);
    byDevice.set(tie.deviceId, { encounterId, bedId, spot });
    if (bedId !== null) atBed.set(bedId, [...(atBed.get(bedId) ?? []), tie.deviceId]);
  }
  return { byDevice, bedOf, encounterIn, devicesAt: (bedId) => atBed.get(bedId) ?? [] };
}

/**
 * The routes once an encounter came, moved or went. Read anew only where devices go with it: many patients come and go in
 * one batch of a feed.
 */
export function routesAfter(
  store: Pick<Store, 'assignments' | 'devices'>,
  routes: LiveRoutes,
  encounterId: EncounterId,
): LiveRoutes {
  const before = routes.bedOf.get(encounterId);
  const now = store.assignments.current({ encounterId })?.bedId;
  if (before === now) return routes;
  const beds = [before, now].filter((bedId) => bedId !== undefined);
  const followed = [...routes.byDevice.values()].some((route) => route.encounterId === encounterId);
  if (followed || beds.some((bedId) => routes.devicesAt(bedId).length > 0)) return readRoutes(store);
  const bedOf = new Map(routes.bedOf);
  if (now === undefined) bedOf.delete(encounterId);
  else bedOf.set(encounterId, now);
  const encounterIn = new Map(routes.encounterIn);
  for (const bedId of beds) {
    const holder = store.assignments.current({ bedId })?.encounterId;
    if (holder === undefined) encounterIn.delete(bedId);
    else encounterIn.set(bedId, holder);
  }
  return { ...routes, bedOf, encounterIn };
}
