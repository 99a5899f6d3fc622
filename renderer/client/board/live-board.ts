import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '#contract';
import type { WardId } from '#domain/ids.ts';
import { follow } from '../follow.ts';
import type { HubClient } from '../hub.ts';
import type { Link } from '../link.ts';
import { createPaced } from '../paced.ts';
import { createSharedWatch } from '../shared-watch.ts';
import { type Board, type BoardRecords, foldBoard, NO_RECORDS } from './board.ts';

type BoardStream = InferContractRouterOutputs<Contract>['flow']['watch'];
export type BoardPart = BoardStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;

/** One ward's board, or the house's, as last told. */
export interface LiveBoard {
  /** Keeps the stream open until the answer is called. */
  watch(): () => void;
  /** Undefined until the hub has told; a new object with each change, its unchanged parts the same ones. */
  now(): Board | undefined;
  /** Why the hub does not tell, in words. */
  trouble(): string | undefined;
  subscribe(listener: () => void): () => void;
}

export interface LiveBoards {
  /** The board of a ward; of the whole house without one. */
  of(wardId?: WardId): LiveBoard;
  close(): void;
}

/** Boards change together at most so often, ms; the first change after a pause is drawn at once. */
const DRAW_GAP_MS = 240;

export function createLiveBoards(hub: HubClient, link: Link): LiveBoards {
  const boards = new Map<WardId | undefined, LiveBoard & { end(): void }>();
  return {
    of(wardId) {
      const known = boards.get(wardId) ?? createLiveBoard(hub, link, wardId);
      boards.set(wardId, known);
      return known;
    },
    close() {
      for (const board of boards.values()) board.end();
    },
  };
}

function createLiveBoard(hub: HubClient, link: Link, wardId: WardId | undefined): LiveBoard & { end(): void } {
  const listeners = new Set<() => void>();
  let records: BoardRecords = NO_RECORDS;
  let board: Board | undefined;
  let trouble: string | undefined;

  const drawLater = createPaced<'board'>(DRAW_GAP_MS, () => {
    board = foldBoard(records, board);
    for (const listener of listeners) listener();
  });

  const shared = createSharedWatch(() =>
    follow<BoardPart>({
      hub,
      link,
      open: (signal) => hub.flow.watch(wardId === undefined ? {} : { wardId }, { signal }),
      apply(part) {
        records = applyPart(records, part);
        trouble = undefined;
        drawLater('board');
      },
      onTrouble(error) {
        trouble = error instanceof Error ? error.message : 'The hub did not answer.';
        for (const listener of listeners) listener();
      },
    }),
  );
  return {
    watch: shared.use,
    now: () => board,
    trouble: () => trouble,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end: shared.end,
  };
}

/** What is known after a part: a whole forgets what was before, changes go on top of it. */
export function applyPart(before: BoardRecords, part: BoardPart): BoardRecords {
  if (part.kind === 'whole') {
    return {
      wards: part.wards,
      areas: part.areas,
      beds: new Map(part.beds.map((bed) => [bed.bedId, bed])),
      rows: new Map(part.encounters.map((row) => [row.encounterId, row])),
      requests: new Map(part.requests.map((request) => [request.requestId, request])),
      notices: part.notices,
      at: part.at,
    };
  }
  return {
    ...before,
    beds: changed(before.beds, part.beds, ({ bedId }) => bedId, part.removedBeds),
    rows: changed(before.rows, part.encounters, ({ encounterId }) => encounterId, part.removedEncounters),
    requests: changed(before.requests, part.requests, ({ requestId }) => requestId, part.removedRequests),
    notices: part.notices ?? before.notices,
    at: part.at,
  };
}

/** The same map when nothing is told of it. */
function changed<Key, Record>(
  before: ReadonlyMap<Key, Record>,
  told: readonly Record[],
  keyOf: (record: Record) => Key,
  removed: readonly Key[],
): ReadonlyMap<Key, Record> {
  if (told.length === 0 && removed.length === 0) return before;
  const after = new Map(before);
  for (const record of told) after.set(keyOf(record), record);
  for (const key of removed) after.delete(key);
  return after;
}
