import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import styles from './SetupWizard.module.css';
import type { StepProps } from './SetupWizard.tsx';

/** The clinic's name, and each ward with how many beds it has. */
export function ClinicStep({ draft, problems, change }: StepProps) {
  function changeWard(key: string, changes: { name?: string; beds?: number | '' }) {
    change({ wards: draft.wards.map((ward) => (ward.key === key ? { ...ward, ...changes } : ward)) });
  }
  return (
    <>
      <h2>The clinic and its wards</h2>
      <p>Beds are numbered from 1 in each ward. Rooms, labels and more beds can be changed later in Settings.</p>
      <TextInput
        label="Name of the clinic"
        autoComplete="organization"
        value={draft.clinicName}
        error={problems.clinicName}
        onChange={(event) => change({ clinicName: event.currentTarget.value })}
      />
      {draft.wards.map(({ key, name, beds }, index) => (
        <div key={key} className={styles.ward}>
          <TextInput
            label={`Ward ${index + 1}`}
            value={name}
            error={problems[`ward-${key}`]}
            onChange={(event) => changeWard(key, { name: event.currentTarget.value })}
          />
          <NumberInput
            label="Beds"
            min={1}
            max={200}
            allowDecimal={false}
            value={beds}
            error={problems[`beds-${key}`]}
            onChange={(value) => changeWard(key, { beds: typeof value === 'number' ? value : '' })}
          />
          <ActionIcon
            mt={26}
            aria-label={`Remove ward ${index + 1}`}
            disabled={draft.wards.length === 1}
            onClick={() => change({ wards: draft.wards.filter((ward) => ward.key !== key) })}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </div>
      ))}
      <Button
        mt="sm"
        leftSection={<IconPlus size={16} />}
        onClick={() => change({ wards: [...draft.wards, { key: crypto.randomUUID(), name: '', beds: 16 }] })}
      >
        Add a ward
      </Button>
    </>
  );
}
