import type { ScratchStay } from '#db/scratch.ts';
import type { Outcome } from '#domain/flow/event.ts';
import type { ColumnMap } from './options.ts';
import { readOutcome } from './outcome.ts';
import { type Problem, shown } from './row.ts';

/** A whole visit: its ward stays in order of time, none overlapping. */
export interface Visit {
  readonly visit: string;
  /** Empty: the file does not say. */
  readonly patient: string;
  readonly stays: readonly ScratchStay[];
  readonly outcome: Outcome;
}

/** Lines of one visit after another, from lines in order of visit. */
export function* byVisit(stays: Iterable<ScratchStay>): Generator<Lines> {
  let group: [ScratchStay, ...ScratchStay[]] | undefined;
  for (const stay of stays) {
    if (group?.[0].visit === stay.visit) {
      group.push(stay);
      continue;
    }
    if (group) yield group;
    group = [stay];
  }
  if (group) yield group;
}

type Lines = readonly [ScratchStay, ...ScratchStay[]];

/** A visit from its lines, or what is wrong between them; problems of single lines were named when they were read. */
export function readVisit(
  lines: Lines,
  columns: ColumnMap,
): { readonly visit: Visit } | { readonly problems: readonly Problem[] } {
  const problems = clashesOf(
    lines.filter(({ bad }) => !bad),
    columns,
  );
  const bad = lines.some((line) => line.bad);
  const last = lines.reduce((latest, line) => (line.to >= latest.to ? line : latest));
  const outcome = readOutcome(last.outcome, columns.outcome ?? '');
  // Which line is the last is not known while one of several has no times.
  if (outcome === undefined && (!bad || lines.length === 1)) {
    const what = 'is no outcome known here';
    problems.push({ line: last.line, column: columns.outcome ?? 'outcome', what, value: shown(last.outcome) });
  }
  if (bad || outcome === undefined || problems.length > 0) return { problems };
  const { visit, patient } = lines[0];
  return { visit: { visit, patient, stays: lines, outcome } };
}

function clashesOf(lines: readonly ScratchStay[], columns: ColumnMap): Problem[] {
  const problems: Problem[] = [];
  const [first, ...rest] = lines;
  let last = first;
  for (const line of rest) {
    if (!first || !last) break;
    if (line.from < last.to) {
      const what = `overlaps line ${last.line} of the same visit`;
      problems.push({ line: line.line, column: columns.from, what, value: new Date(line.from).toISOString() });
    }
    if (line.patient !== first.patient) {
      const what = `is another patient than on line ${first.line} of the same visit`;
      problems.push({ line: line.line, column: columns.patient ?? 'patient', what, value: shown(line.patient) });
    }
    if (line.to >= last.to) last = line;
  }
  return problems;
}
