import type Database from 'better-sqlite3';
import type { CensusQuestion, Spans } from '#domain/flow/census.ts';
import type { CleaningFact, FigureQuestion } from '#domain/flow/figures.ts';
import type { CleaningCause } from '#domain/flow/task.ts';
import type { BedId, WardId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { unpack } from './packed.ts';
import type { FigurePlaces } from './places.ts';

/**
 * Which stays on a ward without a bed (of the table called `there`) are somebody in a bed nobody named: all that are over;
 * of those that last only an inpatient's, for an outpatient's may never be ended.
 */
export const BEDLESS = `there.area_id IS NULL AND (there.ended_at IS NOT NULL OR (
  SELECT class FROM flow_summary AS s WHERE s.encounter_id = there.encounter_id
) IN ('inpatient', 'planned-admission'))`;

type Bounds = [to: number, from: number];
type Ward = WardId | null;

/** What beds went through: who held them, when they were cleaned. */
export function createBedReading(db: Database.Database) {
  const spans = (from: string, to: string) => `group_concat(${from} || ',' || coalesce(${to}, ${LAST_MOMENT}))`;
  const within = (from: string, to: string) => `${from} < ? AND (${to} IS NULL OR ${to} > ?)`;
  const ofWard = (bed: string) => `(? IS NULL OR ${bed} IN (SELECT id FROM bed WHERE ward_id = ?))`;
  const held = db
    .prepare<[...Bounds, Ward, Ward], [BedId, string]>(`
      SELECT bed_id, ${spans('started_at', 'ended_at')} FROM bed_assignment INDEXED BY assignment_span
      WHERE ${within('started_at', 'ended_at')} AND ${ofWard('bed_id')} GROUP BY bed_id`)
    .raw();
  const blocked = db
    .prepare<Bounds, [BedId, string]>(`
      SELECT bed_id, ${spans('starts_at', 'coalesce(ended_at, ends_at)')} FROM bed_block
      WHERE ${within('starts_at', 'coalesce(ended_at, ends_at)')} GROUP BY bed_id`)
    .raw();
  const bedless = db
    .prepare<[...Bounds, Ward, Ward], [WardId, string]>(`
      SELECT ward_id, ${spans('started_at', 'ended_at')} FROM place_stay AS there INDEXED BY place_stay_span
      WHERE ward_id IS NOT NULL AND ${within('started_at', 'ended_at')} AND (? IS NULL OR ward_id = ?) AND ${BEDLESS}
      GROUP BY ward_id`)
    .raw();
  const cleaned = db
    .prepare<[...Bounds, Ward, Ward], [BedId, CleaningCause, number, number, number]>(`
      SELECT bed_id, cause, requested_at, started_at, done_at FROM task
      WHERE state = 'done' AND kind = 'cleaning' AND done_at < ? AND done_at >= ? AND ${ofWard('bed_id')}`)
    .raw();
  return {
    /** Cleanings done in the period. */
    cleanings: ({ from, to, wardId }: FigureQuestion): CleaningFact[] =>
      cleaned
        .all(to, from, wardId, wardId)
        .map(([bedId, cause, requestedAt, startedAt, doneAt]) => ({ bedId, cause, requestedAt, startedAt, doneAt })),
    census(
      { from, to, wardId }: FigureQuestion,
      places: FigurePlaces,
    ): Pick<CensusQuestion, 'beds' | 'held' | 'blocked' | 'bedless'> {
      return {
        beds: places.countedBeds(wardId),
        held: spansById(held.all(to, from, wardId, wardId)),
        blocked: spansById(blocked.all(to, from)),
        bedless: spansById(bedless.all(to, from, wardId, wardId).filter(([id]) => wardId || places.inHouse(id))),
      };
    },
  };
}

function spansById<Id>(rows: readonly [Id, string][]): Map<Id, Spans> {
  return new Map(rows.map(([id, packed]) => [id, unpack(packed)]));
}
