import { MINUTE_MS, SECOND_MS } from '../time.ts';

/** A device clock may be this far ahead or behind before its values stop being live. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;
/** A difference that staff are shown. */
const SKEW_SHOWN_MS = 30 * SECOND_MS;
const OBSERVED_BEFORE_USE_MS = 30 * SECOND_MS;
const BUCKET_MS = 5 * MINUTE_MS;
/** Messages later than the estimate by more than this, all alike for so long, are a clock set back and not a slow network. */
const SET_BACK_FROM_MS = SECOND_MS;
const SET_BACK_AFTER_MS = 5 * SECOND_MS;

export type ClockVerdict = 'sane' | 'future' | 'stale';

/**
 * How a device's clock differs from the hub's. The estimate is the least (received - taken) of the last 5 to 10 min:
 * messages that waited somewhere only make the difference larger, so a burst of old ones does not pass for skew.
 * Messages beyond the tolerance are kept apart, so that one wild time does not bend the estimate.
 */
export interface DeviceClock {
  firstAt: number;
  bucketAt: number;
  least: number;
  leastBefore: number;
  wild: number | null;
  verdict: ClockVerdict;
  /** The run of messages that are all later than the estimate by the same time: a clock that was set back. */
  laterSince: number;
  laterLeast: number;
  laterMost: number;
}

export function startClock(): DeviceClock {
  return {
    firstAt: -1,
    bucketAt: 0,
    least: Infinity,
    leastBefore: Infinity,
    wild: null,
    verdict: 'sane',
    laterSince: -1,
    laterLeast: Infinity,
    laterMost: -Infinity,
  };
}

/** Judges a time without learning from it: for history, whose age says nothing about the clock. */
export function judgeTime(at: number, receivedAt: number): ClockVerdict {
  const behind = receivedAt - at;
  if (behind < -CLOCK_TOLERANCE_MS) return 'future';
  return behind > CLOCK_TOLERANCE_MS ? 'stale' : 'sane';
}

/** Judges the time of a message sent as it was taken, and learns from it. */
export function observeTime(clock: DeviceClock, at: number, receivedAt: number): ClockVerdict {
  const verdict = judgeTime(at, receivedAt);
  clock.verdict = verdict;
  const behind = receivedAt - at;
  if (verdict !== 'sane') {
    clock.wild = behind;
    return verdict;
  }
  if (clock.firstAt < 0) clock.firstAt = receivedAt;
  if (receivedAt - clock.bucketAt >= BUCKET_MS) {
    clock.leastBefore = receivedAt - clock.bucketAt >= 2 * BUCKET_MS ? Infinity : clock.least;
    clock.least = behind;
    clock.bucketAt = receivedAt;
  } else if (behind < clock.least) clock.least = behind;
  if (wasSetBack(clock, behind, receivedAt)) {
    clock.least = clock.laterLeast;
    clock.leastBefore = Infinity;
  }
  return verdict;
}

/** Whether the device's clock was set back: a burst of messages that waited differs in age, this run does not. */
function wasSetBack(clock: DeviceClock, behind: number, receivedAt: number): boolean {
  if (behind - Math.min(clock.least, clock.leastBefore) <= SET_BACK_FROM_MS) {
    clock.laterSince = -1;
    return false;
  }
  const alike =
    clock.laterSince >= 0 &&
    behind <= clock.laterLeast + SET_BACK_FROM_MS &&
    behind >= clock.laterMost - SET_BACK_FROM_MS;
  if (!alike) {
    clock.laterSince = receivedAt;
    clock.laterLeast = behind;
    clock.laterMost = behind;
    return false;
  }
  clock.laterLeast = Math.min(clock.laterLeast, behind);
  clock.laterMost = Math.max(clock.laterMost, behind);
  return receivedAt - clock.laterSince >= SET_BACK_AFTER_MS;
}

/** Device clock minus hub clock, ms; null until 30 s were observed, unless the clock is beyond the tolerance. */
export function skewOf(clock: DeviceClock, now: number): number | null {
  if (clock.verdict !== 'sane' && clock.wild !== null) return -clock.wild;
  if (clock.firstAt < 0 || now - clock.firstAt < OBSERVED_BEFORE_USE_MS) return null;
  // 0 minus, not a sign: no difference is 0, never minus zero.
  return 0 - Math.min(clock.least, clock.leastBefore);
}

/** How far the device's clock is behind the hub's by what was seen so far, ms; negative when ahead. Known from the first message. */
export function behindOf({ least, leastBefore }: DeviceClock): number {
  const behind = Math.min(least, leastBefore);
  return Number.isFinite(behind) ? behind : 0;
}

/** Whether staff are told that the device's clock is wrong. */
export function skewed(clock: DeviceClock, now: number): boolean {
  if (clock.verdict !== 'sane') return true;
  return Math.abs(skewOf(clock, now) ?? 0) > SKEW_SHOWN_MS;
}
