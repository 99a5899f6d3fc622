import type { Store } from '#domain/clinic/store.ts';
import { profileOf } from '#domain/device/profiles/index.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';
import { holdersOf } from './bed-facts.ts';

/** Where a device's values go right now. Both null: tied to nobody. */
export interface Route {
  readonly encounterId: EncounterId | null;
  readonly bedId: BedId | null;
  /** Tied to a bed more than one patient lies in: whose values it sends is not known, so they are nobody's. */
  readonly shared: boolean;
  /** A device that takes values one by one, like a thermometer: none is waited for before it is judged. */
  readonly spot: boolean;
}

/** Who lies where and which device is with whom, as it stands: read anew when a tie or an assignment changes. */
export interface LiveRoutes {
  readonly byDevice: ReadonlyMap<DeviceId, Route>;
  readonly bedOf: ReadonlyMap<EncounterId, BedId>;
  /** First come first. */
  readonly holders: ReadonlyMap<BedId, readonly EncounterId[]>;
  devicesAt(bedId: BedId): readonly DeviceId[];
}

export function readRoutes(store: Pick<Store, 'assignments' | 'devices'>): LiveRoutes {
  const bedOf = new Map<EncounterId, BedId>();
  const holders = new Map<BedId, EncounterId[]>();
  const current = store.assignments.listCurrent().sort((one, other) => one.startedAt - other.startedAt);
  for (const { bedId, encounterId } of current) {
    bedOf.set(encounterId, bedId);
    holders.set(bedId, [...(holders.get(bedId) ?? []), encounterId]);
  }
  const byDevice = new Map<DeviceId, Route>();
  const atBed = new Map<BedId, DeviceId[]>();
  for (const tie of store.devices.openTies()) {
    const [holder = null, ...others] = tie.bedId === null ? [] : (holders.get(tie.bedId) ?? []);
    const shared = tie.encounterId === null && others.length > 0;
    const encounterId = tie.encounterId ?? (shared ? null : holder);
    const bedId = tie.bedId ?? (encounterId === null ? null : (bedOf.get(encounterId) ?? null));
    const { spot } = profileOf(store.devices.find(tie.deviceId)?.type ?? null);
    byDevice.set(tie.deviceId, { encounterId, bedId, shared, spot });
    if (bedId !== null) atBed.set(bedId, [...(atBed.get(bedId) ?? []), tie.deviceId]);
  }
  return { byDevice, bedOf, holders, devicesAt: (bedId) => atBed.get(bedId) ?? [] };
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
  const holders = new Map(routes.holders);
  for (const bedId of beds) holders.set(bedId, holdersOf(store, bedId));
  return { ...routes, bedOf, holders };
}
