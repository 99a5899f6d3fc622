import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly error: string | undefined;
  /** What is used when nothing is typed, in words. */
  readonly instead?: string | undefined;
  readonly disabled?: boolean;
  readonly onType: (typed: string) => void;
}

/** A number as typed, with its unit inside the field and what is wrong with it below. */
export function NumberField({ label, unit, value, error, instead, disabled = false, onType }: NumberFieldProps) {
  const section: ReactNode = <span style={{ color: 'var(--text-3)', fontSize: 12 }}>{unit}</span>;
  return (
    <TextInput
      label={label}
      value={value}
      error={error}
      disabled={disabled}
      placeholder={instead ?? ''}
      rightSection={section}
      rightSectionWidth={56}
      rightSectionPointerEvents="none"
      inputMode="decimal"
      autoComplete="off"
      data-step
      onChange={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}
