import type { Bounds } from '#domain/alarm/limits.ts';
import { metricOf } from '#domain/observation/metric.ts';
import type { Records } from '#renderer/client/records.ts';
import { formatDuration, formatValue } from '#renderer/ui/format.ts';

export type LimitLine = Records['limits']['get'][number];

/** One bound as written, a dash where there is none. */
export function boundWords(code: string, bound: number | null): string {
  return bound === null ? '–' : formatValue(code, bound);
}

/** When a limit becomes an alarm and when it ends: "after 10 s; ends 5 /min inside". */
export function judgingWords(line: LimitLine): string {
  const { delayHighMs: high, delayMediumMs: medium, hysteresis, code } = line;
  const unit = metricOf(code)?.unitLabel ?? '';
  const delay = high === medium ? delayWords(high) : `high ${delayWords(high)}, medium ${delayWords(medium)}`;
  return `${delay}; ends ${formatValue(code, hysteresis)} ${unit} inside`;
}

function delayWords(ms: number): string {
  return ms === 0 ? 'at once' : `after ${formatDuration(ms)}`;
}

/** What is asked for as the patient's own: a bound that is the clinic's stays the clinic's (null). */
export function ownBounds(wanted: Bounds, clinic: Bounds | undefined): Bounds {
  const own = (name: keyof Bounds): number | null => (clinic?.[name] === wanted[name] ? null : wanted[name]);
  return {
    highLow: own('highLow'),
    mediumLow: own('mediumLow'),
    mediumHigh: own('mediumHigh'),
    highHigh: own('highHigh'),
  };
}

/** A bound as typed: empty keeps the clinic's, words say what is wrong. */
export function readBound(code: string, typed: string): number | null | string {
  const plain = typed.trim().replace(',', '.');
  if (plain === '') return null;
  const metric = metricOf(code);
  if (!metric || !/^-?\d+(?:\.\d+)?$/u.test(plain)) return 'Enter a number, or leave empty.';
  const value = Number(plain);
  const [least, greatest] = metric.plausible;
  return value >= least && value <= greatest ? value : `Between ${least} and ${greatest}.`;
}
