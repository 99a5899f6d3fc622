import { apnoeaRule } from './apnoea.ts';
import { news2Rule } from './news2.ts';
import { noValueRule } from './no-value.ts';
import type { PatientView, TimedRule } from './rule.ts';

/** Every rule asked once a second for each patient. Limits are judged value by value instead: see limit-judge.ts. */
export const PATIENT_RULES: readonly TimedRule<PatientView>[] = [news2Rule, apnoeaRule, noValueRule];
