import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWritable } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import styles from './AddPlace.module.css';

interface AddPlaceProps {
  readonly label: string;
  readonly verb: string;
  readonly command: { readonly pending: boolean; readonly error: Error | null };
  /** Answers undefined when it was refused: what was typed then stays. */
  readonly onAdd: (name: string) => Promise<unknown>;
  readonly maxLength: number;
  readonly onDone?: () => void;
}

/** One line to add a ward, a room or a bed by its name. */
export function AddPlace({ label, verb, command, onAdd, maxLength, onDone }: AddPlaceProps) {
  const writable = useWritable();
  const [name, setName] = useState('');
  async function add(): Promise<void> {
    if ((await onAdd(name.trim())) === undefined) return;
    setName('');
    onDone?.();
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void add();
      }}
    >
      <TextInput
        size="xs"
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={maxLength}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button
        type="submit"
        disabled={name.trim() === '' || !writable.ok}
        title={writable.why ?? ''}
        loading={command.pending}
      >
        {verb}
      </Button>
      {command.error && <span role="alert">{sayError(command.error)}</span>}
    </form>
  );
}
