import { metricOf } from '#domain/observation/metric.ts';
import type { OpenAlarm } from '#renderer/client/live-alarms.ts';
import { formatValue } from '#renderer/ui/format.ts';

/** What staff see of an alarm, in words. */
export const SIGNAL_WORDS: Readonly<Record<OpenAlarm['signal'], string>> = {
  on: 'On',
  latched: 'Ended, not acknowledged',
  ack: 'Acknowledged',
  off: 'Ended',
};

type Numbers = Pick<OpenAlarm, 'code' | 'value' | 'extreme' | 'limit'>;

function written(code: string | null, value: number | null): string {
  if (value === null) return '–';
  return code !== null && metricOf(code)?.codes === undefined ? formatValue(code, value) : formatValue('', value);
}

/** Value now, worst value and limit, and the unit of each that is there; dashes where an alarm has no number. */
export function alarmNumbers({ code, value, extreme, limit }: Numbers) {
  return {
    value: written(code, value),
    extreme: written(code, extreme),
    limit: written(code, limit),
    unit: code === null ? '' : (metricOf(code)?.unitLabel ?? ''),
  };
}
