import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { BedId, EncounterId, RequestId, WardId } from '#domain/ids.ts';
import type { BedFact, BedTile, FlowFact, FlowRow, NoticeRow, RequestFact, RequestRow } from './flow-board-facts.ts';
import { type BoardKey, BoardModel, type BoardModelDeps } from './flow-board-model.ts';
import { kindOf, type ReaderKind, requestFor, rowFor, tileFor, Views } from './flow-board-views.ts';
import type { Streams } from './streams.ts';

export type FlowBoardDeps = BoardModelDeps & { readonly streams: Streams };

/** The live board of a ward or the house. */
export function createFlowBoard(deps: FlowBoardDeps): Pick<HandlersOf<typeof contract.flow>, 'board' | 'watch'> {
  const model = new BoardModel(deps);
  const shared = new Map<string, Shared>();
  const desk = (wardId: WardId | undefined, { actor }: Pick<CallContext, 'actor'>): BoardReader => {
    if (wardId !== undefined && !deps.store.locations.findWard(wardId))
      throw new ClinicError('not-found', 'No such ward.');
    const kind = kindOf(actor.roles);
    const name = JSON.stringify(kind);
    const views = shared.get(name) ?? viewsFor(kind);
    shared.set(name, views);
    return new BoardReader(model, views, wardId ?? null);
  };
  return {
    board: (input, context) => {
      const { beds, encounters, requests, notices } = desk(input?.wardId, context).whole();
      return { beds, encounters, requests, notices };
    },
    watch: (input, context) => {
      const reader = desk(input?.wardId, context);
      return deps.streams.latest({
        context,
        keyOf: (key: BoardKey) => key,
        subscribe: (push) =>
          model.on((keys) => {
            for (const key of keys) if (reader.differs(key)) push(key);
          }),
        whole: () => reader.whole(),
        changes: (keys) => (keys.includes('whole') ? reader.whole() : reader.changes(keys)),
      });
    },
  };
}

interface Shared {
  readonly beds: Views<BedFact, BedTile>;
  readonly flows: Views<FlowFact, FlowRow>;
  readonly requests: Views<RequestFact, RequestRow>;
}

function viewsFor(kind: ReaderKind): Shared {
  return {
    beds: new Views((fact) => tileFor(kind, fact)),
    flows: new Views((fact) => rowFor(kind, fact)),
    requests: new Views((fact) => requestFor(kind, fact)),
  };
}

/** One reader of a board: what it was given, so that it gets only what differs from that. */
class BoardReader {
  readonly #model: BoardModel;
  readonly #views: Shared;
  readonly #wardId: WardId | null;
  readonly #given = new Map<BoardKey, object>();
  #notices: readonly NoticeRow[] = [];
  /** While the whole is made, what changes is in it. */
  #making = false;

  constructor(model: BoardModel, views: Shared, wardId: WardId | null) {
    this.#model = model;
    this.#views = views;
    this.#wardId = wardId;
  }

  /** Whether the reader would be shown something else under a key than it was given. */
  differs(key: BoardKey): boolean {
    if (this.#making) return false;
    if (key === 'whole') return true;
    if (key === 'notices') return this.#noticesDiffer();
    return this.#view(key) !== this.#given.get(key);
  }

  whole() {
    this.#making = true;
    try {
      this.#model.bring();
    } finally {
      this.#making = false;
    }
    this.#given.clear();
    const { wards, areas } = this.#model.places;
    const { beds, encounters, requests } = this.changes(this.#model.keys());
    const notices = this.#giveNotices();
    return {
      kind: 'whole' as const,
      wards: [...wards],
      areas: areas.map(({ id, name, kind, wardId }) => ({ id, name, kind, wardId })),
      beds,
      encounters,
      requests,
      notices,
    };
  }

  changes(keys: readonly BoardKey[]) {
    if (this.#model.stale) this.#model.bring();
    const part = {
      kind: 'changes' as const,
      beds: [] as BedTile[],
      removedBeds: [] as BedId[],
      encounters: [] as FlowRow[],
      removedEncounters: [] as EncounterId[],
      requests: [] as RequestRow[],
      removedRequests: [] as RequestId[],
    };
    for (const key of keys) {
      const view = this.#view(key);
      if (view === this.#given.get(key)) continue;
      if (view) this.#given.set(key, view);
      else this.#given.delete(key);
      const id = key.slice(KEY_LENGTH);
      if (key.startsWith('bed:')) put(view as BedTile | undefined, id as BedId, part.beds, part.removedBeds);
      else if (key.startsWith('enc:'))
        put(view as FlowRow | undefined, id as EncounterId, part.encounters, part.removedEncounters);
      else put(view as RequestRow | undefined, id as RequestId, part.requests, part.removedRequests);
    }
    return keys.includes('notices') ? { ...part, notices: this.#giveNotices() } : part;
  }

  #view(key: BoardKey): object | undefined {
    const id = key.slice(KEY_LENGTH);
    if (key.startsWith('bed:')) return this.#bed(id as BedId);
    if (key.startsWith('enc:')) return this.#flow(id as EncounterId);
    return key.startsWith('req:') ? this.#request(id as RequestId) : undefined;
  }

  #bed(bedId: BedId): BedTile | undefined {
    const fact = this.#model.bed(bedId);
    if (!fact) this.#views.beds.forget(bedId);
    if (!fact || (this.#wardId !== null && fact.tile.wardId !== this.#wardId)) return undefined;
    return this.#views.beds.of(bedId, fact);
  }

  #flow(encounterId: EncounterId): FlowRow | undefined {
    const fact = this.#model.flow(encounterId);
    if (!fact) this.#views.flows.forget(encounterId);
    return fact && this.#shows(fact) ? this.#views.flows.of(encounterId, fact) : undefined;
  }

  /** Requests into the ward, into any, and of the ward's own patients. */
  #request(requestId: RequestId): RequestRow | undefined {
    const fact = this.#model.request(requestId);
    if (!fact) this.#views.requests.forget(requestId);
    if (!fact) return undefined;
    const { wardId, encounterId } = fact.row;
    const asker = this.#model.flow(encounterId);
    const seen = this.#wardId === null || wardId === null || wardId === this.#wardId || (asker && this.#shows(asker));
    return seen ? this.#views.requests.of(requestId, fact) : undefined;
  }

  #shows({ wards, everywhere }: FlowFact): boolean {
    return this.#wardId === null || everywhere || wards.includes(this.#wardId);
  }

  #noticesSeen(): readonly NoticeRow[] {
    const { notices, places } = this.#model;
    if (this.#wardId === null) return notices;
    return notices.filter(({ bedId, encounterId }) => {
      if (bedId !== null) return places.bed(bedId)?.wardId === this.#wardId;
      const fact = encounterId === null ? undefined : this.#model.flow(encounterId);
      return fact !== undefined && this.#shows(fact);
    });
  }

  #noticesDiffer(): boolean {
    const seen = this.#noticesSeen();
    if (seen === this.#notices) return false;
    const same = (one: NoticeRow, other: NoticeRow | undefined) =>
      one.id === other?.id && one.at === other.at && one.words === other.words;
    return seen.length !== this.#notices.length || !seen.every((notice, at) => same(notice, this.#notices[at]));
  }

  #giveNotices(): NoticeRow[] {
    this.#notices = this.#noticesSeen();
    return [...this.#notices];
  }
}

/** `bed:`, `enc:` and `req:` are of one length. */
const KEY_LENGTH = 4;

function put<Id, View>(view: View | undefined, id: Id, views: View[], removed: Id[]): void {
  if (view) views.push(view);
  else removed.push(id);
}
