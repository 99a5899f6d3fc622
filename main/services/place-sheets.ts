import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import { type PlaceChange, planSheet, type SheetPlan } from '#domain/location/place-sheet.ts';
import { entryBy } from './command.ts';
import {
  countLying,
  type LocationsDeps,
  readPlaces,
  saveBedPlace,
  saveRoomPlace,
  saveWardPlace,
} from './locations-store.ts';
import { readPlacesCsv, writePlacesCsv } from './place-csv.ts';

/** More problems than these nobody reads before mending the first. */
const MOST_PROBLEMS = 1_000;

/** Places out to a sheet and in from one. */
export function createPlaceSheets(
  deps: LocationsDeps,
): Pick<HandlersOf<typeof contract.locations>, 'exportCsv' | 'importCsv'> {
  const { ledger, clock, newId, changed } = deps;
  const planOf = (csv: string): SheetPlan => {
    const sheet = readPlacesCsv(csv);
    const plan = planSheet(sheet.lines, { places: readPlaces(deps), lying: countLying(deps), newId });
    return { ...plan, problems: [...sheet.problems, ...plan.problems].sort((one, other) => one.line - other.line) };
  };
  const saveAll = (context: CallContext, plan: SheetPlan): void => {
    const at = clock();
    for (const { kind, before, after } of plan.changes) {
      // Beds that change their labels among themselves would meet on the way: each first lets go of its own.
      if (kind === 'bed' && before && before.label !== after.label) saveBedPlace(deps, { ...before, label: after.id });
    }
    for (const change of plan.changes) {
      save(deps, change);
      const act = `${change.kind}.${change.before ? 'saved' : 'added'}`;
      const { before, after } = change;
      ledger.append(entryBy(context, at, { act, subject: after.id, before, after }));
    }
  };
  return {
    exportCsv: () => writePlacesCsv(readPlaces(deps)),
    importCsv: ({ csv, dryRun }, context) =>
      context.commit((afterCommit) => {
        const plan = planOf(csv);
        const saved = !dryRun && plan.problems.length === 0;
        if (saved && plan.changes.length > 0) {
          saveAll(context, plan);
          afterCommit(() => changed.locations());
        }
        const added = plan.changes.filter(({ before }) => before === null).length;
        const { unchanged } = plan;
        return { added, changed: plan.changes.length - added, unchanged, problems: problemsOf(plan), saved };
      }),
  };
}

function save(deps: LocationsDeps, change: PlaceChange): void {
  if (change.kind === 'site') deps.areas.saveSite(change.after);
  else if (change.kind === 'ward') saveWardPlace(deps, change.after);
  else if (change.kind === 'room') saveRoomPlace(deps, change.after);
  else if (change.kind === 'bed') saveBedPlace(deps, change.after);
  else deps.areas.saveArea(change.after);
}

function problemsOf({ problems }: SheetPlan): SheetPlan['problems'] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const [shown, rest] = [problems.slice(0, MOST_PROBLEMS - 1), problems.slice(MOST_PROBLEMS - 1)];
  return [...shown, { line: rest[0]?.line ?? 1, problem: `And ${rest.length} more lines with problems from here on.` }];
}
