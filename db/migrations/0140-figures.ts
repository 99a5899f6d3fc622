import type { Migration } from './migration.ts';

/** What figures read, lying together: years of stays are summed from these indexes without touching their tables. */
export const migration: Migration = {
  version: 140,
  name: 'figures',
  up(db) {
    db.exec(`
      CREATE INDEX summary_of_leaving ON flow_summary
        (discharged_at, admitted_at, arrived_at, class, outcome, medically_ready_at) WHERE discharged_at IS NOT NULL;
      DROP INDEX IF EXISTS flow_summary_by_discharge;
      CREATE INDEX summary_of_arriving ON flow_summary
        (arrived_at, class, triage_category, seen_at, admitted_at, discharged_at) WHERE arrived_at IS NOT NULL;
      DROP INDEX IF EXISTS flow_summary_by_arrival;
      CREATE INDEX summary_of_deciding ON flow_summary (admission_decided_at, discharged_at, admitted_at)
        WHERE admission_decided_at IS NOT NULL;
      CREATE INDEX assignment_span ON bed_assignment (bed_id, started_at, ended_at);
      CREATE INDEX place_stay_span ON place_stay (ward_id, started_at, ended_at, area_id);
      CREATE INDEX area_stay_span ON place_stay (area_id, started_at, ended_at) WHERE area_id IS NOT NULL;
      CREATE INDEX cleaning_done ON task (done_at, requested_at, started_at, bed_id, cause)
        WHERE state = 'done' AND kind = 'cleaning';`);
  },
};
