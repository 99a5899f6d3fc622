import type { AlarmBook } from '#domain/alarm/alarm-book.ts';
import type { Store } from '#domain/clinic/store.ts';
import { METRICS } from '#domain/observation/metric.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { holdersOf } from './bed-facts.ts';
import type { Watched } from './live-stays.ts';

/** The longest a value can matter to a score or a card. */
const LOOK_BACK_MS = 15 * HOUR_MS;
/** How far back continuous values are read into the score's window. */
const WINDOW_MS = 5 * MINUTE_MS;

/**
 * Brings a stay back as it was when the hub stopped: the newest stored values with their age, what was charted, and the
 * alarms that were on, so that a restart neither forgets an alarm nor raises it twice.
 */
export function recall(watched: Watched, store: Store, book: AlarmBook, now: number): void {
  const { state, encounter, bedId } = watched;
  const ties = [
    ...store.devices.tiesOf({ encounterId: encounter.id }, now, now + 1),
    ...(bedId === null || holdersOf(store, bedId).length > 1 ? [] : store.devices.tiesOf({ bedId }, now, now + 1)),
  ];
  const since = Math.max(now - LOOK_BACK_MS, encounter.admittedAt);
  for (const { deviceId, startedAt } of ties) {
    for (const code of store.numerics.codesOf(deviceId)) {
      const newest = store.numerics.latest(deviceId, code, Math.max(since, startedAt), now);
      if (!newest) continue;
      if (isContinuous(code) && now - newest.at <= WINDOW_MS) {
        for (const { at, value } of store.numerics.raw(deviceId, code, newest.at - MINUTE_MS, newest.at))
          state.recall(code, value, at, deviceId);
      }
      state.recall(code, newest.value, newest.at, deviceId);
    }
  }
  for (const { code, value, observedAt } of store.observations.latest(encounter.id, now)) {
    if (observedAt >= now - LOOK_BACK_MS) state.recall(code, value, observedAt, 'charted');
  }
  state.refreshLimits();
  for (const alarm of book.openOf({ encounterId: encounter.id, bedId, deviceId: null })) {
    if (alarm.code === null || alarm.endedAt !== null) continue;
    const side = alarm.rule.endsWith('-low') ? 'low' : alarm.rule.endsWith('-high') ? 'high' : null;
    if (side) state.resume(alarm.code, side, alarm.priority);
  }
}

function isContinuous(code: string): boolean {
  return METRICS.some((metric) => metric.code === code && metric.score === 'median');
}
