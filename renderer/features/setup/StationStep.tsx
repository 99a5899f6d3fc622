import { TextInput } from '@mantine/core';
import type { StepProps } from './SetupWizard.tsx';

/** What this computer is called in the record of who did what and where. */
export function StationStep({ draft, problems, change }: StepProps) {
  return (
    <>
      <h2>What is this computer called?</h2>
      <p>The record of who did what names the station it was done at.</p>
      <TextInput
        label="Name of this station"
        placeholder="Ward 3 desk"
        value={draft.station}
        error={problems.station}
        onChange={(event) => change({ station: event.currentTarget.value })}
      />
    </>
  );
}
