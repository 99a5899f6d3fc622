import { HOUR_MS } from '#domain/time.ts';
import { activityAt, hourOfDay, type Posture } from './activity.ts';
import { type BreathingInput, breathingRate, carbonDioxideAt } from './breathing.ts';
import { circulate } from './circulation.ts';
import { COURSES, type Constitution, type CourseName, constitutionOf, type Insult, insultAt } from './course.ts';
import { approach, clamp, createDrift } from './drift.ts';
import { createGlucoseBody, type GlucoseBody } from './glucose.ts';
import { arterialOxygen, inspiredFraction } from './oxygen.ts';
import { createRandom } from './random.ts';
import { temperatureTarget } from './temperature.ts';

export type Consciousness = 'A' | 'C' | 'V' | 'P' | 'U';

/** What a body shows at one moment, before any device rounds it. Units are those of the metric table. */
export interface Vitals {
  readonly at: number;
  readonly hr: number;
  /** Beats that reach the finger. */
  readonly pr: number;
  readonly rr: number;
  readonly spo2: number;
  readonly temp: number;
  readonly sys: number;
  readonly dia: number;
  readonly mean: number;
  readonly etco2: number;
  /** Oxygen flow as set at the wall: half litres. */
  readonly o2Flow: number;
  readonly acvpu: Consciousness;
  readonly activity: Posture;
  readonly asleep: boolean;
  /** Steps a minute. */
  readonly cadence: number;
  readonly glucose: number;
  readonly rhythm: 'sinus' | 'af';
  /** Extra beats a minute. */
  readonly ectopics: number;
}

export interface PatientOptions {
  readonly seed: number;
  /** Years. */
  readonly age: number;
  readonly course: CourseName;
  /** Epoch ms of the first moment. */
  readonly startedAt: number;
  /** Epoch ms at which the course begins; the first moment unless given. */
  readonly courseStartedAt?: number;
  /** Local time minus UTC, ms; decides night and meals. */
  readonly utcOffsetMs?: number;
}

/** A body that time passes for. Same options and same steps give the same vitals. */
export interface SimulatedPatient {
  advance(seconds: number): void;
  vitals(): Vitals;
  /** Insulin (units) from a pump. */
  deliver(units: number): void;
}

const STEP = 60;

interface State {
  at: number;
  temp: number;
  carbonDioxide: number;
  oxygen: number;
  rate: number;
  breaths: number;
  saturation: number;
  systolic: number;
  diastolic: number;
  mean: number;
}

/** How awake a body is, from the insult and what it did: drugs and carbon dioxide sedate, shock and sepsis confuse. */
function consciousness(insult: Insult, state: State): Consciousness {
  const sedation = insult.opioid + 0.012 * Math.max(0, state.carbonDioxide - 62);
  if (sedation > 1.05) return 'U';
  if (sedation > 0.86) return 'P';
  if (sedation > 0.62) return 'V';
  if (state.mean < 52) return 'V';
  if (insult.infection > 0.78 || state.mean < 60 || state.saturation < 0.76) return 'C';
  return 'A';
}

function createNoise(seed: number, rhythm: Constitution['rhythm']) {
  const random = createRandom(seed);
  const irregular = rhythm === 'af';
  return {
    slowRate: createDrift(random, 2.2, 900),
    fastRate: createDrift(random, irregular ? 7 : 1.4, irregular ? 3 : 12),
    breaths: createDrift(random, 1.1, 90),
    saturation: createDrift(random, 0.006, 45),
    pressure: createDrift(random, 4, 1_200),
    quickPressure: createDrift(random, 1.5, 20),
    temperature: createDrift(random, 0.06, 1_800),
  };
}

