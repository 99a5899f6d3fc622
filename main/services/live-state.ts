import type { PersonalLimit } from '#domain/alarm/alarm.ts';
import { limitsFor } from '#domain/alarm/limits.ts';
import { EVENT_RULES } from '#domain/alarm/rules/event-rules.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import { dayAt } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Presence } from '#domain/device/device.ts';
import type { AcceptedReading, DeviceEvent, IntakeSink, WaveChunk } from '#domain/device/intake.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';
import type { ChartedObservation } from '#domain/observation/observation.ts';
import { PatientState } from '#domain/observation/patient-state.ts';
import { ageInYears, type Patient } from '#domain/patient/patient.ts';
import { MINUTE_MS } from '#domain/time.ts';
import type { AlarmKeeper } from './alarm-keeper.ts';
import type { ChangeEmitter } from './changes.ts';
import { GRACE_MS, type HubTroubles, judgeDevice, judgeHub, judgeLimits, judgePatient } from './live-alarms.ts';
import { recall } from './live-recall.ts';
import { type LiveRoutes, readRoutes } from './live-routes.ts';

/** One stay that is going on, with everything known of it now. */
export interface Watched {
  encounter: Encounter;
  patient: Patient;
  bedId: BedId | null;
  readonly state: PatientState;
  personal: readonly PersonalLimit[];
  /** NEWS2 total an hour ago; null when there was none. */
  totalBefore: number | null;
  scoredAt: number;
  /** New values since the last score. */
  dirty: boolean;
}

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

/** A score is worked out anew at least this often, because values expire. */
const RESCORE_MS = 15_000;
const BASELINE_EVERY_MS = 5 * MINUTE_MS;
/** Where an hour ago said nothing, its history may just be coming in. */
const BASELINE_RETRY_MS = 20_000;

