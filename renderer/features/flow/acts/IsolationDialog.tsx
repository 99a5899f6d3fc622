import { useState } from 'react';
import { ISOLATION_KINDS, type IsolationKind } from '#domain/flow/bed-state.ts';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useAct } from '#renderer/client/board/use-act.ts';
import { ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { LetterChoice } from '#renderer/ui/LetterChoice.tsx';
import { useSubject } from './use-subject.ts';

interface IsolationDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

const LETTERS: Readonly<Record<IsolationKind, string>> = { contact: 'C', droplet: 'D', airborne: 'A', protective: 'P' };
const NONE = 'none';

/** Whether a patient is isolated, and how. */
export function IsolationDialog({ encounterId, onClose }: IsolationDialogProps) {
  const { row, name } = useSubject(encounterId);
  const [chosen, setChosen] = useState<IsolationKind | typeof NONE>(row?.isolation ?? NONE);
  const before = row?.isolation ?? null;
  const save = useAct(
    (hub, input: { encounterId: EncounterId; isolation: IsolationKind | null }) => hub.flow.setIsolation(input),
    {
      said: ({ isolation }) =>
        isolation ? `${name}: ${ISOLATION_WORDS[isolation].toLowerCase()} isolation.` : `${name} is not isolated now.`,
      inverse: () => (hub, idempotencyKey) => hub.flow.setIsolation({ encounterId, isolation: before, idempotencyKey }),
      onDone: onClose,
    },
  );
  const isolation = chosen === NONE ? null : chosen;
  return (
    <ActDialog
      title={`Isolation of ${name}`}
      verb={isolation ? `Isolate: ${ISOLATION_WORDS[isolation].toLowerCase()}` : 'No isolation'}
      act={save}
      blocked={isolation === before ? 'This is as it is now.' : undefined}
      onRun={() => void save.run({ encounterId, isolation })}
      onClose={onClose}
    >
      <LetterChoice
        label="Kind"
        autoFocus
        options={[
          { value: NONE, letter: 'N', label: 'None' },
          ...ISOLATION_KINDS.map((value) => ({ value, letter: LETTERS[value], label: ISOLATION_WORDS[value] })),
        ]}
        value={chosen}
        onPick={setChosen}
      />
      <p>A bed left after an isolation is cleaned as contaminated.</p>
    </ActDialog>
  );
}
