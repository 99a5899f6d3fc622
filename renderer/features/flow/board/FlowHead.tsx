import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { usePrivacy } from '#renderer/client/board/privacy.ts';
import { useLink, useMe, useWards, useWritable } from '#renderer/client/hooks.ts';
import { formatSeconds } from '#renderer/ui/format.ts';
import { useOpenDialog } from '../acts/flow-dialog.ts';
import { InNoBed } from '../acts/InNoBed.tsx';
import { useBoardDay } from './board-day.ts';
import styles from './FlowHead.module.css';

interface FlowHeadProps {
  readonly find: string;
  readonly onFind: (typed: string) => void;
}

const HOUSE = 'house';

/** Which board, what is looked for, names or initials, and what begins a patient's way. */
export function FlowHead({ find, onFind }: FlowHeadProps) {
  const scope = useBoardScope();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { may } = useMe();
  const writable = useWritable();
  const openDialog = useOpenDialog();
  const privacy = usePrivacy();
  const wards = useWards().data ?? [];
  const begins = may('register-admit-move');
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  const root = `/${pathname.split('/')[1] ?? 'flow'}`;
  return (
    <>
      <div className={styles.head}>
        <NativeSelect
          aria-label="Board of"
          data={[{ value: HOUSE, label: 'All wards' }, ...wards.map(({ id, name }) => ({ value: id, label: name }))]}
          value={scope ?? HOUSE}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ to: value === HOUSE ? root : `${root}/${value}`, search: (before: object) => before })
          }
        />
        <Find find={find} onFind={onFind} />
        {may('see-names') && (
          <Switch
            label="Initials only"
            checked={privacy.on}
            onChange={({ currentTarget }) => privacy.set(currentTarget.checked)}
          />
        )}
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

/** As of when the board is, once the hub does not tell any more. */
function Freshness() {
  const { state } = useLink();
  const { zone } = useBoardDay();
  const at = useBoardAs(useBoardScope(), (board) => board.at) ?? 0;
  return state === 'live' ? null : <strong className={styles.old}>As of {formatSeconds(at, zone)}, not live</strong>;
}
