import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BedId, EncounterId, PatientId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { ChoicePicker } from '#renderer/client/acts/ChoicePicker.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { OverrideReason } from '#renderer/client/acts/OverrideReason.tsx';
import { type PlaceOption, useBedOptions } from '#renderer/client/acts/place-options.ts';
import { bedSeen, type Placing, useHow, usePlacing } from '#renderer/client/acts/use-placing.ts';
import { useTile } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { useOpenDialog } from './flow-dialog.ts';
import { type PersonChoice, usePeopleChoices } from './people-choices.ts';

interface AssignDialogProps {
  readonly bedId: BedId;
  readonly onClose: () => void;
}

/** Who goes to a bed: whoever has the best claim first, and any registered patient by name. */
export function AssignDialog({ bedId, onClose }: AssignDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const tile = useTile(useBoardScope(), bedId);
  const openDialog = useOpenDialog();
  const people = usePeopleChoices(bedId, true);
  const all = people.groups.flatMap(({ options }) => options);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = all.find(({ id }) => id === chosenId) ?? all[0];
  const { fields, set, forget } = useDraft(`assign ${bedId}`, { reason: '', when: NO_MOMENT });
  const beds = useBedOptions(seekerOf(chosen));
  const bed = beds.data?.find((option) => option.bedId === bedId);
  const how = useHow();
  const close = () => {
    forget();
    onClose();
  };
  const label = tile?.bed.label ?? '';
  const placing = usePlacing(close);
  const when = momentOf(fields.when, now, zone, true);

  async function run() {
    if (!chosen?.patientId || !bed) return;
    const done = await placing.run({
      how: chosen.row ? how(chosen.row, bed) : chosen.encounterId ? 'move' : 'admit',
      name: chosen.label,
      to: `bed ${label}`,
      encounterId: chosen.encounterId ?? ('' as EncounterId),
      patientId: chosen.patientId,
      ...(chosen.row ? { seenBedId: bedSeen(chosen.row) } : {}),
      bedId,
      ...(when.at == null ? {} : { at: when.at }),
      ...(bed.state === 'reason' ? { overrideReason: fields.reason.trim() } : {}),
    } satisfies Placing);
    if (!done) await beds.refetch();
  }
  return (
    <ActDialog
      title={`Who goes to bed ${label}?`}
      verb={chosen ? `Give bed ${label} to ${chosen.label}` : `Give bed ${label}`}
      act={placing}
      blocked={blockedBy(chosen, bed, fields.reason, beds.isPending) ?? when.why}
      size="xl"
      onRun={() => void run()}
      onClose={close}
    >
      <ChoicePicker<PersonChoice>
        label="Patient"
        placeholder="Type a name or number"
        groups={people.groups}
        value={chosen}
        onChange={(option) => setChosenId(option?.id)}
        onType={people.onType}
        none="Nobody waits, is expected or asked for. Type a name to find a registered patient."
      />
      {chosen && bed?.state === 'open' && (
        <p>
          Bed {label} can be had. {bed.why}
        </p>
      )}
      {bed?.state === 'reason' && (
        <OverrideReason against={bed.why} value={fields.reason} onChange={(reason) => set({ reason })} />
      )}
      <MomentField
        label="Happened at"
        empty="now"
        past
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
      <p>
        Not registered yet?{' '}
        <Button onClick={() => openDialog({ kind: 'register', bedId, typed: people.typed })}>
          Register and admit to bed {label}
        </Button>
      </p>
    </ActDialog>
  );
}

function seekerOf(
  chosen: PersonChoice | undefined,
): { encounterId: EncounterId } | { patientId: PatientId } | undefined {
  if (chosen?.encounterId) return { encounterId: chosen.encounterId };
  return chosen?.patientId ? { patientId: chosen.patientId } : undefined;
}

function blockedBy(
  chosen: PersonChoice | undefined,
  bed: PlaceOption | undefined,
  reason: string,
  reading: boolean,
): string | undefined {
  if (!chosen) return 'Choose a patient first.';
  if (reading || !bed) return 'Looking whether the bed fits…';
  if (bed.state === 'closed') return `${bed.label}: ${bed.why}.`;
  return bed.state === 'reason' && reason.trim() === '' ? 'Say why all the same.' : undefined;
}
