import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { counted } from '#renderer/ui/format.ts';
import { CODE_KINDS } from './code-picture.ts';
import styles from './LabelsScreen.module.css';
import type { LabelSearch } from './LabelsScreen.tsx';
import { type LabelRecord, wardsOf } from './labels-shown.ts';
import { CODE_WORDS, LABELS_A_SHEET, SHEET_WORDS, SHEETS } from './sheet.ts';

interface LabelOptionsProps {
  readonly labels: readonly LabelRecord[];
  readonly search: LabelSearch;
  readonly count: number;
  readonly onChange: (changes: LabelSearch) => void;
}

/** Whose labels, with which code, on what paper. */
export function LabelOptions({ labels, search, count, onChange }: LabelOptionsProps) {
  const one = labels.find(({ bedId }) => bedId === search.bed);
  return (
    <div className={styles.fields}>
      {one && (
        <p>
          Bed {one.bedLabel}, {one.wardName} only.{' '}
          <Button size="compact-xs" onClick={() => onChange({ bed: undefined })}>
            All beds
          </Button>
        </p>
      )}
      {!one && (
        <NativeSelect
          label="Ward"
          data={[{ value: '', label: 'All wards' }, ...wardsOf(labels)]}
          value={search.ward ?? ''}
          onChange={({ currentTarget }) => onChange({ ward: currentTarget.value || undefined, without: undefined })}
        />
      )}
      <NativeSelect
        label="Paper"
        data={SHEETS.map((value) => ({ value, label: SHEET_WORDS[value] }))}
        value={search.sheet ?? 'a4'}
        onChange={({ currentTarget }) => onChange({ sheet: currentTarget.value })}
      />
      <NativeSelect
        label="Code"
        data={CODE_KINDS.map((value) => ({ value, label: CODE_WORDS[value] }))}
        value={search.code ?? 'datamatrix'}
        onChange={({ currentTarget }) => onChange({ code: currentTarget.value })}
      />
      {search.sheet !== 'single' && (
        <NumberInput
          label="First free label of the sheet"
          min={1}
          max={LABELS_A_SHEET}
          allowDecimal={false}
          clampBehavior="strict"
          value={search.first ?? 1}
          onChange={(first) => typeof first === 'number' && onChange({ first: first === 1 ? undefined : first })}
        />
      )}
      <Button variant="filled" size="sm" disabled={count === 0} onClick={() => print()}>
        Print {counted(count, 'label')}
      </Button>
      <p className={styles.hint}>Print at 100 %, without margins of the printer’s own.</p>
    </div>
  );
}
