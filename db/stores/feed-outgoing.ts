import type Database from 'better-sqlite3';
import type { FeedStore, OutgoingMessage } from '#domain/feed/feed.ts';

interface OutgoingRow {
  readonly seq: number;
  readonly control_id: string;
  readonly type: string;
  readonly text: string;
  readonly created_at: number;
  readonly sent_at: number | null;
  readonly attempts: number;
  readonly problem: string | null;
}

type Outgoing = Pick<
  FeedStore,
  'enqueue' | 'nextToSend' | 'saveAttempt' | 'giveUp' | 'lastSentAt' | 'countUnsent' | 'givenUp'
>;

/** Messages leave in the order they were written; the first unsent one holds back the rest. */
export function createOutgoing(db: Database.Database): Outgoing {
  const enqueue = db.prepare('INSERT INTO feed_outgoing (control_id, type, text, created_at) VALUES (?, ?, ?, ?)');
  const next = db.prepare<[], OutgoingRow>(
    'SELECT * FROM feed_outgoing WHERE sent_at IS NULL AND given_up = 0 ORDER BY seq LIMIT 1',
  );
  const attempt = db.prepare(
    'UPDATE feed_outgoing SET sent_at = ?, problem = ?, attempts = attempts + 1 WHERE seq = ? AND sent_at IS NULL',
  );
  const giveUp = db.prepare('UPDATE feed_outgoing SET given_up = 1 WHERE seq = ? AND sent_at IS NULL');
  const last = db
    .prepare<[], number>('SELECT sent_at FROM feed_outgoing WHERE sent_at IS NOT NULL ORDER BY seq DESC LIMIT 1')
    .pluck();
  const unsent = db
    .prepare<[], number>('SELECT count(*) FROM feed_outgoing WHERE sent_at IS NULL AND given_up = 0')
    .pluck();
  const given = db.prepare<[], number>('SELECT count(*) FROM feed_outgoing WHERE given_up = 1').pluck();
  const lastGiven = db.prepare<[], OutgoingRow>(
    'SELECT * FROM feed_outgoing WHERE given_up = 1 ORDER BY seq DESC LIMIT 1',
  );
  return {
    enqueue: ({ controlId, type, text, createdAt }) => {
      enqueue.run(controlId, type, text, createdAt);
    },
    nextToSend: () => {
      const row = next.get();
      return row && toOutgoing(row);
    },
    saveAttempt: (seq, { sentAt, problem }) => {
      attempt.run(sentAt, problem, seq);
    },
    giveUp: (seq) => {
      giveUp.run(seq);
    },
    lastSentAt: () => last.get() ?? null,
    countUnsent: () => unsent.get() ?? 0,
    givenUp: () => {
      const row = lastGiven.get();
      return { count: given.get() ?? 0, last: row ? toOutgoing(row) : null };
    },
  };
}

function toOutgoing(row: OutgoingRow): OutgoingMessage {
  return {
    seq: row.seq,
    controlId: row.control_id,
    type: row.type,
    text: row.text,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    attempts: row.attempts,
    problem: row.problem,
  };
}
