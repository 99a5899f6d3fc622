import type { CourseName } from '../physiology/course.ts';

/** A simulated person: course and where in it they are when the scenario begins. */
export interface ScenarioPatient {
  readonly course: CourseName;
  /** Years. */
  readonly age: number;
  /** Hours of the course already past. */
  readonly courseHour: number;
}

/** Something that goes wrong. Times in simulated seconds from the beginning; devices by index, all when left out. */
export type Fault =
  /** Metrics without a value, with a reason. */
  | {
      readonly kind: 'no-value';
      readonly devices?: readonly number[];
      readonly from: number;
      readonly to: number;
      readonly metrics: readonly string[];
      readonly why: string;
    }
  /** The link is cut without a word; what is said meanwhile waits in the device. */
  | { readonly kind: 'link-cut'; readonly devices?: readonly number[]; readonly from: number; readonly to: number }
  /** The device's clock is wrong by some ms from a moment on. */
  | { readonly kind: 'clock'; readonly devices?: readonly number[]; readonly from: number; readonly byMs: number }
  /** The device starts again: new hello, count from 0. */
  | { readonly kind: 'restart'; readonly devices?: readonly number[]; readonly from: number }
  /** Broken payloads, one each `every` seconds, round the list of garbage.ts. */
  | {
      readonly kind: 'garbage';
      readonly devices?: readonly number[];
      readonly from: number;
      readonly to: number;
      readonly every: number;
    };

/** A named day: who lies there, with what devices, and what goes wrong when. Nothing but data. */
export interface Scenario {
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly title: string;
  /** Simulated local hour of day at the beginning. */
  readonly startHour: number;
  /** Taken in turn until there are as many as were asked for. */
  readonly patients: readonly ScenarioPatient[];
  /** Patients when the command line does not say. */
  readonly count: number;
  /** Device types each patient has. */
  readonly devices: readonly string[];
  readonly faults: readonly Fault[];
}
