import type { Store } from '#domain/clinic/store.ts';
import type { AcceptedReading } from '#domain/device/intake.ts';
import { bedSensor } from '#domain/device/profiles/bed-sensor.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import { holdersOf } from './bed-facts.ts';

export type BedSensorsDeps = Pick<Store, 'assignments' | 'devices' | 'encounters' | 'flow' | 'numerics' | 'tasks'> & {
  readonly clock: () => number;
  /** What a sensor says, or who is in its bed, is no longer what it was. */
  changed(bedId: BedId, contradiction: Contradiction | null): void;
};

/** A sensor and the board that do not agree about a bed. */
export interface Contradiction {
  readonly kind: 'sensor-says-empty' | 'sensor-says-occupied';
  readonly deviceId: DeviceId;
  /** Who should lie there; null for a free bed. */
  readonly encounterId: EncounterId | null;
  readonly since: number;
}

/** How long a contradiction must last: people get up for a moment, and sit down on free beds. */
const LASTS_MS = { 'sensor-says-empty': 5 * MINUTE_MS, 'sensor-says-occupied': 2 * MINUTE_MS } as const;
const CODE = 'bed-occupied';

interface Sensed {
  readonly bedId: BedId;
  occupied: boolean | null;
  heardAt: number;
  /** Told as it stands now, once it has lasted. */
  told: boolean;
  contradiction: Contradiction | null;
}

/** What bed sensors say against the board. Nothing they say moves anyone. */
export interface BedSensors {
  /** Contradictions about a bed that have lasted long enough to be shown. */
  lasting(bedId: BedId): readonly Contradiction[];
  reading(accepted: AcceptedReading): void;
  /** Ties changed: reads anew which sensor is at which bed. */
  rewire(): void;
  /** Who lies in a bed, whether they are away, or its cleaning may have changed. */
  review(bedId: BedId): void;
  tick(now: number): void;
}

export function createBedSensors(deps: BedSensorsDeps): BedSensors {
  const { devices, clock } = deps;
  const sensors = new Map<DeviceId, Sensed>();

  const judge = (deviceId: DeviceId, sensed: Sensed, now: number): void => {
    const kind = whatContradicts(deps, sensed, now);
    const before = sensed.contradiction;
    if (before?.kind === kind?.kind && before?.encounterId === kind?.encounterId) return;
    const was = sensed.told;
    sensed.contradiction = kind ? { ...kind, deviceId, since: now } : null;
    sensed.told = false;
    if (before && was) deps.changed(sensed.bedId, before);
  };

  const rewire = (): void => {
    const tied = new Map<DeviceId, BedId>();
    for (const { deviceId, bedId } of devices.openTies()) {
      if (bedId !== null && devices.find(deviceId)?.type === bedSensor.type) tied.set(deviceId, bedId);
    }
    for (const [deviceId, { bedId }] of sensors) {
      if (tied.get(deviceId) === bedId) continue;
      sensors.delete(deviceId);
      deps.changed(bedId, null);
    }
    for (const [deviceId, bedId] of tied) {
      if (sensors.has(deviceId)) continue;
      const sensed: Sensed = { bedId, occupied: null, heardAt: 0, told: false, contradiction: null };
      sensors.set(deviceId, sensed);
      recall(deps, deviceId, sensed, clock());
    }
  };
  rewire();

  return {
    rewire,
    lasting: (bedId) =>
      [...sensors.values()].flatMap(({ bedId: at, contradiction }) =>
        at === bedId && contradiction && hasLasted(contradiction, clock()) ? [contradiction] : [],
      ),
    reading({ deviceId, codes, values, history, receivedAt }) {
      const sensed = sensors.get(deviceId);
      if (!sensed || history) return;
      const value = values[codes.indexOf(CODE)];
      if (value === undefined) return;
      sensed.occupied = value > 0;
      sensed.heardAt = receivedAt;
      judge(deviceId, sensed, receivedAt);
    },
    review(bedId) {
      for (const [deviceId, sensed] of sensors) if (sensed.bedId === bedId) judge(deviceId, sensed, clock());
    },
    tick(now) {
      for (const [deviceId, sensed] of sensors) {
        judge(deviceId, sensed, now);
        const { contradiction } = sensed;
        if (contradiction && contradiction.since > now) sensed.contradiction = { ...contradiction, since: now };
        if (!contradiction || sensed.told || !hasLasted(contradiction, now)) continue;
        sensed.told = true;
        deps.changed(sensed.bedId, null);
      }
    },
  };
}

function hasLasted({ kind, since }: Contradiction, now: number): boolean {
  return now - since >= LASTS_MS[kind];
}

/** Nothing while the sensor is silent, the patient is away, or somebody cleans the bed. */
function whatContradicts(deps: BedSensorsDeps, { bedId, occupied, heardAt }: Sensed, now: number) {
  if (occupied === null || now - heardAt > bedSensor.lostAfterMs) return null;
  const [encounterId = null] = holdersOf(deps, bedId);
  if (encounterId === null) {
    const cleaning = deps.tasks.openCleaning(bedId)?.state === 'started';
    return occupied && !cleaning ? ({ kind: 'sensor-says-occupied', encounterId } as const) : null;
  }
  return !occupied && !isAway(deps, encounterId) ? ({ kind: 'sensor-says-empty', encounterId } as const) : null;
}

function isAway({ flow, encounters }: BedSensorsDeps, encounterId: EncounterId): boolean {
  return flow.summary(encounterId)?.away != null || encounters.find(encounterId)?.status === 'on-hold';
}

/** What the sensor said before the hub started, and since when it has been saying it. */
function recall(deps: BedSensorsDeps, deviceId: DeviceId, sensed: Sensed, now: number): void {
  const said = deps.numerics.raw(deviceId, CODE, now - bedSensor.lostAfterMs, now);
  const newest = said.at(-1);
  if (!newest) return;
  sensed.occupied = newest.value > 0;
  sensed.heardAt = newest.at;
  const kind = whatContradicts(deps, sensed, now);
  if (!kind) return;
  const agreed = said.findLast(({ value }) => value > 0 !== newest.value > 0)?.at ?? said[0]?.at ?? now;
  const [held] = deps.assignments.listOf({ bedId: sensed.bedId }, now, now + 1);
  sensed.contradiction = { ...kind, deviceId, since: Math.max(agreed, held?.startedAt ?? 0) };
}
