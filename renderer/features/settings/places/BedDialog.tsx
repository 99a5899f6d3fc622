import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Equipment } from '#domain/flow/bed-state.ts';
import type { BedId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { CodeField } from './CodeField.tsx';
import styles from './PlaceDialog.module.css';
import { type BedRecord, changesOf, type Seen, usePlaceSave } from './place-tree.ts';
import { EQUIPMENT_CHOICES } from './place-words.ts';

type BedDraft = Pick<BedRecord, 'label' | 'equipment' | 'ageFrom' | 'ageTo' | 'places' | 'code'>;

const PLACES = [
  { value: '1', label: '1 patient' },
  { value: '2', label: '2 patients, such as mother and baby' },
  { value: '3', label: '3 patients' },
  { value: '4', label: '4 patients' },
];
const OLDEST = 130;

function blockedBy({ label, ageFrom, ageTo }: BedDraft): string | undefined {
  if (label.trim() === '') return 'Enter a label.';
  return ageFrom !== null && ageTo !== null && ageFrom > ageTo ? 'The youngest age is above the oldest.' : undefined;
}

/** What a bed has and whom it is for. Saving also confirms one that came from the feed. */
export function BedDialog({ bed, onClose }: { readonly bed: BedRecord; readonly onClose: () => void }) {
  const { label, equipment, ageFrom, ageTo, places, code } = bed;
  const [saved] = useState<BedDraft>({ label, equipment, ageFrom, ageTo, places, code });
  const [draft, setDraft] = useState(saved);
  const save = usePlaceSave(
    (hub, input: { bedId: BedId } & Partial<BedDraft> & Seen) => hub.locations.saveBed(input),
    onClose,
  );
  const age = (name: 'ageFrom' | 'ageTo', words: string) => (
    <NumberInput
      label={words}
      placeholder="any"
      suffix=" years"
      min={0}
      max={OLDEST}
      allowDecimal={false}
      value={draft[name] ?? ''}
      onChange={(value) => setDraft({ ...draft, [name]: typeof value === 'number' ? value : null })}
    />
  );
  return (
    <ActDialog
      title={`Change bed ${bed.label}`}
      verb={`Save bed ${draft.label.trim()}`}
      act={save}
      blocked={blockedBy(draft)}
      onRun={() => void save.run({ bedId: bed.id, ...changesOf(saved, { ...draft, label: draft.label.trim() }) })}
      onClose={onClose}
    >
      <TextInput
        label="Label"
        maxLength={20}
        data-autofocus
        value={draft.label}
        onChange={({ currentTarget }) => setDraft({ ...draft, label: currentTarget.value })}
      />
      <Checkbox.Group
        label="Equipment"
        value={draft.equipment}
        onChange={(chosen) => setDraft({ ...draft, equipment: chosen as Equipment[] })}
      >
        <div className={styles.choices}>
          {EQUIPMENT_CHOICES.map(({ value, label: words }) => (
            <Checkbox key={value} value={value} label={words} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={styles.pair}>
        {age('ageFrom', 'Youngest')}
        {age('ageTo', 'Oldest')}
      </div>
      <NativeSelect
        label="Holds"
        data={PLACES}
        value={String(draft.places)}
        onChange={({ currentTarget }) => setDraft({ ...draft, places: Number(currentTarget.value) })}
      />
      <CodeField value={draft.code} onChange={(next) => setDraft({ ...draft, code: next })} />
    </ActDialog>
  );
}
