import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { openScratch, type Scratch } from '#db/scratch.ts';
import { createClinicDays } from '#domain/clinic/clinic-days.ts';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { sameLabel } from '#domain/location/place.ts';
import { readSettings } from '#services/settings.ts';
import { readCsv } from './csv.ts';
import { differsFromKept } from './kept.ts';
import type { ImportOptions } from './options.ts';
import { columnIndexes, type Doubt, type Problem, readRow, shown } from './row.ts';
import { byVisit, readVisit, type Visit } from './visit.ts';
import { createWriting, knownWard } from './writing.ts';

export interface ImportDeps {
  /** Absent in a dry run where there is no store yet. */
  readonly store: Store | undefined;
  readonly newId: () => string;
  readonly clock: () => number;
  /** A line for whoever runs it; progress goes elsewhere. */
  readonly print: (line: string) => void;
  readonly progress: (line: string) => void;
}

/** What was found and done, as the last line says it. */
export interface ImportSummary {
  readonly ok: boolean;
  readonly dryRun: boolean;
  /** Lines of the file, the header apart. */
  readonly lines: number;
  readonly visits: number;
  /** Of them now imported, or to be in a dry run. */
  readonly imported: number;
  /** Of them there already. */
  readonly alreadyThere: number;
  /** Left out for a problem of theirs. */
  readonly leftOut: number;
  readonly problems: number;
  /** Lines that may be right, and that somebody should look at; they are imported. */
  readonly doubts: number;
  readonly newPatients: number;
  readonly newWards: readonly string[];
  readonly problem?: string;
}

/** Lines between two words of progress. */
const PROGRESS_LINES = 20_000;

/**
 * Reads a file of past stays and writes them, all or, asked to leave out the bad, the good ones; in a dry run nothing. Every
 * problem is printed, in the order of the file. Throws for a file that cannot be read as asked.
 */
export async function importStays(options: ImportOptions, deps: ImportDeps): Promise<ImportSummary> {
  if (!existsSync(options.file)) throw new ClinicError('invalid-input', `There is no file ${options.file}.`);
  const scratch = openScratch();
  try {
    const count = createCount(options, deps, scratch);
    await stage(options, deps, scratch, count);
    for (const visit of goodVisits(scratch, options, deps, count)) count.look(visit);
    for (const { line, other, patient } of scratch.listTwiceIn())
      count.doubt({
        line,
        column: 'the patient',
        what: `is in another visit at that time, by line ${other}`,
        value: shown(patient),
      });
    count.name();
    if (options.dryRun || (count.problems > 0 && !options.skipBad)) return count.summary(0);
    return write(options, deps, scratch, count);
  } finally {
    scratch.close();
  }
}

type Count = ReturnType<typeof createCount>;

async function stage(options: ImportOptions, deps: ImportDeps, scratch: Scratch, count: Count): Promise<void> {
  const { store, clock, progress } = deps;
  const zone = options.zone ?? (store ? zoneOf(store) : undefined) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const days = createClinicDays(zone);
  progress(`Dates that name no zone are ${zone} time.`);
  let indexes: ReturnType<typeof columnIndexes> | undefined;
  let width = 0;
  for await (const record of readCsv(options.file)) {
    if (!indexes) {
      if (record.broken)
        throw new ClinicError('invalid-input', `line ${record.line}: a quote is left open in the header.`);
      indexes = columnIndexes(record.cells, options.columns);
      width = record.cells.findLastIndex((name) => name.trim() !== '') + 1;
      continue;
    }
    const { stay, problems, doubts, dateOnly } = readRow(record, { indexes, width, options, days, now: clock() });
    for (const problem of problems) count.problem(problem);
    for (const doubt of doubts) count.doubt(doubt);
    count.line(dateOnly);
    if (stay) scratch.add(stay);
  }
  if (!indexes) throw new ClinicError('invalid-input', `The file ${options.file} is empty.`);
  if (count.dateOnly > 0) {
    progress(
      `${count.dateOnly} lines have dates without a time; they count as midnight, so discharge before noon says nothing for them.`,
    );
  }
}

