import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type BOUNDS, type Bounds, limitRowOf } from '#domain/alarm/limits.ts';
import type { EncounterId } from '#domain/ids.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand, useSettings, useWritable } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import styles from './LimitDialog.module.css';
import { boundWords, type LimitLine, ownBounds, readBound } from './limit-words.ts';

interface LimitDialogProps {
  readonly encounterId: EncounterId;
  readonly spo2Scale: 1 | 2;
  readonly line: LimitLine;
  readonly onClose: () => void;
}

type BoundName = (typeof BOUNDS)[number];

const FIELDS: readonly { name: BoundName; label: string }[] = [
  { name: 'highHigh', label: 'High priority above' },
  { name: 'mediumHigh', label: 'Medium priority above' },
  { name: 'mediumLow', label: 'Medium priority below' },
  { name: 'highLow', label: 'High priority below' },
];
const REVIEW_HOURS = [4, 8, 12, 24, 48, 72];

interface SetInput extends Readonly<Record<BoundName, number | null>> {
  readonly encounterId: EncounterId;
  readonly code: string;
  readonly reason: string;
  readonly reviewInHours: number;
}

/** A patient's own limits for one measurement, with the reason and when they are looked at again. */
export function LimitDialog({ encounterId, spo2Scale, line, onClose }: LimitDialogProps) {
  const metric = metricOf(line.code);
  const rows = useSettings()?.limits;
  const clinic: Bounds | undefined = line.personal === null ? line : rows && limitRowOf(rows, line.code, spo2Scale);
  const [typed, setTyped] = useState<Record<BoundName, string>>(() => ({
    highHigh: startText(line, 'highHigh'),
    mediumHigh: startText(line, 'mediumHigh'),
    mediumLow: startText(line, 'mediumLow'),
    highLow: startText(line, 'highLow'),
  }));
  const [reason, setReason] = useState(line.personal?.reason ?? '');
  const [hours, setHours] = useState(24);
  const done = (words: string) => () => {
    notifications.show({ message: `${metric?.label ?? line.code}: ${words}` });
    onClose();
  };
  const invalidate = [recordKeys.limits(encounterId)];
  const set = useCommand((hub, input: SetInput) => hub.limits.set(input), {
    invalidate,
    onDone: done('personal limits saved.'),
  });
  const bounds = Object.fromEntries(FIELDS.map(({ name }) => [name, readBound(line.code, typed[name])])) as Record<
    BoundName,
    ReturnType<typeof readBound>
  >;
  const wrong = Object.values(bounds).some((bound) => typeof bound === 'string');
  const own = wrong ? null : ownBounds(bounds as Bounds, clinic);
  const nothingOwn = own !== null && Object.values(own).every((bound) => bound === null);
  const blocked = wrong
    ? 'Correct the marked fields first.'
    : nothingOwn
      ? 'Change at least one limit first.'
      : reason.trim() === ''
        ? 'Give the reason first.'
        : undefined;
  return (
    <Modal opened onClose={onClose} title={`Limits of ${metric?.label ?? line.code} for this patient`}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked || !own) return;
          void set.run({ encounterId, code: line.code, ...own, reason: reason.trim(), reviewInHours: hours });
        }}
      >
        {FIELDS.map(({ name, label }, index) => (
          <TextInput
            key={name}
            label={label}
            value={typed[name]}
            error={typeof bounds[name] === 'string' ? bounds[name] : undefined}
            placeholder={clinic ? `clinic: ${boundWords(line.code, clinic[name])}` : 'the clinic’s'}
            rightSection={<small>{metric?.unitLabel}</small>}
            rightSectionWidth={52}
            inputMode="decimal"
            data-autofocus={index === 0 || undefined}
            onChange={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
          />
        ))}
        <TextInput
          className={styles.wide}
          label="Reason"
          placeholder="such as: known bradycardia, agreed with Dr Lee"
          maxLength={200}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <NativeSelect
          className={styles.wide}
          label="Look at them again in"
          data={REVIEW_HOURS.map((count) => ({ value: String(count), label: `${count} hours` }))}
          value={String(hours)}
          onChange={({ currentTarget }) => setHours(Number(currentTarget.value))}
        />
        <div className={styles.wide}>
          {line.personal && (
            <ClearLimits encounterId={encounterId} code={line.code} onDone={done('the clinic’s limits again.')} />
          )}
          <ActFoot verb="Save limits" pending={set.pending} error={set.error} blocked={blocked} onCancel={onClose} />
        </div>
      </form>
    </Modal>
  );
}

/** A field starts with the limit in force; emptied, it keeps the clinic's. */
function startText(line: LimitLine, name: BoundName): string {
  return line[name] === null ? '' : String(line[name]);
}

interface ClearLimitsProps {
  readonly encounterId: EncounterId;
  readonly code: string;
  readonly onDone: () => void;
}

function ClearLimits({ encounterId, code, onDone }: ClearLimitsProps) {
  const writable = useWritable();
  const clear = useCommand((hub, input: { encounterId: EncounterId; code: string }) => hub.limits.clear(input), {
    invalidate: [recordKeys.limits(encounterId)],
    onDone,
  });
  return (
    <Button
      disabled={!writable.ok}
      loading={clear.pending}
      title={writable.why ?? ''}
      onClick={() => void clear.run({ encounterId, code })}
    >
      Back to the clinic’s limits
    </Button>
  );
}
