import { parseArgs } from 'node:util';
import { metricOf } from '#domain/observation/metric.ts';
import { DEVICE_TYPES } from './devices/index.ts';
import { waveProblem } from './replay.ts';
import { SCENARIOS, scenarioOf } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** A command line that cannot be carried out, said in words. */
export class UsageProblem extends Error {}

interface Common {
  readonly url: string;
  readonly clinic: string;
  readonly speed: number;
  /** Seconds after which to stop; null: at the end, or never. */
  readonly forSeconds: number | null;
}
interface ReplayTarget {
  readonly file: string;
  readonly device: string;
  readonly type: string;
}

/** What the command line asks for. */
export type SimulateCommand =
  | { readonly mode: 'help' }
  | (Common & {
      readonly mode: 'scenario';
      readonly scenario: Scenario;
      readonly seed: number;
      readonly patients: number;
    })
  | (Common &
      ReplayTarget & {
        readonly mode: 'numerics';
        readonly map: ReadonlyMap<string, string>;
        readonly units: Readonly<Record<string, string>>;
        readonly absent: number | null;
        readonly intervalSeconds: number;
        readonly timeColumn: string | null;
      })
  | (Common &
      ReplayTarget & {
        readonly mode: 'wave';
        readonly wave: string;
        readonly rate: number;
        readonly gain: number;
        readonly offset: number;
        readonly unit: string;
      })
  | { readonly mode: 'demo-clinic' };

const SEGMENT = /^[a-z0-9][a-z0-9-]{0,63}$/;

const OPTIONS = {
  scenario: { type: 'string' },
  replay: { type: 'string' },
  'demo-clinic': { type: 'boolean' },
  mqtt: { type: 'string' },
  clinic: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  devices: { type: 'string' },
  for: { type: 'string' },
  map: { type: 'string' },
  units: { type: 'string' },
  absent: { type: 'string' },
  interval: { type: 'string' },
  time: { type: 'string' },
  wave: { type: 'string' },
  rate: { type: 'string' },
  gain: { type: 'string' },
  offset: { type: 'string' },
  unit: { type: 'string' },
  device: { type: 'string' },
  type: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Name = keyof typeof OPTIONS;

/** Which options each mode understands beside its own name. */
const COMMON: readonly Name[] = ['mqtt', 'clinic', 'speed', 'for'];
const UNDERSTOOD = {
  scenario: [...COMMON, 'scenario', 'seed', 'devices'],
  numerics: [...COMMON, 'replay', 'map', 'units', 'absent', 'interval', 'time', 'device', 'type'],
  wave: [...COMMON, 'replay', 'wave', 'rate', 'gain', 'offset', 'unit', 'device', 'type'],
  'demo-clinic': ['demo-clinic'],
} as const satisfies Record<string, readonly Name[]>;

type Values = Partial<Record<Name, string | boolean>>;

function textOf(values: Values, name: Name): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

function needed(values: Values, name: Name, why: string): string {
  const value = textOf(values, name);
  if (value === null || value === '') throw new UsageProblem(`--${name} is needed: ${why}.`);
  return value;
}

interface NumberRule {
  readonly least?: number;
  readonly above?: number;
  readonly whole?: boolean;
}

function numberOf(values: Values, name: Name, fallback: number, rule: NumberRule = {}): number {
  const text = textOf(values, name);
  if (text === null) return fallback;
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  const wrong =
    !Number.isFinite(value) ||
    (rule.whole === true && !Number.isSafeInteger(value)) ||
    (rule.least !== undefined && value < rule.least) ||
    (rule.above !== undefined && value <= rule.above);
  if (!wrong) return value;
  const bound =
    rule.above !== undefined
      ? ` greater than ${rule.above}`
      : rule.least !== undefined
        ? ` of at least ${rule.least}`
        : '';
  throw new UsageProblem(`--${name} must be a ${rule.whole ? 'whole ' : ''}number${bound}, not "${text}".`);
}

function pairsOf(text: string, name: Name): [string, string][] {
  return text.split(',').map((pair) => {
    const at = pair.indexOf('=');
    const left = pair.slice(0, at).trim();
    const right = pair.slice(at + 1).trim();
    if (at < 1 || left === '' || right === '')
      throw new UsageProblem(`--${name} has "${pair}"; each part is written NAME=value.`);
    return [left, right];
  });
}

function commonOf(values: Values): Common {
  const url = needed(values, 'mqtt', 'the address of the broker');
  if (!URL.canParse(url) || !/^mqtts?:\/\/[^/]/.test(url)) {
    throw new UsageProblem(`--mqtt must be like mqtt://127.0.0.1:1883 or mqtts://…, not "${url}".`);
  }
  const clinic = textOf(values, 'clinic') ?? 'demo';
  if (!SEGMENT.test(clinic))
    throw new UsageProblem(`--clinic must be small letters, digits and hyphens, not "${clinic}".`);
  const seconds = numberOf(values, 'for', 0, { above: 0 });
  return {
    url,
    clinic,
    speed: numberOf(values, 'speed', 1, { above: 0 }),
    forSeconds: textOf(values, 'for') === null ? null : seconds,
  };
}

function targetOf(values: Values): ReplayTarget {
  const file = needed(values, 'replay', 'the file to replay');
  const base = (file.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '').toLowerCase();
  const safe = base
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  const device = textOf(values, 'device') ?? `replay-${safe || 'file'}`;
  if (!SEGMENT.test(device))
    throw new UsageProblem(`--device must be small letters, digits and hyphens, not "${device}".`);
  const type = textOf(values, 'type') ?? 'bedside-monitor';
  const types = DEVICE_TYPES.map((entry) => entry.type);
  if (!types.includes(type)) throw new UsageProblem(`--type "${type}" is not known. Known: ${types.join(', ')}.`);
  return { file, device, type };
}

function mapOf(values: Values): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [column, code] of pairsOf(needed(values, 'map', 'which column is which metric'), 'map')) {
    if (!metricOf(code)) throw new UsageProblem(`--map: there is no metric "${code}".`);
    if (code === 'oxygen')
      throw new UsageProblem('--map: "oxygen" is charted by people, no device sends it; use o2-flow.');
    if (map.has(column)) throw new UsageProblem(`--map names the column "${column}" twice.`);
    if ([...map.values()].includes(code)) throw new UsageProblem(`--map names the metric "${code}" twice.`);
    map.set(column, code);
  }
  return map;
}

