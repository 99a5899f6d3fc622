import { BOUNDS, limitRowName } from '#domain/alarm/limits.ts';
import type { TriageCategory } from '#domain/flow/event.ts';
import { metricOf } from '#domain/observation/metric.ts';
import type { ClinicSettings } from '#renderer/client/records.ts';

/** One change of settings, in words. */
export interface SettingChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

type PlainSetting = Exclude<keyof ClinicSettings, 'limits' | 'triageTargets' | 'cleaningTargets'>;
export type LimitRow = ClinicSettings['limits'][number];

export const SETTING_WORDS: Readonly<Record<PlainSetting, string>> = {
  clinicName: 'Clinic name',
  timeZone: 'Time zone',
  brokerUrl: 'Broker address',
  brokerCaPath: 'CA certificate file',
  brokerCertPath: 'Client certificate file',
  brokerKeyPath: 'Client key file',
  nightFromHour: 'Night look from',
  nightToHour: 'Night look to',
  rawDays: 'Raw values kept',
  minuteDays: 'Minute values kept',
  sameDayLos: 'A stay without a midnight counts as',
  outgoingHl7Url: 'Send admissions, moves and discharges to',
};

export const TRIAGE_WORDS: Readonly<Record<TriageCategory, string>> = {
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
};
export type CleaningTarget = keyof ClinicSettings['cleaningTargets'];
export const CLEANING_WORDS: Readonly<Record<CleaningTarget, string>> = {
  response: 'Left to start of cleaning',
  clean: 'Start to done',
  turn: 'Left to bed ready',
};

const EMPTY: Partial<Record<PlainSetting, string>> = { brokerUrl: 'embedded broker', outgoingHl7Url: 'nobody' };
const UNITS: Partial<Record<PlainSetting, string>> = {
  nightFromHour: 'h',
  nightToHour: 'h',
  rawDays: 'days',
  minuteDays: 'days',
  sameDayLos: 'd',
};

/** What saving would change, setting by setting, limits bound by bound. */
export function settingChanges(before: ClinicSettings, after: ClinicSettings): SettingChange[] {
  const plain = (Object.keys(SETTING_WORDS) as PlainSetting[])
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ what: SETTING_WORDS[name], before: words(name, before[name]), after: words(name, after[name]) }));
  return [
    ...plain,
    ...minuteChanges('Triage target', TRIAGE_WORDS, before.triageTargets, after.triageTargets),
    ...minuteChanges('Cleaning target', CLEANING_WORDS, before.cleaningTargets, after.cleaningTargets),
    ...after.limits.flatMap((row) => limitChanges(rowLike(before, row), row)),
  ];
}

function minuteChanges<Name extends string>(
  what: string,
  labels: Readonly<Record<Name, string>>,
  before: Readonly<Record<Name, number>>,
  after: Readonly<Record<Name, number>>,
): SettingChange[] {
  return (Object.keys(labels) as Name[])
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      what: `${what}, ${labels[name].toLowerCase()}`,
      before: `${before[name]} min`,
      after: `${after[name]} min`,
    }));
}

function words(name: PlainSetting, value: string | number | null): string {
  if (value === null) return EMPTY[name] ?? 'none';
  return [String(value), UNITS[name]].filter(Boolean).join(' ');
}

function rowLike({ limits }: ClinicSettings, row: LimitRow): LimitRow | undefined {
  return limits.find((one) => limitRowName(one) === limitRowName(row));
}

const LIMIT_FIELDS = [...BOUNDS, 'delayHighMs', 'delayMediumMs', 'hysteresis'] as const;
export type LimitField = (typeof LIMIT_FIELDS)[number];

export const LIMIT_WORDS: Readonly<Record<LimitField, string>> = {
  highLow: 'high priority below',
  mediumLow: 'medium priority below',
  mediumHigh: 'medium priority above',
  highHigh: 'high priority above',
  delayHighMs: 'delay, high',
  delayMediumMs: 'delay, medium',
  hysteresis: 'hysteresis',
};

/** `SpO₂ scale 2`, `HR`. */
export function limitName(row: Pick<LimitRow, 'code' | 'variant'>): string {
  const short = metricOf(row.code)?.short ?? row.code;
  return row.variant === null ? short : `${short} ${row.variant.replace('-', ' ')}`;
}

function limitChanges(before: LimitRow | undefined, after: LimitRow): SettingChange[] {
  return LIMIT_FIELDS.filter((field) => before?.[field] !== after[field]).map((field) => ({
    what: `${limitName(after)}, ${LIMIT_WORDS[field]}`,
    before: limitValue(before, field),
    after: limitValue(after, field),
  }));
}

function limitValue(row: LimitRow | undefined, field: LimitField): string {
  const value = row?.[field] ?? null;
  if (value === null) return 'none';
  return field.startsWith('delay') ? `${value / 1_000} s` : String(value);
}
