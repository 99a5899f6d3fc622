import { NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { ClinicSettings } from '#renderer/client/records.ts';
import { FlowSettings } from './FlowSettings.tsx';
import styles from './PlainSettings.module.css';
import { SETTING_WORDS } from './settings-diff.ts';

interface PlainSettingsProps {
  readonly draft: ClinicSettings;
  readonly editable: boolean;
  readonly onChange: (part: Partial<ClinicSettings>) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** Every setting but the limits, by what it is about. */
export function PlainSettings({ draft, editable, onChange }: PlainSettingsProps) {
  const readOnly = { disabled: !editable };
  const zones = useMemo(
    () => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', draft.timeZone])],
    [draft.timeZone],
  );
  const path = (name: 'brokerCaPath' | 'brokerCertPath' | 'brokerKeyPath') => (
    <TextInput
      {...readOnly}
      label={SETTING_WORDS[name]}
      placeholder="none"
      maxLength={500}
      value={draft[name] ?? ''}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value === '' ? null : currentTarget.value })}
    />
  );
  return (
    <div className={styles.groups}>
      <fieldset>
        <legend>Clinic</legend>
        <TextInput
          {...readOnly}
          label={SETTING_WORDS.clinicName}
          maxLength={100}
          value={draft.clinicName}
          onChange={({ currentTarget }) => onChange({ clinicName: currentTarget.value })}
        />
        <Select
          {...readOnly}
          label={SETTING_WORDS.timeZone}
          description="All times on all screens are of this zone."
          searchable
          data={zones}
          limit={100}
          value={draft.timeZone}
          onChange={(timeZone) => timeZone && onChange({ timeZone })}
        />
        <div className={styles.pair}>
          <NativeSelect
            {...readOnly}
            label={SETTING_WORDS.nightFromHour}
            data={HOURS}
            value={String(draft.nightFromHour)}
            onChange={({ currentTarget }) => onChange({ nightFromHour: Number(currentTarget.value) })}
          />
          <NativeSelect
            {...readOnly}
            label={SETTING_WORDS.nightToHour}
            data={HOURS}
            value={String(draft.nightToHour)}
            onChange={({ currentTarget }) => onChange({ nightToHour: Number(currentTarget.value) })}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>Device network</legend>
        <TextInput
          {...readOnly}
          label={SETTING_WORDS.brokerUrl}
          description="Empty: Wardline’s own broker. A change is used from the next start of the hub."
          placeholder="mqtts://broker.clinic:8883"
          maxLength={500}
          value={draft.brokerUrl ?? ''}
          onChange={({ currentTarget }) =>
            onChange({ brokerUrl: currentTarget.value === '' ? null : currentTarget.value })
          }
        />
        {path('brokerCaPath')}
        {path('brokerCertPath')}
        {path('brokerKeyPath')}
      </fieldset>
      <fieldset>
        <legend>How long values are kept</legend>
        {(['rawDays', 'minuteDays'] as const).map((name) => (
          <NumberInput
            key={name}
            {...readOnly}
            label={SETTING_WORDS[name]}
            suffix=" days"
            min={1}
            max={name === 'rawDays' ? 400 : 4_000}
            allowDecimal={false}
            value={draft[name]}
            onChange={(value) => typeof value === 'number' && onChange({ [name]: value })}
          />
        ))}
        <p>Raw values are every value as sent; after that, each minute’s mean, least and greatest remain.</p>
      </fieldset>
      <FlowSettings draft={draft} editable={editable} onChange={onChange} />
    </div>
  );
}
