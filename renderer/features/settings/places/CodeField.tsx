import { TextInput } from '@mantine/core';
import { orNull } from './place-tree.ts';

interface CodeFieldProps {
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
}

/** What other systems call the place in their messages. */
export function CodeField({ value, onChange }: CodeFieldProps) {
  return (
    <TextInput
      label="Code in messages"
      description="What other systems call it (HL7 PV1-3). Empty: by its own name."
      placeholder="none"
      maxLength={60}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
      onBlur={() => onChange(orNull(value ?? ''))}
    />
  );
}