/** A clinic not set up yet has no zone of its own. */
function zoneOf(store: Store): string | undefined {
  const settings = readSettings(store.settings);
  return settings === DEFAULT_SETTINGS ? undefined : settings.timeZone;
}

/** Visits that can be imported; those with problems are counted, and said once. */
function* goodVisits(
  scratch: Scratch,
  { columns }: ImportOptions,
  { store }: ImportDeps,
  count: Count | undefined,
): Generator<Visit> {
  for (const lines of byVisit(scratch.list())) {
    count?.visit();
    const read = readVisit(lines, columns);
    if ('problems' in read) {
      for (const problem of read.problems) count?.problem(problem);
      count?.leaveOut();
    } else if (store && store.flow.findByVisit(read.visit.visit).length > 0) {
      count?.skip();
      const differs = count && differsFromKept(store, read.visit);
      if (differs) count.doubt({ ...differs, column: columns.visit });
    } else {
      yield read.visit;
    }
  }
}

function write(options: ImportOptions, deps: ImportDeps, scratch: Scratch, count: Count): ImportSummary {
  const { store, newId, clock, progress } = deps;
  if (!store) throw new Error('There is no store to import into.');
  const { file, patientSystem } = options;
  const writing = createWriting({ store, newId, clock, patientSystem, file: basename(file) });
  let written = 0;
  for (const visit of goodVisits(scratch, options, deps, undefined)) {
    writing.add(visit);
    written += 1;
    if (written % PROGRESS_LINES === 0) progress(`${written} visits written.`);
  }
  const { visits, patients } = writing.finish();
  return { ...count.summary(visits), newPatients: patients };
}

function createCount(
  { dryRun, skipBad, patientSystem }: ImportOptions,
  { store, print, progress }: ImportDeps,
  scratch: Scratch,
) {
  let [lines, visits, good, alreadyThere, leftOut, problems, dateOnly, patients] = [0, 0, 0, 0, 0, 0, 0, 0];
  let doubts = 0;
  const found: (Problem & { readonly doubt?: true })[] = [];
  const wards: string[] = [];
  const seenWards = new Set<string>();
  return {
    get problems() {
      return problems;
    },
    get dateOnly() {
      return dateOnly;
    },
    line(withoutTime: boolean): void {
      lines += 1;
      if (withoutTime) dateOnly += 1;
      if (lines % PROGRESS_LINES === 0) progress(`${lines} lines read.`);
    },
    problem(problem: Problem): void {
      problems += 1;
      found.push(problem);
    },
    doubt(doubt: Doubt): void {
      doubts += 1;
      found.push({ ...doubt, doubt: true });
    },
    /** All problems and doubts, in the order of the file. */
    name(): void {
      for (const { line, column, what, value, doubt } of found.sort((one, other) => one.line - other.line))
        print(`line ${line}, ${doubt ? 'to look at: ' : ''}${column} ${what}: ${JSON.stringify(value)}`);
    },
    visit: () => {
      visits += 1;
    },
    skip: () => {
      alreadyThere += 1;
    },
    leaveOut: () => {
      leftOut += 1;
    },
    look({ patient, stays }: Visit): void {
      good += 1;
      for (const { ward } of stays) {
        if (ward === '' || seenWards.has(ward)) continue;
        seenWards.add(ward);
        if (!(store && knownWard(store, ward)) && !wards.some((name) => sameLabel(name, ward))) wards.push(ward);
      }
      const known = patient !== '' && store?.patients.findByIdentifier({ system: patientSystem, value: patient });
      if (!known && (patient === '' || scratch.once(patient))) patients += 1;
    },
    summary: (imported: number): ImportSummary => ({
      ok: problems === 0 || (!dryRun && skipBad),
      dryRun,
      lines,
      visits,
      imported: dryRun ? good : imported,
      alreadyThere,
      leftOut,
      problems,
      doubts,
      newPatients: dryRun || imported > 0 ? patients : 0,
      newWards: dryRun || imported > 0 ? wards : [],
    }),
  };
}
