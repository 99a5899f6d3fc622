import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { createContext, type RefObject, useContext, useEffect, useSyncExternalStore } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import type { PlaceOption } from '#renderer/client/acts/place-options.ts';

/** Whom a hand is moving, and which beds may take them; `options` undefined until the hub has said. */
export interface Dragging {
  readonly encounterId: EncounterId;
  readonly options: ReadonlyMap<BedId, PlaceOption> | undefined;
  /** The bed under the pointer. */
  readonly over: BedId | undefined;
}

/** The one drag of a screen. */
export interface Drag {
  now(): Dragging | undefined;
  begin(encounterId: EncounterId): void;
  over(bedId: BedId | undefined): void;
  end(): void;
  drop(encounterId: EncounterId, bedId: BedId): void;
  subscribe(listener: () => void): () => void;
}

interface DragParts {
  /** Asks the hub which beds may take somebody. */
  readonly look: (encounterId: EncounterId) => Promise<readonly PlaceOption[]>;
  readonly onDrop: (encounterId: EncounterId, bedId: BedId, option: PlaceOption | undefined) => void;
}

export function createDrag({ look, onDrop }: DragParts): Drag {
  const listeners = new Set<() => void>();
  let dragging: Dragging | undefined;
  /** What was taken up is let go before it is put down. */
  let last: Dragging | undefined;
  function become(next: Dragging | undefined) {
    dragging = next;
    for (const listener of listeners) listener();
  }
  return {
    now: () => dragging,
    begin(encounterId) {
      become({ encounterId, options: undefined, over: undefined });
      look(encounterId).then(
        (options) => {
          if (dragging?.encounterId !== encounterId) return;
          const byBed = options.flatMap((option) => (option.bedId ? [[option.bedId, option] as const] : []));
          become({ ...dragging, options: new Map(byBed) });
        },
        () => undefined,
      );
    },
    over(bedId) {
      if (dragging && dragging.over !== bedId) become({ ...dragging, over: bedId });
    },
    end() {
      last = dragging;
      become(undefined);
    },
    drop: (encounterId, bedId) => onDrop(encounterId, bedId, (dragging ?? last)?.options?.get(bedId)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const DragContext = createContext<Drag | undefined>(undefined);

/** Lets a hand take somebody up by an element; undefined: nobody may be taken up. */
export function useTakeUp(element: RefObject<HTMLElement | null>, encounterId: EncounterId | undefined): void {
  const drag = useContext(DragContext);
  useEffect(() => {
    if (!element.current || !drag || encounterId === undefined) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ encounterId }),
      onDragStart: () => drag.begin(encounterId),
      onDrop: () => drag.end(),
    });
  }, [element, drag, encounterId]);
}

/** Lets an element take whoever is put down on it. */
export function usePutDown(element: RefObject<HTMLElement | null>, bedId: BedId): void {
  const drag = useContext(DragContext);
  useEffect(() => {
    if (!element.current || !drag) return;
    return combine(
      dropTargetForElements({
        element: element.current,
        canDrop: ({ source }) => typeof source.data.encounterId === 'string',
        onDragEnter: () => drag.over(bedId),
        onDragLeave: () => drag.over(undefined),
        onDrop: ({ source }) => drag.drop(source.data.encounterId as EncounterId, bedId),
      }),
    );
  }, [element, drag, bedId]);
}

const never = () => () => undefined;

/** What a bed says to whoever is being dragged, as one word and its reasons; undefined while nobody is. */
export function useDropWord(
  bedId: BedId,
): { word: 'own' | 'looking' | PlaceOption['state']; why: string; over: boolean } | undefined {
  const drag = useContext(DragContext);
  const said = useSyncExternalStore(drag?.subscribe ?? never, () => {
    const dragging = drag?.now();
    if (!dragging) return undefined;
    const option = dragging.options?.get(bedId);
    const word = option?.state ?? (dragging.options ? 'own' : 'looking');
    return [word, dragging.over === bedId ? 'over' : '', option?.why ?? ''].join('\n');
  });
  if (said === undefined) return undefined;
  const [word, over, ...why] = said.split('\n');
  return { word: word as 'own', over: over === 'over', why: why.join(' ') };
}
