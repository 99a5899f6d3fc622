import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WardId } from '#domain/ids.ts';
import type { WardKind } from '#domain/location/area.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { CodeField } from './CodeField.tsx';
import { changesOf, type PlaceTree, type Seen, usePlaceSave, type WardRecord } from './place-tree.ts';
import { WARD_KIND_CHOICES } from './place-words.ts';

type WardDraft = Pick<WardRecord, 'name' | 'kind' | 'siteId' | 'code'>;

interface WardDialogProps {
  readonly tree: PlaceTree;
  readonly ward: WardRecord;
  readonly onClose: () => void;
}

/** Name, kind, site and code of a ward. Saving also confirms one that came from the feed. */
export function WardDialog({ tree, ward, onClose }: WardDialogProps) {
  const [saved] = useState<WardDraft>({ name: ward.name, kind: ward.kind, siteId: ward.siteId, code: ward.code });
  const [draft, setDraft] = useState(saved);
  const save = usePlaceSave(
    (hub, input: { wardId: WardId } & Partial<WardDraft> & Seen) => hub.locations.saveWard(input),
    onClose,
  );
  return (
    <ActDialog
      title={`Change ${ward.name}`}
      verb={`Save ${draft.name.trim() || 'ward'}`}
      act={save}
      blocked={draft.name.trim() === '' ? 'Enter a name.' : undefined}
      onRun={() => void save.run({ wardId: ward.id, ...changesOf(saved, { ...draft, name: draft.name.trim() }) })}
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
        data={WARD_KIND_CHOICES}
        value={draft.kind}
        onChange={({ currentTarget }) => setDraft({ ...draft, kind: currentTarget.value as WardKind })}
      />
      <NativeSelect
        label="Site"
        data={[
          { value: '', label: 'No site named' },
          ...tree.sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft.siteId ?? ''}
        onChange={({ currentTarget }) => setDraft({ ...draft, siteId: currentTarget.value || null })}
      />
      <CodeField value={draft.code} onChange={(code) => setDraft({ ...draft, code })} />
    </ActDialog>
  );
}
