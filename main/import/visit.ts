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
export function* byVisit(stays: Iterable<ScratchStay>): Generator<readonly [ScratchStay, ...ScratchStay[]]> {
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

/** A visit from its lines, or what is wrong between them. */
export function readVisit(
  lines: readonly [ScratchStay, ...ScratchStay[]],
  columns: ColumnMap,
): { readonly visit: Visit } | { readonly problems: readonly Problem[] } {
  const [first] = lines;
  const problems: Problem[] = [];
  let last = first;
  for (const line of lines.slice(1)) {
    if (line.from < last.to) {
      const what = `overlaps line ${last.line} of the same visit`;
      problems.push({ line: line.line, column: columns.from, what, value: shown(new Date(line.from).toISOString()) });
    }
    if (line.patient !== first.patient) {
      const what = `is another patient than on line ${first.line} of the same visit`;
      problems.push({ line: line.line, column: columns.patient ?? 'patient', what, value: shown(line.patient) });
    }
    if (line.to >= last.to) last = line;
  }
  const outcome = readOutcome(last.outcome, columns.outcome ?? '');
  if (outcome === undefined) {
    const what = 'is no outcome known here';
    problems.push({ line: last.line, column: columns.outcome ?? 'outcome', what, value: shown(last.outcome) });
  }
  if (problems.length > 0 || outcome === undefined) return { problems };
  return { visit: { visit: first.visit, patient: first.patient, stays: lines, outcome } };
}
