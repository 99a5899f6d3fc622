import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Alarm } from '#domain/alarm/alarm.ts';
import type { AlarmBook } from '#domain/alarm/alarm-book.ts';
import { compareAlarms } from '#domain/alarm/alarm-state.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Device, Presence } from '#domain/device/device.ts';
import type { BedId, DeviceId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import { worded } from '#domain/observation/metric.ts';
import type { Track } from '#domain/observation/patient-state.ts';
import { formalName } from '#domain/patient/patient.ts';
import type { LiveState } from './live-state.ts';
import type { Watched } from './live-stays.ts';

type WardPart = HandlersOf<typeof contract.ward>['watch'] extends (...args: never[]) => AsyncIterable<infer Part>
  ? Part
  : never;
export type BedLive = WardPart['beds'][number];

export interface BedCardDeps {
  readonly store: Pick<Store, 'locations' | 'devices'>;
  readonly live: LiveState;
  readonly book: AlarmBook;
}

/** All a card shows of one bed. Without `names` (a wall) nothing tells who the patient is. */
export function bedCard({ store, live, book }: BedCardDeps, bed: Bed, names: boolean): BedLive {
  const routes = live.routes();
  const watched = (routes.holders.get(bed.id) ?? []).flatMap((encounterId) => live.watched(encounterId) ?? []);
  const [first, ...others] = watched;
  const deviceIds = routes.devicesAt(bed.id);
  return {
    bedId: bed.id,
    label: bed.label,
    roomLabel: store.locations.findRoom(bed.roomId)?.label ?? '',
    patient: first ? patientOf(first, names) : null,
    values: first ? valuesOf(first) : [],
    score: first ? scoreOf(first) : null,
    others: others.map((other) => ({
      patient: patientOf(other, names),
      values: valuesOf(other),
      score: scoreOf(other),
    })),
    alarms: alarmsOf(book, watched, bed.id, deviceIds),
    devices: deviceIds.map((id) => deviceOf(id, store.devices.find(id), live.presence(id))),
  };
}

function patientOf({ patient, encounter }: Watched, names: boolean): NonNullable<BedLive['patient']> {
  return {
    encounterId: encounter.id,
    patientId: patient.id,
    displayName: names ? formalName(patient.name) : '',
    birthDate: names ? patient.birthDate : null,
    sex: names ? patient.sex : 'unknown',
    identifier: names ? (patient.identifiers[0]?.value ?? null) : null,
    admittedAt: encounter.admittedAt,
    reason: names ? encounter.reason : null,
    spo2Scale: encounter.spo2Scale,
    pregnant: encounter.pregnant,
    nurseId: encounter.nurseId,
  };
}

function valuesOf({ state }: Watched): BedLive['values'] {
  return [...state.tracks.values()].map(liveValue);
}

function liveValue({ code, value, at, source, absent }: Track): BedLive['values'][number] {
  if (absent) return { code, value: null, why: absent.why, at: absent.since, source };
  return { code, value: value === null ? null : worded(code, value), why: null, at: at ?? 0, source };
}

/** A change of this much in an hour counts as rising or falling; less is noise at the edge of a band. */
const TREND_STEP = 2;

/** The live score with how it went in the last hour. */
export function scoreOf({ state, scoredAt, totalBefore }: Watched): BedLive['score'] {
  const { score } = state;
  if (!score) return null;
  const change = score.total === null || totalBefore === null ? null : score.total - totalBefore;
  const {
    rr = null,
    spo2 = null,
    oxygen = null,
    sbp = null,
    pulse = null,
    acvpu = null,
    temp = null,
  } = state.scoredSet;
  const used = { rr, spo2, oxygen, sbp, pulse, acvpu, temp };
  return { ...score, at: scoredAt, used, change, trend: trendOf(change) };
}

function trendOf(change: number | null): 'rising' | 'falling' | 'unchanged' | 'unknown' {
  if (change === null) return 'unknown';
  if (change >= TREND_STEP) return 'rising';
  return change <= -TREND_STEP ? 'falling' : 'unchanged';
}

/** Open alarms of patients in a bed and of devices, worst first. */
export function alarmsOf(
  book: AlarmBook,
  watched: readonly Watched[],
  bedId: BedId | null,
  deviceIds: readonly DeviceId[],
): Alarm[] {
  const ofPatients = watched.flatMap(({ encounter }) =>
    book.openOf({ encounterId: encounter.id, bedId, deviceId: null }),
  );
  const ofDevices = deviceIds.flatMap((deviceId) => book.openOf({ encounterId: null, bedId, deviceId }));
  return [...ofPatients, ...ofDevices].sort(compareAlarms);
}

function deviceOf(
  id: DeviceId,
  device: Device | undefined,
  presence: Presence | undefined,
): BedLive['devices'][number] {
  return {
    id,
    type: device?.type ?? null,
    online: presence?.online ?? false,
    battery: presence?.battery ?? null,
    lastMessageAt: presence?.lastMessageAt ?? null,
    skewed: presence?.skewed ?? false,
  };
}
