/** What an illness and its treatment do to a body at one moment. */
export interface Insult {
  /** Systemic infection, 0 to 1. */
  readonly infection: number;
  /** Share of the blood volume missing, after what was given back; 0 to 0.5. */
  readonly bloodLoss: number;
  /** Opioid effect, 0 to 1. */
  readonly opioid: number;
  /** Share of blood passing the lungs unoxygenated, beyond the person's usual. */
  readonly shunt: number;
  /** Narrowed airways, 0 to 1. */
  readonly obstruction: number;
  /** Oxygen given, L/min. */
  readonly oxygenFlow: number;
  /** Pain or fear, 0 to 1. */
  readonly pain: number;
}

/** What a person is like when well; units as in circulation.ts and breathing.ts. */
export interface Constitution {
  readonly heartRate: number;
  readonly breaths: number;
  readonly temperature: number;
  readonly meanPressure: number;
  readonly pulsePressure: number;
  readonly contractility: number;
  readonly shunt: number;
  readonly carbonDioxide: number;
  readonly mobility: number;
  readonly rhythm: 'sinus' | 'af';
  /** Ventricular extra beats a minute. */
  readonly ectopics: number;
  /** Blunts the heart's reflex, 0 (none) to 1. */
  readonly betaBlocker: number;
  readonly diabetic: boolean;
}

interface Keyframe {
  /** Hours from the beginning of the course. */
  readonly hour: number;
  readonly insult: Partial<Insult>;
}

/** An illness over hours. Between keyframes every number moves in a straight line; after the last, it begins again. */
export interface Course {
  readonly name: string;
  readonly constitution: Partial<Constitution>;
  /** Ordered by hour, the first at 0. The last one's hour is the length of a round. */
  readonly keyframes: readonly Keyframe[];
}

const WELL: Insult = {
  infection: 0,
  bloodLoss: 0,
  opioid: 0,
  shunt: 0,
  obstruction: 0,
  oxygenFlow: 0,
  pain: 0,
};

const USUAL: Constitution = {
  heartRate: 72,
  breaths: 15,
  temperature: 36.8,
  meanPressure: 92,
  pulsePressure: 44,
  contractility: 1,
  shunt: 0.03,
  carbonDioxide: 40,
  mobility: 0.5,
  rhythm: 'sinus',
  ectopics: 0,
  betaBlocker: 0,
  diabetic: false,
};

function steady(name: string, constitution: Partial<Constitution>, insult: Partial<Insult> = {}): Course {
  return { name, constitution, keyframes: [{ hour: 0, insult }] };
}

