import { EVENT_RULES } from '#domain/alarm/rules/event-rules.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Presence } from '#domain/device/device.ts';
import type { AcceptedReading, DeviceEvent, IntakeSink, WaveChunk } from '#domain/device/intake.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';
import type { ChartedObservation } from '#domain/observation/observation.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import type { AlarmKeeper } from './alarm-keeper.ts';
import type { ChangeEmitter } from './changes.ts';
import { GRACE_MS, type HubTroubles, judgeDevice, judgeHub, judgeLimits, judgePatient } from './live-alarms.ts';
import { type LiveRoutes, type Route, readRoutes, routesAfter } from './live-routes.ts';
import { LiveStays, type Watched } from './live-stays.ts';

export interface LiveStateDeps {
  readonly store: Store;
  readonly alarms: AlarmKeeper;
  readonly changes: ChangeEmitter;
  readonly clock: () => number;
  settings(): ClinicSettings;
  /** NEWS2 total of a stay at a past moment, from the store. */
  totalAt(encounterId: EncounterId, at: number): number | null;
  troubles(): HubTroubles;
  /** Whether a device sends broken data now. */
  badData(deviceId: DeviceId): boolean;
}

interface LiveListener {
  bed?(bedId: BedId): void;
  device?(deviceId: DeviceId): void;
  wave?(chunk: WaveChunk, encounterId: EncounterId): void;
  event?(event: DeviceEvent): void;
}

/** The ward as it is now: fed by the device network and by committed commands, read by boards and rules. */
export interface LiveState {
  readonly sink: IntakeSink;
  /** Asks the timed rules; call once a second. */
  tick(now: number): void;
  /** Tells listeners which beds and devices changed since the last call; call a few times a second at least. */
  tell(): void;
  watched(encounterId: EncounterId): Watched | undefined;
  routes(): LiveRoutes;
  presence(deviceId: DeviceId): Presence | undefined;
  on(listener: LiveListener): () => void;
}

/** Ticks come once a second; a hub that missed so many was stopped or slept. */
const ASLEEP_MS = 5 * SECOND_MS;
/** A score is worked out anew at least this often, because values expire. */
const RESCORE_MS = 15 * SECOND_MS;
/** A charted value older than this is history: it raises no alarm. */
const CHARTED_LATE_MS = 5 * MINUTE_MS;

export function createLiveState(deps: LiveStateDeps): LiveState {
  return new LiveWard(deps);
}

class LiveWard implements LiveState {
  readonly sink: IntakeSink;
  readonly #deps: LiveStateDeps;
  readonly #stays: LiveStays;
  readonly #presences: Map<DeviceId, Presence>;
  readonly #listeners = new Set<LiveListener>();
  /** When a device's newest value was taken in, or when it came back: from then on values are expected of it. */
  readonly #readingAt = new Map<DeviceId, number>();
  readonly #changedBeds = new Set<BedId>();
  readonly #changedDevices = new Set<DeviceId>();
  #routes: LiveRoutes;
  #graceFrom: number;
  #tickedAt: number;

  constructor(deps: LiveStateDeps) {
    const { store, alarms, clock } = deps;
    this.#deps = deps;
    this.#graceFrom = clock();
    this.#tickedAt = this.#graceFrom;
    this.#routes = readRoutes(store);
    this.#presences = new Map(store.presence.list().map(({ deviceId, presence }) => [deviceId, presence]));
    this.#stays = new LiveStays({ ...deps, book: alarms.book }, this.#routes.bedOf);
    this.sink = {
      reading: (accepted) => this.#reading(accepted),
      event: (happened) => this.#event(happened),
      wave: (chunk) => this.#wave(chunk),
      device: ({ id }) => this.#changedDevices.add(id),
      presence: (deviceId, presence) => this.#presence(deviceId, presence),
    };
    this.#listen();
  }

