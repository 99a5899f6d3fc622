/**
 * The hub's time, guessed from the times it says and the local monotonic clock: the station's own wall clock may be
 * wrong. The smallest delay seen lately is the best guess; it is forgotten slowly so that drift is followed.
 */
export interface HubClock {
  /** Epoch ms on the hub's clock. */
  now(): number;
  heard(hubAt: number): void;
}

const FORGET_PER_MS = 0.0005;

export function createHubClock(monotonic: () => number, wall: () => number): HubClock {
  let offset = wall() - monotonic();
  let heardAt: number | null = null;
  return {
    now: () => Math.round(monotonic() + offset),
    heard(hubAt) {
      const local = monotonic();
      const seen = hubAt - local;
      const kept = heardAt === null ? Number.NEGATIVE_INFINITY : offset - (local - heardAt) * FORGET_PER_MS;
      offset = Math.max(seen, kept);
      heardAt = local;
    },
  };
}
