import type Database from 'better-sqlite3';

interface Stay {
  readonly id: string;
  readonly status: string;
  readonly admitted_at: number;
  readonly discharged_at: number | null;
}

interface Held {
  readonly id: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly ward_id: string;
  readonly room_id: string;
  readonly bed_id: string;
}

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly facts: object;
  readonly at: number;
}

const NOWHERE = { wardId: null, roomId: null, bedId: null, areaId: null };

/** Gives every stay of before the events that fold to exactly what is stored. When they were written down is not known. */
export function bringStaysOver(db: Database.Database): void {
  // Who came and left in one moment was here for the shortest time there is.
  db.exec('UPDATE encounter SET discharged_at = admitted_at + 1 WHERE discharged_at = admitted_at');
  const stays = db.prepare<[], Stay>('SELECT id, status, admitted_at, discharged_at FROM encounter ORDER BY id').all();
  const held = db.prepare<[string], Held>(`
    SELECT a.id, a.started_at, a.ended_at, bed.ward_id, bed.room_id, a.bed_id
    FROM bed_assignment AS a JOIN bed ON bed.id = a.bed_id WHERE a.encounter_id = ? ORDER BY a.started_at, a.id`);
  const event = db.prepare(`
    INSERT INTO flow_event (id, act_id, encounter_id, kind, facts, happened_at, recorded_at, source, tie_break, actor)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'console', ?, 'hub')`);
  const begun = db.prepare('UPDATE bed_assignment SET event_id = ?, taken_by = ? WHERE id = ?');
  const summary = db.prepare(`
    INSERT INTO flow_summary (encounter_id, class, expected_at, admitted_at, discharged_at, outcome, away_kind, away_since, placed)
    VALUES (?, 'inpatient', ?, ?, ?, ?, ?, ?, ?)`);
  const placeStay = db.prepare('INSERT INTO place_stay (encounter_id, started_at, ended_at) VALUES (?, ?, ?)');

  // An assignment of no length never was: nobody lay there.
  db.exec('DELETE FROM bed_assignment WHERE ended_at = started_at');
  for (const stay of stays) {
    const spans = held.all(stay.id);
    const told = eventsOf(stay, spans);
    for (const { id, kind, facts, at } of told) event.run(id, id, stay.id, kind, JSON.stringify(facts), at, at, id);
    for (const { id, started_at } of spans) {
      const by = told.find(({ at }) => at === started_at)?.id;
      begun.run(by, by, id);
    }
    const gone = stay.status === 'cancelled' || stay.status === 'planned';
    const over = stay.status === 'discharged' || stay.status === 'completed';
    const away = stay.status === 'on-hold';
    const gaps = gone ? [] : gapsOf(stay, spans);
    for (const [from, to] of gaps) placeStay.run(stay.id, from, to);
    summary.run(
      stay.id,
      stay.status === 'planned' ? stay.admitted_at : null,
      gone ? null : stay.admitted_at,
      over ? endOf(stay) : null,
      over ? 'other' : null,
      away ? 'leave' : null,
      away ? (told.at(-1)?.at ?? stay.admitted_at) : null,
      gaps.some(([, to]) => to === null) ? 1 : 0,
    );
    if (gone) db.prepare('DELETE FROM bed_assignment WHERE encounter_id = ?').run(stay.id);
  }
}

function endOf({ admitted_at, discharged_at }: Stay): number {
  return discharged_at ?? admitted_at;
}

function eventsOf(stay: Stay, spans: readonly Held[]): Told[] {
  const step = (suffix: string, kind: string, facts: object, at: number): Told => ({
    id: `${stay.id}:${suffix}`,
    kind,
    facts,
    at,
  });
  if (stay.status === 'planned')
    return [
      step('expected', 'expected', { expectedAt: stay.admitted_at, place: null, reason: null }, stay.admitted_at),
    ];
  const first = spans[0]?.started_at === stay.admitted_at ? spans[0] : undefined;
  const place = first ? placeOf(first) : null;
  const told = [step('admitted', 'admitted', { place, class: 'inpatient' }, stay.admitted_at)];
  let until = first ? first.ended_at : stay.admitted_at;
  for (const [index, span] of spans.entries()) {
    if (span === first) continue;
    if (until !== null && until > stay.admitted_at && until < span.started_at)
      told.push(step(`nowhere-${index}`, 'transferred', { place: NOWHERE }, until));
    told.push(step(`moved-${index}`, 'transferred', { place: placeOf(span) }, span.started_at));
    until = span.ended_at;
  }
  const over = stay.status === 'discharged' || stay.status === 'completed';
  const end = over ? endOf(stay) : null;
  if (spans.length > 0 && until !== null && (end === null || until < end))
    told.push(step('nowhere', 'transferred', { place: NOWHERE }, until));
  if (stay.status === 'on-hold')
    told.push(step('leave', 'leave-started', { returnExpectedAt: null }, told.at(-1)?.at ?? stay.admitted_at));
  if (end !== null) told.push(step('discharged', 'discharged', { outcome: 'other' }, end));
  if (stay.status === 'cancelled')
    told.push(step('cancelled', 'cancelled', { reason: null }, Math.max(...told.map(({ at }) => at))));
  return told;
}

function placeOf({ ward_id: wardId, room_id: roomId, bed_id: bedId }: Held): object {
  return { wardId, roomId, bedId, areaId: null };
}

/** When the patient was here in no bed. */
function gapsOf(stay: Stay, spans: readonly Held[]): [from: number, to: number | null][] {
  const over = stay.status === 'discharged' || stay.status === 'completed';
  const gaps: [number, number | null][] = [];
  let from: number | null = stay.admitted_at;
  for (const { started_at, ended_at } of spans) {
    if (from !== null && from < started_at) gaps.push([from, started_at]);
    from = ended_at;
  }
  const end = over ? endOf(stay) : null;
  if (from !== null && (end === null || from < end)) gaps.push([from, end]);
  return gaps;
}
