import { useState } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { useBoard } from '../board/board-hooks.ts';
import { useBoardScope } from '../board/board-scope.ts';
import { useZone } from '../hooks.ts';
import { useNow } from '../live-hooks.ts';
import { sayError } from '../say-error.ts';
import { ActDialog } from './ActDialog.tsx';
import { useDraft } from './drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from './MomentField.tsx';
import { OverrideReason } from './OverrideReason.tsx';
import { PlacePicker } from './PlacePicker.tsx';
import { type PlaceOption, useAreaOptions, useBedOptions } from './place-options.ts';
import { bedSeen, useHow, usePlacing } from './use-placing.ts';

interface MoveDialogProps {
  readonly encounterId: EncounterId;
  readonly displayName: string;
  /** Where the patient is now, in words; null when in no bed. */
  readonly place: string | null;
  /** The bed to begin with; without one, the best. */
  readonly bedId?: BedId | undefined;
  readonly onClose: () => void;
}

/** Gives a patient a bed, the best that may be had first, each other one with why not. Enter takes the marked one. */
export function MoveDialog({ encounterId, displayName, place, bedId, onClose }: MoveDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { board } = useBoard(useBoardScope());
  const row = board?.rows.get(encounterId);
  const beds = useBedOptions({ encounterId });
  const areas = useAreaOptions();
  const [chosenId, setChosenId] = useState<string | undefined>(bedId && `bed:${bedId}`);
  const { fields, set, forget } = useDraft(`move ${encounterId}`, { reason: '', when: NO_MOMENT });
  const how = useHow();
  const close = () => {
    forget();
    onClose();
  };
  const options = [...(beds.data ?? []), ...areas];
  const chosen = options.find(({ id }) => id === chosenId) ?? (beds.data ? firstOpen(options) : undefined);
  const placing = usePlacing(close);
  const when = momentOf(fields.when, now, zone, true);
  const admits = row && chosen && how(row, chosen) === 'admit';
  const reason = fields.reason.trim();

  async function run() {
    if (!row?.patientId || !chosen) return;
    const done = await placing.run({
      how: how(row, chosen),
      name: displayName,
      to: chosen.words,
      encounterId,
      patientId: row.patientId,
      seenBedId: bedSeen(row),
      ...(chosen.bedId ? { bedId: chosen.bedId } : {}),
      ...(chosen.areaId ? { areaId: chosen.areaId } : {}),
      ...(when.at == null ? {} : { at: when.at }),
      ...(chosen.state === 'reason' ? { overrideReason: reason } : {}),
    });
    if (!done) await beds.refetch();
  }
  return (
    <ActDialog
      title={`${admits ? 'Admit' : 'Move'} ${displayName}`}
      verb={chosen ? `${admits ? 'Admit' : 'Move'} to ${chosen.words}` : 'Move'}
      act={placing}
      blocked={blockedBy({ row, chosen, reason, why: when.why, reading: beds.isPending })}
      size="xl"
      onRun={() => void run()}
      onClose={close}
    >
      <p>{place === null ? 'In no bed now.' : `Now in ${place}.`}</p>
      {beds.isError && <p role="alert">The beds could not be read. {sayError(beds.error)}</p>}
      {beds.isPending && <p role="status">Looking for beds…</p>}
      <PlacePicker
        label="Bed or place"
        options={options}
        value={chosen}
        onChange={(option) => setChosenId(option?.id)}
      />
      {chosen?.state === 'reason' && (
        <OverrideReason against={chosen.why} value={fields.reason} onChange={(words) => set({ reason: words })} />
      )}
      <MomentField
        label="Happened at"
        empty="now"
        past
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
      <p>Devices tied to the patient go along. Devices tied to the bed stay with the bed.</p>
    </ActDialog>
  );
}

function firstOpen(options: readonly PlaceOption[]): PlaceOption | undefined {
  return options.find(({ state, bedId }) => state === 'open' && bedId !== null);
}

interface Standing {
  readonly row: object | undefined;
  readonly chosen: PlaceOption | undefined;
  readonly reason: string;
  readonly why: string | undefined;
  readonly reading: boolean;
}

function blockedBy({ row, chosen, reason, why, reading }: Standing): string | undefined {
  if (reading) return 'Looking for beds…';
  if (!row) return 'This patient is on the board no more.';
  if (!chosen) return 'No bed can be had now. Choose one to see why.';
  if (chosen.state === 'closed') return `${chosen.label}: ${chosen.why}.`;
  if (chosen.state === 'reason' && reason === '') return 'Say why this bed all the same.';
  return why;
}
