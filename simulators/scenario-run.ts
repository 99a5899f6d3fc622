import { HOUR_MS, SECOND_MS } from '#domain/time.ts';
import type { DeviceType, TimedReading } from './devices/device.ts';
import { GARBAGE } from './devices/garbage.ts';
import { deviceTypeOf } from './devices/index.ts';
import { createMqttDevice, type DeviceCounts, type MqttDevice } from './mqtt-device.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { vitalsOver } from './physiology/follow.ts';
import { createPatient } from './physiology/patient.ts';
import { seedOf } from './physiology/random.ts';
import type { Fault, Scenario } from './scenarios/scenario.ts';

export interface ScenarioRunOptions {
  readonly scenario: Scenario;
  readonly url: string;
  readonly clinic: string;
  readonly seed: number;
  /** Simulated seconds a second. */
  readonly speed: number;
  /** Patients. */
  readonly patients: number;
  readonly now: () => number;
  readonly onProblem?: (problem: string) => void;
}

export interface ScenarioRun {
  /** Settles when every device has reached the broker once. */
  readonly connected: Promise<void>;
  counts(): DeviceCounts;
  stop(): Promise<void>;
}

/** A simulated device of a scenario before it is on the network. */
export interface CastDevice {
  readonly id: string;
  readonly type: DeviceType;
  readonly serial: string;
  readonly readings: Generator<TimedReading>;
}

const WARM_UP_HOURS = 3;

/** Every device of a scenario with its readings from `startedAt` on (simulated time). Same seed, same readings. */
function castOf(scenario: Scenario, seed: number, patients: number, startedAt: number): CastDevice[] {
  const cast: CastDevice[] = [];
  const utcOffsetMs = scenario.startHour * HOUR_MS - (startedAt % (24 * HOUR_MS));
  for (let index = 0; index < patients; index += 1) {
    const person = scenario.patients[index % scenario.patients.length];
    if (!person) continue;
    const own = seedOf(`${seed} ${scenario.name} ${index}`);
    const begin = startedAt - WARM_UP_HOURS * HOUR_MS;
    for (const word of scenario.devices) {
      const type = deviceTypeOf(word);
      const position = cast.length;
      // Each device has the body to itself: one that looks far ahead must not age it for the others.
      const patient = createPatient({
        seed: own,
        age: person.age,
        course: person.course,
        startedAt: begin,
        courseStartedAt: startedAt - person.courseHour * HOUR_MS,
        utcOffsetMs,
      });
      cast.push({
        id: `sim-${scenario.name}-${String(position + 1).padStart(3, '0')}`,
        type,
        serial: `SIM-${String(own % 1_000_000).padStart(6, '0')}-${position}`,
        readings: type.readings({
          seed: own + position,
          startedAt: startedAt + ((position * 137) % SECOND_MS),
          vitalsAt: vitalsOver(patient, begin),
          deliver: (units) => patient.deliver(units),
          absentAt: (at) => absentAt(scenario.faults, position, (at - startedAt) / SECOND_MS),
        }),
      });
    }
  }
  return cast;
}

function absentAt(faults: readonly Fault[], device: number, second: number): Record<string, string> {
  const absent: Record<string, string> = {};
  for (const fault of faults) {
    if (fault.kind !== 'no-value' || second < fault.from || second >= fault.to) continue;
    if (fault.devices && !fault.devices.includes(device)) continue;
    for (const metric of fault.metrics) absent[metric] = fault.why;
  }
  return absent;
}

function hit<Item>(fault: Fault, items: readonly Item[]): Item[] {
  return fault.devices ? items.filter((_item, index) => fault.devices?.includes(index)) : [...items];
}

/** Makes one fault happen to the devices it names; answers the timers it keeps. */
function arrange(fault: Fault, devices: readonly MqttDevice[], options: ScenarioRunOptions): NodeJS.Timeout[] {
  const realMs = (seconds: number): number => (seconds * SECOND_MS) / options.speed;
  const after = (seconds: number, act: () => void) => setTimeout(act, realMs(seconds));
  const affected = hit(fault, devices);
  const each = (act: (device: MqttDevice) => void) => () => {
    for (const device of affected) act(device);
  };
  switch (fault.kind) {
    case 'no-value':
      return [];
    case 'link-cut':
      return [
        after(
          fault.from,
          each((device) => device.cut(realMs(fault.to - fault.from))),
        ),
      ];
    case 'clock':
      return [
        after(
          fault.from,
          each((device) => device.skew(fault.byMs)),
        ),
      ];
    case 'restart':
      return [
        after(
          fault.from,
          each((device) => device.restart(options.now())),
        ),
      ];
    case 'garbage': {
      const count = Math.floor((fault.to - fault.from) / fault.every);
      return Array.from({ length: count }, (_none, turn) =>
        after(fault.from + turn * fault.every, () => {
          const garbage = GARBAGE[turn % GARBAGE.length];
          if (!garbage) return;
          for (const device of affected) {
            device.sendRaw(garbage.ending, garbage.count, (seq) => garbage.write(seq, options.now()));
          }
        }),
      );
    }
  }
}

/** Puts a scenario's devices on the network and lets its day happen until stopped. */
export function runScenario(options: ScenarioRunOptions): ScenarioRun {
  const startedAt = options.now();
  const pacer: Pacer = createPacer({ now: options.now, speed: options.speed, startedAt });
  const cast = castOf(options.scenario, options.seed, options.patients, startedAt);
  const devices = cast.map(({ id, type, serial }) =>
    createMqttDevice(
      { url: options.url, clinic: options.clinic, id, type, serial, startedAt, onProblem: options.onProblem },
      options.now,
    ),
  );
  for (const [index, { readings }] of cast.entries()) {
    const device = devices[index];
    if (device) pacer.add({ readings, send: (reading) => device.send(reading) });
  }
  const timers = options.scenario.faults.flatMap((fault) => arrange(fault, devices, options));
  return {
    connected: Promise.all(devices.map((device) => device.connected())).then(() => undefined),
    counts: () =>
      devices
        .map((device) => device.counts())
        .reduce((sum, one) => ({
          sent: sum.sent + one.sent,
          acked: sum.acked + one.acked,
          dropped: sum.dropped + one.dropped,
        })),
    async stop() {
      pacer.stop();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(devices.map((device) => device.close()));
    },
  };
}
