import type { HourGrid } from './forecast-grid.ts';
import { add, learn, type Projection, project, ratio, total, WEEK_HOURS } from './forecast-model.ts';

const TESTED_WEEKS = 4;
/** Hours between the moments the method is tried at in the past. */
const TRIAL_STEP = 6;
/** Hours ahead a forecast is told and tried for. */
export const AHEAD_HOURS = [24, 48, 72] as const;
const LONGEST = 72;

/** The weeks a forecast is tried on. */
export const TESTED_HOURS = TESTED_WEEKS * WEEK_HOURS;

/** Mean absolute errors of a day's count, and of beds occupied, so many hours ahead. */
export interface PastError {
  readonly aheadHours: number;
  readonly arrivals: number | null;
  readonly discharges: number | null;
  readonly occupied: number | null;
  /** Of saying what was a week before. */
  readonly occupiedAsLastWeek: number | null;
  /** Days it was tried on. */
  readonly days: number;
}

export interface Trials {
  readonly errors: readonly PastError[];
  /** Variance of an hour's count over its mean; 1 is pure chance. */
  readonly arrivalSpread: number;
  readonly dischargeSpread: number;
  /** Standard deviation of beds occupied, by hours ahead; farther ahead is never surer. */
  readonly occupiedSpread: Float64Array;
}

/** How the method did on the last four weeks when, each time, it knew only what came before. */
export function tryOut(past: HourGrid): Trials {
  const count = past.arrivals.length;
  const nothing = new Float64Array(LONGEST);
  const misses = createMisses();
  const errors = AHEAD_HOURS.map((ahead) => createErrors(ahead));
  for (let origin = count - 1; origin >= Math.max(2 * WEEK_HOURS, count - TESTED_HOURS); origin -= TRIAL_STEP) {
    const horizon = Math.min(LONGEST, count - origin);
    const said = project(learn(past, origin), {
      weekHours: past.weekHours.subarray(origin, origin + horizon),
      present: past.occupied[origin] ?? 0,
      firstShare: 1,
      announced: nothing,
      planned: nothing,
    });
    misses.take(said, past, origin);
    for (const error of errors) error.take(said, past, origin);
  }
  return { errors: errors.map((error) => error.means()), ...misses.spreads() };
}

function createErrors(ahead: number) {
  let [arrivals, discharges, occupied, lastWeek, trials] = [0, 0, 0, 0, 0];
  const mean = (sum: number) => (trials === 0 ? null : sum / trials);
  return {
    take(said: Projection, past: HourGrid, origin: number): void {
      const at = origin + ahead;
      const there = past.occupied[at];
      if (there === undefined || ahead > said.arrivals.length) return;
      const sum = (values: readonly number[]) => total(values.slice(ahead - 24, ahead));
      arrivals += Math.abs(sum(said.arrivals) - total(past.arrivals.subarray(at - 24, at)));
      discharges += Math.abs(sum(said.discharges) - total(past.discharges.subarray(at - 24, at)));
      occupied += Math.abs((said.occupied[ahead] ?? 0) - there);
      lastWeek += Math.abs((past.occupied[at - WEEK_HOURS] ?? 0) - there);
      trials += 1;
    },
    means: (): PastError => ({
      aheadHours: ahead,
      arrivals: mean(arrivals),
      discharges: mean(discharges),
      occupied: mean(occupied),
      occupiedAsLastWeek: mean(lastWeek),
      days: Math.ceil((trials * TRIAL_STEP) / 24),
    }),
  };
}

function createMisses() {
  const squares = new Float64Array(LONGEST);
  const tried = new Float64Array(LONGEST);
  const [came, left] = [
    { squares: 0, means: 0 },
    { squares: 0, means: 0 },
  ];
  const miss = (sums: typeof came, said = 0, was = 0) => {
    sums.squares += (said - was) ** 2;
    sums.means += said;
  };
  // Never surer than pure chance would be.
  const spread = (sums: typeof came) => Math.max(1, ratio(sums.squares, sums.means));
  return {
    take({ arrivals, discharges, occupied }: Projection, past: HourGrid, origin: number): void {
      for (let hour = 0; hour < arrivals.length; hour++) {
        miss(came, arrivals[hour], past.arrivals[origin + hour]);
        miss(left, discharges[hour], past.discharges[origin + hour]);
        add(squares, hour, ((occupied[hour + 1] ?? 0) - (past.occupied[origin + hour + 1] ?? 0)) ** 2);
        add(tried, hour, 1);
      }
    },
    spreads() {
      let widest = 0;
      const occupiedSpread = squares.map((sum, hour) => {
        widest = Math.max(widest, Math.sqrt(ratio(sum, tried[hour])));
        return widest;
      });
      return { arrivalSpread: spread(came), dischargeSpread: spread(left), occupiedSpread };
    },
  };
}
