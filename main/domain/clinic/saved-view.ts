import type { UserId } from '../ids.ts';

/** Filters, order and columns of a list under a name, as the console wrote them. */
export interface SavedView {
  readonly id: string;
  readonly userId: UserId;
  readonly screen: string;
  readonly name: string;
  readonly state: string;
  /** Everyone may use it. */
  readonly shared: boolean;
}

export interface SavedViewStore {
  /** A person's own and the shared ones, by name. */
  list(userId: UserId, screen: string): SavedView[];
  /** A person's own, of all screens. */
  count(userId: UserId): number;
  find(id: string): SavedView | undefined;
  save(view: SavedView): void;
  remove(id: string): void;
}
