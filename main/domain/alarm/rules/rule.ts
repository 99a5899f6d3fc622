import type { NewsScore } from '#domain/observation/news2.ts';
import type { Finding } from '../alarm-state.ts';

/** A metric of one patient as it stands now. */
export interface MetricState {
  readonly code: string;
  readonly value: number | null;
  /** When the newest value was taken; null before the first. */
  readonly at: number | null;
  /** Why there is no value, and since when; null while values come. */
  readonly absent: { readonly why: string; readonly since: number } | null;
}

/** What rules may look at for one patient. */
export interface PatientView {
  readonly metrics: ReadonlyMap<string, MetricState>;
  readonly score: NewsScore | null;
}

/** What rules may look at for one device at a bed or on a patient. */
export interface DeviceView {
  readonly typeLabel: string;
  readonly bedside: boolean;
  /** It watches a bed more than one patient lies in: its values are nobody's. */
  readonly shared: boolean;
  readonly online: boolean;
  /** How long it has sent no value though it speaks; null while it does, or when it need not. */
  readonly noReadingsMs: number | null;
  readonly battery: number | null;
  readonly skewed: boolean;
  readonly badData: boolean;
  /** Rules of this device whose alarm is on now: for hysteresis. */
  readonly active: ReadonlySet<string>;
}

/** A rule that is asked once a second. Its finding must hold for `delayMs` to begin and be gone for `clearMs` to end. */
export interface TimedRule<View> {
  readonly name: string;
  readonly delayMs: number;
  readonly clearMs: number;
  /** Everything the rule finds true at `now`; findings of one rule differ by `code`. */
  judge(view: View, now: number): Finding[];
}
