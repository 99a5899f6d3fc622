import type Database from 'better-sqlite3';
import type { Belief, FactWord, FeedStore, FeedVisit, Word } from '#domain/feed/feed.ts';
import type { Place } from '#domain/flow/event.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';

interface VisitRow {
  readonly visit_number: string;
  readonly encounter_id: EncounterId | null;
  readonly told_patient_id: PatientId | null;
  readonly told_at: number | null;
  readonly told_tie_break: string | null;
  readonly moved_patient_id: PatientId | null;
  readonly moved_at: number | null;
  readonly moved_tie_break: string | null;
  readonly alias_of: string | null;
}

interface BeliefRow {
  readonly message_id: string;
  readonly encounter_id: EncounterId;
  readonly at: number;
  readonly place: string;
  readonly recorded_at: number;
}

type Facts = Pick<
  FeedStore,
  'saveWords' | 'listWords' | 'visit' | 'saveVisit' | 'listAliases' | 'saveBelief' | 'listBeliefs'
>;

/** What the feed said last of each fact, whose each visit is, and where patients were believed to be. */
export function createFeedFacts(db: Database.Database): Facts {
  const words = db.prepare<[string], string>('SELECT facts FROM feed_word WHERE subject = ?').pluck();
  const saveWords = db.prepare(
    'INSERT INTO feed_word (subject, facts) VALUES (?, ?) ON CONFLICT DO UPDATE SET facts = excluded.facts',
  );
  const visit = db.prepare<[string], VisitRow>('SELECT * FROM feed_visit WHERE visit_number = ?');
  const aliases = db.prepare<[string], string>('SELECT visit_number FROM feed_visit WHERE alias_of = ?').pluck();
  const saveVisit = db.prepare(`
    INSERT INTO feed_visit (visit_number, encounter_id, told_patient_id, told_at, told_tie_break, moved_patient_id,
      moved_at, moved_tie_break, alias_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET encounter_id = excluded.encounter_id, told_patient_id = excluded.told_patient_id,
      told_at = excluded.told_at, told_tie_break = excluded.told_tie_break,
      moved_patient_id = excluded.moved_patient_id, moved_at = excluded.moved_at,
      moved_tie_break = excluded.moved_tie_break, alias_of = excluded.alias_of`);
  const beliefs = db.prepare<[string], BeliefRow>(`
    SELECT feed_belief.*, recorded_at FROM feed_belief JOIN feed_message ON id = message_id
    WHERE feed_belief.encounter_id = ? ORDER BY at`);
  const saveBelief = db.prepare(`
    INSERT INTO feed_belief (message_id, encounter_id, at, place) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET encounter_id = excluded.encounter_id, at = excluded.at, place = excluded.place`);
  return {
    saveWords: (subject, facts) => {
      saveWords.run(subject, JSON.stringify(facts));
    },
    listWords: (subject) => JSON.parse(words.get(subject) ?? '[]') as FactWord[],
    visit: (visitNumber) => {
      const row = visit.get(visitNumber);
      return row && toVisit(row);
    },
    saveVisit: ({ visitNumber, encounterId, told, moved, aliasOf }) => {
      const whose = (by: FeedVisit['told']) => [by?.patientId ?? null, by?.recordedAt ?? null, by?.tieBreak ?? null];
      saveVisit.run(visitNumber, encounterId, ...whose(told), ...whose(moved), aliasOf);
    },
    listAliases: (visitNumber) => aliases.all(visitNumber),
    saveBelief: ({ messageId, encounterId, at, place }) => {
      saveBelief.run(messageId, encounterId, at, JSON.stringify(place));
    },
    listBeliefs: (encounterId) => beliefs.all(encounterId).map(toBelief),
  };
}

function toVisit(row: VisitRow): FeedVisit {
  return {
    visitNumber: row.visit_number,
    encounterId: row.encounter_id,
    told: whose(row.told_patient_id, row.told_at, row.told_tie_break),
    moved: whose(row.moved_patient_id, row.moved_at, row.moved_tie_break),
    aliasOf: row.alias_of,
  };
}

function whose(patientId: PatientId | null, recordedAt: number | null, tieBreak: string | null): FeedVisit['told'] {
  return patientId === null || recordedAt === null || tieBreak === null ? null : { patientId, recordedAt, tieBreak };
}

function toBelief(row: BeliefRow): Belief & Pick<Word, 'recordedAt'> {
  return {
    messageId: row.message_id,
    encounterId: row.encounter_id,
    at: row.at,
    place: JSON.parse(row.place) as Place,
    recordedAt: row.recorded_at,
  };
}