  tick(now: number): void {
    const { alarms, troubles } = this.#deps;
    const { brokerLostSince, storeProblem } = troubles();
    judgeHub(alarms.book, { brokerLostSince, storeProblem }, now);
    // With the broker gone, or the hub itself asleep, every device seems silent: none is blamed before it can speak again.
    if (brokerLostSince !== null || now - this.#tickedAt > ASLEEP_MS) this.#graceFrom = now;
    this.#tickedAt = now;
    for (const watched of this.#stays.all()) {
      if (watched.dirty || now - watched.scoredAt >= RESCORE_MS) this.#score(watched, now);
      judgePatient(alarms.book, watched, now, now - this.#graceFrom < GRACE_MS);
    }
    for (const [deviceId, route] of this.#routes.byDevice) this.#judgeDevice(deviceId, route, now);
    this.#stays.readBaselines(now);
    this.#stays.keepIntervals();
    alarms.commit();
  }

  tell(): void {
    for (const bedId of this.#changedBeds) for (const listener of this.#listeners) listener.bed?.(bedId);
    for (const deviceId of this.#changedDevices) for (const listener of this.#listeners) listener.device?.(deviceId);
    this.#changedBeds.clear();
    this.#changedDevices.clear();
  }

  watched(encounterId: EncounterId): Watched | undefined {
    return this.#stays.get(encounterId);
  }

  routes(): LiveRoutes {
    return this.#routes;
  }

  presence(deviceId: DeviceId): Presence | undefined {
    return this.#presences.get(deviceId);
  }

  on(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #listen(): void {
    const { store, alarms, changes } = this.#deps;
    changes.on({
      encounter: (encounterId) => this.#follow(encounterId),
      limits: (encounterId) => this.#follow(encounterId),
      bed: (bedId) => this.#bedChanged(bedId),
      patient: (patientId) => {
        const theirs = [...this.#stays.all()].filter(({ encounter }) => encounter.patientId === patientId);
        for (const { encounter } of theirs) this.#follow(encounter.id);
      },
      device: (deviceId) => this.#rewire(deviceId),
      observation: (encounterId, charted) => this.#charted(encounterId, charted),
      settings: () => {
        this.#stays.refreshAll();
        for (const watched of this.#stays.all()) this.#rejudge(watched);
      },
      locations: () => {
        for (const { id } of store.locations.listBeds()) this.#changedBeds.add(id);
      },
    });
    alarms.on(({ bedId }) => this.#bedChanged(bedId));
  }

  #bedChanged(bedId: BedId | null | undefined): void {
    if (bedId) this.#changedBeds.add(bedId);
  }

  #follow(encounterId: EncounterId): void {
    const { store, alarms, clock } = this.#deps;
    this.#routes = routesAfter(store, this.#routes, encounterId);
    this.#bedChanged(this.#stays.get(encounterId)?.bedId);
    const watched = this.#stays.follow(encounterId, this.#routes.bedOf.get(encounterId) ?? null);
    this.#bedChanged(watched?.bedId);
    if (watched) this.#rejudge(watched);
    else alarms.book.closeStay(encounterId, clock());
    alarms.commit();
  }

  /** Limits may have changed: values that stand are judged by those now in force. */
  #rejudge(watched: Watched): void {
    const { alarms, clock } = this.#deps;
    const now = clock();
    for (const track of watched.state.rejudge(now)) judgeLimits(alarms.book, watched, track, now);
    alarms.commit();
  }

  /** A device was admitted, retired, tied or untied. One that is with nobody now has nothing to alarm about. */
  #rewire(deviceId: DeviceId): void {
    const { store, alarms, clock } = this.#deps;
    this.#bedChanged(this.#routes.byDevice.get(deviceId)?.bedId);
    this.#routes = readRoutes(store);
    const route = this.#routes.byDevice.get(deviceId);
    this.#bedChanged(route?.bedId);
    this.#changedDevices.add(deviceId);
    if (!route) this.#judgeDevice(deviceId, { encounterId: null, bedId: null, shared: false, spot: false }, clock());
    alarms.commit();
  }

  #reading(accepted: AcceptedReading): void {
    const { store, alarms } = this.#deps;
    if (accepted.codes.length > 0) store.numerics.append(accepted);
    if (accepted.history) return;
    this.#readingAt.set(accepted.deviceId, accepted.receivedAt);
    const route = this.#routes.byDevice.get(accepted.deviceId);
    const watched = route?.encounterId ? this.#stays.get(route.encounterId) : undefined;
    if (!route || !watched) return;
    for (const track of watched.state.accept(onHubClock(accepted), route.spot)) {
      // Most values of most patients are inside their limits: nothing to say, nothing to end.
      if (!track.judge.quiet || track.alarming) judgeLimits(alarms.book, watched, track, accepted.receivedAt);
    }
    watched.dirty = true;
    this.#bedChanged(watched.bedId);
    alarms.commit();
  }

  #event(happened: DeviceEvent): void {
    const { alarms } = this.#deps;
    const rule = EVENT_RULES[happened.kind];
    const route = this.#routes.byDevice.get(happened.deviceId);
    if (rule && !happened.history && route && (route.encounterId || route.bedId)) {
      const { encounterId, bedId } = route;
      const subject = { encounterId, bedId, deviceId: happened.deviceId };
      const finding = { ...rule, rule: happened.kind, code: null, limit: null, value: null };
      alarms.book.happened(subject, finding, happened.receivedAt);
      this.#bedChanged(route.bedId);
      alarms.commit();
    }
    for (const listener of this.#listeners) listener.event?.(happened);
  }

  #wave(chunk: WaveChunk): void {
    const encounterId = this.#routes.byDevice.get(chunk.deviceId)?.encounterId;
    if (encounterId) for (const listener of this.#listeners) listener.wave?.(chunk, encounterId);
  }

  #presence(deviceId: DeviceId, presence: Presence): void {
    const before = this.#presences.get(deviceId);
    this.#presences.set(deviceId, presence);
    if (presence.online && !before?.online) this.#readingAt.set(deviceId, this.#deps.clock());
    this.#changedDevices.add(deviceId);
    const shown =
      before?.online !== presence.online || before.battery !== presence.battery || before.skewed !== presence.skewed;
    if (shown) this.#bedChanged(this.#routes.byDevice.get(deviceId)?.bedId);
  }

  #charted(encounterId: EncounterId, observations: readonly ChartedObservation[]): void {
    const { alarms, clock } = this.#deps;
    const watched = this.#stays.get(encounterId);
    if (!watched) return;
    const now = clock();
    for (const { code, value, observedAt } of observations) {
      // A minute ahead is allowed for clocks that differ; it must not hide the values of that minute.
      const taken = Math.min(observedAt, now);
      const track = watched.state.chart(code, value, taken, now - taken <= CHARTED_LATE_MS);
      if (track) judgeLimits(alarms.book, watched, track, now);
    }
    this.#score(watched, now);
    alarms.commit();
  }

  #score(watched: Watched, now: number): void {
    this.#stays.score(watched, now);
    this.#bedChanged(watched.bedId);
  }

  #judgeDevice(deviceId: DeviceId, route: Route, now: number): void {
    const { store, alarms, badData } = this.#deps;
    const device = store.devices.find(deviceId);
    if (!device) return;
    judgeDevice(alarms.book, device, route, now, {
      presence: this.#presences.get(deviceId),
      badData: badData(deviceId),
      inGrace: now - this.#graceFrom < GRACE_MS,
      readingAt: this.#readingAt.get(deviceId) ?? this.#graceFrom,
    });
  }
}

/** Less than this is the network's delay, not the clock's error. */
const SKEW_FROM_MS = 1_000;

/**
 * A reading with its time on the hub's clock, so that its age is true: the device's error taken out, as far as known,
 * and never later than it was received. What is stored keeps the device's time.
 */
function onHubClock(accepted: AcceptedReading): AcceptedReading {
  const { at, receivedAt, behindMs } = accepted;
  const shifted = Math.abs(behindMs) >= SKEW_FROM_MS ? at + behindMs : at;
  const taken = Math.min(shifted, receivedAt);
  return taken === at ? accepted : { ...accepted, at: taken };
}