export function createLiveState(deps: LiveStateDeps): LiveState {
  const { store, alarms, changes, clock } = deps;
  const stays = new Map<EncounterId, Watched>();
  const presences = new Map<DeviceId, Presence>(
    store.presence.list().map(({ deviceId, presence }) => [deviceId, presence]),
  );
  const listeners = new Set<LiveListener>();
  const changedBeds = new Set<BedId>();
  const changedDevices = new Set<DeviceId>();
  let graceFrom = clock();
  let routes = readRoutes(store);

  const bedChanged = (bedId: BedId | null | undefined): void => {
    if (bedId) changedBeds.add(bedId);
  };

  const follow = (encounterId: EncounterId): void => {
    routes = readRoutes(store);
    const encounter = store.encounters.find(encounterId);
    const known = stays.get(encounterId);
    bedChanged(known?.bedId);
    if (encounter?.status !== 'in-progress') {
      stays.delete(encounterId);
      alarms.book.closeStay(encounterId, clock());
      alarms.commit();
      return;
    }
    const bedId = routes.bedOf.get(encounterId) ?? null;
    if (known) refresh(known, encounter, bedId);
    else stays.set(encounterId, open(encounter, bedId));
    bedChanged(bedId);
  };

  const factsOf = (encounter: Encounter, patient: Patient) => ({
    spo2Scale: encounter.spo2Scale,
    pregnant: encounter.pregnant,
    ageYears: ageInYears(patient.birthDate, dayAt(clock(), deps.settings().timeZone)),
  });

  const open = (encounter: Encounter, bedId: BedId | null): Watched => {
    const patient = store.patients.find(encounter.patientId) as Patient;
    const watched: Watched = {
      encounter,
      patient,
      bedId,
      personal: store.limits.list(encounter.id),
      state: new PatientState(factsOf(encounter, patient), (code, onOxygen) =>
        limitsFor({
          code,
          onOxygen,
          spo2Scale: watched.encounter.spo2Scale,
          rows: deps.settings().limits,
          personal: watched.personal,
        }),
      ),
      totalBefore: null,
      scoredAt: 0,
      dirty: true,
    };
    recall(watched, store, alarms.book, clock());
    return watched;
  };

  const refresh = (watched: Watched, encounter: Encounter, bedId: BedId | null): void => {
    watched.encounter = encounter;
    watched.patient = store.patients.find(encounter.patientId) ?? watched.patient;
    watched.bedId = bedId;
    watched.personal = store.limits.list(encounter.id);
    watched.state.facts = factsOf(encounter, watched.patient);
    watched.state.refreshLimits();
    watched.dirty = true;
  };

  const reading = (accepted: AcceptedReading): void => {
    if (accepted.codes.length > 0) store.numerics.append(accepted);
    if (accepted.history) return;
    const route = routes.byDevice.get(accepted.deviceId);
    const watched = route?.encounterId ? stays.get(route.encounterId) : undefined;
    if (!watched) return;
    for (const track of watched.state.accept(accepted)) judgeLimits(alarms.book, watched, track, accepted.at);
    watched.dirty = true;
    bedChanged(watched.bedId);
    alarms.commit();
  };

  const event = (happened: DeviceEvent): void => {
    const rule = EVENT_RULES[happened.kind];
    const route = routes.byDevice.get(happened.deviceId);
    if (rule && !happened.history && route && (route.encounterId || route.bedId)) {
      const subject = { ...route, deviceId: happened.deviceId };
      const finding = { ...rule, rule: happened.kind, code: null, limit: null, value: null };
      alarms.book.happened(subject, finding, happened.at);
      bedChanged(route.bedId);
      alarms.commit();
    }
    for (const listener of listeners) listener.event?.(happened);
  };

  const charted = (encounterId: EncounterId, observations: readonly ChartedObservation[]): void => {
    const watched = stays.get(encounterId);
    if (!watched) return;
    for (const { code, value, observedAt } of observations) {
      const track = watched.state.chart(code, value, observedAt);
      if (track && clock() - observedAt <= 5 * MINUTE_MS) judgeLimits(alarms.book, watched, track, observedAt);
    }
    watched.dirty = true;
    score(watched, clock());
    bedChanged(watched.bedId);
    alarms.commit();
  };

  const score = (watched: Watched, now: number): void => {
    watched.state.evaluate(now);
    watched.scoredAt = now;
    watched.dirty = false;
    bedChanged(watched.bedId);
  };

  let baselineAt = 0;
  const baselines = (now: number): void => {
    // A few stays at a time: an hour ago is read from the store, and no tick may wait for all of them.
    if (now < baselineAt) return;
    const dueAt = (watched: Watched) =>
      (baselineRead.get(watched) ?? 0) + (watched.totalBefore === null ? BASELINE_RETRY_MS : BASELINE_EVERY_MS);
    const due = [...stays.values()].filter((watched) => now >= dueAt(watched)).slice(0, 3);
    for (const watched of due) {
      watched.totalBefore = deps.totalAt(watched.encounter.id, now - 60 * MINUTE_MS);
      baselineRead.set(watched, now);
    }
    baselineAt = now + 1_000;
  };
  const baselineRead = new WeakMap<Watched, number>();

  for (const encounter of store.encounters.listOpen())
    stays.set(encounter.id, open(encounter, routes.bedOf.get(encounter.id) ?? null));

  changes.on({
    encounter: follow,
    bed: bedChanged,
    patient: (patientId) => {
      for (const { encounter } of stays.values()) if (encounter.patientId === patientId) follow(encounter.id);
    },
    device: (deviceId) => {
      const before = routes.byDevice.get(deviceId);
      routes = readRoutes(store);
      bedChanged(before?.bedId);
      bedChanged(routes.byDevice.get(deviceId)?.bedId);
      changedDevices.add(deviceId);
    },
    limits: follow,
    observation: charted,
    settings: () => {
      for (const watched of stays.values()) refresh(watched, watched.encounter, watched.bedId);
    },
    locations: () => {
      for (const bed of store.locations.listBeds()) changedBeds.add(bed.id);
    },
  });
  alarms.on((alarm) => bedChanged(alarm.bedId));

  return {
    sink: {
      reading,
      event,
      wave(chunk) {
        const encounterId = routes.byDevice.get(chunk.deviceId)?.encounterId;
        if (encounterId) for (const listener of listeners) listener.wave?.(chunk, encounterId);
      },
      device: (device) => {
        changedDevices.add(device.id);
      },
      presence(deviceId, presence) {
        const before = presences.get(deviceId);
        presences.set(deviceId, presence);
        changedDevices.add(deviceId);
        if (before?.online !== presence.online || before.battery !== presence.battery)
          bedChanged(routes.byDevice.get(deviceId)?.bedId);
      },
    },
    tick(now) {
      const troubles = deps.troubles();
      judgeHub(alarms.book, troubles, now);
      for (const watched of stays.values()) {
        if (watched.dirty || now - watched.scoredAt >= RESCORE_MS) score(watched, now);
        judgePatient(alarms.book, watched, now);
      }
      // With the broker gone every device is silent: that is one alarm, and a fresh grace when it is back.
      if (troubles.brokerLostSince !== null) graceFrom = now;
      for (const [deviceId, route] of routes.byDevice) {
        const inGrace = now - graceFrom < GRACE_MS;
        judgeDevice(
          alarms.book,
          store.devices.find(deviceId),
          presences.get(deviceId),
          route,
          deps.badData(deviceId),
          now,
          inGrace,
        );
      }
      baselines(now);
      alarms.commit();
    },
    tell() {
      for (const bedId of changedBeds) for (const listener of listeners) listener.bed?.(bedId);
      for (const deviceId of changedDevices) for (const listener of listeners) listener.device?.(deviceId);
      changedBeds.clear();
      changedDevices.clear();
    },
    watched: (encounterId) => stays.get(encounterId),
    routes: () => routes,
    presence: (deviceId) => presences.get(deviceId),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
