import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { IsolationKind, SexRule } from '#domain/flow/bed-state.ts';
import type { RoomId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { CodeField } from './CodeField.tsx';
import styles from './PlaceDialog.module.css';
import { changesOf, type RoomRecord, type Seen, usePlaceSave } from './place-tree.ts';
import { ISOLATION_CHOICES, SEX_RULE_CHOICES } from './place-words.ts';

type RoomDraft = Pick<RoomRecord, 'label' | 'sexRule' | 'isolationFor' | 'code'>;

/** Who may share a room and what isolation it is fit for. Saving also confirms one that came from the feed. */
export function RoomDialog({ room, onClose }: { readonly room: RoomRecord; readonly onClose: () => void }) {
  const [saved] = useState<RoomDraft>({
    label: room.label,
    sexRule: room.sexRule,
    isolationFor: room.isolationFor,
    code: room.code,
  });
  const [draft, setDraft] = useState(saved);
  const save = usePlaceSave(
    (hub, input: { roomId: RoomId } & Partial<RoomDraft> & Seen) => hub.locations.saveRoom(input),
    onClose,
  );
  return (
    <ActDialog
      title={`Change room ${room.label}`}
      verb={`Save room ${draft.label.trim()}`}
      act={save}
      blocked={draft.label.trim() === '' ? 'Enter a label.' : undefined}
      onRun={() => void save.run({ roomId: room.id, ...changesOf(saved, { ...draft, label: draft.label.trim() }) })}
      onClose={onClose}
    >
      <TextInput
        label="Label"
        maxLength={20}
        data-autofocus
        value={draft.label}
        onChange={({ currentTarget }) => setDraft({ ...draft, label: currentTarget.value })}
      />
      <NativeSelect
        label="Who may share it"
        data={SEX_RULE_CHOICES}
        value={draft.sexRule}
        onChange={({ currentTarget }) => setDraft({ ...draft, sexRule: currentTarget.value as SexRule })}
      />
      <Checkbox.Group
        label="Fit for isolation"
        description="A single room is fit for contact and droplet isolation anyway."
        value={draft.isolationFor}
        onChange={(kinds) => setDraft({ ...draft, isolationFor: kinds as IsolationKind[] })}
      >
        <div className={styles.choices}>
          {ISOLATION_CHOICES.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      <CodeField value={draft.code} onChange={(code) => setDraft({ ...draft, code })} />
    </ActDialog>
  );
}
