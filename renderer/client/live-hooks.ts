import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { BedId, WardId } from '#domain/ids.ts';
import { useClinic } from './context.ts';
import type { OpenAlarm } from './live-alarms.ts';
import type { BedLive } from './live-beds.ts';
import { tickerOf } from './ticker.ts';

/** Hub time in steps of `everyMs`: the component is drawn again at each step. */
export function useNow(everyMs: number): number {
  const { link } = useClinic();
  return useSyncExternalStore(tickerOf(everyMs).subscribe, () => Math.floor(link.clock.now() / everyMs) * everyMs);
}

/** Something said of the present moment, drawn again only when what is said changes. `say` must answer a primitive. */
export function useNowAs<Said extends string | number | boolean | null>(
  everyMs: number,
  say: (now: number) => Said,
): Said {
  const { link } = useClinic();
  return useSyncExternalStore(tickerOf(everyMs).subscribe, () => say(link.clock.now()));
}

/** Hub time, and while the link is lost the moment the hub was last heard: what is told of goes on no further. */
function useTold(everyMs: number) {
  const { link } = useClinic();
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [tickerOf(everyMs).subscribe(listener), link.subscribe(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [link, everyMs],
  );
  const now = () => {
    const { state, since } = link.state();
    return state === 'lost' ? since : link.clock.now();
  };
  return { subscribe, now };
}

/** As useNow, for clocks of what the hub tells: they stand still while it does not. */
export function useToldNow(everyMs: number): number {
  const { subscribe, now } = useTold(everyMs);
  return useSyncExternalStore(subscribe, () => Math.floor(now() / everyMs) * everyMs);
}

/** As useNowAs, for clocks of what the hub tells: they stand still while it does not. */
export function useToldNowAs<Said extends string | number | boolean | null>(
  everyMs: number,
  say: (now: number) => Said,
): Said {
  const { subscribe, now } = useTold(everyMs);
  return useSyncExternalStore(subscribe, () => say(now()));
}

/** The newest state of one bed; drawn again when that bed changes and for no other. Its ward must be watched. */
export function useBedLive(bedId: BedId): BedLive | undefined {
  const { beds } = useClinic();
  return useSyncExternalStore(
    useCallback((listener) => beds.onBed(bedId, listener), [beds, bedId]),
    () => beds.bed(bedId),
  );
}

/** Keeps wards' streams open while the component is on screen. */
export function useWardWatch(wardIds: readonly WardId[]): void {
  const { beds } = useClinic();
  const joined = wardIds.join('\n');
  useEffect(() => {
    const ends = joined === '' ? [] : joined.split('\n').map((wardId) => beds.watch(wardId as WardId));
    return () => {
      for (const end of ends) end();
    };
  }, [beds, joined]);
}

/** Every open alarm of the clinic, the most urgent first; undefined until the hub has told. */
export function useOpenAlarms(): readonly OpenAlarm[] | undefined {
  const { alarms } = useClinic();
  useEffect(() => alarms.watch(), [alarms]);
  return useSyncExternalStore(alarms.subscribe, alarms.open);
}

type BoardAlarm = Pick<BedLive['alarms'][number], 'id' | 'priority' | 'signal'>;

/** Open alarms as the boards of these wards show them, for those who may see boards and no alarm list. */
export function useBoardAlarms(wardIds: readonly WardId[]): readonly BoardAlarm[] | undefined {
  const { beds } = useClinic();
  useWardWatch(wardIds);
  const joined = wardIds.join('\n');
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = joined.split('\n').map((wardId) => beds.onWard(wardId as WardId, listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [beds, joined],
  );
  const said = useSyncExternalStore(subscribe, () => {
    const listed = wardIds.map((wardId) => beds.ward(wardId).beds);
    if (listed.length === 0 || listed.includes(undefined)) return undefined;
    const alarms = listed.flatMap((ids) => ids?.flatMap((id) => beds.bed(id)?.alarms ?? []) ?? []);
    return JSON.stringify([
      ...new Map(alarms.map(({ id, priority, signal }) => [id, { id, priority, signal }])).values(),
    ]);
  });
  return useMemo(() => (said === undefined ? undefined : (JSON.parse(said) as BoardAlarm[])), [said]);
}
