import { overlaps } from '#domain/flow/grant.ts';
import type { EncounterId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { World } from './world.ts';

type Spans = { readonly bedId: string; readonly from: number; readonly to: number | null }[];

/** Spans of one bed that touch, as one. */
function joined(spans: Spans): Spans {
  const whole: Spans = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = whole.findLastIndex(({ bedId, to }) => bedId === span.bedId && to === span.from);
    const before = whole[last];
    if (before) whole[last] = { ...before, to: span.to };
    else whole.push(span);
  }
  return whole;
}

const inOrder = (spans: Spans): string =>
  JSON.stringify(
    spans
      .map(({ bedId, from, to }) => [from, bedId, to])
      .sort((one, other) => (one[0] as number) - (other[0] as number) || (`${one[1]}` < `${other[1]}` ? -1 : 1)),
  );

/** Whether what is kept of an encounter is what its steps come to. */
export function checkEncounter({ store, engine }: World, encounterId: EncounterId): string[] {
  const encounter = store.encounters.find(encounterId);
  if (!encounter) return [];
  const found: string[] = [];
  const { whereabouts, status, dischargedAt } = engine.journey(encounterId);
  if (encounter.status !== status || encounter.dischargedAt !== dischargedAt)
    found.push(`${encounterId} is ${encounter.status}, its steps say ${status}`);
  const wanted: Spans = whereabouts.flatMap(({ place: { bedId }, from, to }) => (bedId ? [{ bedId, from, to }] : []));
  const held: Spans = store.assignments
    .listByEncounter(encounterId)
    .map(({ bedId, startedAt, endedAt }) => ({ bedId, from: startedAt, to: endedAt }));
  const refused: Spans = store.flow.listClaims({ encounterId }).map(({ bedId, from, to }) => ({ bedId, from, to }));
  if (inOrder(joined([...held, ...refused])) !== inOrder(joined(wanted)))
    found.push(
      `${encounterId} holds ${inOrder(held)}, was refused ${inOrder(refused)}, its steps say ${inOrder(wanted)}`,
    );
  const elsewhere = store.flow.listPlaceStays(encounterId).length;
  const bedless = whereabouts.filter(({ place: { bedId } }) => bedId === null).length;
  if (elsewhere !== bedless + joined(refused).length || joined(held).length !== held.length)
    found.push(`${encounterId} is in a place too many or too few`);
  return found;
}

/**
 * Beds with more patients than places now, and beds that look free though somebody left them and nobody cleaned since:
 * worked out from who was there and what was cleaned, not from what the bed was told.
 */
export function checkBeds({ store, places }: World): string[] {
  return places.beds.flatMap(({ id: bedId }) => {
    const held = store.assignments.listOf({ bedId }, LAST_MOMENT - 1, LAST_MOMENT).length;
    if (held > store.flow.places(bedId)) return [`${bedId} holds ${held} patients`];
    if (held > 0 || store.tasks.openCleaning(bedId)) return [];
    const left = store.assignments.lastOver(bedId)?.endedAt;
    const cleaned = store.tasks.lastCleaned(bedId)?.startedAt ?? 0;
    return left && cleaned < left ? [`${bedId} is free and dirty since ${left}`] : [];
  });
}

/** The same from all there is of the beds, past times too. */
export function checkPast({ store, places }: World): string[] {
  const cleanings = store.tasks.listDone(0, LAST_MOMENT, 1_000_000, ['cleaning']);
  return places.beds.flatMap(({ id: bedId }) => {
    const spans = store.assignments
      .listOf({ bedId }, 0, LAST_MOMENT)
      .map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt }))
      .sort((one, other) => one.from - other.from);
    const found: string[] = [];
    const room = store.flow.places(bedId);
    for (const [index, one] of spans.entries()) {
      // Whoever began earlier and is still there: with one place that can be only the one just before.
      const before = spans.slice(room === 1 ? Math.max(0, index - 1) : 0, index);
      const most = before.filter((other) => overlaps(one, other) && coversStart(other, one.from)).length + 1;
      if (most > room) found.push(`${bedId} held ${most} patients at ${one.from}`);
    }
    if (spans.some(({ to }) => to === null)) return found;
    const left = spans.reduce((latest, { to }) => Math.max(latest, to ?? 0), 0);
    const clean = cleanings.some(
      (task) => task.bedId === bedId && task.state === 'done' && (task.startedAt ?? 0) >= left,
    );
    if (left > 0 && !clean && !store.tasks.openCleaning(bedId)) found.push(`${bedId} is free and dirty since ${left}`);
    return found;
  });
}

function coversStart({ from, to }: { from: number; to: number | null }, at: number): boolean {
  return from <= at && (to ?? LAST_MOMENT) > at;
}

/** Whether the board shows exactly who is in the beds by the assignments, and no free bed where it is not ready. */
export async function checkBoard(world: World): Promise<string[]> {
  const { store } = world;
  const found: string[] = [];
  const { beds, encounters } = await world.board();
  for (const tile of beds) {
    const held = store.assignments
      .listOf({ bedId: tile.bedId }, LAST_MOMENT - 1, LAST_MOMENT)
      .map(({ encounterId }) => encounterId);
    if (JSON.stringify([...tile.encounterIds].sort()) !== JSON.stringify([...held].sort()))
      found.push(`the board shows ${tile.encounterIds} in ${tile.bedId}, held by ${held}`);
    if ((tile.status === 'occupied') !== held.length > 0) found.push(`${tile.bedId} is shown ${tile.status}`);
    if (tile.status === 'unoccupied' && store.tasks.openCleaning(tile.bedId))
      found.push(`${tile.bedId} is shown free while dirty`);
  }
  const shown = encounters.map(({ encounterId }) => encounterId).sort();
  const open = store.flow
    .listOpenSummaries()
    .map(({ encounterId }) => encounterId)
    .sort();
  if (JSON.stringify(shown) !== JSON.stringify(open)) found.push('the board lists other encounters than are open');
  for (const row of encounters) {
    const bedId = store.assignments.current({ encounterId: row.encounterId })?.bedId ?? null;
    if ((row.place?.bedId ?? null) !== bedId) found.push(`the board has ${row.encounterId} in another bed`);
  }
  return found;
}

/** All that a board, a bed or a patient's state shows, as text: what an undo must bring back exactly. */
export function snapshot({ store, places }: World, since: number): string {
  const open = store.flow.listOpenSummaries();
  const tasks = store.tasks.listOpen().map(({ kind, bedId, state, cause, contaminated, requestedAt, startedAt }) => ({
    kind,
    bedId,
    state,
    cause,
    contaminated,
    requestedAt,
    startedAt,
  }));
  const beds = places.beds.map(({ id: bedId }) =>
    store.assignments
      .listOf({ bedId }, since, LAST_MOMENT)
      .map(({ encounterId, startedAt, endedAt }) => [encounterId, startedAt, endedAt]),
  );
  const text = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  return JSON.stringify({
    open: text(open),
    encounters: text(open.map(({ encounterId }) => store.encounters.find(encounterId))),
    places: text(open.flatMap(({ encounterId }) => store.flow.listPlaceStays(encounterId))),
    claims: text(store.flow.listClaims().map(({ eventId: _, ...claim }) => claim)),
    beds,
    tasks: text(tasks),
    ties: text(store.devices.openTies()),
    reservations: text(store.bedStates.listReservations()),
    requests: text(store.bedStates.listOpenRequests()),
  });
}