export function createPatient(options: PatientOptions): SimulatedPatient {
  const { seed, age, startedAt, utcOffsetMs = 0 } = options;
  const course = COURSES[options.course];
  const courseStartedAt = options.courseStartedAt ?? startedAt;
  const body = constitutionOf(course, age);
  const noise = createNoise(seed, body.rhythm);
  const sugar: GlucoseBody | null = body.diabetic ? createGlucoseBody(seed, utcOffsetMs) : null;
  const wobble = { rate: 0, breaths: 0, saturation: 0, pressure: 0, temp: 0 };
  const state: State = {
    at: startedAt,
    temp: body.temperature,
    carbonDioxide: body.carbonDioxide,
    oxygen: 90,
    rate: body.heartRate,
    breaths: body.breaths,
    saturation: 0.97,
    systolic: 120,
    diastolic: 75,
    mean: body.meanPressure,
  };

  const insultNow = (): Insult => insultAt(course, (state.at - courseStartedAt) / HOUR_MS);
  const activityNow = () =>
    activityAt(seed, state.at, body.mobility * (consciousness(insultNow(), state) === 'A' ? 1 : 0), utcOffsetMs);

  function breathe(seconds: number, insult: Insult): void {
    const activity = activityNow();
    const input: BreathingInput = {
      restingRate: body.breaths,
      carbonDioxide: state.carbonDioxide,
      carbonDioxideSet: body.carbonDioxide,
      oxygen: state.oxygen,
      fever: state.temp - 37,
      infection: insult.infection,
      bloodLoss: insult.bloodLoss,
      opioid: insult.opioid,
      obstruction: insult.obstruction,
      effort: activity.effort,
      asleep: activity.asleep,
    };
    state.breaths = approach(state.breaths, breathingRate(input) + 2 * insult.pain, seconds, 60);
    state.carbonDioxide = approach(state.carbonDioxide, carbonDioxideAt(state.breaths, input), seconds, 300);
    const shunt = body.shunt + insult.shunt + (activity.asleep ? 0.01 : 0);
    const blood = arterialOxygen(inspiredFraction(flowAtWall(insult)), state.carbonDioxide, shunt);
    state.saturation = approach(state.saturation, blood.saturation, seconds, 40);
    state.oxygen = approach(state.oxygen, blood.pressure, seconds, 40);
  }

  function pump(seconds: number, insult: Insult): void {
    const activity = activityNow();
    const fever = state.temp - 37;
    const hypoxic = Math.max(0, 0.9 - state.saturation) * 120;
    const demand =
      body.heartRate +
      9 * Math.max(-1, fever) +
      hypoxic +
      10 * insult.pain +
      14 * insult.obstruction +
      28 * activity.effort -
      (activity.asleep ? 7 : 0) -
      6 * insult.opioid;
    const flow = circulate({
      demand,
      bloodLoss: insult.bloodLoss,
      infection: insult.infection,
      contractility: body.contractility,
      reflex: (1 - 0.5 * body.betaBlocker) * clamp(1.15 - 0.004 * age, 0.75, 1.1),
      meanSet:
        body.meanPressure + 10 * insult.pain + 8 * activity.effort - (activity.asleep ? 8 : 0) - 8 * insult.opioid,
      pulsePressure: body.pulsePressure + 10 * activity.effort,
      maximumRate: 208 - 0.7 * age,
    });
    state.rate = approach(state.rate, flow.rate, seconds, 45);
    state.systolic = approach(state.systolic, flow.systolic, seconds, 60);
    state.diastolic = approach(state.diastolic, flow.diastolic, seconds, 60);
    state.mean = approach(state.mean, flow.mean, seconds, 60);
  }

  function step(seconds: number): void {
    state.at += seconds * 1_000;
    const insult = insultNow();
    const hour = hourOfDay(state.at, utcOffsetMs);
    const target = temperatureTarget(body.temperature, insult.infection, insult.bloodLoss, hour);
    state.temp = approach(state.temp, target, seconds, 2_400);
    breathe(seconds, insult);
    pump(seconds, insult);
    sugar?.advance(seconds, state.at, insult.infection);
    wobble.rate = noise.slowRate.advance(seconds) + noise.fastRate.advance(seconds);
    wobble.breaths = noise.breaths.advance(seconds);
    wobble.saturation = noise.saturation.advance(seconds);
    wobble.pressure = noise.pressure.advance(seconds) + noise.quickPressure.advance(seconds);
    wobble.temp = noise.temperature.advance(seconds);
  }

  return {
    advance(seconds) {
      for (let left = seconds; left > 0; left -= STEP) step(Math.min(STEP, left));
    },
    deliver: (units) => sugar?.deliver(units),
    vitals() {
      const insult = insultNow();
      const activity = activityNow();
      const hr = clamp(state.rate + wobble.rate, 22, 220);
      const pulseDeficit = body.rhythm === 'af' ? 4 + 0.06 * Math.max(0, hr - 80) : 0;
      return {
        at: state.at,
        hr,
        pr: clamp(hr - pulseDeficit - 0.4 * body.ectopics, 22, 220),
        rr: clamp(state.breaths + wobble.breaths * Math.min(1, state.breaths / 12), 2, 60),
        spo2: 100 * clamp(state.saturation + wobble.saturation, 0.35, 1),
        temp: state.temp + wobble.temp,
        sys: Math.max(35, state.systolic + wobble.pressure),
        dia: Math.max(15, state.diastolic + 0.6 * wobble.pressure),
        mean: Math.max(22, state.mean + 0.7 * wobble.pressure),
        etco2: Math.max(4, state.carbonDioxide - 4 - 8 * insult.obstruction),
        o2Flow: flowAtWall(insult),
        acvpu: consciousness(insult, state),
        activity: activity.posture,
        asleep: activity.asleep,
        cadence: activity.cadence,
        glucose: sugar?.glucose() ?? 5.4 + 1.5 * insult.infection + 0.03 * wobble.pressure,
        rhythm: body.rhythm,
        ectopics: body.ectopics,
      };
    },
  };
}

/** Oxygen is set in half litres at the wall, not in a straight line. */
function flowAtWall(insult: Insult): number {
  return Math.round(insult.oxygenFlow * 2) / 2;
}
