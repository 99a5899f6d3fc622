import { TextInput } from '@mantine/core';

interface OverrideReasonProps {
  /** What stands against it. */
  readonly against: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Why something is done although rules speak against it. */
export function OverrideReason({ against, value, onChange }: OverrideReasonProps) {
  return (
    <TextInput
      label={`Why all the same: ${against}`}
      placeholder="The reason is kept on record"
      maxLength={200}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
