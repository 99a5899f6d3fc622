import type { Priority } from './alarm.ts';
import type { Bounds } from './limits.ts';

export type Side = 'low' | 'high';

/** What one side of a metric's limits says after a value: nothing, or the priority it stands at and against which limit. */
export interface LimitFact {
  readonly side: Side;
  readonly priority: 'high' | 'medium';
  readonly limit: number;
}

export interface JudgedLimits extends Bounds {
  readonly delayHighMs: number;
  readonly delayMediumMs: number;
  readonly hysteresis: number;
}

/** One bound: how long values have been beyond it, and whether that made it true. */
class Bound {
  beyondSince: number | null = null;
  active = false;

  judge(beyond: boolean, clear: boolean, at: number, delayMs: number): void {
    if (beyond) {
      this.beyondSince ??= at;
      if (at - this.beyondSince >= delayMs) this.active = true;
    } else {
      this.beyondSince = null;
      if (clear) this.active = false;
    }
  }
}

/**
 * Judges one metric of one patient value by value: a bound becomes true when values have stayed beyond it for its delay
 * (at one value a minute: two in a row) and stops being true when a value is back by the hysteresis. High implies medium.
 */
export class LimitJudge {
  readonly #bounds = { highLow: new Bound(), mediumLow: new Bound(), mediumHigh: new Bound(), highHigh: new Bound() };
  #lastAt = -Infinity;
  #quiet = true;

  /**
   * Values must come in order of time; an older one is passed over. Silence longer than `breakMs` breaks a run of
   * values beyond a limit: what came before it says nothing about now.
   */
  judge(at: number, value: number, limits: JudgedLimits, breakMs: number): void {
    if (at < this.#lastAt) return;
    const inside = isInside(value, limits);
    if (inside && this.#quiet) {
      this.#lastAt = at;
      return;
    }
    if (at - this.#lastAt > breakMs) this.#forgetRun();
    this.#lastAt = at;
    const { highLow, mediumLow, mediumHigh, highHigh } = this.#bounds;
    judgeBound(highLow, limits.highLow, -1, at, value, limits.delayHighMs, limits.hysteresis);
    judgeBound(mediumLow, limits.mediumLow, -1, at, value, limits.delayMediumMs, limits.hysteresis);
    judgeBound(mediumHigh, limits.mediumHigh, 1, at, value, limits.delayMediumMs, limits.hysteresis);
    judgeBound(highHigh, limits.highHigh, 1, at, value, limits.delayHighMs, limits.hysteresis);
    this.#quiet = Object.values(this.#bounds).every((bound) => !bound.active && bound.beyondSince === null);
  }

  /** The facts that hold now, at most one a side. */
  facts(limits: Bounds): LimitFact[] {
    if (this.#quiet) return [];
    return [
      sideFact('low', this.#bounds.highLow, this.#bounds.mediumLow, limits),
      sideFact('high', this.#bounds.highHigh, this.#bounds.mediumHigh, limits),
    ].filter((fact) => fact !== null);
  }

  get quiet(): boolean {
    return this.#quiet;
  }

  /** A run that had not become an alarm begins anew; what is true stays true. */
  #forgetRun(): void {
    for (const bound of Object.values(this.#bounds)) bound.beyondSince = null;
  }

  /** No values any more: nothing can be said, so nothing is true. */
  reset(): void {
    for (const bound of Object.values(this.#bounds)) {
      bound.beyondSince = null;
      bound.active = false;
    }
    this.#quiet = true;
  }

  /** Takes up an alarm that was true before the hub started again. */
  resume(side: Side, priority: Priority): void {
    const { highLow, mediumLow, mediumHigh, highHigh } = this.#bounds;
    const [high, medium] = side === 'low' ? [highLow, mediumLow] : [highHigh, mediumHigh];
    medium.active = true;
    if (priority === 'high') high.active = true;
    this.#quiet = false;
  }
}

function isInside(value: number, limits: Bounds): boolean {
  const { highLow, mediumLow, mediumHigh, highHigh } = limits;
  return (
    (mediumLow === null || value >= mediumLow) &&
    (mediumHigh === null || value <= mediumHigh) &&
    (highLow === null || value >= highLow) &&
    (highHigh === null || value <= highHigh)
  );
}

function judgeBound(
  bound: Bound,
  limit: number | null,
  sign: 1 | -1,
  at: number,
  value: number,
  delayMs: number,
  hysteresis: number,
): void {
  if (limit === null) {
    bound.beyondSince = null;
    bound.active = false;
    return;
  }
  const past = (value - limit) * sign;
  bound.judge(past > 0, past <= -hysteresis, at, delayMs);
}

function sideFact(side: Side, high: Bound, medium: Bound, limits: Bounds): LimitFact | null {
  const [highLimit, mediumLimit] =
    side === 'low' ? [limits.highLow, limits.mediumLow] : [limits.highHigh, limits.mediumHigh];
  if (high.active && highLimit !== null) return { side, priority: 'high', limit: highLimit };
  if (medium.active && mediumLimit !== null) return { side, priority: 'medium', limit: mediumLimit };
  return null;
}
