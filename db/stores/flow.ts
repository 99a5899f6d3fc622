import type Database from 'better-sqlite3';
import type { FlowEvent, FlowSource, FlowStep, FlowStore } from '#domain/flow/event.ts';
import type { ActId, EncounterId } from '#domain/ids.ts';
import { createClaimStore } from './flow-claims.ts';
import { createSummaryStore } from './flow-summaries.ts';

interface EventRow {
  readonly id: string;
  readonly act_id: ActId;
  readonly encounter_id: EncounterId;
  readonly kind: FlowStep['kind'];
  readonly facts: string;
  readonly happened_at: number;
  readonly recorded_at: number;
  readonly source: FlowSource;
  readonly tie_break: string;
  readonly actor: string;
  readonly voided_at: number | null;
  readonly voided_by: string | null;
  readonly voided_reason: string | null;
}

/** A step is kept as its kind and, in JSON, the rest of it. */
export function createFlowStore(db: Database.Database): FlowStore {
  const append = db.prepare(`
    INSERT INTO flow_event (id, act_id, encounter_id, kind, facts, happened_at, recorded_at, source, tie_break, actor,
      voided_at, voided_by, voided_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const voidOne = db.prepare(
    'UPDATE flow_event SET voided_at = ?, voided_by = ?, voided_reason = ?, voided_act = ? WHERE id = ?',
  );
  const byId = db.prepare<[string], EventRow>('SELECT * FROM flow_event WHERE id = ?');
  const byEncounter = db.prepare<[string], EventRow>('SELECT * FROM flow_event WHERE encounter_id = ? ORDER BY seq');
  const byAct = db.prepare<[string], EventRow>('SELECT * FROM flow_event WHERE act_id = ? ORDER BY seq');
  const voidedBy = db.prepare<[string], EventRow>('SELECT * FROM flow_event WHERE voided_act = ? ORDER BY seq');
  const after = db.prepare<[string, string, string], EventRow>(`
    SELECT * FROM flow_event WHERE encounter_id = ? AND act_id <> ? AND voided_at IS NULL
      AND seq > (SELECT max(seq) FROM flow_event WHERE act_id = ?) ORDER BY seq`);
  const recent = db.prepare<[number], EventRow>('SELECT * FROM flow_event ORDER BY seq DESC LIMIT ?');

  return {
    ...createSummaryStore(db),
    ...createClaimStore(db),
    append: ({ step, voided, ...event }) => {
      const { kind, ...facts } = step;
      append.run(
        event.id,
        event.actId,
        event.encounterId,
        kind,
        JSON.stringify(facts),
        event.happenedAt,
        event.recordedAt,
        event.source,
        event.tieBreak,
        event.actor,
        voided?.at ?? null,
        voided?.by ?? null,
        voided?.reason ?? null,
      );
    },
    void: (eventId, { at, by, reason }, actId) => {
      voidOne.run(at, by, reason, actId ?? null, eventId);
    },
    find: (eventId) => {
      const row = byId.get(eventId);
      return row && toEvent(row);
    },
    listOf: (encounterId) => byEncounter.all(encounterId).map(toEvent),
    listAct: (actId) => byAct.all(actId).map(toEvent),
    listVoidedBy: (actId) => voidedBy.all(actId).map(toEvent),
    listAfter: (actId, encounterId) => after.all(encounterId, actId, actId).map(toEvent),
    listRecent: (limit) => recent.all(limit).map(toEvent),
  };
}

function toEvent(row: EventRow): FlowEvent {
  const { voided_at: at, voided_by: by, voided_reason: reason } = row;
  return {
    id: row.id,
    actId: row.act_id,
    encounterId: row.encounter_id,
    step: { kind: row.kind, ...JSON.parse(row.facts) } as FlowStep,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    source: row.source,
    tieBreak: row.tie_break,
    actor: row.actor,
    voided: at === null || by === null || reason === null ? null : { at, by, reason },
  };
}
