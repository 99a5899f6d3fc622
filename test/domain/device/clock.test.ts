import { describe, expect, it } from 'vitest';
import { judgeTime, observeTime, skewed, skewOf, startClock } from '#domain/device/clock.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';

const NOON = 1_780_000_000_000;

/** A device whose clock is off by `skew`, heard every second for `seconds`, each message `lag` ms under way. */
function heard(skew: number, seconds: number, lag = 20) {
  const clock = startClock();
  let now = NOON;
  for (let second = 0; second < seconds; second += 1) {
    now = NOON + second * SECOND_MS;
    observeTime(clock, now - lag + skew, now);
  }
  return { clock, now };
}

describe('the clock of a device', () => {
  it('says nothing of skew before 30 s of hearing it', () => {
    const { clock, now } = heard(60 * SECOND_MS, 20);
    expect(skewOf(clock, now)).toBeNull();
    expect(skewed(clock, now)).toBe(false);
  });

  it('finds a clock that is a minute ahead, and one that is a minute behind', () => {
    for (const skew of [MINUTE_MS, -MINUTE_MS]) {
      const { clock, now } = heard(skew, 40);
      expect(skewOf(clock, now)).toBe(skew - 20);
      expect(skewed(clock, now)).toBe(true);
    }
  });

  it('does not call 30 s or less skewed', () => {
    const { clock, now } = heard(-29 * SECOND_MS, 60);
    expect(skewed(clock, now)).toBe(false);
  });

  it('does not take a burst of queued messages for skew', () => {
    const { clock, now } = heard(0, 60);
    for (let age = 4 * MINUTE_MS; age > 0; age -= SECOND_MS) observeTime(clock, now - age, now);
    expect(skewOf(clock, now)).toBe(-20);
    expect(skewed(clock, now)).toBe(false);
  });

  it('follows a clock that was set right within ten minutes', () => {
    const { clock } = heard(MINUTE_MS, 60);
    let now = NOON + 60 * SECOND_MS;
    for (; now < NOON + 12 * MINUTE_MS; now += SECOND_MS) observeTime(clock, now - 20, now);
    expect(skewOf(clock, now)).toBe(-20);
  });

  it('F06 refuses more than 5 min ahead, shows it, and is not bent by it', () => {
    const { clock, now } = heard(0, 60);
    expect(observeTime(clock, now + 10 * MINUTE_MS, now)).toBe('future');
    expect(skewed(clock, now)).toBe(true);
    expect(skewOf(clock, now)).toBe(10 * MINUTE_MS);
    expect(observeTime(clock, 253_402_300_799_000, now)).toBe('future');
    expect(observeTime(clock, now, now)).toBe('sane');
    expect(skewed(clock, now)).toBe(false);
    expect(Math.abs(skewOf(clock, now) ?? Infinity)).toBeLessThanOrEqual(20);
  });

  it('F07 marks more than 5 min behind, and exactly 5 min is still live', () => {
    expect(judgeTime(NOON - HOUR_MS, NOON)).toBe('stale');
    expect(judgeTime(NOON - 5 * MINUTE_MS - 1, NOON)).toBe('stale');
    expect(judgeTime(NOON - 5 * MINUTE_MS, NOON)).toBe('sane');
    expect(judgeTime(NOON + 5 * MINUTE_MS, NOON)).toBe('sane');
    expect(judgeTime(NOON + 5 * MINUTE_MS + 1, NOON)).toBe('future');
  });

  it('learns within seconds that a clock which was ahead has been set right', () => {
    const clock = startClock();
    let now = NOON;
    for (; now < NOON + 2 * MINUTE_MS; now += SECOND_MS) observeTime(clock, now + 180 * SECOND_MS - 20, now);
    expect(skewOf(clock, now)).toBe(180 * SECOND_MS - 20);
    for (const until = now + 7 * SECOND_MS; now < until; now += SECOND_MS) observeTime(clock, now - 20, now);
    expect(skewOf(clock, now)).toBe(-20);
  });
});
