import { NativeSelect, Radio, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { OUTCOMES, TRIAGE_CATEGORIES } from '#domain/flow/event.ts';
import type { EncounterId } from '#domain/ids.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { OUTCOME_WORDS, TRIAGE_WORDS } from '../board/board-words.ts';
import { useCommand, useLink, useZone } from '../hooks.ts';
import { recordKeys } from '../records.ts';
import styles from './ActDialog.module.css';
import { ActFoot } from './ActFoot.tsx';
import {
  type Correction,
  type CorrectionDraft,
  correctable,
  correctionLacks,
  correctionOf,
  NO_CORRECTION,
} from './correction.ts';
import { useDraft } from './drafts.ts';
import type { ToldStep } from './HistoryDialog.tsx';
import { MomentField, momentOf } from './MomentField.tsx';
import { usePlaces } from './place-options.ts';

interface CorrectStepProps {
  readonly encounterId: EncounterId;
  readonly step: ToldStep;
  /** Back to the history. */
  readonly onClose: () => void;
}

/** Puts a step right: when, where or how it was, or that it never was. The old entry stays to be read. */
export function CorrectStep({ encounterId, step, onClose }: CorrectStepProps) {
  const zone = useZone();
  const { hubNow } = useLink();
  const { fields, set, forget } = useDraft<CorrectionDraft>(`correct ${step.eventId}`, NO_CORRECTION);
  const when = formatDateTime(step.happenedAt, zone);
  const { at } = momentOf(fields.moment, hubNow(), zone, true);
  const blocked = correctionLacks(fields, at);
  const correct = useCommand((hub, input: Correction) => hub.flow.correct(input), {
    invalidate: [recordKeys.history(encounterId), ['encounters'], recordKeys.patients],
    onDone: () => {
      forget();
      notifications.show({ message: `${step.words}: the record is corrected. The old entry stays to be read.` });
      onClose();
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) void correct.run(correctionOf(step.eventId, fields, at ?? null));
      }}
    >
      <p>
        <strong>{step.words}</strong>, {when}, written down by {step.by}.
      </p>
      <Radio.Group
        label="In truth"
        value={fields.takeBack ? 'not' : 'otherwise'}
        onChange={(truth) => set({ takeBack: truth === 'not' })}
      >
        <Radio value="otherwise" label="it happened otherwise" mt={4} data-autofocus />
        <Radio value="not" label="it did not happen" mt={4} />
      </Radio.Group>
      {!fields.takeBack && <Otherwise kind={step.kind} when={when} fields={fields} set={set} />}
      <TextInput
        label="Reason"
        placeholder="such as entered for the wrong patient"
        value={fields.reason}
        maxLength={200}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
      <ActFoot
        verb={fields.takeBack ? 'Take it back' : 'Correct the record'}
        leave="Back to the history"
        danger={fields.takeBack}
        pending={correct.pending}
        error={correct.error}
        blocked={blocked}
        onCancel={onClose}
      />
    </form>
  );
}

interface OtherwiseProps {
  readonly kind: string;
  readonly when: string;
  readonly fields: CorrectionDraft;
  readonly set: (changes: Partial<CorrectionDraft>) => void;
}

function Otherwise({ kind, when, fields, set }: OtherwiseProps) {
  const can = correctable(kind);
  return (
    <>
      <MomentField
        label="It happened at"
        value={fields.moment}
        onChange={(moment) => set({ moment })}
        past
        empty={`as recorded, ${when}`}
      />
      {can.place && <WhereSelect value={fields.place} onChange={(place) => set({ place })} />}
      {can.category && (
        <NativeSelect
          label="Category"
          value={fields.category}
          data={[
            { value: '', label: 'as recorded' },
            ...TRIAGE_CATEGORIES.map((value) => ({
              value,
              label: `${TRIAGE_WORDS[value].name}, ${TRIAGE_WORDS[value].urgency}`,
            })),
          ]}
          onChange={({ currentTarget }) => set({ category: currentTarget.value as CorrectionDraft['category'] })}
        />
      )}
      {can.outcome && (
        <NativeSelect
          label="Left how"
          value={fields.outcome}
          data={[
            { value: '', label: 'as recorded' },
            ...OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] })),
          ]}
          onChange={({ currentTarget }) => set({ outcome: currentTarget.value as CorrectionDraft['outcome'] })}
        />
      )}
    </>
  );
}

/** Every bed and every place without beds: where somebody was then says nothing about what is free now. */
function WhereSelect({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const places = usePlaces();
  const { wards = [], rooms = [], beds = [], areas = [] } = places.data ?? {};
  const room = new Map(rooms.map(({ id, label }) => [id, label]));
  const groups = wards.map((ward) => ({
    group: ward.name,
    items: [
      ...beds
        .filter(({ wardId }) => wardId === ward.id)
        .map(({ id, label, roomId }) => ({
          value: `bed:${id}`,
          label: `Bed ${label} · room ${room.get(roomId) ?? ''} · ${ward.name}`,
        })),
      ...areas.filter(({ wardId }) => wardId === ward.id).map(({ id, name }) => ({ value: `area:${id}`, label: name })),
    ],
  }));
  const loose = areas.filter(({ wardId }) => wardId === null);
  const elsewhere = { group: 'In no ward', items: loose.map(({ id, name }) => ({ value: `area:${id}`, label: name })) };
  return (
    <Select
      label="Where"
      placeholder={places.isPending ? 'Reading the places…' : 'as recorded'}
      nothingFoundMessage="No place with this name."
      data={[...groups, elsewhere].filter(({ items }) => items.length > 0)}
      value={value}
      onChange={onChange}
      searchable
      clearable
    />
  );
}
