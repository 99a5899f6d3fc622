import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WardId } from '#domain/ids.ts';
import type { AreaKind } from '#domain/location/area.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { CodeField } from './CodeField.tsx';
import { type AreaRecord, changesOf, PLACES_CHANGED, type PlaceTree } from './place-tree.ts';
import { AREA_KIND_CHOICES } from './place-words.ts';

type AreaDraft = Pick<AreaRecord, 'name' | 'kind' | 'wardId' | 'code'>;

interface AreaDialogProps {
  readonly tree: PlaceTree;
  /** null: a new one. */
  readonly area: AreaRecord | null;
  readonly onClose: () => void;
}

const FRESH: AreaDraft = { name: '', kind: 'waiting', wardId: null, code: null };

/** A place without beds: what it is called, what it is for, whose it is. */
export function AreaDialog({ tree, area, onClose }: AreaDialogProps) {
  const saved = area === null ? FRESH : { name: area.name, kind: area.kind, wardId: area.wardId, code: area.code };
  const [draft, setDraft] = useState(saved);
  const save = useCommand(
    (hub, input: AreaDraft & { idempotencyKey?: string }) =>
      area === null
        ? hub.locations.addArea(input)
        : hub.locations.saveArea({ areaId: area.id, ...changesOf(saved, draftOf(input)), ...keyOf(input) }),
    { invalidate: PLACES_CHANGED, onDone: onClose },
  );
  const name = draft.name.trim();
  return (
    <ActDialog
      title={area ? `Change ${area.name}` : 'Add a place without beds'}
      verb={area ? `Save ${name}` : `Add ${name || 'the place'}`}
      act={save}
      blocked={name === '' ? 'Enter a name.' : undefined}
      onRun={() => void save.run({ ...draft, name })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        maxLength={60}
        data-autofocus
        value={draft.name}
        onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
      />
      <NativeSelect
        label="Kind"
        data={AREA_KIND_CHOICES}
        value={draft.kind}
        onChange={({ currentTarget }) => setDraft({ ...draft, kind: currentTarget.value as AreaKind })}
      />
      <NativeSelect
        label="Ward"
        data={[
          { value: '', label: 'The house' },
          ...tree.wards.map(({ id, name: words }) => ({ value: id as string, label: words })),
        ]}
        value={draft.wardId ?? ''}
        onChange={({ currentTarget }) => setDraft({ ...draft, wardId: (currentTarget.value || null) as WardId | null })}
      />
      <CodeField value={draft.code} onChange={(code) => setDraft({ ...draft, code })} />
    </ActDialog>
  );
}

function draftOf({ name, kind, wardId, code }: AreaDraft): AreaDraft {
  return { name, kind, wardId, code };
}

function keyOf({ idempotencyKey }: { idempotencyKey?: string }): { idempotencyKey?: string } {
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}