/** Every course a simulated patient may follow. The four that worsen take hours, are treated, recover, and come back. */
export const COURSES = {
  sepsis: {
    name: 'sepsis',
    constitution: { mobility: 0.15, heartRate: 76 },
    keyframes: [
      { hour: 0, insult: { infection: 0.04 } },
      { hour: 4, insult: { infection: 0.1 } },
      { hour: 8, insult: { infection: 0.38, shunt: 0.03 } },
      { hour: 11, insult: { infection: 0.66, shunt: 0.09 } },
      { hour: 12.5, insult: { infection: 0.8, shunt: 0.13, oxygenFlow: 2 } },
      { hour: 14, insult: { infection: 0.86, shunt: 0.15, oxygenFlow: 6 } },
      { hour: 17, insult: { infection: 0.7, shunt: 0.12, oxygenFlow: 6 } },
      { hour: 22, insult: { infection: 0.35, shunt: 0.06, oxygenFlow: 2 } },
      { hour: 28, insult: { infection: 0.1, shunt: 0.01 } },
      { hour: 34, insult: { infection: 0.04 } },
    ],
  },
  bleeding: {
    name: 'bleeding',
    constitution: { mobility: 0.1, heartRate: 74, meanPressure: 88 },
    keyframes: [
      { hour: 0, insult: {} },
      { hour: 5, insult: { bloodLoss: 0.02 } },
      { hour: 8, insult: { bloodLoss: 0.22, pain: 0.2 } },
      { hour: 9.5, insult: { bloodLoss: 0.36, pain: 0.3 } },
      { hour: 10.5, insult: { bloodLoss: 0.39, pain: 0.3, oxygenFlow: 4 } },
      { hour: 12, insult: { bloodLoss: 0.22, oxygenFlow: 4 } },
      { hour: 15, insult: { bloodLoss: 0.1, oxygenFlow: 1 } },
      { hour: 20, insult: { bloodLoss: 0.03 } },
      { hour: 26, insult: {} },
    ],
  },
  opioid: {
    name: 'opioid',
    constitution: { mobility: 0.05, heartRate: 70, breaths: 14, shunt: 0.05 },
    keyframes: [
      { hour: 0, insult: { pain: 0.35 } },
      { hour: 3, insult: { opioid: 0.18, pain: 0.1 } },
      { hour: 7, insult: { opioid: 0.34 } },
      { hour: 9, insult: { opioid: 0.56 } },
      { hour: 10, insult: { opioid: 0.74, oxygenFlow: 2 } },
      { hour: 10.7, insult: { opioid: 0.78, oxygenFlow: 4 } },
      { hour: 11, insult: { opioid: 0.12, oxygenFlow: 4, pain: 0.4 } },
      { hour: 13, insult: { opioid: 0.25, oxygenFlow: 2, pain: 0.2 } },
      { hour: 18, insult: { opioid: 0.1, pain: 0.15 } },
      { hour: 24, insult: { pain: 0.35 } },
    ],
  },
  'copd-exacerbation': {
    name: 'copd-exacerbation',
    constitution: { heartRate: 82, breaths: 18, shunt: 0.28, carbonDioxide: 52, mobility: 0.15, pulsePressure: 54 },
    keyframes: [
      { hour: 0, insult: { oxygenFlow: 2 } },
      { hour: 6, insult: { obstruction: 0.12, shunt: 0.02, oxygenFlow: 2 } },
      { hour: 12, insult: { obstruction: 0.5, shunt: 0.1, infection: 0.12, oxygenFlow: 2 } },
      { hour: 15, insult: { obstruction: 0.62, shunt: 0.13, infection: 0.16, oxygenFlow: 3 } },
      { hour: 20, insult: { obstruction: 0.35, shunt: 0.06, infection: 0.1, oxygenFlow: 3 } },
      { hour: 28, insult: { obstruction: 0.08, shunt: 0.01, oxygenFlow: 2 } },
      { hour: 32, insult: { oxygenFlow: 2 } },
    ],
  },
  diabetic: steady('diabetic', { diabetic: true, mobility: 0.7, heartRate: 74 }),
  'post-op': steady('post-op', { heartRate: 78, mobility: 0.2, temperature: 37 }, { pain: 0.2, opioid: 0.06 }),
  'post-op-drowsy': steady('post-op-drowsy', { heartRate: 70, mobility: 0.1 }, { opioid: 0.18, oxygenFlow: 2 }),
  'pneumonia-recovering': {
    name: 'pneumonia-recovering',
    constitution: { mobility: 0.3, heartRate: 80, breaths: 17 },
    keyframes: [
      { hour: 0, insult: { infection: 0.16, shunt: 0.12, oxygenFlow: 2 } },
      { hour: 18, insult: { infection: 0.08, shunt: 0.08, oxygenFlow: 1 } },
      { hour: 36, insult: { infection: 0.16, shunt: 0.12, oxygenFlow: 2 } },
    ],
  },
  'heart-failure': steady(
    'heart-failure',
    { contractility: 0.86, heartRate: 80, breaths: 18, shunt: 0.08, mobility: 0.2, ectopics: 2, pulsePressure: 46 },
    { oxygenFlow: 1 },
  ),
  'atrial-fibrillation': steady('atrial-fibrillation', { rhythm: 'af', heartRate: 92, mobility: 0.3 }),
  'rate-controlled': steady('rate-controlled', { rhythm: 'af', heartRate: 74, betaBlocker: 0.5, mobility: 0.35 }),
  appendicitis: steady(
    'appendicitis',
    { heartRate: 76, mobility: 0.6, temperature: 36.9 },
    { infection: 0.06, pain: 0.2 },
  ),
  'hip-fracture': steady(
    'hip-fracture',
    { heartRate: 80, mobility: 0.02, meanPressure: 98, pulsePressure: 62, shunt: 0.05 },
    { bloodLoss: 0.05, pain: 0.15, opioid: 0.06 },
  ),
  hypertensive: steady('hypertensive', { meanPressure: 112, pulsePressure: 60, betaBlocker: 0.4, heartRate: 66 }),
  'urinary-infection': steady('urinary-infection', { heartRate: 78, mobility: 0.3 }, { infection: 0.12 }),
  well: steady('well', { mobility: 0.9 }),
} as const satisfies Record<string, Course>;
export type CourseName = keyof typeof COURSES;

/** A person's constitution under a course, shifted for age (years). */
export function constitutionOf(course: Course, age: number): Constitution {
  const older = Math.max(0, age - 45);
  const usual = {
    ...USUAL,
    meanPressure: USUAL.meanPressure + 0.15 * older,
    pulsePressure: USUAL.pulsePressure + 0.35 * older,
    shunt: USUAL.shunt + 0.0007 * older,
  };
  return { ...usual, ...course.constitution };
}

/** The insult some hours into a course. Before the beginning it is what it is at the beginning. */
export function insultAt(course: Course, hours: number): Insult {
  const length = course.keyframes.at(-1)?.hour ?? 0;
  const hour = hours <= 0 || length === 0 ? 0 : hours % length;
  const next = course.keyframes.findIndex((frame) => frame.hour > hour);
  const before = course.keyframes[next < 0 ? course.keyframes.length - 1 : Math.max(0, next - 1)];
  const after = course.keyframes[next] ?? before;
  if (!before || !after) return WELL;
  const span = after.hour - before.hour;
  const share = span > 0 ? (hour - before.hour) / span : 0;
  const mix = (key: keyof Insult): number => {
    const from = before.insult[key] ?? 0;
    return from + ((after.insult[key] ?? 0) - from) * share;
  };
  return {
    infection: mix('infection'),
    bloodLoss: mix('bloodLoss'),
    opioid: mix('opioid'),
    shunt: mix('shunt'),
    obstruction: mix('obstruction'),
    oxygenFlow: mix('oxygenFlow'),
    pain: mix('pain'),
  };
}
