import { parseArgs } from 'node:util';
import { knownTimeZone } from '#domain/clinic/settings.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { DateOrder } from './moment.ts';

export const FIELDS = ['visit', 'patient', 'ward', 'from', 'to', 'outcome'] as const;
export type Field = (typeof FIELDS)[number];

/** Which column holds what; the three without which there is no stay are always there. */
export type ColumnMap = Readonly<Record<'visit' | 'from' | 'to', string>> &
  Readonly<Partial<Record<'patient' | 'ward' | 'outcome', string>>>;

export interface ImportOptions {
  readonly file: string;
  /** Absent: where `npm start` keeps the clinic. */
  readonly data: string | undefined;
  readonly keyFile: string | undefined;
  readonly columns: ColumnMap;
  readonly dryRun: boolean;
  readonly skipBad: boolean;
  /** Absent: the clinic's own. */
  readonly zone: string | undefined;
  readonly dates: DateOrder;
  /** Who gave the patient numbers. */
  readonly patientSystem: string;
}

export const IMPORT_HELP = `Brings past stays into a clinic's store from a CSV file: npm run import -- --stays FILE [options]

  --stays FILE         the file: a header, then one line for each stay in a ward; ; , tab and | are told apart
  --map FIELD=COLUMN   which column holds what, separated by commas (or several --map):
                       visit, from, to; and, where the file has them, patient, ward, outcome
  --data DIR           the data folder (default: where npm start keeps the clinic)
  --key-file FILE      the key (default wardline.key in the data folder)
  --dry-run            change nothing: list every line with a problem and what would be made
  --skip-bad           leave out the visits with a problem line and import the rest (else all or nothing)
  --dates dmy|mdy      order of dates like 03/04/2020; without it such a date is a problem, never guessed
  --zone ZONE          time zone of dates that name none, like Europe/London (default: the clinic's)
  --patient-system S   who gave the patient numbers (default mrn)
  --help               this page

Stop the hub first (a dry run may go on beside it). Lines of one visit are its ward stays, in order of time; the last one's
outcome is the visit's. Dates without a time count as midnight. Wards the clinic lacks are made. Visits already imported
are left as they are: running twice adds nothing. Problem lines are printed as "line N, column, what, value", and lines
that may be right but should be looked at as "line N, to look at: ..." (one patient in two visits at once, a time the
clocks skipped, a visit that was imported otherwise before); the last line is a summary in JSON. Exit code 0 without
problems, else 1.
`;

export type ImportLine = { readonly help: true } | { readonly help: false; readonly options: ImportOptions };

/** Reads the command line. Throws invalid-input, in words, for what it does not know or cannot use. */
export function readImportArguments(args: readonly string[]): ImportLine {
  const given = parsed(args);
  if (given.help) return { help: true };
  if (given.stays === undefined) throw usage('Say which file to read: --stays FILE');
  if (given.zone !== undefined && !knownTimeZone(given.zone)) {
    throw usage(`No time zone is called ${given.zone}; names look like Europe/London`);
  }
  if (given.dates !== undefined && given.dates !== 'dmy' && given.dates !== 'mdy') {
    throw usage('--dates takes dmy or mdy');
  }
  return {
    help: false,
    options: {
      file: given.stays,
      data: given.data,
      keyFile: given['key-file'],
      columns: columnsOf(given.map ?? []),
      dryRun: given['dry-run'] ?? false,
      skipBad: given['skip-bad'] ?? false,
      zone: given.zone,
      dates: given.dates ?? null,
      patientSystem: given['patient-system'] ?? 'mrn',
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        stays: { type: 'string' },
        map: { type: 'string', multiple: true },
        data: { type: 'string' },
        'key-file': { type: 'string' },
        'dry-run': { type: 'boolean' },
        'skip-bad': { type: 'boolean' },
        dates: { type: 'string' },
        zone: { type: 'string' },
        'patient-system': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw usage(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The options could not be read');
  }
}

/** Names of columns may hold commas and equal signs: a new pair begins only where a field's name does. */
function columnsOf(maps: readonly string[]): ColumnMap {
  const found = new Map<string, string>();
  for (const map of maps) {
    for (const pair of map.split(new RegExp(`,(?=\\s*(?:${FIELDS.join('|')})=)`))) {
      const [, field, column] = /^\s*(\w+)=(.*)$/s.exec(pair) ?? [];
      if (!field || !column?.trim() || !(FIELDS as readonly string[]).includes(field)) {
        throw usage(`--map takes ${FIELDS.join(', ')}, each as FIELD=COLUMN; "${pair}" is not that`);
      }
      if (found.has(field)) throw usage(`--map names ${field} twice`);
      found.set(field, column.trim());
    }
  }
  const [visit, from, to] = [found.get('visit'), found.get('from'), found.get('to')];
  if (!visit || !from || !to) {
    const missing = ['visit', 'from', 'to'].filter((field) => !found.has(field));
    throw usage(`--map does not say which column is ${missing.join(', ')}`);
  }
  const rest = (['patient', 'ward', 'outcome'] as const).flatMap((field) => {
    const column = found.get(field);
    return column === undefined ? [] : [[field, column] as const];
  });
  return { visit, from, to, ...Object.fromEntries(rest) };
}

function usage(words: string): ClinicError {
  return new ClinicError('invalid-input', `${words}. See --help.`);
}
