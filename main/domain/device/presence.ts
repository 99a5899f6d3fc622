import type { Presence } from './device.ts';

/** A device that said goodbye, or whose Will came, is lost after this much silence even if its kind may be silent longer. */
const GOODBYE_GRACE_MS = 15_000;

/**
 * When silence makes a device lost. The Last Will may be forged, late or missing: it shortens the wait and decides
 * nothing, and any message after it takes it back.
 */
export function lostAt(lastHeardAt: number, goodbyeAt: number | null, lostAfterMs: number): number {
  const silent = lastHeardAt + lostAfterMs;
  return goodbyeAt === null ? silent : Math.min(silent, goodbyeAt + GOODBYE_GRACE_MS);
}

/** Nothing heard yet. */
export const unheard: Presence = { online: false, lastMessageAt: null, battery: null, skewMs: null, skewed: false };

/** Whether staff would see the difference: small movements of the skew estimate and the time of the last message aside. */
export function presenceDiffers(before: Presence, after: Presence): boolean {
  if (before.online !== after.online || before.skewed !== after.skewed) return true;
  if (before.battery !== after.battery) return true;
  if ((before.skewMs === null) !== (after.skewMs === null)) return true;
  return Math.abs((before.skewMs ?? 0) - (after.skewMs ?? 0)) >= 1_000;
}
