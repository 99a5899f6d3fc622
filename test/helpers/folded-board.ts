import type { z } from 'zod';
import type { boardPart } from '#contract/flow.ts';

export type BoardPart = z.infer<typeof boardPart>;
type Whole = Extract<BoardPart, { kind: 'whole' }>;

/** What a console shows of a board, from all it was sent so far. */
export interface FoldedBoard {
  readonly parts: readonly BoardPart[];
  /** Everything sent, as text: what must not be in it is not. */
  text(): string;
  beds(): Whole['beds'];
  encounters(): Whole['encounters'];
  requests(): Whole['requests'];
  notices(): Whole['notices'];
  /** Why the stream ended, if it failed. */
  failed(): unknown;
  stop(): void;
}

export function foldBoard(stream: AsyncIterable<BoardPart>, stop: () => void): FoldedBoard {
  const parts: BoardPart[] = [];
  const shown = { beds: new Map(), encounters: new Map(), requests: new Map() } as {
    beds: Map<string, Whole['beds'][number]>;
    encounters: Map<string, Whole['encounters'][number]>;
    requests: Map<string, Whole['requests'][number]>;
  };
  let notices: Whole['notices'] = [];
  let failed: unknown;
  const fold = (part: BoardPart): void => {
    parts.push(part);
    if (part.kind === 'whole') for (const map of Object.values(shown)) map.clear();
    for (const bed of part.beds) shown.beds.set(bed.bedId, bed);
    for (const row of part.encounters) shown.encounters.set(row.encounterId, row);
    for (const row of part.requests) shown.requests.set(row.requestId, row);
    if (part.kind === 'changes') {
      for (const id of part.removedBeds) shown.beds.delete(id);
      for (const id of part.removedEncounters) shown.encounters.delete(id);
      for (const id of part.removedRequests) shown.requests.delete(id);
    }
    notices = part.notices ?? notices;
  };
  const read = async (): Promise<void> => {
    for await (const part of stream) fold(structuredClone(part));
  };
  read().catch((error: unknown) => {
    failed = error;
  });
  return {
    parts,
    text: () => JSON.stringify(parts),
    beds: () => [...shown.beds.values()],
    encounters: () => [...shown.encounters.values()],
    requests: () => [...shown.requests.values()],
    notices: () => notices,
    failed: () => failed,
    stop,
  };
}
