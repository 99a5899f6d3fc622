import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '#contract';
import type { BedId, WardId } from '#domain/ids.ts';
import { follow } from './follow.ts';
import type { HubClient } from './hub.ts';
import type { Link } from './link.ts';
import { createPaced } from './paced.ts';
import { createSharedWatch } from './shared-watch.ts';

type WardStream = InferContractRouterOutputs<Contract>['ward']['watch'];
export type WardPart = WardStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;
export type BedLive = WardPart['beds'][number];
export type LiveValue = BedLive['values'][number];
export type LiveScore = NonNullable<BedLive['score']>;
export type HubLink = WardPart['link'];

/** What the console knows of one ward: `beds` keeps its identity until a bed comes or goes. */
export interface WardLive {
  /** In label order; undefined until the first word from the hub. */
  readonly beds: readonly BedId[] | undefined;
  readonly link: HubLink | undefined;
  readonly trouble: string | undefined;
}

/**
 * Latest state only, one slot a bed, outside React. A listener of a bed hears of that bed alone; a listener of a ward
 * hears of everything in it.
 */
export interface LiveBeds {
  watch(wardId: WardId): () => void;
  bed(bedId: BedId): BedLive | undefined;
  ward(wardId: WardId): WardLive;
  onBed(bedId: BedId, listener: () => void): () => void;
  onWard(wardId: WardId, listener: () => void): () => void;
  close(): void;
}

/** Less than the hub leaves between two parts of one ward: one ward is never held up, two are drawn together. */
const DRAW_GAP_MS = 240;

const UNKNOWN: WardLive = { beds: undefined, link: undefined, trouble: undefined };

function listenersOf<Key>() {
  const byKey = new Map<Key, Set<() => void>>();
  return {
    add(key: Key, listener: () => void) {
      const set = byKey.get(key) ?? new Set();
      byKey.set(key, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && byKey.get(key) === set) byKey.delete(key);
      };
    },
    tell(key: Key) {
      for (const listener of byKey.get(key) ?? []) listener();
    },
  };
}

/** Beds hold still where they are told to: natural order of the label, 2 before 10. */
export function byLabel(one: { label: string }, other: { label: string }): number {
  return one.label.localeCompare(other.label, 'en', { numeric: true });
}

function goneSince(before: readonly BedId[] = [], whole: readonly BedLive[]): BedId[] {
  const here = new Set(whole.map(({ bedId }) => bedId));
  return before.filter((bedId) => !here.has(bedId));
}

export function createLiveBeds(hub: HubClient, link: Link): LiveBeds {
  const beds = new Map<BedId, BedLive>();
  const wards = new Map<WardId, WardLive>();
  const watches = new Map<WardId, ReturnType<typeof createSharedWatch>>();
  const bedListeners = listenersOf<BedId>();
  const wardListeners = listenersOf<WardId>();

  const tellLater = createPaced<BedId | WardId>(DRAW_GAP_MS, (changed) => {
    for (const id of changed) {
      bedListeners.tell(id as BedId);
      wardListeners.tell(id as WardId);
    }
  });

  function apply(wardId: WardId, part: WardPart) {
    const before = wards.get(wardId) ?? UNKNOWN;
    for (const bed of part.beds) beds.set(bed.bedId, bed);
    const gone = part.kind === 'changes' ? part.removed : goneSince(before.beds, part.beds);
    for (const bedId of gone) beds.delete(bedId);
    wards.set(wardId, { beds: listedAfter(before.beds, part.beds), link: part.link, trouble: undefined });
    for (const bed of part.beds) tellLater(bed.bedId);
    for (const bedId of gone) tellLater(bedId);
    tellLater(wardId);
  }

  /** The same list unless a bed came or went. */
  function listedAfter(before: readonly BedId[] = [], told: readonly BedLive[]): readonly BedId[] {
    const came = told.map(({ bedId }) => bedId).filter((bedId) => !before.includes(bedId));
    if (came.length === 0 && before.every((bedId) => beds.has(bedId))) return before;
    return [...before, ...came]
      .flatMap((bedId) => beds.get(bedId) ?? [])
      .sort(byLabel)
      .map(({ bedId }) => bedId);
  }

  function startOf(wardId: WardId) {
    return follow<WardPart>({
      hub,
      link,
      open: (signal) => hub.ward.watch({ wardId }, { signal }),
      apply: (part) => apply(wardId, part),
      onTrouble: (error) => {
        const trouble = error instanceof Error ? error.message : 'The hub did not answer.';
        wards.set(wardId, { ...(wards.get(wardId) ?? UNKNOWN), trouble });
        wardListeners.tell(wardId);
      },
    });
  }

  return {
    watch(wardId) {
      const known = watches.get(wardId) ?? createSharedWatch(() => startOf(wardId));
      watches.set(wardId, known);
      return known.use();
    },
    bed: (bedId) => beds.get(bedId),
    ward: (wardId) => wards.get(wardId) ?? UNKNOWN,
    onBed: bedListeners.add,
    onWard: wardListeners.add,
    close() {
      for (const watch of watches.values()) watch.end();
    },
  };
}
