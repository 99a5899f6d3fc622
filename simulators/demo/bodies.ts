import { HOUR_MS } from '#domain/time.ts';
import { vitalsOver } from '../physiology/follow.ts';
import { createPatient, type SimulatedPatient, type Vitals } from '../physiology/patient.ts';
import type { PlannedPatient } from './plan.ts';

/** A body of the demo, and its vitals at moments that do not go back. */
export interface Body {
  readonly patient: SimulatedPatient;
  readonly vitalsAt: (at: number) => Vitals;
}

const WARM_UP_HOURS = 6;

/** Local time minus UTC on this machine, ms: the demo sleeps when its viewers do. */
function localOffsetMs(at: number): number {
  return -new Date(at).getTimezoneOffset() * 60_000;
}

/** A planned person's body, run in from some hours before `from` so that it is where its course has brought it. */
export function bodyOf(
  planned: Pick<PlannedPatient, 'seed' | 'age' | 'course' | 'courseStartedAt'>,
  from: number,
): Body {
  const begin = from - WARM_UP_HOURS * HOUR_MS;
  const patient = createPatient({
    seed: planned.seed,
    age: planned.age,
    course: planned.course,
    startedAt: begin,
    courseStartedAt: planned.courseStartedAt,
    utcOffsetMs: localOffsetMs(from),
  });
  return { patient, vitalsAt: vitalsOver(patient, begin) };
}
