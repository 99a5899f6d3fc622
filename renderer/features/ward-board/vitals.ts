import { metricOf } from '#domain/observation/metric.ts';
import type { MonitoringInterval } from '#domain/observation/news2.ts';
import type { LiveValue } from '#renderer/client/live-beds.ts';
import { ageShownFromMs, staleFromMs } from '#renderer/client/value-age.ts';
import { formatValue } from '#renderer/ui/format.ts';

/** The six places of a card, in the order they are drawn. They never move and never go. */
export const PLACES = ['pulse', 'rr', 'spo2', 'bp', 'temp', 'mind'] as const;
export type Place = (typeof PLACES)[number];

/** What stands in one place. Times are epoch ms; `showFromMs` and `oldFromMs` are ages. */
export interface Vital {
  readonly place: Place;
  readonly label: string;
  readonly unit: string;
  /** As written; null when there is no value. */
  readonly words: string | null;
  /** Smaller words after the value. */
  readonly more: string | null;
  /** Said below the value, before its age. */
  readonly mark: string | null;
  /** Why there is no value. */
  readonly why: string | null;
  readonly at: number | null;
  readonly showFromMs: number;
  readonly oldFromMs: number;
}

type ByCode = ReadonlyMap<string, LiveValue>;

const WHY_WORDS: Readonly<Record<string, string>> = {
  'lead-off': 'lead off',
  'sensor-off': 'sensor off',
  'no-signal': 'no signal',
  'device-lost': 'device lost',
};

/** Why a device gives no value, in a word or two. */
export function whyWords(why: string): string {
  return WHY_WORDS[why] ?? why.replaceAll('-', ' ');
}

function hasValue(value: LiveValue | undefined): value is LiveValue {
  return value !== undefined && value.value !== null;
}

/** The one to show of values that mean the same: the newest with a value, the first named when nearly as new. */
function preferred(byCode: ByCode, codes: readonly string[]): LiveValue | undefined {
  const there = codes.map((code) => byCode.get(code)).filter(hasValue);
  const newest = Math.max(...there.map(({ at }) => at));
  const fresh = there.find(({ code, source, at }) => newest - at <= ageShownFromMs({ code, source }));
  return fresh ?? there[0] ?? codes.map((code) => byCode.get(code)).find((value) => value !== undefined);
}

interface Shown {
  readonly place: Place;
  readonly label: string;
  readonly value: LiveValue | undefined;
  readonly interval: MonitoringInterval | null;
  readonly words?: string;
  readonly more?: string | null;
  readonly mark?: string | null;
  readonly unit?: string;
}

function vital({ place, label, value, interval, words, more = null, mark = null, unit }: Shown): Vital {
  const known = hasValue(value) ? value : undefined;
  const plain = known?.value == null ? null : formatValue(known.code, known.value);
  return {
    place,
    label,
    unit: unit ?? metricOf(value?.code ?? place)?.unitLabel ?? '',
    words: known ? (words ?? plain) : null,
    more: known ? more : null,
    mark,
    why: known ? null : value?.why ? whyWords(value.why) : 'no data',
    at: known?.at ?? null,
    showFromMs: known ? ageShownFromMs(known) : 0,
    oldFromMs: known ? staleFromMs(known, interval) : 0,
  };
}

function pulse(byCode: ByCode, interval: MonitoringInterval | null): Vital {
  const value = preferred(byCode, ['hr', 'pr']);
  return vital({ place: 'pulse', label: value?.code === 'pr' ? 'PR' : 'HR', value, interval, unit: '/min' });
}

/** Systolic and diastolic of one measurement: two that were not taken together are not shown as a pair. */
function pressure(byCode: ByCode, interval: MonitoringInterval | null): Vital {
  const value = preferred(byCode, ['art-sys', 'nibp-sys']);
  const arterial = value?.code === 'art-sys';
  const low = byCode.get(arterial ? 'art-dia' : 'nibp-dia');
  const together = hasValue(low) && hasValue(value) && Math.abs(low.at - value.at) <= 2_000;
  const high = hasValue(value) && value.value !== null ? formatValue(value.code, value.value) : '';
  const lower = together && low.value !== null ? formatValue(low.code, low.value) : '–';
  return vital({
    place: 'bp',
    label: arterial ? 'ART' : 'BP',
    value,
    interval,
    words: `${high}/${lower}`,
    unit: 'mmHg',
  });
}

function oxygen(byCode: ByCode): string | null {
  const flow = byCode.get('o2-flow');
  const said = byCode.get('oxygen');
  if (hasValue(flow) && (!hasValue(said) || flow.at >= said.at)) {
    return Number(flow.value) > 0 ? `${formatValue('o2-flow', flow.value ?? 0)} L/min` : 'air';
  }
  if (hasValue(said)) return said.value === 'oxygen' || said.value === 1 ? 'on O₂' : 'air';
  return null;
}

/** Consciousness and oxygen share the last place: both are asked of people, not of devices. */
function mind(byCode: ByCode, interval: MonitoringInterval | null): Vital {
  const value = byCode.get('acvpu');
  const given = oxygen(byCode) ?? 'O₂ ?';
  const shown = vital({ place: 'mind', label: 'ACVPU', value, interval, more: given, unit: 'O₂' });
  return shown.words === null ? { ...shown, more: given, why: 'not charted' } : shown;
}

/** The six vitals of a bed, each in its place whether or not there is a value. */
export function vitalsOf(
  values: readonly LiveValue[],
  scale: 1 | 2,
  interval: MonitoringInterval | null,
): readonly Vital[] {
  const byCode = new Map(values.map((value) => [value.code, value]));
  return [
    pulse(byCode, interval),
    vital({ place: 'rr', label: 'RR', value: byCode.get('rr'), interval }),
    vital({ place: 'spo2', label: 'SpO₂', mark: scale === 2 ? 'scale 2' : null, value: byCode.get('spo2'), interval }),
    pressure(byCode, interval),
    vital({ place: 'temp', label: 'Temp', value: byCode.get('temp'), interval }),
    mind(byCode, interval),
  ];
}
