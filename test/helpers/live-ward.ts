import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Presence } from '#domain/device/device.ts';
import type { AcceptedReading } from '#domain/device/intake.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import type { BedId, DeviceId } from '#domain/ids.ts';
import { createAlarmKeeper } from '#services/alarm-keeper.ts';
import { createChanges } from '#services/changes.ts';
import { createSeriesOf } from '#services/encounter-series.ts';
import { createLiveState } from '#services/live-state.ts';
import { newsHistory } from '#services/news-history.ts';
import {
  makeAssignment,
  makeBed,
  makeDevice,
  makeEncounter,
  makePatient,
  makeRoom,
  makeTie,
  makeWard,
  NOON,
  sequentialIds,
} from './makers.ts';

/** The live state of a clinic on a store, with a clock the test moves. */
export function liveOn(store: Store, startAt = NOON) {
  const time = { now: startAt, brokerLostSince: null as number | null };
  const clock = () => time.now;
  const failed: unknown[] = [];
  const alarms = createAlarmKeeper({
    store,
    newId: sequentialIds(`alarm-${startAt}`),
    failed: (error) => failed.push(error),
  });
  const changes = createChanges();
  const history = { store, seriesOf: createSeriesOf(store), dateOf: () => '2026-03-03' };
  const live = createLiveState({
    store,
    alarms,
    changes,
    clock,
    settings: () => DEFAULT_SETTINGS,
    totalAt: (encounterId, at) => newsHistory(history, encounterId, [at])[0]?.score.total ?? null,
    badData: () => false,
    troubles: () => ({ brokerLostSince: time.brokerLostSince, storeProblem: null }),
  });
  const presence = (deviceId: DeviceId, rest: Partial<Presence> = {}): void => {
    live.sink.presence(deviceId, {
      online: true,
      lastMessageAt: time.now,
      battery: 1,
      skewMs: 0,
      skewed: false,
      ...rest,
    });
  };
  return {
    live,
    alarms,
    changes,
    history,
    time,
    failed,
    /** Lets seconds pass; the timed rules are asked each second, and `each` runs before. */
    pass(seconds: number, each: () => void = () => undefined) {
      for (let second = 0; second < seconds; second += 1) {
        time.now += 1_000;
        each();
        live.tick(time.now);
      }
    },
    /** A message of a device that is, by that, online. */
    reading(deviceId: DeviceId, values: Record<string, number>, rest: Partial<AcceptedReading> = {}) {
      if (!live.presence(deviceId)?.online) presence(deviceId);
      live.sink.reading({
        deviceId,
        at: time.now,
        receivedAt: time.now,
        history: false,
        behindMs: 0,
        codes: Object.keys(values),
        values: Object.values(values),
        absent: [],
        implausible: [],
        ...rest,
      });
    },
    presence,
    open: () => alarms.book.open(),
  };
}

/** A patient in a bed with an admitted bedside monitor tied to it. */
export function settleIn(store: Store, given: Partial<Encounter> = {}, at = NOON - 3_600_000) {
  const ward = makeWard();
  const room = makeRoom({ wardId: ward.id });
  const bed = makeBed({ wardId: ward.id, roomId: room.id });
  const patient = makePatient();
  const encounter = makeEncounter({ patientId: patient.id, admittedAt: at, ...given });
  const device = makeDevice({ admittedAt: at });
  store.transact(() => {
    store.locations.saveWard(ward);
    store.locations.saveRoom(room);
    store.locations.saveBed(bed);
    store.patients.save(patient);
    store.encounters.save(encounter);
    store.assignments.start(makeAssignment({ bedId: bed.id, encounterId: encounter.id, startedAt: at }));
    store.devices.save(device);
    store.devices.startTie(makeTie({ deviceId: device.id, bedId: bed.id as BedId, encounterId: null, startedAt: at }));
  });
  return { ward, bed, patient, encounter, device };
}
