import {
  checkBounds,
  DEFAULT_LIMITS,
  type LimitRefusal,
  type LimitRow,
  limitRowName,
  MAX_DELAY_MS,
} from '../alarm/limits.ts';
import { allow, type Decision, refuse } from '../decision.ts';
import type { TriageCategory } from '../flow/event.ts';
import { metricOf } from '../observation/metric.ts';

/** What a clinic decides for itself. Hours are of the clinic's time zone. */
export interface ClinicSettings {
  readonly clinicName: string;
  /** IANA name. */
  readonly timeZone: string;
  /** null: the embedded broker. May carry a password: never show or log it as it is. */
  readonly brokerUrl: string | null;
  readonly brokerCaPath: string | null;
  readonly brokerCertPath: string | null;
  readonly brokerKeyPath: string | null;
  readonly nightFromHour: number;
  readonly nightToHour: number;
  /** Days raw numerics are kept, and minute aggregates after them. */
  readonly rawDays: number;
  readonly minuteDays: number;
  readonly limits: readonly LimitRow[];
  /** Minutes from arrival to first contact, by triage category. */
  readonly triageTargets: Readonly<Record<TriageCategory, number>>;
  /** Minutes after which a cleaning is overdue: dirty to start, start to done, dirty to done. */
  readonly cleaningTargets: { readonly response: number; readonly clean: number; readonly turn: number };
  /** Days a stay that crosses no midnight counts in ALOS. */
  readonly sameDayLos: 0 | 1;
  /** Another system to tell of admissions, moves and discharges: `mllp://host:port` or `mllps://`; null: none. */
  readonly outgoingHl7Url: string | null;
}

export type SettingsRefusal = 'unknown-time-zone' | 'retention-out-of-order' | 'not-a-feed-address' | LimitTableRefusal;
export type LimitTableRefusal = LimitRowRefusal | 'limit-rows-differ';
export type LimitRowRefusal = LimitRefusal | 'delay-out-of-range' | 'hysteresis-too-wide';

/** What a clinic starts with, until somebody decides otherwise. */
export const DEFAULT_SETTINGS: ClinicSettings = {
  clinicName: 'Wardline',
  timeZone: 'UTC',
  brokerUrl: null,
  brokerCaPath: null,
  brokerCertPath: null,
  brokerKeyPath: null,
  nightFromHour: 21,
  nightToHour: 7,
  rawDays: 14,
  minuteDays: 400,
  limits: DEFAULT_LIMITS,
  triageTargets: { red: 0, orange: 10, yellow: 60, green: 120, blue: 240 },
  cleaningTargets: { response: 30, clean: 30, turn: 60 },
  sameDayLos: 0,
  outgoingHl7Url: null,
};

/** Whether a clinic may be run by these settings. */
export function checkSettings(settings: ClinicSettings): Decision<ClinicSettings, SettingsRefusal> {
  if (!knownTimeZone(settings.timeZone)) return refuse('unknown-time-zone');
  if (settings.minuteDays < settings.rawDays) return refuse('retention-out-of-order');
  if (settings.outgoingHl7Url !== null && !feedAddress(settings.outgoingHl7Url)) return refuse('not-a-feed-address');
  const table = checkLimitTable(settings.limits);
  return table.ok ? allow(settings) : table;
}

/** A table must keep exactly the lines Wardline starts with: a line left out would be a patient nobody watches. */
function checkLimitTable(rows: readonly LimitRow[]): Decision<readonly LimitRow[], LimitTableRefusal> {
  const names = new Set(rows.map(limitRowName));
  const wanted = DEFAULT_LIMITS.map(limitRowName);
  if (rows.length !== wanted.length || !wanted.every((name) => names.has(name))) return refuse('limit-rows-differ');
  for (const row of rows) {
    const decision = checkLimitRow(row);
    if (!decision.ok) return decision;
  }
  return allow(rows);
}

/** A line's bounds in order, its delays within two minutes, and a hysteresis a value can come back through. */
export function checkLimitRow(row: LimitRow): Decision<LimitRow, LimitRowRefusal> {
  const bounds = checkBounds(row.code, row);
  if (!bounds.ok) return bounds;
  const delays = [row.delayHighMs, row.delayMediumMs];
  if (!delays.every((delay) => Number.isInteger(delay) && delay >= 0 && delay <= MAX_DELAY_MS)) {
    return refuse('delay-out-of-range');
  }
  const [least, greatest] = metricOf(row.code)?.plausible ?? [0, 0];
  const low = row.mediumLow ?? row.highLow;
  const high = row.mediumHigh ?? row.highHigh;
  const room = (high ?? greatest) - (low ?? least);
  if (!(row.hysteresis >= 0 && row.hysteresis <= room)) return refuse('hysteresis-too-wide');
  return allow(row);
}

/** Whether the runtime's own table of zones has this name. */
export function knownTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

/** Whether an address names a listener of HL7 v2 messages: `mllp://host:port`, or `mllps://` over TLS. */
export function feedAddress(url: string): boolean {
  const port = /^mllps?:\/\/(?:\[[\da-f:]+\]|[\w.-]+):(\d{1,5})$/iu.exec(url)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}

/** Making one costs a hundred times what using it does. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const format =
    dayFormats.get(timeZone) ??
    new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  dayFormats.set(timeZone, format);
  return format;
}

/** The day it is at a moment (epoch ms) in a zone, as `YYYY-MM-DD`. */
export function dayAt(at: number, timeZone: string): string {
  const parts = dayFormat(timeZone).formatToParts(at);
  const part = (type: 'year' | 'month' | 'day') => parts.find((entry) => entry.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
