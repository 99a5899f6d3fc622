/**
 * Counts who needs something kept going: started with the first, ended a moment after the last, so that going from one
 * screen to the next does not ask for everything again.
 */
export function createSharedWatch(start: () => () => void, lingerMs = 5_000): { use(): () => void; end(): void } {
  let users = 0;
  let stop: (() => void) | undefined;
  let linger: ReturnType<typeof setTimeout> | undefined;
  function end() {
    clearTimeout(linger);
    stop?.();
    stop = undefined;
  }
  return {
    use() {
      users += 1;
      clearTimeout(linger);
      stop ??= start();
      let used = true;
      return () => {
        if (!used) return;
        used = false;
        users -= 1;
        if (users === 0) linger = setTimeout(end, lingerMs);
      };
    },
    end,
  };
}