function numericsOf(values: Values): SimulateCommand {
  const map = mapOf(values);
  const codes = [...map.values()];
  const units = textOf(values, 'units');
  return {
    mode: 'numerics',
    ...commonOf(values),
    ...targetOf(values),
    map,
    units: checkedUnits(units === null ? {} : Object.fromEntries(pairsOf(units, 'units')), codes),
    absent: textOf(values, 'absent') === null ? null : numberOf(values, 'absent', 0),
    intervalSeconds: numberOf(values, 'interval', 60, { above: 0 }),
    timeColumn: textOf(values, 'time'),
  };
}

function checkedUnits(units: Record<string, string>, codes: readonly string[]): Record<string, string> {
  const stranger = Object.keys(units).find((code) => !codes.includes(code));
  if (stranger !== undefined) throw new UsageProblem(`--units names "${stranger}", which --map does not.`);
  if (codes.includes('glucose') && units.glucose === undefined) {
    throw new UsageProblem('--units is needed: say glucose=mmol/L or glucose=mg/dL.');
  }
  return units;
}

function waveOfCommand(values: Values): SimulateCommand {
  const wave = needed(values, 'wave', 'the name of the wave');
  const unit = needed(values, 'unit', 'the unit of the physical value');
  const problem = waveProblem(wave, unit);
  if (problem) throw new UsageProblem(`--wave, --unit: ${problem}`);
  needed(values, 'rate', 'samples a second');
  return {
    mode: 'wave',
    ...commonOf(values),
    ...targetOf(values),
    wave,
    unit,
    rate: numberOf(values, 'rate', 0, { above: 0 }),
    gain: numberOf(values, 'gain', 1),
    offset: numberOf(values, 'offset', 0),
  };
}

function scenarioCommand(values: Values): SimulateCommand {
  const name = needed(values, 'scenario', 'the name of the scenario');
  const scenario = scenarioOf(name);
  if (!scenario) {
    throw new UsageProblem(
      `There is no scenario "${name}". There are: ${SCENARIOS.map((one) => one.name).join(', ')}.`,
    );
  }
  return {
    mode: 'scenario',
    ...commonOf(values),
    scenario,
    seed: numberOf(values, 'seed', 1, { whole: true, least: 0 }),
    patients: numberOf(values, 'devices', scenario.count, { whole: true, least: 1 }),
  };
}

function modeOf(values: Values): keyof typeof UNDERSTOOD {
  const asked = (['scenario', 'replay', 'demo-clinic'] as const).filter((name) => values[name] !== undefined);
  if (asked.length > 1) throw new UsageProblem(`--${asked.join(' and --')} exclude each other.`);
  if (asked[0] === 'replay') {
    if (values.map !== undefined && values.wave !== undefined)
      throw new UsageProblem('--map and --wave exclude each other.');
    return values.wave === undefined ? 'numerics' : 'wave';
  }
  if (asked[0] === undefined) throw new UsageProblem('Say what to simulate: --scenario NAME or --replay FILE.');
  return asked[0];
}

/** Reads a command line; throws `UsageProblem` in words for anything that is not understood. */
export function readCommandLine(args: readonly string[]): SimulateCommand {
  let values: Values;
  try {
    values = parseArgs({ args: joinedNegatives(args), options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : 'The options could not be read.');
  }
  if (values.help === true) return { mode: 'help' };
  const mode = modeOf(values);
  const understood: readonly string[] = UNDERSTOOD[mode];
  const stray = Object.keys(values).find((name) => !understood.includes(name));
  if (stray !== undefined) throw new UsageProblem(`--${stray} has no meaning here. See --help.`);
  if (mode === 'scenario') return scenarioCommand(values);
  if (mode === 'numerics') return numericsOf(values);
  return mode === 'wave' ? waveOfCommand(values) : { mode };
}

/** `--offset -5120` as `--offset=-5120`: node's parser takes a leading hyphen for another option. */
function joinedNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (before && /^--(offset|gain|absent)$/.test(before) && /^-\.?\d/.test(arg))
      joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
