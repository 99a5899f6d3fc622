import { dayAt } from '#domain/clinic/settings.ts';
import type { Notice, Wait } from '#domain/flow/notice.ts';
import type { BedId, EncounterId, PatientId, RequestId, TaskId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import type { ChangeEmitter } from './changes.ts';
import {
  type BedFact,
  type BoardFactsDeps,
  type FlowFact,
  type RequestFact,
  readBed,
  readFlow,
  readRequest,
  readVitals,
} from './flow-board-facts.ts';
import { BoardNotices } from './flow-board-notices.ts';
import { type BoardPlaces, readBoardPlaces } from './flow-board-places.ts';
import type { LiveState } from './live-state.ts';

/** What may have changed on a board: a bed, an encounter, a request by id, all notices, or everything. */
export type BoardKey = `bed:${string}` | `enc:${string}` | `req:${string}` | 'notices' | 'whole';

export interface BoardModelDeps extends BoardFactsDeps {
  readonly changes: ChangeEmitter;
  readonly live: Pick<LiveState, 'watched' | 'routes' | 'on'>;
  readonly alarms: { on(listener: (alarm: { readonly encounterId: EncounterId | null }) => void): () => void };
  readonly clock: () => number;
}

type Listener = (keys: readonly BoardKey[]) => void;

/** Changes are gathered so long before they are told: one act is one change of each thing it touches. */
const GATHER_MS = 40;
/** Looked at by time at least so often, however the clock is set. */
const LOOK_MS = MINUTE_MS;

const MOST_DIRTY = 2_000;

/** A thing as it was read last, and its JSON, by which it is known to have changed. */
interface Kept<Fact> {
  readonly fact: Fact;
  readonly text: string;
}

/**
 * The flow of the whole clinic in memory. A change is read when somebody looks, the one thing that changed and what
 * hangs on it; what turns out the same is told to nobody. What comes true by time alone has one timer, to the next of it.
 */
export class BoardModel {
  readonly #deps: BoardModelDeps;
  readonly #beds = new Map<BedId, Kept<BedFact>>();
  readonly #flows = new Map<EncounterId, Kept<FlowFact>>();
  readonly #requests = new Map<RequestId, Kept<RequestFact>>();
  readonly #notices: BoardNotices;
  readonly #dirtyBeds = new Set<BedId>();
  readonly #dirtyFlows = new Set<EncounterId>();
  readonly #dirtyRequests = new Set<RequestId>();
  readonly #dirtyTasks = new Set<TaskId>();
  readonly #listeners = new Set<Listener>();
  #places: BoardPlaces | undefined;
  #today = '';
  #stale = true;
  #gathering: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(deps: BoardModelDeps) {
    this.#deps = deps;
    const bedWords = (bedId: BedId) => this.places.bedWords(bedId);
    this.#notices = new BoardNotices({ ...deps, bedWords });
    this.#listen();
  }

  get places(): BoardPlaces {
    this.#places ??= readBoardPlaces(this.#deps.store);
    return this.#places;
  }

  /** Every place must be looked at anew before anything here is believed. */
  get stale(): boolean {
    return this.#stale;
  }

  get notices(): readonly Notice[] {
    return this.#notices.list;
  }

  bed(bedId: BedId): BedFact | undefined {
    return this.#beds.get(bedId)?.fact;
  }

  flow(encounterId: EncounterId): FlowFact | undefined {
    return this.#flows.get(encounterId)?.fact;
  }

  request(requestId: RequestId): RequestFact | undefined {
    return this.#requests.get(requestId)?.fact;
  }

  /** Beds in order of ward and label, then encounters, then requests. */
  keys(): BoardKey[] {
    return [
      ...this.places.beds.map(({ id }): BoardKey => `bed:${id}`),
      ...[...this.#flows.keys()].map((id): BoardKey => `enc:${id}`),
      ...[...this.#requests.keys()].map((id): BoardKey => `req:${id}`),
    ];
  }

  /** Told of what changed, some milliseconds after it did. While nobody listens, nothing is read and no timer runs. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#wake();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  /** Reads what changed since it was last called, and tells listeners. What could not be read is read whole next time. */
  bring(): void {
    const now = this.#deps.clock();
    try {
      const told = this.#read(now);
      this.#lookAgain(now);
      if (told.size > 0) for (const listener of this.#listeners) listener([...told]);
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  #read(now: number): Set<BoardKey> {
    const told = new Set<BoardKey>();
    if (this.#stale) this.#readAll(now, told);
    this.#passTime(now);
    while (this.#dirtyTasks.size + this.#dirtyBeds.size + this.#dirtyFlows.size + this.#dirtyRequests.size > 0) {
      for (const taskId of taken(this.#dirtyTasks)) this.#readTask(taskId);
      for (const bedId of taken(this.#dirtyBeds)) if (this.#readBed(bedId, now)) told.add(`bed:${bedId}`);
      for (const id of taken(this.#dirtyRequests)) if (this.#readRequest(id)) told.add(`req:${id}`);
      for (const id of taken(this.#dirtyFlows)) if (this.#readFlow(id, now)) this.#tellFlow(id, told);
    }
    if (this.#notices.read(this.#waits(), now)) told.add('notices');
    return told;
  }

  #listen(): void {
    const { changes, live, alarms, doubts } = this.#deps;
    const dirty =
      <Id>(set: Set<Id>) =>
      (id: Id) => {
        // Where nobody has looked for long, it is less to read everything at the next look.
        if (set.size >= MOST_DIRTY) this.#stale = true;
        else set.add(id);
        this.#wake();
      };
    const [bed, flow] = [dirty(this.#dirtyBeds), dirty(this.#dirtyFlows)];
    const everything = () => {
      this.#stale = true;
      this.#wake();
    };
    changes.on({
      encounter: flow,
      flow,
      bed,
      bedState: bed,
      bedRequest: dirty(this.#dirtyRequests),
      task: dirty(this.#dirtyTasks),
      patient: (patientId) => this.#patientChanged(patientId),
      observation: (encounterId) => this.#vitalsChanged(encounterId),
      locations: everything,
      settings: everything,
    });
    live.on({
      bed: (bedId) => {
        for (const id of this.#beds.get(bedId)?.fact.tile.encounterIds ?? []) this.#vitalsChanged(id);
      },
    });
    alarms.on(({ encounterId }) => {
      if (encounterId !== null) this.#vitalsChanged(encounterId);
    });
    doubts.on({ bed, encounter: flow });
  }

  #patientChanged(patientId: PatientId): void {
    for (const [id, { fact }] of this.#flows) if (fact.patientId === patientId) this.#dirtyFlows.add(id);
    this.#wake();
  }

  /** Values come many a second and mostly say the same of score and alarms. */
  #vitalsChanged(encounterId: EncounterId): void {
    const row = this.#flows.get(encounterId)?.fact.row;
    if (!row || this.#dirtyFlows.has(encounterId)) return;
    if (this.#listeners.size === 0) {
      this.#dirtyFlows.add(encounterId);
      return;
    }
    const { news, alarm } = readVitals(this.#deps, encounterId);
    if (JSON.stringify([news, alarm]) === JSON.stringify([row.news, row.alarm])) return;
    this.#dirtyFlows.add(encounterId);
    this.#wake();
  }

  #readAll(now: number, told: Set<BoardKey>): void {
    const { flow, bedStates } = this.#deps.store;
    this.#places = undefined;
    this.#today = '';
    for (const { id } of this.places.beds) this.#dirtyBeds.add(id);
    for (const id of this.#beds.keys()) this.#dirtyBeds.add(id);
    for (const { encounterId } of flow.listOpenSummaries()) this.#dirtyFlows.add(encounterId);
    for (const id of this.#flows.keys()) this.#dirtyFlows.add(id);
    for (const { id } of bedStates.listOpenRequests()) this.#dirtyRequests.add(id);
    for (const id of this.#requests.keys()) this.#dirtyRequests.add(id);
    this.#notices.readAll(now);
    this.#stale = false;
    told.add('whole');
  }

  /** Reservations lapse, blocks end and people grow older without anyone's doing. */
  #passTime(now: number): void {
    for (const [bedId, { fact }] of this.#beds) {
      const { reservation, block } = fact.tile;
      if ((reservation && reservation.until <= now) || (block?.to != null && block.to <= now))
        this.#dirtyBeds.add(bedId);
    }
    const today = dayAt(now, this.#deps.settings().timeZone);
    if (today === this.#today) return;
    this.#today = today;
    for (const id of this.#flows.keys()) this.#dirtyFlows.add(id);
  }

  #readTask(taskId: TaskId): void {
    const bedId = this.#notices.readTask(taskId);
    if (bedId !== null) this.#dirtyBeds.add(bedId);
  }

  #readBed(bedId: BedId, now: number): boolean {
    const before = this.#beds.get(bedId);
    const fact = readBed(this.#deps, this.places, bedId, now);
    if (!keep(this.#beds, bedId, fact)) return false;
    if (before) this.#notices.lapsed(before.fact, fact, now);
    for (const tile of [before?.fact.tile, fact?.tile]) {
      for (const id of tile?.encounterIds ?? []) this.#dirtyFlows.add(id);
      if (tile?.reservation) this.#dirtyFlows.add(tile.reservation.encounterId);
    }
    return true;
  }

  #readFlow(encounterId: EncounterId, now: number): boolean {
    const before = this.#flows.get(encounterId)?.fact;
    const fact = readFlow(this.#deps, this.places, encounterId, { now, today: this.#today });
    if (!keep(this.#flows, encounterId, fact)) return false;
    for (const bedId of [before?.bedId, fact?.bedId]) if (bedId) this.#dirtyBeds.add(bedId);
    const kept = this.#deps.store.bedStates.reservationOf({ encounterId });
    if (kept) this.#dirtyBeds.add(kept.bedId);
    for (const [id, request] of this.#requests)
      if (request.fact.row.encounterId === encounterId) this.#dirtyRequests.add(id);
    return true;
  }

  /** Where a patient is decides which wards see what they ask for, and that they wait. */
  #tellFlow(encounterId: EncounterId, told: Set<BoardKey>): void {
    told.add(`enc:${encounterId}`);
    told.add('notices');
    for (const [id, { fact }] of this.#requests) if (fact.row.encounterId === encounterId) told.add(`req:${id}`);
  }

  #readRequest(requestId: RequestId): boolean {
    const before = this.#requests.get(requestId)?.fact;
    const fact = readRequest(this.#deps, requestId);
    if (!keep(this.#requests, requestId, fact)) return false;
    for (const request of [before, fact]) if (request) this.#dirtyFlows.add(request.row.encounterId);
    return true;
  }

  #waits(): Wait[] {
    return [...this.#flows.values()].flatMap(({ fact }) => fact.wait ?? []);
  }

  #wake(): void {
    if (this.#listeners.size === 0) return;
    this.#gathering ??= setTimeout(() => this.#bringOrFail(), GATHER_MS);
  }

  #rest(): void {
    clearTimeout(this.#gathering);
    clearTimeout(this.#looking);
    this.#gathering = undefined;
  }

  #lookAgain(now: number): void {
    clearTimeout(this.#gathering);
    clearTimeout(this.#looking);
    this.#gathering = undefined;
    if (this.#listeners.size === 0) return;
    const notice = this.#notices.nextAt(this.#waits(), now);
    const due = [...this.#beds.values()].flatMap(({ fact: { tile } }) => [
      tile.reservation?.until ?? now + LOOK_MS,
      tile.block?.to ?? now + LOOK_MS,
    ]);
    const next = Math.min(now + LOOK_MS, notice ?? now + LOOK_MS, ...due);
    this.#looking = setTimeout(() => this.#bringOrFail(), Math.max(1, next - now));
    this.#looking.unref();
  }

  /** A reader that is told to read the whole meets the fault itself, and the door writes it down. */
  #bringOrFail(): void {
    try {
      this.bring();
    } catch {
      this.#rest();
      for (const listener of this.#listeners) listener(['whole']);
    }
  }
}

/** Keeps a thing as it is now; false when it is as it was. */
function keep<Id, Fact>(to: Map<Id, Kept<Fact>>, id: Id, fact: Fact | undefined): boolean {
  if (fact === undefined) return to.delete(id);
  const text = JSON.stringify(fact);
  if (to.get(id)?.text === text) return false;
  to.set(id, { fact, text });
  return true;
}

function taken<Id>(set: Set<Id>): Id[] {
  const ids = [...set];
  set.clear();
  return ids;
}
