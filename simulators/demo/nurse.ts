import type { Vitals } from '../physiology/patient.ts';
import type { Api } from './api.ts';
import { chartedValues, roundMs } from './charting.ts';
import { type Occupants, vitalsAtBed } from './live.ts';
import type { ClinicPlan, PlannedPatient } from './plan.ts';
import { chart, surveyClinic } from './populate.ts';

export interface NurseOptions {
  readonly api: Api;
  readonly plan: ClinicPlan;
  readonly occupants: () => Occupants;
  readonly now: () => number;
  /** Whether everyone was charted at the beginning; else all are overdue. */
  readonly fresh: boolean;
}

const LOOK_MS = 20_000;
/** One pair of hands: this many sets a look, but after a pause of the clinic everyone is seen at once. */
const SETS_A_LOOK = 4;

/** A nurse who goes round and charts what no device tells, for whoever of the plan is due, longest overdue first. */
export function startNurse({ api, plan, occupants, now, fresh }: NurseOptions): { stop(): void } {
  const chartedAt = new Map(plan.patients.map(({ mrn }) => [mrn, fresh ? plan.epoch : 0]));
  const bedsides = plan.beds.map(({ bed }) => ({ bed, vitalsAt: vitalsAtBed(plan, bed, occupants) }));
  let busy = false;

  function due(at: number, most: number): { planned: PlannedPatient; vitals: Vitals; overdue: number }[] {
    return bedsides
      .flatMap(({ bed, vitalsAt }) => {
        const planned = plan.patients.find(({ mrn }) => mrn === occupants().get(bed));
        const vitals = vitalsAt(at);
        if (!planned || !vitals) return [];
        const overdue = at - (chartedAt.get(planned.mrn) ?? 0) - roundMs(vitals, planned);
        return overdue >= 0 ? [{ planned, vitals, overdue }] : [];
      })
      .sort((one, other) => other.overdue - one.overdue)
      .slice(0, most);
  }

  async function goRound(most: number): Promise<void> {
    const at = now();
    const sets = due(at, most);
    if (sets.length === 0) return;
    const survey = await surveyClinic(api, plan);
    for (const { planned, vitals } of sets) {
      const charted = { mrn: planned.mrn, observedAt: at, values: chartedValues(vitals) };
      await chart(api, survey, charted, `demo round ${planned.mrn} ${at}`);
      chartedAt.set(planned.mrn, at);
    }
  }

  function look(most: number): void {
    if (busy) return;
    busy = true;
    const done = (): void => {
      busy = false;
    };
    // A hub that does not answer is asked again at the next look.
    goRound(most).then(done, done);
  }

  if (!fresh) look(plan.patients.length);
  const round = setInterval(look, LOOK_MS, SETS_A_LOOK);
  return { stop: () => clearInterval(round) };
}
