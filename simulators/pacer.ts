import type { TimedReading } from './devices/device.ts';

/** A device's readings in order, and where they go when they are due. */
export interface PacedSource {
  readonly readings: Iterator<TimedReading, unknown>;
  send(reading: TimedReading): void;
  /** Called after the last reading was sent. */
  readonly ended?: () => void;
}

export interface PacerOptions {
  /** The machine's clock, epoch ms. */
  readonly now: () => number;
  /** Simulated seconds in one real second. */
  readonly speed: number;
  /** Simulated time at which the pacer's start lies. */
  readonly startedAt: number;
  /** What is later than this is left out, a gap: a machine that slept does not send an hour at once. 10 s unless given. */
  readonly tooLateMs?: number;
}

export interface Pacer {
  add(source: PacedSource): void;
  remove(source: PacedSource): void;
  /** Simulated time now. */
  simulatedNow(): number;
  stop(): void;
}

/** Wakes at most a hundred times a second, however many devices there are. */
const SHORTEST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 1_000;
const TOO_LATE_MS = 10_000;

interface Waiting {
  readonly source: PacedSource;
  next: TimedReading | null;
}

/**
 * Sends readings when they are due. At another speed than 1 their times become the real times of sending and the
 * spacing shrinks with the speed.
 */
export function createPacer({ now, speed, startedAt, tooLateMs = TOO_LATE_MS }: PacerOptions): Pacer {
  const began = now();
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  const realTime = (at: number): number => (speed === 1 ? at - startedAt + began : began + (at - startedAt) / speed);

  function pull(entry: Waiting): void {
    const result = entry.source.readings.next();
    entry.next = result.done ? null : result.value;
  }

  function send(source: PacedSource, reading: TimedReading): void {
    const due = realTime(reading.at);
    if (now() - due > tooLateMs) return;
    const at = Math.round(due);
    source.send(
      reading.kind === 'wave' ? { ...reading, at, startsAt: realTime(reading.startsAt) } : { ...reading, at },
    );
  }

  function run(): void {
    timer = null;
    const moment = now();
    let earliest = moment + LONGEST_WAIT_MS;
    for (const entry of waiting) {
      while (entry.next && realTime(entry.next.at) <= moment) {
        const reading = entry.next;
        pull(entry);
        send(entry.source, reading);
        if (!entry.next) entry.source.ended?.();
      }
      if (entry.next) earliest = Math.min(earliest, realTime(entry.next.at));
    }
    plan(earliest - now());
  }

  function plan(wait: number): void {
    if (timer) clearTimeout(timer);
    timer = waiting.length > 0 ? setTimeout(run, Math.max(SHORTEST_WAIT_MS, wait)) : null;
  }

  return {
    add(source) {
      const entry: Waiting = { source, next: null };
      pull(entry);
      waiting.push(entry);
      plan(0);
    },
    remove(source) {
      const index = waiting.findIndex((entry) => entry.source === source);
      if (index >= 0) waiting.splice(index, 1);
    },
    simulatedNow: () => startedAt + (now() - began) * speed,
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      waiting.length = 0;
    },
  };
}
