import type { SimulatedPatient, Vitals } from './patient.ts';

/** The vitals of a body at a moment: the body is advanced to it. Times must not go back; several devices may ask. */
export function vitalsOver(patient: SimulatedPatient, startedAt: number): (at: number) => Vitals {
  let reached = startedAt;
  let latest = patient.vitals();
  return (at) => {
    if (at <= reached) return latest;
    patient.advance((at - reached) / 1_000);
    reached = at;
    latest = patient.vitals();
    return latest;
  };
}
