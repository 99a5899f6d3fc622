import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { feedAddress } from '#domain/clinic/settings.ts';
import { TRIAGE_CATEGORIES } from '#domain/flow/event.ts';
import type { ClinicSettings } from '#renderer/client/records.ts';
import styles from './PlainSettings.module.css';
import { CLEANING_WORDS, type CleaningTarget, SETTING_WORDS, TRIAGE_WORDS } from './settings-diff.ts';

interface FlowSettingsProps {
  readonly draft: ClinicSettings;
  readonly editable: boolean;
  readonly onChange: (part: Partial<ClinicSettings>) => void;
}

/** A week: more is no target. */
const MOST_MINUTES = 10_080;
const CLEANING_TARGETS = Object.keys(CLEANING_WORDS) as CleaningTarget[];

/** Targets that patients, beds and figures are held against, and who else is told of moves. */
export function FlowSettings({ draft, editable, onChange }: FlowSettingsProps) {
  const minutes = (label: string, value: number, set: (minutes: number) => void) => (
    <NumberInput
      key={label}
      disabled={!editable}
      label={label}
      suffix=" min"
      min={0}
      max={MOST_MINUTES}
      allowDecimal={false}
      value={value}
      onChange={(next) => typeof next === 'number' && set(next)}
    />
  );
  const { triageTargets, cleaningTargets } = draft;
  return (
    <>
      <fieldset>
        <legend>Triage: arrival to first contact</legend>
        <div className={styles.pair}>
          {TRIAGE_CATEGORIES.map((category) =>
            minutes(TRIAGE_WORDS[category], triageTargets[category], (value) =>
              onChange({ triageTargets: { ...triageTargets, [category]: value } }),
            ),
          )}
        </div>
        <p>Manchester categories. Wait clocks and “waits in target” use these.</p>
      </fieldset>
      <fieldset>
        <legend>Cleaning targets</legend>
        {CLEANING_TARGETS.map((name) =>
          minutes(CLEANING_WORDS[name], cleaningTargets[name], (value) =>
            onChange({ cleaningTargets: { ...cleaningTargets, [name]: value } }),
          ),
        )}
        <p>A cleaning over its target is shown as overdue on the board and in Tasks.</p>
      </fieldset>
      <fieldset>
        <legend>Figures and other systems</legend>
        <NativeSelect
          disabled={!editable}
          label={SETTING_WORDS.sameDayLos}
          description="For length of stay. Say in reports which you use."
          data={[
            { value: '0', label: '0 days: only midnights count' },
            { value: '1', label: '1 day: every stay counts' },
          ]}
          value={String(draft.sameDayLos)}
          onChange={({ currentTarget }) => onChange({ sameDayLos: currentTarget.value === '1' ? 1 : 0 })}
        />
        <TextInput
          disabled={!editable}
          label={SETTING_WORDS.outgoingHl7Url}
          description="Address of another system’s HL7 v2 listener. Empty: nobody is told."
          placeholder="mllp://records.clinic:2575"
          maxLength={500}
          error={addressFault(draft.outgoingHl7Url)}
          value={draft.outgoingHl7Url ?? ''}
          onChange={({ currentTarget }) =>
            onChange({ outgoingHl7Url: currentTarget.value.trim() === '' ? null : currentTarget.value.trim() })
          }
        />
      </fieldset>
    </>
  );
}

function addressFault(url: string | null): string | null {
  return url === null || feedAddress(url) ? null : 'An address is mllp://host:port, or mllps:// over TLS.';
}
