/**
 * Gathers keys and tells of them together, at once when the last telling is `gapMs` past, else when it is: several
 * streams that bring changes in turn then draw together, a few times a second.
 */
export function createPaced<Key>(gapMs: number, tell: (keys: ReadonlySet<Key>) => void): (key: Key) => void {
  let gathered = new Set<Key>();
  let toldAt = Number.NEGATIVE_INFINITY;
  let waiting = false;
  function tellNow() {
    const keys = gathered;
    gathered = new Set();
    waiting = false;
    toldAt = performance.now();
    tell(keys);
  }
  return (key) => {
    gathered.add(key);
    if (waiting) return;
    waiting = true;
    const wait = toldAt + gapMs - performance.now();
    if (wait > 0) setTimeout(tellNow, wait);
    else queueMicrotask(tellNow);
  };
}
