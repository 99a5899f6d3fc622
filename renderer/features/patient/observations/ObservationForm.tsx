import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { EncounterId } from '#domain/ids.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand, useLink, useMe, useZone } from '#renderer/client/hooks.ts';
import { type PatientRecord, recordKeys, type Stay } from '#renderer/client/records.ts';
import { ageOf, formatDateTime } from '#renderer/ui/format.ts';
import { LetterChoice } from '#renderer/ui/LetterChoice.tsx';
import { focusNextStep } from '#renderer/ui/steps.ts';
import {
  type DraftField,
  draftSet,
  EMPTY_DRAFT,
  type KnownValues,
  type ObservationDraft,
  type ObservedValues,
  readDraft,
} from './draft.ts';
import { keepDraft, keptDraft } from './drafts.ts';
import { NumberField } from './NumberField.tsx';
import styles from './ObservationForm.module.css';
import { ScorePreview } from './ScorePreview.tsx';
import { takenAt } from './taken-at.ts';

interface ObservationFormProps {
  readonly patient: PatientRecord;
  readonly stay: Stay;
  /** What devices say now: it counts in the score for fields left empty. */
  readonly known: KnownValues;
  readonly onClose: () => void;
}

interface RecordInput {
  readonly encounterId: EncounterId;
  readonly observedAt?: number;
  readonly values: ObservedValues;
}

const ACVPU = [
  { value: 'A', letter: 'A', label: 'Alert' },
  { value: 'C', letter: 'C', label: 'New confusion' },
  { value: 'V', letter: 'V', label: 'Voice' },
  { value: 'P', letter: 'P', label: 'Pain' },
  { value: 'U', letter: 'U', label: 'Unresponsive' },
] as const;
const OXYGEN = [
  { value: 'air', letter: 'A', label: 'Air' },
  { value: 'oxygen', letter: 'O', label: 'Oxygen' },
] as const;

/** A set of observations by keyboard alone: letters pick, Enter goes on, Ctrl+Enter saves. What is typed outlives the link. */
export function ObservationForm({ patient, stay, known, onClose }: ObservationFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { user } = useMe();
  const zone = useZone();
  const { hubNow } = useLink();
  const [draft, setDraft] = useState(() => keptDraft(user.id, stay.id) ?? EMPTY_DRAFT);
  const { values, errors } = readDraft(draft);
  const observedAt = takenAt(draft.takenAt, hubNow(), zone);
  const record = useCommand((hub, input: RecordInput) => hub.observations.record(input), {
    invalidate: [recordKeys.trends(stay.id), recordKeys.scores(stay.id)],
    onDone: ({ recorded, observedAt: at }) => {
      keepDraft(user.id, stay.id, undefined);
      notifications.show({
        message: `Saved ${recorded} ${recorded === 1 ? 'value' : 'values'}, taken ${formatDateTime(at, zone)}.`,
      });
      onClose();
    },
  });

  function change(part: Partial<ObservationDraft>): void {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(user.id, stay.id, next);
  }

  function pick(part: Partial<ObservationDraft>, goOn: boolean): void {
    const from = document.activeElement?.closest('fieldset') ?? null;
    flushSync(() => change(part));
    if (goOn && form.current && from) focusNextStep(form.current, from.querySelector('label:last-child input'));
  }

  const blocked = whyNot(values, errors, observedAt);
  function save(): void {
    if (blocked !== undefined || observedAt === undefined) return;
    void record.run({ encounterId: stay.id, values, ...(observedAt === null ? {} : { observedAt }) });
  }

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) save();
    else if (event.target instanceof Element) goOnFrom(event.currentTarget, event.target);
  }

  const number = (field: DraftField, label: string, unit: string, instead?: string) => (
    <NumberField
      label={label}
      unit={unit}
      value={draft[field]}
      error={errors[field]}
      instead={instead}
      onType={(typed) => change({ [field]: typed })}
    />
  );
  const { spo2Scale, pregnant } = stay;
  const scoring = { spo2Scale, pregnant, ageYears: ageOf(patient.birthDate, hubNow(), zone) };
  return (
    <form
      ref={form}
      className={styles.form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LetterChoice
        label="Consciousness"
        options={ACVPU}
        value={draft.acvpu}
        onPick={(acvpu, goOn) => pick({ acvpu }, goOn)}
        autoFocus
      />
      <div className={styles.oxygen}>
        <LetterChoice
          label="Air or oxygen"
          options={OXYGEN}
          value={draft.oxygen === null ? null : draft.oxygen ? 'oxygen' : 'air'}
          onPick={(given, goOn) => pick({ oxygen: given === 'oxygen' }, goOn)}
        />
        <NumberField
          label="Flow"
          unit="L/min"
          value={draft.flow}
          error={errors.flow}
          disabled={draft.oxygen !== true}
          onType={(flow) => change({ flow })}
        />
      </div>
      <div className={styles.numbers}>
        {number('temp', 'Temperature', '°C')}
        {number('pressure', 'Blood pressure', 'mmHg', 'such as 120/80')}
        {number('rr', 'Respiration rate', '/min', fromDevice(known.rr))}
        {number('spo2', 'Oxygen saturation', '%', fromDevice(known.spo2))}
        {number('pulse', 'Pulse', '/min', fromDevice(known.pulse))}
        <TakenAtField
          typed={draft.takenAt}
          at={observedAt}
          zone={zone}
          onType={(typed) => change({ takenAt: typed })}
        />
      </div>
      <details className={styles.more}>
        <summary>Glucose, weight</summary>
        <div className={styles.numbers}>
          {number('glucose', 'Glucose', 'mmol/L')}
          {number('weight', 'Weight', 'kg')}
        </div>
      </details>
      <ScorePreview set={draftSet({ values, errors }, known, scoring)} />
      <p className={styles.keys}>
        Letters pick, Enter goes on, Ctrl+Enter saves. What is typed stays until it is saved.
      </p>
      <ActFoot
        verb="Save observations"
        pending={record.pending}
        error={record.error}
        blocked={blocked}
        onCancel={onClose}
      />
    </form>
  );
}

/** On to the next field, and after the last one to the button that saves. */
function goOnFrom(form: HTMLFormElement, from: Element): void {
  const before = document.activeElement;
  focusNextStep(form, from.closest('fieldset')?.querySelector('label:last-child input') ?? from);
  if (document.activeElement === before) form.querySelector<HTMLButtonElement>('button[type="submit"]')?.focus();
}

function whyNot(values: ObservedValues, errors: object, observedAt: number | null | undefined): string | undefined {
  if (Object.keys(errors).length > 0) return 'Correct the marked fields first.';
  if (observedAt === undefined) return 'Correct the time first.';
  return Object.keys(values).length === 0 ? 'Enter at least one value.' : undefined;
}

function fromDevice(value: number | null | undefined): string | undefined {
  return value == null ? undefined : `monitor ${Math.round(value)}`;
}

interface TakenAtFieldProps {
  readonly typed: string;
  readonly at: number | null | undefined;
  readonly zone: string;
  readonly onType: (typed: string) => void;
}

function TakenAtField({ typed, at, zone, onType }: TakenAtFieldProps) {
  return (
    <TextInput
      label="Taken at"
      placeholder="now"
      value={typed}
      error={at === undefined ? 'Enter a time such as 14:05.' : undefined}
      description={at === null || at === undefined ? undefined : formatDateTime(at, zone)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      data-step
      onChange={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}
