import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Freshness } from '#renderer/client/Freshness.tsx';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import { useOpenDialog } from '../acts/flow-dialog.ts';
import { InNoBed } from '../acts/InNoBed.tsx';
import { PrivacySwitch } from '../parts/PrivacySwitch.tsx';
import styles from './FlowHead.module.css';

interface FlowHeadProps {
  readonly find: string;
  readonly onFind: (typed: string) => void;
}

/** What is looked for, names or initials, and what begins a patient's way. */
export function FlowHead({ find, onFind }: FlowHeadProps) {
  const { may } = useMe();
  const writable = useWritable();
  const openDialog = useOpenDialog();
  const begins = may('register-admit-move');
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <>
      <div className={styles.head}>
        <Find find={find} onFind={onFind} />
        <PrivacySwitch />
        <Freshness />
        <span className={styles.gap} />
        {begins && (
          <>
            <Button {...rest} rightSection={<kbd>X</kbd>} onClick={() => openDialog({ kind: 'expect' })}>
              Expect
            </Button>
            <Button {...rest} rightSection={<kbd>A</kbd>} onClick={() => openDialog({ kind: 'arrive' })}>
              Arrived
            </Button>
            <Button
              variant="filled"
              {...rest}
              rightSection={<kbd>N</kbd>}
              onClick={() => openDialog({ kind: 'register' })}
            >
              Register
            </Button>
          </>
        )}
      </div>
      <InNoBed search={find} onAdmit={({ id }) => openDialog({ kind: 'admit', patientId: id })} />
    </>
  );
}

const TYPED_MS = 150;

/** Typing is not held up by the board it narrows down. */
function Find({ find, onFind }: FlowHeadProps) {
  const [typed, setTyped] = useState(find);
  useEffect(() => {
    if (typed === find) return;
    const timer = setTimeout(() => onFind(typed), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, find, onFind]);
  useEffect(() => setTyped(find), [find]);
  return (
    <TextInput
      type="search"
      aria-label="Find on this board"
      placeholder="Find a bed, room or patient"
      value={typed}
      w={210}
      autoComplete="off"
      maxLength={60}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          setTyped('');
          event.currentTarget.blur();
        }
      }}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
