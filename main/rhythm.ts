import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Log } from '#adapters/log.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '#domain/time.ts';
import type { BedDoubts } from '#services/bed-doubts.ts';
import type { BedUpkeep } from '#services/bed-upkeep.ts';
import type { Intake } from '#services/intake.ts';
import type { LiveState } from '#services/live-state.ts';

/** Numerics wait at most this long before they are on disk: a killed hub loses no more (DESIGN.md 3). */
const FLUSH_MS = 200;
/** How often boards are told what changed; they paint at most four times a second. */
const TELL_MS = 50;
/** A block or reservation that ran out is on every board within a second. */
const UPKEEP_MS = 500;

interface RhythmDeps {
  readonly store: Store;
  readonly intake: Intake;
  readonly live: LiveState;
  readonly upkeep: BedUpkeep;
  readonly doubts: Pick<BedDoubts, 'tick'>;
  readonly clock: () => number;
  settings(): ClinicSettings;
  readonly log: Log;
}

/** Everything the hub does by the clock: saving, looking for silence, asking the timed rules, forgetting old numerics. */
export function startRhythm({ store, intake, live, upkeep, doubts, clock, settings, log }: RhythmDeps) {
  const flush = (): void => {
    store.transact((afterCommit) => {
      store.numerics.flush();
      afterCommit(intake.flush());
    });
  };
  const careful = (what: string, work: () => void) => () => {
    try {
      work();
    } catch (error) {
      log.error(`${what} failed`, { error });
    }
  };
  const tidy = (): void => {
    const now = clock();
    const { rawDays, minuteDays } = settings();
    store.transact(() => store.numerics.prune(now - rawDays * DAY_MS, now - minuteDays * DAY_MS));
  };
  const timers = [
    setInterval(careful('saving numerics', flush), FLUSH_MS),
    setInterval(
      careful('looking for silent devices', () => intake.tick(clock())),
      SECOND_MS,
    ),
    setInterval(
      careful('asking the timed rules', () => live.tick(clock())),
      SECOND_MS,
    ),
    setInterval(
      careful('telling boards', () => live.tell()),
      TELL_MS,
    ),
    setInterval(
      careful('ending blocks and reservations', () => upkeep.tick(clock())),
      UPKEEP_MS,
    ),
    setInterval(
      careful('doubting beds', () => doubts.tick(clock())),
      SECOND_MS,
    ),
    setInterval(careful('forgetting old numerics', tidy), HOUR_MS),
  ];
  return {
    flush,
    loopDelay: watchLoop(),
    close() {
      for (const timer of timers) clearInterval(timer);
      careful('settling gaps', intake.settleGaps)();
      careful('saving numerics', flush)();
    },
  };
}

const RESOLUTION_MS = 5;
const LOOP_WINDOW_MS = 60 * SECOND_MS;

/** How late the loop answers, ms, over the present window and at most a minute. */
function watchLoop(): () => { p50: number; p99: number; max: number } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  setInterval(() => histogram.reset(), LOOP_WINDOW_MS).unref();
  // The histogram counts its own interval as delay.
  const ms = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e4 - RESOLUTION_MS * 100) / 100);
  return () => ({ p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(histogram.max) });
}
