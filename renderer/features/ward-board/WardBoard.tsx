import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { WardId } from '#domain/ids.ts';
import { useWards } from '#renderer/client/hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { Board } from './Board.tsx';

/** The ward's beds as cards, who is getting worse first; without a ward in the address, all wards. */
export function WardBoard() {
  const { wardId } = useParams({ strict: false }) as { wardId?: WardId };
  const wards = useWards();
  const shown = useMemo(
    () => (wards.data ?? []).filter(({ id }) => wardId === undefined || id === wardId),
    [wards.data, wardId],
  );
  const { refetch } = wards;
  const unknown = wards.data !== undefined && shown.length === 0;
  useEffect(() => {
    if (unknown && wardId) void refetch();
  }, [unknown, wardId, refetch]);
  if (wards.isPending)
    return (
      <p className="visually-hidden" role="status">
        {'Reading the wards…'}
      </p>
    );
  if (wards.isError) {
    return (
      <Fault
        title="The wards could not be read"
        detail={`${wards.error.message} Bedside monitors go on.`}
        action="Read again"
        onAction={() => void wards.refetch()}
      />
    );
  }
  if (shown.length === 0 && wards.isFetching) return null;
  if (shown.length === 0) {
    return wardId ? (
      <Blank title="There is no such ward">
        <p>Choose a ward at the top left.</p>
      </Blank>
    ) : (
      <Blank title="No wards are set up">
        <p>An administrator adds wards, rooms and beds in Settings.</p>
      </Blank>
    );
  }
  return <Board key={wardId ?? 'all'} wards={shown} />;
}
