import type { KeptAssignment } from '#domain/encounter/encounter.ts';
import type { FlowEvent, FlowStep, WantedSpan } from '#domain/flow/event.ts';
import { overlaps } from '#domain/flow/grant.ts';
import type { CleaningCause } from '#domain/flow/task.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import type { BedChange, Leaving } from './bed-keeping.ts';
import type { Folded } from './flow-apply.ts';
import type { Settled } from './flow-spans.ts';

/** What has to be written of assignments, and what beds have to be told. */
export interface BedsDiff {
  readonly removed: string[];
  readonly shortened: KeptAssignment[];
  readonly added: KeptAssignment[];
  /** Spans begun in beds the patient did not have. */
  readonly taken: WantedSpan[];
  /** Who leaves which bed, in the same act. */
  readonly leaving: Map<BedId, EncounterId[]>;
  /** `begunBy`: the event the span began by in the end, which may be another than the bed was told. */
  readonly takingsBack: (BedChange & { readonly begunBy: string | null })[];
  /** `returned`: the patient is in the bed again, not merely never was. */
  readonly leavingsBack: { readonly bedId: BedId; readonly eventId: string; readonly returned: boolean }[];
  readonly lefts: Leaving[];
  /** Left at another time than the bed was told. */
  readonly retimed: { readonly row: KeptAssignment; readonly leaving: Leaving }[];
  readonly takes: BedChange[];
  /** Beds somebody was in who never was there, or not then. */
  readonly gone: Set<BedId>;
  /** Beds whose holders changed, those left first. */
  readonly beds: Set<BedId>;
}

export function bedsDiff(
  { targets, had }: Settled,
  folds: ReadonlyMap<EncounterId, Folded>,
  newId: () => string,
): BedsDiff {
  const diff: BedsDiff = {
    removed: [],
    shortened: [],
    added: [],
    taken: [],
    leaving: new Map(),
    takingsBack: [],
    leavingsBack: [],
    lefts: [],
    retimed: [],
    takes: [],
    gone: new Set(),
    beds: new Set(),
  };
  for (const [encounterId, { granted }] of targets) {
    const folded = folds.get(encounterId);
    const rows = had.get(encounterId)?.rows ?? [];
    if (folded) compare(diff, rows, granted, folded, newId);
  }
  const taken = diff.added.map(({ bedId }) => bedId);
  for (const bedId of taken) {
    diff.beds.delete(bedId);
    diff.beds.add(bedId);
  }
  return diff;
}

/** Pairs what an encounter had of each bed with what it has now, in order of time. */
function compare(
  diff: BedsDiff,
  rows: readonly KeptAssignment[],
  granted: readonly WantedSpan[],
  folded: Folded,
  newId: () => string,
): void {
  const inOrder = [...granted].sort((one, other) => one.from - other.from);
  const pairs = new Map<WantedSpan, KeptAssignment>();
  const left = new Set(rows);
  const pair = (fits: (row: KeptAssignment, span: WantedSpan) => boolean) => {
    for (const span of inOrder) {
      if (pairs.has(span)) continue;
      const row = [...left].find((each) => each.bedId === span.bedId && fits(each, span));
      if (!row) continue;
      pairs.set(span, row);
      left.delete(row);
    }
  };
  pair((row, span) => row.startedAt === span.from);
  pair((row, span) => row.endedAt === span.to);
  pair((row, span) => overlaps({ from: row.startedAt, to: row.endedAt }, span));
  for (const row of left) gone(diff, row, folded);
  for (const span of inOrder) {
    const row = pairs.get(span);
    if (row) changed(diff, row, span, folded);
    else begun(diff, span, folded, newId());
  }
}

/** Somebody who was in a bed was not there after all. */
function gone(diff: BedsDiff, row: KeptAssignment, { events }: Folded): void {
  const { bedId, encounterId, startedAt, takenBy, leftBy } = row;
  diff.removed.push(row.id);
  diff.beds.add(bedId);
  diff.gone.add(bedId);
  if (row.endedAt === null) leaves(diff, bedId, encounterId);
  if (leftBy !== null) diff.leavingsBack.push({ bedId, eventId: leftBy, returned: false });
  // Of a bed left since, what its taking had met stays met.
  if (takenBy === null || row.endedAt !== null) return;
  const source = events.find(({ id }) => id === takenBy)?.source ?? 'console';
  diff.takingsBack.push({ bedId, encounterId, eventId: takenBy, begunBy: row.eventId, at: startedAt, source });
}

