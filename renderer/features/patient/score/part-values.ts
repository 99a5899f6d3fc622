import type { NewsInput } from '#domain/observation/news2.ts';
import type { BedLive, LiveScore, LiveValue } from '#renderer/client/live-beds.ts';
import { formatWithUnit } from '#renderer/ui/format.ts';

/** Metrics behind a part of the score, the preferred first. */
const SOURCES: Readonly<Record<NewsInput, readonly string[]>> = {
  rr: ['rr'],
  spo2: ['spo2'],
  oxygen: ['oxygen', 'o2-flow'],
  sbp: ['art-sys', 'nibp-sys'],
  pulse: ['hr', 'pr'],
  acvpu: ['acvpu'],
  temp: ['temp'],
};

/** What a part was worked out from, as written; null when nothing counted. */
export function usedWords(part: NewsInput, used: LiveScore['used']): string | null {
  const value = used[part];
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 'oxygen' : 'air';
  if (typeof value === 'string') return value;
  return formatWithUnit(SOURCES[part][0] ?? part, value);
}

/** Whether something was measured for a part that no longer counts. */
export function hasOldValue(part: NewsInput, values: BedLive['values']): boolean {
  return values.some((one: LiveValue) => SOURCES[part].includes(one.code) && one.value !== null);
}
