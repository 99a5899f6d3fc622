import { setTimeout as wait } from 'node:timers/promises';
import { HOUR_MS } from '#domain/time.ts';
import { deviceTypeOf } from '../devices/index.ts';
import { createMqttDevice, type MqttDevice } from '../mqtt-device.ts';
import { createPacer } from '../pacer.ts';
import { type Api, type Caller, createApi, eachOf } from './api.ts';
import { startDay } from './flow/day.ts';
import { tellCleanedPast, tellPast } from './flow/past.ts';
import { buildFlowPlaces } from './flow/places.ts';
import { setScene } from './flow/scene.ts';
import { backFill } from './history.ts';
import { goLive, type Occupants } from './live.ts';
import { startNurse } from './nurse.ts';
import { type ClinicPlan, type PlannedDevice, planClinic } from './plan.ts';
import {
  admitDevice,
  chartAll,
  fillIn,
  keyOf,
  plannedCharting,
  populate,
  type Survey,
  surveyClinic,
} from './populate.ts';

/** What the hub asks of its demo clinic, as one message. */
export interface DemoOrder {
  /** `http://127.0.0.1:PORT/api`. */
  readonly api: string;
  readonly mqtt: string;
  /** The clinic's topic segment. */
  readonly clinic: string;
  /** Of the simulated staff. */
  readonly tokens: Readonly<Record<Caller, string>>;
  /** What the simulated staff are called. */
  readonly staff: readonly string[];
  /** The nurse visitors sign in as: some patients are theirs. */
  readonly nurseId: string;
  /** Whether wards, patients and history have still to be made. */
  readonly fresh: boolean;
  /** Epoch ms of this clinic's first beginning. */
  readonly epoch: number;
  /** `mllp://127.0.0.1:PORT` of the hub's HL7 listener; null when it is off: then there is no past before the plan's. */
  readonly hl7: string | null;
}

export interface DemoRun {
  /** Settles when past and present are in; fails when the clinic cannot be reached. */
  readonly settled: Promise<void>;
  stop(): Promise<void>;
}

const SEED = 20_260_101;
/** A house of devices does not switch on in one instant. */
const CONNECT_GAP_MS = 15;
const LOOK_AROUND_MS = 15_000;

/** The devices of the plan, each with a connection of its own, switched on one after the other. */
async function switchOn(plan: ClinicPlan, order: DemoOrder, now: () => number): Promise<Map<string, MqttDevice>> {
  const devices = new Map<string, MqttDevice>();
  for (const { id, type, serial } of plan.devices) {
    const { mqtt: url, clinic } = order;
    devices.set(id, createMqttDevice({ url, clinic, id, type: deviceTypeOf(type), serial, startedAt: now() }, now));
    await wait(CONNECT_GAP_MS);
  }
  return devices;
}

interface OccupancyAnswer {
  readonly bed: { readonly label: string; readonly id: string };
  readonly patientId: string | null;
}

/** Who lies where, in the plan's words. */
async function lookAround(api: Api, survey: Survey): Promise<Occupants> {
  const rows = (await api.call('scheduler', 'encounters.occupancy', {})) as readonly OccupancyAnswer[];
  const mrnOf = new Map([...survey.patients].map(([mrn, { patientId }]) => [patientId, mrn]));
  const planned = new Set(survey.beds.values());
  return new Map(
    rows.flatMap(({ bed, patientId }) =>
      patientId !== null && planned.has(bed.id) ? [[bed.label, mrnOf.get(patientId) ?? patientId] as const] : [],
    ),
  );
}

/** From when on a device still owes its past: a first try may have been cut off in the middle. */
async function owedSince(api: Api, plan: ClinicPlan, device: PlannedDevice, resumed: boolean): Promise<number> {
  if (!resumed) return plan.historyFrom;
  const metric = { 'bedside-monitor': 'hr', cgm: 'glucose', 'insulin-pump': 'iob', 'medicine-fridge': 'fridge-temp' }[
    device.type
  ];
  const input = { device: device.id, metric, from: plan.historyFrom, to: plan.epoch };
  const stored = (await api.call('nurse', 'devices.readings', input)) as readonly { readonly at: number }[];
  const last = stored.at(-1)?.at;
  return last === undefined ? plan.historyFrom : last + 1;
}

/** Makes the demo clinic, if it is fresh, and lives its days until stopped. */
export function driveDemo(order: DemoOrder, now: () => number): DemoRun {
  const plan = planClinic(order.epoch, SEED);
  const api = createApi(order.api, order.tokens);
  const closing: (() => Promise<void> | void)[] = [];
  let stopped = false;

  async function live(survey: Survey, devices: Map<string, MqttDevice>): Promise<number> {
    let occupants = await lookAround(api, survey);
    const from = now();
    const pacer = createPacer({ now, speed: 1, startedAt: from });
    goLive(plan, devices, pacer, from, () => occupants);
    const round = setInterval(() => {
      lookAround(api, survey).then(
        (found) => {
          occupants = found;
        },
        () => undefined,
      );
    }, LOOK_AROUND_MS);
    const nurse = startNurse({ api, plan, occupants: () => occupants, now, fresh: order.fresh });
    closing.push(
      () => pacer.stop(),
      () => clearInterval(round),
      () => nurse.stop(),
    );
    return from;
  }

  /** Patients come and go from here on, over the same API as anyone's. */
  async function liveFlow(survey: Survey): Promise<void> {
    const key = (name: string): string => keyOf(plan, name);
    const places = await buildFlowPlaces(api, plan, key);
    if (order.fresh) {
      if (order.hl7 !== null) await tellCleanedPast({ url: order.hl7, api, plan, places });
      await setScene({ api, plan, survey, places, key });
      if (order.hl7 !== null) await tellPast(order.hl7, plan);
    }
    if (stopped) return;
    const staying = new Set([...survey.patients.values()].flatMap(({ encounterId }) => encounterId ?? []));
    const day = startDay({ api, plan, places, now, staying, staff: order.staff });
    closing.push(() => day.stop());
  }

  async function begin(): Promise<void> {
    const switching = switchOn(plan, order, now);
    closing.push(async () => void (await Promise.all([...(await switching).values()].map((device) => device.close()))));
    if (!order.fresh) {
      const survey = await surveyClinic(api, plan);
      const devices = await switching;
      if (stopped) return;
      await live(survey, devices);
      await liveFlow(survey);
      return;
    }
    const resumed = (await surveyClinic(api, plan)).patients.size > 0;
    const survey = await populate(api, plan);
    const charting = plannedCharting(plan);
    await eachOf(plan.devices, 6, (device) => admitDevice(api, plan, device, survey));
    await chartAll(api, plan, survey, charting.newest);
    const devices = await switching;
    if (stopped) return;
    const from = await live(survey, devices);
    const history = backFill(plan, devices, Math.min(from, plan.epoch + HOUR_MS), (device) =>
      owedSince(api, plan, device, resumed),
    );
    await liveFlow(survey);
    await fillIn(api, plan, survey, order.nurseId);
    await chartAll(api, plan, survey, charting.older);
    await history;
  }

  return {
    settled: begin(),
    async stop() {
      stopped = true;
      for (const close of closing.toReversed()) await close();
    },
  };
}