function leaves({ leaving }: BedsDiff, bedId: BedId, encounterId: EncounterId): void {
  leaving.set(bedId, [...(leaving.get(bedId) ?? []), encounterId]);
}

function changed(diff: BedsDiff, row: KeptAssignment, span: WantedSpan, folded: Folded): void {
  const { from, to, eventId, bedId } = span;
  const same = row.startedAt === from && row.endedAt === to;
  if (same && row.eventId === eventId) return;
  const opened = row.endedAt !== null && to === null;
  const closed = row.endedAt === null && to !== null;
  const leaving = closed ? leavingOf(span, to, folded) : undefined;
  const after: KeptAssignment = {
    ...row,
    startedAt: from,
    endedAt: to,
    eventId: eventId || null,
    leftBy: opened ? null : (leaving?.eventId ?? row.leftBy),
  };
  if (leaving) {
    leaves(diff, bedId, row.encounterId);
    diff.lefts.push(leaving);
  }
  const later = row.endedAt !== null && to !== null && row.endedAt !== to ? leavingOf(span, to, folded) : undefined;
  if (later) diff.retimed.push({ row: after, leaving: later });
  if (opened && row.leftBy !== null) diff.leavingsBack.push({ bedId, eventId: row.leftBy, returned: true });
  if (!same) diff.beds.add(bedId);
  if (!same && to !== null) diff.gone.add(bedId);
  const within = from >= row.startedAt && (row.endedAt === null || (to !== null && to <= row.endedAt));
  if (within) diff.shortened.push(after);
  else {
    diff.removed.push(row.id);
    diff.added.push(after);
  }
}

function begun(diff: BedsDiff, span: WantedSpan, folded: Folded, id: string): void {
  const { bedId, encounterId, from, to, eventId, source } = span;
  const leaving = to === null ? undefined : leavingOf(span, to, folded);
  diff.taken.push(span);
  if (leaving) diff.lefts.push(leaving);
  else diff.takes.push({ bedId, encounterId, eventId, at: from, source });
  diff.beds.add(bedId);
  diff.added.push({
    id,
    bedId,
    encounterId,
    startedAt: from,
    endedAt: to,
    eventId: eventId || null,
    takenBy: leaving ? null : eventId || null,
    leftBy: leaving?.eventId ?? null,
  });
}

/** The event a patient left a bed by, and why it is cleaned. */
function leavingOf({ bedId, encounterId }: WantedSpan, at: number, { journey, events }: Folded): Leaving | undefined {
  const next = journey.whereabouts.find(({ from }) => from === at);
  // Somebody else got the bed from there on, before the leaving was taken back.
  const again = journey.whereabouts.flatMap((span) => span.again ?? []).find(({ from }) => from === at);
  const named = (id: string | undefined) => events.find((each) => each.id === id);
  const event = next ? named(next.eventId) : (dischargeAt(events, at) ?? named(again?.eventId));
  if (!event) return undefined;
  const { id: eventId, source } = event;
  return { bedId, encounterId, eventId, at, source, cause: causeOf(event.step) };
}

/** Why a bed is cleaned that was left by a step. */
export function causeOf(step: FlowStep): CleaningCause {
  if (step.kind !== 'discharged') return 'transfer';
  return step.outcome === 'died' ? 'death' : 'discharge';
}

/** Of who came and left in one moment the leaving took effect just after it. */
function dischargeAt(events: readonly FlowEvent[], at: number): FlowEvent | undefined {
  const discharges = events.filter(({ voided, step }) => !voided && step.kind === 'discharged');
  return (
    discharges.find(({ happenedAt }) => happenedAt === at) ?? discharges.find(({ happenedAt }) => happenedAt === at - 1)
  );
}
