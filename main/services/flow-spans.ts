import type { Store } from '#domain/clinic/store.ts';
import type { KeptAssignment } from '#domain/encounter/encounter.ts';
import type { FlowEvent, Journey, RefusedClaim, WantedSpan } from '#domain/flow/event.ts';
import { type Granting, grant, overlaps } from '#domain/flow/grant.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';

/** What an encounter has of beds, and what it was refused. */
export interface Having {
  readonly rows: readonly KeptAssignment[];
  readonly claims: readonly RefusedClaim[];
}

/** What it is to have instead. */
export interface Target {
  readonly granted: readonly WantedSpan[];
  readonly claims: readonly RefusedClaim[];
}

/** Bed spans an encounter wants by its journey. */
export function wantedOf(
  encounterId: EncounterId,
  journey: Journey,
  events: readonly FlowEvent[],
  visitNumber: string | null,
): WantedSpan[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return journey.whereabouts.flatMap(({ place: { bedId }, from, to, eventId, again = [] }) => {
    const event = byId.get(eventId);
    if (bedId === null || !event) return [];
    const { source, recordedAt, tieBreak } = event;
    const first = {
      encounterId,
      bedId,
      from,
      to: again[0]?.from ?? to,
      eventId,
      source,
      recordedAt,
      tieBreak,
      visitNumber,
    };
    const rest = again.map((leaving, index) => ({
      ...first,
      from: leaving.from,
      to: again[index + 1]?.from ?? to,
      eventId: leaving.eventId,
      source: 'feed' as const,
      recordedAt: leaving.toldAt,
      tieBreak: byId.get(leaving.eventId)?.tieBreak ?? tieBreak,
      again: true,
    }));
    return [first, ...rest].filter((span) => span.to === null || span.to > span.from);
  });
}

/** What was granted as one span where it goes on. */
function joined(granted: readonly WantedSpan[]): WantedSpan[] {
  const whole: WantedSpan[] = [];
  for (const span of [...granted].sort((one, other) => one.from - other.from)) {
    const last = whole.at(-1);
    const goesOn = span.again && last?.bedId === span.bedId && last.to === span.from;
    if (last && goesOn) whole[whole.length - 1] = { ...last, to: span.to };
    else whole.push(span);
  }
  return whole;
}

type Span = { readonly bedId: BedId; readonly from: number; readonly to: number | null };
type Begun = Span & { readonly eventId: string | null };

function keyOf({ bedId, from, to }: Span): string {
  return `${bedId} ${from} ${to}`;
}

/** Which beds' spans differ, or who told of them does, and over which time. */
function changedWindows(had: readonly Begun[], wants: readonly Begun[], windows: Map<BedId, [number, number]>): void {
  const begun = (span: Begun) => `${keyOf(span)} ${span.eventId}`;
  const [old, now] = [new Set(had.map(begun)), new Set(wants.map(begun))];
  const differing = [...had.filter((span) => !now.has(begun(span))), ...wants.filter((span) => !old.has(begun(span)))];
  for (const { bedId, from, to } of differing) {
    const [first, last] = windows.get(bedId) ?? [from, to ?? LAST_MOMENT];
    windows.set(bedId, [Math.min(first, from), Math.max(last, to ?? LAST_MOMENT)]);
  }
}

export interface Settled {
  /** Of every encounter whose beds, or refused claims, may change; touched ones always. */
  readonly targets: ReadonlyMap<EncounterId, Target>;
  readonly had: ReadonlyMap<EncounterId, Having>;
}

/**
 * Who gets which bed once the touched encounters want what they want now: for each bed where that differs, all that
 * overlap, directly or through others, are decided anew.
 */
