import type { BedLive } from '#renderer/client/live-beds.ts';
import { staleFromMs } from '#renderer/client/value-age.ts';
import type { KnownValues } from './observations/draft.ts';

/** What devices at the bed say now and may stand in a score: nothing old, nothing charted by hand. */
export function knownValues(live: BedLive | undefined, now: number): KnownValues {
  const current = (code: string): number | null => {
    const value = live?.values.find((one) => one.code === code);
    if (!value || typeof value.value !== 'number' || value.source === 'charted') return null;
    return now - value.at <= staleFromMs(value, '1h') ? value.value : null;
  };
  return {
    rr: current('rr'),
    spo2: current('spo2'),
    pulse: current('hr') ?? current('pr'),
    sbp: current('art-sys') ?? current('nibp-sys'),
  };
}
