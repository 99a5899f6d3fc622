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
/** One pair of hands: this many sets a look. */
const SETS_A_LOOK = 4;

/** A nurse who goes round and charts what no device tells, for whoever of the plan is due, longest overdue first. */
export function startNurse({ api, plan, occupants, now, fresh }: NurseOptions): { stop(): void } {
  const chartedAt = new Map(plan.patients.map(({ mrn }) => [mrn, fresh ? plan.epoch : 0]));
  const bedsides = plan.beds.map(({ bed }) => ({ bed, vitalsAt: vitalsAtBed(plan, bed, occupants) }));
  let busy = false;

  function due(at: number): { planned: PlannedPatient; vitals: Vitals; overdue: number }[] {
    return bedsides
      .flatMap(({ bed, vitalsAt }) => {
        const planned = plan.patients.find(({ mrn }) => mrn === occupants().get(bed));
        const vitals = vitalsAt(at);
        if (!planned || !vitals) return [];
        const overdue = at - (chartedAt.get(planned.mrn) ?? 0) - roundMs(vitals, planned);
        return overdue >= 0 ? [{ planned, vitals, overdue }] : [];
      })
      .sort((one, other) => other.overdue - one.overdue)
      .slice(0, SETS_A_LOOK);
  }

  async function goRound(): Promise<void> {
    const at = now();
    const sets = due(at);
    if (sets.length === 0) return;
    const survey = await surveyClinic(api, plan);
    for (const { planned, vitals } of sets) {
      const charted = { mrn: planned.mrn, observedAt: at, values: chartedValues(vitals) };
      await chart(api, survey, charted, `demo round ${planned.mrn} ${at}`);
      chartedAt.set(planned.mrn, at);
    }
  }

  const round = setInterval(() => {
    if (busy) return;
    busy = true;
    goRound().then(
      () => {
        busy = false;
      },
      () => {
        busy = false;
      },
    );
  }, LOOK_MS);
  return { stop: () => clearInterval(round) };
}
