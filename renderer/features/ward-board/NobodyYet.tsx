import { useCallback, useSyncExternalStore } from 'react';
import type { BedId, WardId } from '#domain/ids.ts';
import { FirstSteps } from '#renderer/client/acts/FirstSteps.tsx';
import { useClinic } from '#renderer/client/context.ts';

interface NobodyYetProps {
  readonly ids: readonly BedId[];
  readonly wardIds: readonly WardId[];
}

/** Says what to do next while every bed shown is empty. */
export function NobodyYet({ ids, wardIds }: NobodyYetProps) {
  const { beds } = useClinic();
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = wardIds.map((wardId) => beds.onWard(wardId, listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [beds, wardIds],
  );
  const first = useSyncExternalStore(subscribe, () =>
    ids.some((id) => beds.bed(id)?.patient) ? undefined : ids.map((id) => beds.bed(id)?.label).find(Boolean),
  );
  return first === undefined ? null : <FirstSteps bedLabel={first} />;
}
