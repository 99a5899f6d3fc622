import { useEffect, useRef, useState } from 'react';
import type { BedId } from '#domain/ids.ts';

const SETTLE_MS = 5_000;

function same(one: readonly BedId[], other: readonly BedId[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/**
 * An order that does not jump under the hand: worked out anew at most every five seconds, and not while `held()`
 * (pointer or focus on a card). What was asked for (`wish`: filter, sort, wards) is answered at once.
 */
export function useCalmOrder(order: () => readonly BedId[], wish: string, held: () => boolean): readonly BedId[] {
  const [shown, setShown] = useState(order);
  const latest = useRef({ order, held });
  latest.current = { order, held };
  const answered = useRef(wish);
  let now = shown;
  if (answered.current !== wish) {
    answered.current = wish;
    now = order();
    setShown(now);
  }
  useEffect(() => {
    const timer = setInterval(() => {
      if (latest.current.held()) return;
      const next = latest.current.order();
      setShown((before) => (same(before, next) ? before : next));
    }, SETTLE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
