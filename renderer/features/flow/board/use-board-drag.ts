import { notifications } from '@mantine/notifications';
import { useMemo, useRef } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { bedOption, type PlaceOption } from '#renderer/client/acts/place-options.ts';
import { bedSeen, useHow, usePlacing } from '#renderer/client/acts/use-placing.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useClinic } from '#renderer/client/context.ts';
import { useHub, useWritable } from '#renderer/client/hooks.ts';
import type { FlowDialog } from '../acts/flow-dialog.ts';
import { useSayFailure } from '../acts/use-steps.ts';
import { createDrag, type Drag } from './drag.ts';

/**
 * Taking a patient up and putting them down on a bed: done at once where the bed can be had; on a bed somebody lies in
 * a swap is offered; else the reason is asked for, or why not is said.
 */
export function useBoardDrag(open: (dialog: FlowDialog) => void): Drag {
  const hub = useHub();
  const live = useClinic().boards.of(useBoardScope());
  const writable = useWritable();
  const called = useCalled();
  const how = useHow();
  const placing = usePlacing();
  useSayFailure(placing);

  function putDown(encounterId: EncounterId, bedId: BedId, option: PlaceOption | undefined) {
    const board = live.now();
    const row = board?.rows.get(encounterId);
    const tile = board?.tiles.get(bedId);
    if (!row?.patientId || !tile || tile.bed.encounterIds.includes(encounterId)) return;
    if (!writable.ok) return notifications.show({ title: 'Not done', message: writable.why });
    const [holder] = tile.occupants;
    if (holder && row.bedSince !== null && option?.state !== 'open') {
      return open({ kind: 'swap', encounterId, withId: holder.encounterId });
    }
    if (option?.state === 'closed') {
      return notifications.show({
        title: `Not to bed ${tile.bed.label}`,
        message: `${option.why}.`,
        autoClose: 12_000,
      });
    }
    if (option?.state !== 'open') return open({ kind: 'move', encounterId, bedId });
    void placing.run({
      how: how(row, option),
      name: called(row) ?? 'The patient',
      to: option.words,
      encounterId,
      patientId: row.patientId,
      seenBedId: bedSeen(row),
      bedId,
    });
  }

  const latest = useRef(putDown);
  latest.current = putDown;
  return useMemo(
    () =>
      createDrag({
        look: async (encounterId) => (await hub.flow.bedsFor({ encounterId })).map(bedOption),
        onDrop: (encounterId, bedId, option) => latest.current(encounterId, bedId, option),
      }),
    [hub],
  );
}
