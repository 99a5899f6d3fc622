/** Chance that is the same for the same seed. */
export interface Chance {
  /** A whole number from 0 to below `below`. */
  below(below: number): number;
  /** True in one of so many cases. */
  oneIn(many: number): boolean;
  pick<Item>(items: readonly Item[]): Item | undefined;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, oneIn: (many) => below(many) === 0, pick: (items) => items[below(items.length)] };
}
