import type { NewsInput } from '#domain/observation/news2.ts';
import type { BedLive, LiveValue } from '#renderer/client/live-beds.ts';
import { formatWithUnit } from '#renderer/ui/format.ts';

/** Which metrics may stand behind a part of the score, the preferred first. */
const SOURCES: Readonly<Record<NewsInput, readonly string[]>> = {
  rr: ['rr'],
  spo2: ['spo2'],
  oxygen: ['oxygen', 'o2-flow'],
  sbp: ['art-sys', 'nibp-sys'],
  pulse: ['hr', 'pr'],
  acvpu: ['acvpu'],
  temp: ['temp'],
};

/** The newest value behind a part, as written; null when there is none. The score itself may use its median. */
export function partValue(part: NewsInput, values: BedLive['values']): string | null {
  const found = SOURCES[part]
    .map((code) => values.find((value) => value.code === code && value.value !== null))
    .filter((value): value is LiveValue => value !== undefined);
  const value = part === 'oxygen' ? newestOf(found) : found[0];
  if (value?.value == null) return null;
  if (value.code === 'o2-flow') return Number(value.value) > 0 ? formatWithUnit('o2-flow', value.value) : 'air';
  if (value.code === 'oxygen') return value.value === 'oxygen' || value.value === 1 ? 'oxygen' : 'air';
  return formatWithUnit(value.code, value.value);
}

function newestOf(values: readonly LiveValue[]): LiveValue | undefined {
  return values.reduce<LiveValue | undefined>((best, value) => (!best || value.at > best.at ? value : best), undefined);
}
