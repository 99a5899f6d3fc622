import { Autocomplete, TextInput } from '@mantine/core';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { useAreaOptions } from '#renderer/client/acts/place-options.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useSubject } from './use-subject.ts';

interface TransportDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

interface Bringing {
  readonly encounterId: EncounterId;
  readonly destination: string;
  readonly note?: string;
}

/** Asks a porter to bring a patient somewhere. The record of where the patient is does not move by that. */
export function TransportDialog({ encounterId, onClose }: TransportDialogProps) {
  const { name } = useSubject(encounterId);
  const areas = useAreaOptions();
  const { fields, set, forget } = useDraft(`transport ${encounterId}`, { destination: '', note: '' });
  const close = () => {
    forget();
    onClose();
  };
  const request = useAct((hub, input: Bringing) => hub.tasks.requestTransport(input), {
    said: ({ destination }) => `A porter is asked to bring ${name} to ${destination}.`,
    inverse:
      ({ id: taskId }) =>
      (hub, idempotencyKey) =>
        hub.tasks.void({ taskId, reason: 'Asked for by mistake', idempotencyKey }),
    onDone: close,
  });
  const destination = fields.destination.trim();
  const note = fields.note.trim();
  return (
    <ActDialog
      title={`Ask a porter for ${name}`}
      verb={destination === '' ? 'Ask a porter' : `Bring to ${destination}`}
      act={request}
      blocked={destination === '' ? 'Say where to.' : undefined}
      onRun={() => void request.run({ encounterId, destination, ...(note === '' ? {} : { note }) })}
      onClose={close}
    >
      <Autocomplete
        label="Where to"
        data-autofocus
        data={[...new Set(areas.map(({ label }) => label))]}
        maxLength={100}
        value={fields.destination}
        onChange={(words) => set({ destination: words })}
      />
      <TextInput
        label="Note for the porter"
        placeholder="such as wheelchair, oxygen"
        maxLength={200}
        value={fields.note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
      />
      <p>Where the patient is on the board changes when somebody moves them there, not by this.</p>
    </ActDialog>
  );
}
