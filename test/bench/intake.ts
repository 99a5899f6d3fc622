import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import { secrets } from '#adapters/secrets.ts';
import { openStore } from '#db/open.ts';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import type { BedId, DeviceId, EncounterId, PatientId, RoomId, WardId } from '#domain/ids.ts';
import { createAlarmKeeper } from '#services/alarm-keeper.ts';
import { createChanges } from '#services/changes.ts';
import { createIntake } from '#services/intake.ts';
import { createLiveState } from '#services/live-state.ts';

export interface IntakeSpeed {
  readonly messagesPerSecond: number;
  readonly cpuMicrosecondsPerMessage: number;
}

const DEVICES = 100;

/** The hub's own work a message (decode, admit, judge, store) on one thread, with no network: 100 beds, 6 values each. */
export async function measureIntake(messages = 200_000): Promise<IntakeSpeed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  const store = openStore({ dataDir, key: randomBytes(32) });
  const clock = () => Date.now();
  const alarms = createAlarmKeeper({ store, newId: secrets.newId, failed: () => undefined });
  const changes = createChanges();
  populate();
  const live = createLiveState({
    store,
    alarms,
    changes,
    clock,
    settings: () => DEFAULT_SETTINGS,
    totalAt: () => null,
    badData: () => false,
  });
  const intake = createIntake({
    ...store,
    decode: decodeNative,
    clock,
    clinic: 'bench',
    admitAll: true,
    sink: live.sink,
  });
  const seqs = new Array<number>(DEVICES).fill(0);
  const flush = () =>
    store.transact((afterCommit) => {
      store.numerics.flush();
      afterCommit(intake.flush());
    });
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (let sent = 0; sent < messages; sent += 1) {
    const device = sent % DEVICES;
    const payload = Buffer.from(
      `{"seq":${seqs[device]++},"at":${Date.now()},"values":{"hr":${70 + (sent % 20)},"spo2":97,"rr":${14 + (sent % 3)},"pr":${70 + (sent % 7)},"etco2":38,"temp":36.${sent % 10}}}`,
    );
    intake.receive(`clinic/bench/device/bench-${device}/readings`, payload, { retain: false, dup: false, qos: 1 });
    if (sent % 4_000 === 3_999) flush();
    if (sent % 20_000 === 19_999) live.tick(Date.now());
  }
  flush();
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(before);
  store.close();
  rmSync(dataDir, { recursive: true, force: true });
  return { messagesPerSecond: messages / seconds, cpuMicrosecondsPerMessage: (user + system) / messages };

  function populate(): void {
    const wardId = 'ward' as WardId;
    const roomId = 'room' as RoomId;
    store.transact(() => {
      store.locations.saveWard({ id: wardId, name: 'Bench' });
      store.locations.saveRoom({ id: roomId, wardId, label: '1' });
      for (let index = 0; index < DEVICES; index += 1) {
        const bedId = `bed-${index}` as BedId;
        const encounterId = `stay-${index}` as EncounterId;
        const patientId = `patient-${index}` as PatientId;
        const deviceId = `bench-${index}` as DeviceId;
        const now = Date.now() - 1_000;
        store.locations.saveBed({ id: bedId, wardId, roomId, label: `${index}` });
        store.patients.save({
          id: patientId,
          name: { family: 'Bench', given: [] },
          birthDate: '1960-01-01',
          sex: 'unknown',
          identifiers: [],
          allergies: null,
          allergiesRecordedAt: null,
        });
        store.encounters.save({
          id: encounterId,
          patientId,
          status: 'in-progress',
          admittedAt: now,
          dischargedAt: null,
          reason: null,
          spo2Scale: 1,
          pregnant: false,
          nurseId: null,
        });
        store.assignments.start({ id: `a-${index}`, bedId, encounterId, startedAt: now, endedAt: null });
        store.devices.save({
          id: deviceId,
          type: 'bedside-monitor',
          serial: null,
          model: null,
          firmware: null,
          metrics: [],
          units: {},
          helloAt: now,
          firstSeenAt: now,
          admittedAt: now,
          retiredAt: null,
        });
        store.devices.startTie({ id: `t-${index}`, deviceId, bedId, encounterId: null, startedAt: now, endedAt: null });
      }
    });
  }
}
