import type Database from 'better-sqlite3';
import type { FlowSource, FlowStore, RefusedClaim, WantedSpan } from '#domain/flow/event.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { bit, texts } from './rows.ts';

interface ClaimRow {
  readonly encounter_id: EncounterId;
  readonly bed_id: BedId;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly held_by: EncounterId;
  readonly event_id: string;
}

interface WantedRow {
  readonly encounter_id: EncounterId;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly event_id: string | null;
  readonly source: FlowSource | null;
  readonly recorded_at: number | null;
  readonly tie_break: string | null;
  readonly visit_number: string | null;
  readonly held: number;
}

interface SaidRow {
  readonly encounter_id: EncounterId;
  readonly reason: string | null;
  readonly pregnant: number;
  readonly visit_number: string | null;
}

type ClaimStore = Pick<
  FlowStore,
  | 'replaceClaims'
  | 'listClaims'
  | 'listWanted'
  | 'places'
  | 'keepSaidBefore'
  | 'saidBefore'
  | 'keepMet'
  | 'metBy'
  | 'replaceEndedTies'
  | 'listEndedTies'
>;

/** Who wants which bed when, and what ended with an encounter. */
export function createClaimStore(db: Database.Database): ClaimStore {
  const order = 'ORDER BY started_at, encounter_id';
  const all = db.prepare<[], ClaimRow>(`SELECT * FROM refused_claim ${order}`);
  const byBed = db.prepare<[string], ClaimRow>(`SELECT * FROM refused_claim WHERE bed_id = ? ${order}`);
  const byEncounter = db.prepare<[string], ClaimRow>(`SELECT * FROM refused_claim WHERE encounter_id = ? ${order}`);
  const clear = db.prepare('DELETE FROM refused_claim WHERE encounter_id = ?');
  const add = db.prepare(`
    INSERT INTO refused_claim (encounter_id, bed_id, started_at, ended_at, held_by, event_id) VALUES (?, ?, ?, ?, ?, ?)`);
  const spans = (table: string, held: 0 | 1, ended: string) => `
    SELECT s.encounter_id, s.started_at, s.ended_at, s.event_id, e.source, e.recorded_at, e.tie_break,
      f.visit_number, ${held} AS held
    FROM ${table} AS s LEFT JOIN flow_event AS e ON e.id = s.event_id
      LEFT JOIN flow_summary AS f ON f.encounter_id = s.encounter_id
    WHERE s.bed_id = @bedId AND +s.started_at < @to AND ${ended}`;
  const [lasting, over] = ['s.ended_at IS NULL', 's.ended_at > @from'];
  // Who is there now, and who left since; the plus keeps it to the index by end: a bed's long past is not gone through.
  const wantedIn = db.prepare<{ bedId: string; from: number; to: number }, WantedRow>(`
    ${spans('bed_assignment', 1, lasting)} UNION ALL ${spans('bed_assignment', 1, over)}
    UNION ALL ${spans('refused_claim', 0, `(${lasting} OR ${over})`)}`);
  const places = db.prepare<[string], number>('SELECT places FROM bed WHERE id = ?').pluck();
  const keepSaid = db.prepare(
    'INSERT INTO said_before (act_id, encounter_id, reason, pregnant, visit_number) VALUES (?, ?, ?, ?, ?)',
  );
  const said = db.prepare<[string], SaidRow>('SELECT * FROM said_before WHERE act_id = ?');
  const keepMet = db.prepare('INSERT OR REPLACE INTO taking_back (event_id, met) VALUES (?, ?)');
  const met = db.prepare<[string], string>('SELECT met FROM taking_back WHERE event_id = ?').pluck();
  const clearTies = db.prepare('DELETE FROM ended_tie WHERE encounter_id = ?');
  const addTie = db.prepare('INSERT INTO ended_tie (encounter_id, tie_id) VALUES (?, ?)');
  const ties = db
    .prepare<[string], string>('SELECT tie_id FROM ended_tie WHERE encounter_id = ? ORDER BY tie_id')
    .pluck();
  const listClaims: ClaimStore['listClaims'] = (subject) => {
    if (subject === undefined) return all.all().map(toClaim);
    const rows = 'bedId' in subject ? byBed.all(subject.bedId) : byEncounter.all(subject.encounterId);
    return rows.map(toClaim);
  };
  return {
    listClaims,
    replaceClaims: (encounterId, claims) => {
      clear.run(encounterId);
      for (const { bedId, from, to, heldBy, eventId } of claims) add.run(encounterId, bedId, from, to, heldBy, eventId);
    },
    listWanted: (bedId, from, to) => wantedIn.all({ bedId, from, to }).map((row) => toWanted(bedId, row)),
    places: (bedId) => places.get(bedId) ?? 0,
    keepSaidBefore: (actId, { encounterId, reason, pregnant, visitNumber }) => {
      keepSaid.run(actId, encounterId, reason, bit(pregnant), visitNumber);
    },
    saidBefore: (actId) => {
      const row = said.get(actId);
      if (!row) return undefined;
      const { encounter_id: encounterId, visit_number: visitNumber } = row;
      return { encounterId, reason: row.reason, pregnant: row.pregnant === 1, visitNumber };
    },
    keepMet: (eventId, ids) => {
      keepMet.run(eventId, JSON.stringify(ids));
    },
    metBy: (eventId) => {
      const ids = met.get(eventId);
      return ids === undefined ? undefined : texts(ids);
    },
    replaceEndedTies: (encounterId, tieIds) => {
      clearTies.run(encounterId);
      for (const tieId of tieIds) addTie.run(encounterId, tieId);
    },
    listEndedTies: (encounterId) => ties.all(encounterId),
  };
}

function toClaim(row: ClaimRow): RefusedClaim {
  return {
    encounterId: row.encounter_id,
    bedId: row.bed_id,
    from: row.started_at,
    to: row.ended_at,
    heldBy: row.held_by,
    eventId: row.event_id,
  };
}

function toWanted(bedId: BedId, row: WantedRow): WantedSpan & { readonly held: boolean } {
  return {
    encounterId: row.encounter_id,
    bedId,
    from: row.started_at,
    to: row.ended_at,
    eventId: row.event_id ?? '',
    // An assignment made by hand, without an event, is as good as a person's.
    source: row.source ?? 'console',
    recordedAt: row.recorded_at ?? row.started_at,
    tieBreak: row.tie_break ?? '',
    visitNumber: row.visit_number,
    held: row.held === 1,
  };
}
