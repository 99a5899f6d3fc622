import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { FigureQuestion } from '#domain/flow/figures.ts';
import type { WardId } from '#domain/ids.ts';
import { sameLabel } from '#domain/location/place.ts';
import { formalName } from '#domain/patient/patient.ts';
import { DAY_MS } from '#domain/time.ts';
import { allows } from '#domain/user/role.ts';
import { refused } from './command.ts';

type FiguresDeps = Pick<Store, 'figures' | 'locations'> & {
  readonly clock: () => number;
  readonly settings: () => ClinicSettings;
};

/** A list shows at most this many lines; its total counts all. */
const LIST_LIMIT = 2_000;
const SERIES_LIMIT_MS = 3_653 * DAY_MS;

/** Figures people manage by, what they count, and what is likely to come. */
export function createFigures(
  deps: FiguresDeps,
): Pick<HandlersOf<typeof contract.flow>, 'kpis' | 'kpiList' | 'kpiSeries' | 'forecast'> {
  const { figures, clock, settings } = deps;
  const question = ({ from, to, ward }: Asked): FigureQuestion => {
    if (to < from) throw refused('period-out-of-order', 'The period ends before it begins.');
    const { timeZone, sameDayLos, triageTargets } = settings();
    return { from, to, wardId: wardOf(deps, ward), now: clock(), policy: { timeZone, sameDayLos, triageTargets } };
  };
  return {
    kpis: (asked) => figures.kpis(question(asked)),
    kpiList: async ({ list, ...asked }, { actor }) => {
      const { total, rows } = await figures.list({ ...question(asked), list, limit: LIST_LIMIT });
      const named = allows(actor.roles, 'see-names');
      return {
        total,
        rows: rows.map(({ name, visitNumber, ...row }) => ({
          ...row,
          displayName: named && name ? formalName(name) : null,
          visitNumber: named ? visitNumber : null,
        })),
      };
    },
    kpiSeries: async ({ series, ...asked }) => {
      const whole = question(asked);
      if (Math.min(whole.to, whole.now) - whole.from > SERIES_LIMIT_MS) {
        throw refused('period-too-long', 'A chart shows ten years at most. Choose a shorter period.');
      }
      return [...(await figures.series({ ...whole, series }))];
    },
    forecast: ({ hours, ward }) =>
      figures.forecast({ hours, now: clock(), wardId: wardOf(deps, ward), timeZone: settings().timeZone }),
  };
}

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly ward?: string;
}

/** A ward by its id or by its name as people write it; null for the house. */
function wardOf({ locations }: FiguresDeps, ward: string | undefined): WardId | null {
  if (ward === undefined) return null;
  const known = locations.findWard(ward as WardId) ?? locations.listWards().find(({ name }) => sameLabel(name, ward));
  if (!known) throw new ClinicError('not-found', `There is no ward ${ward}.`);
  return known.id;
}
