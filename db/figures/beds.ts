import type Database from 'better-sqlite3';
import type { BedlessSpan, BedSpan, CensusQuestion } from '#domain/flow/census.ts';
import type { CleaningFact, FigureQuestion } from '#domain/flow/figures.ts';
import type { WardId } from '#domain/ids.ts';
import type { FigurePlaces } from './places.ts';

type Bounds = [to: number, from: number];
type Ward = WardId | null;

/** What beds went through: who held them, when they were cleaned. */
export function createBedReading(db: Database.Database) {
  const held = db.prepare<Bounds, BedSpan>(`
    SELECT bed_id AS bedId, started_at AS "from", ended_at AS "to" FROM bed_assignment
    WHERE started_at < ? AND (ended_at IS NULL OR ended_at > ?)`);
  const heldInWard = db.prepare<[string, ...Bounds], BedSpan>(`
    SELECT held.bed_id AS bedId, held.started_at AS "from", held.ended_at AS "to"
    FROM bed CROSS JOIN bed_assignment AS held ON held.bed_id = bed.id
    WHERE bed.ward_id = ? AND held.started_at < ? AND (held.ended_at IS NULL OR held.ended_at > ?)`);
  // A ward without beds has no occupancy: nobody there is looked up.
  const bedless = db.prepare<[...Bounds, Ward, Ward], BedlessSpan>(`
    SELECT there.ward_id AS wardId, there.started_at AS "from", there.ended_at AS "to"
    FROM place_stay AS there CROSS JOIN flow_summary AS s ON s.encounter_id = there.encounter_id
    WHERE there.ward_id IN (SELECT ward_id FROM bed) AND there.started_at < ?
      AND (there.ended_at IS NULL OR there.ended_at > ?) AND there.area_id IS NULL
      AND (? IS NULL OR there.ward_id = ?) AND s.class IN ('inpatient', 'planned-admission')`);
  const cleaned = db.prepare<[...Bounds, Ward, Ward], CleaningFact>(`
    SELECT task.id AS taskId, task.bed_id AS bedId, task.cause, task.requested_at AS requestedAt,
      task.started_at AS startedAt, task.done_at AS doneAt
    FROM task JOIN bed ON bed.id = task.bed_id
    WHERE task.state = 'done' AND task.kind = 'cleaning' AND task.done_at < ? AND task.done_at >= ?
      AND (? IS NULL OR bed.ward_id = ?)`);
  return {
    /** Cleanings done in the period. */
    cleanings: ({ from, to, wardId }: FigureQuestion) => cleaned.all(to, from, wardId, wardId),
    census(
      { from, to, wardId }: FigureQuestion,
      places: FigurePlaces,
    ): Pick<CensusQuestion, 'beds' | 'held' | 'blocked' | 'bedless'> {
      return {
        beds: places.countedBeds(wardId),
        blocked: places.blocks(from, to),
        held: wardId === null ? held.all(to, from) : heldInWard.all(wardId, to, from),
        bedless: bedless.all(to, from, wardId, wardId),
      };
    },
  };
}