export function settleBeds(
  { flow, assignments }: Pick<Store, 'flow' | 'assignments'>,
  wants: ReadonlyMap<EncounterId, readonly WantedSpan[]>,
  /** What an encounter that is not touched wants. */
  wantsOf: (encounterId: EncounterId) => readonly WantedSpan[],
): Settled {
  const had = new Map<EncounterId, Having>();
  const having = (encounterId: EncounterId): Having => {
    const known = had.get(encounterId) ?? {
      rows: assignments.listByEncounter(encounterId),
      claims: flow.listClaims({ encounterId }),
    };
    had.set(encounterId, known);
    return known;
  };
  const windows = new Map<BedId, [number, number]>();
  for (const [encounterId, spans] of wants) {
    const { rows, claims } = having(encounterId);
    changedWindows([...rows.map(spanOf), ...claims], spans, windows);
  }
  const targets = new Map<EncounterId, Target>();
  for (const [encounterId, spans] of wants) targets.set(encounterId, asBefore(having(encounterId), spans));
  for (const [bedId, window] of windows) {
    const granting = decide(flow, bedId, window, wants, wantsOf);
    const decided = [...granting.granted, ...granting.refused.map(({ span }) => span)];
    for (const encounterId of new Set(decided.map((span) => span.encounterId))) {
      const { rows, claims } = having(encounterId);
      const others = wants.has(encounterId) ? [] : wantsOf(encounterId);
      const asWas = others.some(({ again }) => again) ? asBefore({ rows, claims }, others) : undefined;
      const before = targets.get(encounterId) ?? asWas ?? { granted: rows.map(spanOf), claims };
      targets.set(encounterId, redecided(before, encounterId, bedId, granting));
    }
  }
  for (const [encounterId, target] of targets) targets.set(encounterId, { ...target, granted: joined(target.granted) });
  return { targets, had };
}

/** What is wanted now, refused where it was refused before; beds in question are decided anew. */
function asBefore({ claims }: Having, wants: readonly WantedSpan[]): Target {
  const wanted = new Set(wants.map(keyOf));
  const refused = new Map(claims.filter((claim) => wanted.has(keyOf(claim))).map((claim) => [keyOf(claim), claim]));
  return {
    granted: wants.filter((span) => !refused.has(keyOf(span))),
    claims: [...refused.values()],
  };
}

function redecided(before: Target, encounterId: EncounterId, bedId: BedId, { granted, refused }: Granting): Target {
  const mine = granted.filter((span) => span.encounterId === encounterId);
  const not = refused.filter(({ span }) => span.encounterId === encounterId);
  const decided = new Set([...mine, ...not.map(({ span }) => span)].map(keyOf));
  const open = (span: Span) => span.bedId !== bedId || !decided.has(keyOf(span));
  return {
    granted: [...before.granted.filter(open), ...mine],
    claims: [...before.claims.filter(open), ...not.map(({ span, heldBy }) => claimOf(span, heldBy))],
  };
}

/** A row as the span it was granted; who else may want it is not asked again. */
function spanOf(row: KeptAssignment): WantedSpan {
  const { encounterId, bedId, startedAt, endedAt, eventId } = row;
  const told = { source: 'console', recordedAt: startedAt, tieBreak: '', visitNumber: null } as const;
  return { encounterId, bedId, from: startedAt, to: endedAt, eventId: eventId ?? '', ...told };
}

function decide(
  flow: Store['flow'],
  bedId: BedId,
  [first, last]: readonly [number, number],
  wants: ReadonlyMap<EncounterId, readonly WantedSpan[]>,
  wantsOf: (encounterId: EncounterId) => readonly WantedSpan[],
): Granting {
  const mine = [...wants.values()].flat().filter((span) => span.bedId === bedId);
  let [from, to] = [first, last];
  for (;;) {
    const ids = new Set(flow.listWanted(bedId, from, to).map(({ encounterId }) => encounterId));
    const others = [...ids]
      .filter((encounterId) => !wants.has(encounterId))
      .flatMap((encounterId) => wantsOf(encounterId))
      .filter((span) => span.bedId === bedId && overlaps(span, { from, to }));
    const inside = mine.filter((span) => overlaps(span, { from, to }));
    const all: readonly WantedSpan[] = [...others, ...inside];
    const [least, most] = [
      Math.min(from, ...all.map((span) => span.from)),
      Math.max(to, ...all.map((span) => span.to ?? LAST_MOMENT)),
    ];
    if (least === from && most === to) return grant(all, flow.places(bedId));
    [from, to] = [least, most];
  }
}

function claimOf({ encounterId, bedId, from, to, eventId }: WantedSpan, heldBy: EncounterId): RefusedClaim {
  return { encounterId, bedId, from, to, heldBy, eventId };
}
