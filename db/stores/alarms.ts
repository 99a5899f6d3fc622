import type Database from 'better-sqlite3';
import type {
  Alarm,
  AlarmStore,
  EndedFilter,
  LimitStore,
  PersonalLimit,
  Priority,
  Signal,
} from '#domain/alarm/alarm.ts';
import type { AlarmId, BedId, DeviceId, EncounterId, UserId } from '#domain/ids.ts';

interface AlarmRow {
  readonly id: AlarmId;
  readonly kind: Alarm['kind'];
  readonly rule: string;
  readonly priority: Priority;
  readonly encounter_id: EncounterId | null;
  readonly bed_id: BedId | null;
  readonly device_id: DeviceId | null;
  readonly code: string | null;
  readonly message: string;
  readonly bound: number | null;
  readonly extreme: number | null;
  readonly value: number | null;
  readonly began_at: number;
  readonly ended_at: number | null;
  readonly signal: Signal;
  readonly acknowledged_by: UserId | null;
  readonly acknowledged_at: number | null;
  readonly recurrences: number;
}

/** Before every id. */
const FIRST = '' as AlarmId;

export function createAlarmStore(db: Database.Database): AlarmStore {
  const save = db.prepare(`
    REPLACE INTO alarm (id, kind, rule, priority, encounter_id, bed_id, device_id, code, message, bound, extreme, value,
      began_at, ended_at, signal, acknowledged_by, acknowledged_at, recurrences)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const byId = db.prepare<[string], AlarmRow>('SELECT * FROM alarm WHERE id = ?');
  const open = db.prepare<[], AlarmRow>("SELECT * FROM alarm WHERE signal <> 'off' ORDER BY began_at DESC, id DESC");
  const ended = (...which: string[]) =>
    db.prepare<[EndedFilter], AlarmRow>(`
      SELECT * FROM alarm WHERE ${["signal = 'off'", '(began_at, id) < (@before, @beforeId)', ...which].join(' AND ')}
      ORDER BY began_at DESC, id DESC LIMIT @limit`);
  const inWard = 'bed_id IN (SELECT id FROM bed WHERE ward_id = @wardId)';
  const ofEncounter = 'encounter_id = @encounterId';
  const endedAll = ended();
  const endedIn = ended(inWard);
  const endedOf = ended(ofEncounter);
  const endedOfIn = ended(ofEncounter, inWard);
  return {
    save: db.transaction((alarms: readonly Alarm[]) => {
      for (const a of alarms) {
        const about = [a.encounterId, a.bedId, a.deviceId, a.code] as const;
        const values = [a.message, a.limit, a.extreme, a.value, a.beganAt, a.endedAt, a.signal] as const;
        save.run(
          a.id,
          a.kind,
          a.rule,
          a.priority,
          ...about,
          ...values,
          a.acknowledgedBy,
          a.acknowledgedAt,
          a.recurrences,
        );
      }
    }),
    find: (id) => {
      const row = byId.get(id);
      return row && toAlarm(row);
    },
    listOpen: () => open.all().map(toAlarm),
    listEnded: ({ wardId, encounterId, before = Number.MAX_SAFE_INTEGER, beforeId = FIRST, limit }) => {
      const page = encounterId ? (wardId ? endedOfIn : endedOf) : wardId ? endedIn : endedAll;
      return page.all({ wardId, encounterId, before, beforeId, limit }).map(toAlarm);
    },
  };
}

function toAlarm(row: AlarmRow): Alarm {
  return {
    id: row.id,
    kind: row.kind,
    rule: row.rule,
    priority: row.priority,
    encounterId: row.encounter_id,
    bedId: row.bed_id,
    deviceId: row.device_id,
    code: row.code,
    message: row.message,
    limit: row.bound,
    extreme: row.extreme,
    value: row.value,
    beganAt: row.began_at,
    endedAt: row.ended_at,
    signal: row.signal,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at,
    recurrences: row.recurrences,
  };
}

interface LimitRow {
  readonly encounter_id: EncounterId;
  readonly code: string;
  readonly high_low: number | null;
  readonly medium_low: number | null;
  readonly medium_high: number | null;
  readonly high_high: number | null;
  readonly reason: string;
  readonly set_by: UserId;
  readonly set_at: number;
  readonly review_at: number;
}

export function createLimitStore(db: Database.Database): LimitStore {
  const of = db.prepare<[string], LimitRow>('SELECT * FROM personal_limit WHERE encounter_id = ? ORDER BY code');
  const save = db.prepare(`
    REPLACE INTO personal_limit (encounter_id, code, high_low, medium_low, medium_high, high_high, reason, set_by, set_at, review_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const remove = db.prepare('DELETE FROM personal_limit WHERE encounter_id = ? AND code = ?');
  return {
    list: (encounterId) => of.all(encounterId).map(toLimit),
    save: (l) => {
      const bounds = [l.highLow, l.mediumLow, l.mediumHigh, l.highHigh] as const;
      save.run(l.encounterId, l.code, ...bounds, l.reason, l.setBy, l.setAt, l.reviewAt);
    },
    remove: (encounterId, code) => {
      remove.run(encounterId, code);
    },
  };
}

function toLimit(row: LimitRow): PersonalLimit {
  return {
    encounterId: row.encounter_id,
    code: row.code,
    highLow: row.high_low,
    mediumLow: row.medium_low,
    mediumHigh: row.medium_high,
    highHigh: row.high_high,
    reason: row.reason,
    setBy: row.set_by,
    setAt: row.set_at,
    reviewAt: row.review_at,
  };
}
