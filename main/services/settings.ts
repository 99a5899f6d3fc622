import { clinicSettings, type contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import { limitRowName } from '#domain/alarm/limits.ts';
import {
  type ClinicSettings,
  checkLimitRow,
  checkSettings,
  DEFAULT_SETTINGS,
  type SettingsRefusal,
} from '#domain/clinic/settings.ts';
import type { SettingStore, Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { brokerAsSaved, maskPassword } from './broker-url.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, refused } from './command.ts';

type SettingsDeps = Pick<Store, 'settings' | 'ledger'> & {
  readonly clock: () => number;
  readonly changed: ClinicChanges;
};

const SETTINGS_KEY = 'clinic';

/**
 * The clinic's settings, Wardline's own where nothing was decided. The broker's password is in it: for the hub, not for
 * consoles. What is stored but cannot be read stops the call: limits must not quietly fall back to defaults.
 */
export function readSettings(settings: SettingStore): ClinicSettings {
  const stored = settings.get(SETTINGS_KEY);
  if (stored === undefined || stored === null) return DEFAULT_SETTINGS;
  const read = clinicSettings.partial().safeParse(stored);
  if (!read.success) throw new ClinicError('internal', 'The stored settings of the clinic cannot be read.');
  const limits = read.data.limits ?? [];
  const known = new Set(limits.map(limitRowName));
  const added = DEFAULT_SETTINGS.limits.filter((row) => !known.has(limitRowName(row)));
  return { ...DEFAULT_SETTINGS, ...read.data, limits: [...limits, ...added] };
}

/** Keeps settings, inside the caller's transaction, after the rules have allowed them. */
export function writeSettings(settings: SettingStore, decided: ClinicSettings): void {
  const decision = checkSettings(decided);
  if (!decision.ok) throw refused(decision.refusal, settingsWords(decision.refusal, decided));
  settings.set(SETTINGS_KEY, decided);
}

/** What the clinic decides for itself. No console ever gets the broker's password. */
export function createSettings({
  settings,
  ledger,
  clock,
  changed,
}: SettingsDeps): HandlersOf<typeof contract.settings> {
  return {
    get: () => masked(readSettings(settings)),

    save: (input, context) =>
      context.commit((afterCommit) => {
        const before = readSettings(settings);
        const broker = brokerAsSaved(input.settings.brokerUrl, before.brokerUrl);
        if (!broker.ok) throw refused(broker.refusal, brokerWords(broker.refusal));
        const after: ClinicSettings = { ...input.settings, brokerUrl: broker.value };
        const facts = differences(before, after);
        if (!facts) return masked(before);
        writeSettings(settings, after);
        ledger.append(entryBy(context, clock(), { act: 'settings.saved', subject: 'settings', ...facts }));
        afterCommit(() => changed.settings(after));
        return masked(after);
      }),
  };
}

function masked(settings: ClinicSettings): ClinicSettings {
  return { ...settings, brokerUrl: settings.brokerUrl && maskPassword(settings.brokerUrl) };
}

/** What changed, before and after, fit for the ledger; undefined when nothing did. A new password alone shows as a change. */
function differences(before: ClinicSettings, after: ClinicSettings) {
  const names = (Object.keys(DEFAULT_SETTINGS) as (keyof ClinicSettings)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return undefined;
  const facts = (from: ClinicSettings) => {
    const shown = masked(from);
    return Object.fromEntries(
      names.map((name) => [name, name === 'limits' ? limitFacts(shown, before, after) : shown[name]]),
    );
  };
  return { before: facts(before), after: facts(after) };
}

/** Only the lines of the table that changed: the whole table twice would hide the change. */
function limitFacts({ limits }: ClinicSettings, before: ClinicSettings, after: ClinicSettings) {
  const line = (from: ClinicSettings, name: string) =>
    JSON.stringify(from.limits.find((row) => limitRowName(row) === name));
  return limits.filter((row) => line(before, limitRowName(row)) !== line(after, limitRowName(row)));
}

function brokerWords(refusal: 'not-a-broker-url' | 'password-needed'): string {
  return refusal === 'not-a-broker-url'
    ? 'The broker must be given as mqtt://host:port or mqtts://host:port. Nothing was saved.'
    : 'The broker or its user changed: give its password again. Nothing was saved.';
}

function settingsWords(refusal: SettingsRefusal, settings: ClinicSettings): string {
  const faulty = settings.limits.find((row) => !checkLimitRow(row).ok);
  const name = faulty ? limitRowName(faulty) : 'the table';
  const words: Record<SettingsRefusal, string> = {
    'not-a-feed-address': 'The other system’s address must be mllp://host:port, or mllps:// over TLS.',
    'unknown-time-zone': `No time zone is called ${settings.timeZone}; names look like Europe/London.`,
    'retention-out-of-order': 'Minute values must be kept at least as long as raw values.',
    'no-limits-for-metric': `Limits of ${name}: not a metric Wardline knows.`,
    'limits-out-of-order': `Limits of ${name} must rise: high low, medium low, medium high, high high.`,
    'limit-implausible': `Limits of ${name}: outside what the metric can be.`,
    'limit-rows-differ': 'The table of limits must keep each of its lines once.',
    'delay-out-of-range': `Limits of ${name}: delays go from 0 to 120 s.`,
    'hysteresis-too-wide': `Limits of ${name}: the hysteresis leaves no room to come back through.`,
  };
  return `${words[refusal]} Nothing was saved.`;
}
