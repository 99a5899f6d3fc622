import { useCallback, useSyncExternalStore } from 'react';
import { useClinic } from '#renderer/client/context.ts';
import { useMe, useWards } from '#renderer/client/hooks.ts';
import type { HubLink } from '#renderer/client/live-beds.ts';
import { useWardWatch } from '#renderer/client/live-hooks.ts';

/** The hub's link to the device network as the ward's stream last told; undefined for those who see no board. */
export function useBrokerLink(): HubLink | undefined {
  const { beds } = useClinic();
  const { may } = useMe();
  const first = useWards().data?.[0]?.id;
  const watched = may('see-board') ? first : undefined;
  useWardWatch(watched === undefined ? [] : [watched]);
  const subscribe = useCallback(
    (listener: () => void) => (watched === undefined ? () => undefined : beds.onWard(watched, listener)),
    [beds, watched],
  );
  const told = useSyncExternalStore(subscribe, () => {
    const link = watched === undefined ? undefined : beds.ward(watched).link;
    return link && `${link.broker}\n${link.since}\n${link.url}`;
  });
  if (told === undefined) return undefined;
  const [broker, since, url] = told.split('\n') as [HubLink['broker'], string, string];
  return { broker, since: Number(since), url };
}
