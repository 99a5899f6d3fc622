import type { HubClient } from '../hub.ts';

/** A way back from something just done. */
export interface UndoOffer {
  readonly id: string;
  /** What was done: `OKAFOR, Ann is in bed 7.` */
  readonly words: string;
  readonly state: 'offered' | 'taking' | 'taken' | 'refused';
  /** Why it could not be taken back. */
  readonly why: string | undefined;
}

/** The inverse of an act, asked of the hub; the key keeps a repeated press from being a second act. */
export type Inverse = (hub: HubClient, idempotencyKey: string) => Promise<unknown>;

/** Offers to take back what one just did at this console, newest first. */
export interface Undo {
  offer(words: string, inverse: Inverse): UndoOffer;
  offers(): readonly UndoOffer[];
  /** Takes back an offer, or the newest there is; answers what became of it, undefined when there was none. */
  take(id?: string): Promise<UndoOffer | undefined>;
  withdraw(id: string): void;
  subscribe(listener: () => void): () => void;
}

interface Kept extends UndoOffer {
  readonly inverse: Inverse;
}

export function createUndo(hub: HubClient, sayError: (error: Error) => string): Undo {
  const listeners = new Set<() => void>();
  let kept: readonly Kept[] = [];

  function become(next: readonly Kept[]) {
    kept = next;
    for (const listener of listeners) listener();
  }
  function change(id: string, changes: Partial<UndoOffer>): Kept | undefined {
    become(kept.map((offer) => (offer.id === id ? { ...offer, ...changes } : offer)));
    return kept.find((offer) => offer.id === id);
  }

  return {
    offer(words, inverse) {
      const offer: Kept = { id: crypto.randomUUID(), words, state: 'offered', why: undefined, inverse };
      become([offer, ...kept]);
      return offer;
    },
    offers: () => kept,
    async take(id) {
      const offer = kept.find((one) => (id === undefined ? one.state === 'offered' : one.id === id));
      if (!offer || offer.state === 'taking' || offer.state === 'taken') return offer;
      change(offer.id, { state: 'taking', why: undefined });
      try {
        await offer.inverse(hub, `undo-${offer.id}`);
        return change(offer.id, { state: 'taken' });
      } catch (error) {
        return change(offer.id, {
          state: 'refused',
          why: sayError(error instanceof Error ? error : new Error('Unknown.')),
        });
      }
    },
    withdraw: (id) => become(kept.filter((offer) => offer.id !== id)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
