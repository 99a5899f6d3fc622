import { Button } from '@mantine/core';
import { type RefObject, useCallback, useRef } from 'react';
import { TRIAGE_CATEGORIES } from '#domain/flow/event.ts';
import type { EncounterId } from '#domain/ids.ts';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs, useBoardRow } from '#renderer/client/board/board-hooks.ts';
import { expectedIn, waiting } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { TRIAGE_WORDS } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { Freshness } from '#renderer/client/Freshness.tsx';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { type KeyBinding, useKeys } from '#renderer/ui/keys.ts';
import { personActs } from '../acts/act-list.ts';
import { useOpenDialog } from '../acts/flow-dialog.ts';
import { subjectKeys } from '../acts/subject-keys.ts';
import { useDoAct } from '../acts/use-do-act.ts';
import { useSayFailure, useTriage } from '../acts/use-steps.ts';
import { soonWords, useBoardDay } from '../board/board-day.ts';
import { useBoardSearch } from '../board/board-search.ts';
import people from '../board/PeoplePanel.module.css';
import { PersonPane } from '../board/PersonPane.tsx';
import { useBoardNow } from '../board/use-board-now.ts';
import { FlowFrame } from '../FlowFrame.tsx';
import styles from '../parts/ListScreen.module.css';
import { PersonLine } from '../parts/PersonLine.tsx';
import { PrivacySwitch } from '../parts/PrivacySwitch.tsx';
import { focusedPerson, focusPerson, rowKeys } from '../parts/use-row-keys.ts';
import { WaitingTable } from './WaitingTable.tsx';

/** Who is here without a bed and who comes: triage, see, admit, and how long each has waited against the target. */
export function WaitingScreen() {
  return (
    <FlowFrame wardId={undefined}>
      <Screen />
    </FlowFrame>
  );
}

function Screen() {
  const scope = useBoardScope();
  const { may } = useMe();
  const writable = useWritable();
  const openDialog = useOpenDialog();
  const { who, choose } = useBoardSearch();
  const screen = useRef<HTMLDivElement>(null);
  const here = useBoardAs<readonly BoardRow[]>(scope, waiting) ?? [];
  const expected = useBoardAs<readonly BoardRow[]>(scope, (board) => expectedIn(board)) ?? [];
  const open = useBoardRow(scope, who ?? ('' as EncounterId));
  const onOpen = useCallback((row: BoardRow) => choose({ who: row.encounterId }), [choose]);
  const close = useCallback(() => {
    choose({ who: undefined });
    if (who) focusPerson(screen.current, who);
  }, [choose, who]);
  useWaitingKeys(screen, open, close);
  const unseen = here.filter(({ seenAt }) => seenAt === null);
  const seen = here.filter(({ seenAt }) => seenAt !== null);
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <div ref={screen} className={styles.screen}>
      <div className={styles.bar}>
        <h1>
          Waiting <small>{here.length} here without a bed</small>
        </h1>
        <PrivacySwitch />
        <Freshness />
        <span className={styles.gap} />
        {may('register-admit-move') && (
          <>
            <Button {...rest} rightSection={<kbd>X</kbd>} onClick={() => openDialog({ kind: 'expect' })}>
              Expect
            </Button>
            <Button
              variant="filled"
              {...rest}
              rightSection={<kbd>A</kbd>}
              onClick={() => openDialog({ kind: 'arrive' })}
            >
              Arrived
            </Button>
          </>
        )}
      </div>
      <div className={styles.columns}>
        <div className={styles.list}>
          {here.length === 0 && (
            <Blank title="Nobody waits without a bed">
              {may('register-admit-move') && <p>Somebody has come? Press A.</p>}
            </Blank>
          )}
          {unseen.length > 0 && (
            <WaitingTable caption="To be seen" rows={unseen} openId={open?.encounterId} onOpen={onOpen} />
          )}
          {seen.length > 0 && (
            <WaitingTable caption="Seen, in no bed" rows={seen} openId={open?.encounterId} onOpen={onOpen} />
          )}
        </div>
        <div className={styles.side} data-pane={open !== undefined || undefined}>
          {open ? (
            <PersonPane encounterId={open.encounterId} onClose={close} />
          ) : (
            <Expected rows={expected} onOpen={onOpen} />
          )}
        </div>
      </div>
    </div>
  );
}

interface ExpectedProps {
  readonly rows: readonly BoardRow[];
  readonly onOpen: (row: BoardRow) => void;
}

/** Who comes: those who come soon as many as the board counts, those after them below. */
function Expected({ rows, onOpen }: ExpectedProps) {
  const day = useBoardDay();
  const later = rows.filter(({ expectedAt }) => expectedAt !== null && expectedAt >= day.until);
  const soon = rows.filter((row) => !later.includes(row));
  return (
    <div className={people.panel}>
      <Coming title={`Expected ${soonWords(day)}`} rows={soon} onOpen={onOpen} />
      {later.length > 0 && <Coming title="Expected later" rows={later} onOpen={onOpen} />}
    </div>
  );
}

function Coming({ title, rows, onOpen }: ExpectedProps & { readonly title: string }) {
  return (
    <section aria-label={title}>
      <h2 className={people.title}>
        {title} <strong>{rows.length}</strong>
      </h2>
      {rows.length === 0 && <p className={people.none}>Nobody is expected.</p>}
      <ul>
        {rows.map((row) => (
          <PersonLine key={row.encounterId} row={row} open={false} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

/** Keys of the list: walk it, triage by 1 to 5, and all acts by the letters of their buttons. */
function useWaitingKeys(screen: RefObject<HTMLElement | null>, open: BoardRow | undefined, close: () => void): void {
  const { may } = useMe();
  const writable = useWritable();
  const called = useCalled();
  const board = useBoardNow();
  const doAct = useDoAct();
  const openDialog = useOpenDialog();
  const triage = useTriage();
  useSayFailure(triage);
  const subject = () => board()?.rows.get(focusedPerson() ?? open?.encounterId ?? ('' as EncounterId));
  const acts = () => {
    const row = subject();
    return row ? personActs(row, may, board()?.requestOf.get(row.encounterId)) : [];
  };
  const categories = TRIAGE_CATEGORIES.map(
    (category, index): KeyBinding => ({
      key: String(index + 1),
      label: `Triage: ${TRIAGE_WORDS[category].name}`,
      run() {
        const row = subject();
        if (!row || row.status === 'planned' || !may('enter-observations') || !writable.ok) return false;
        void triage.run({ name: called(row) ?? 'The patient', encounterId: row.encounterId, category });
        return true;
      },
    }),
  );
  const begin = (key: string, kind: 'arrive' | 'expect' | 'register', label: string): KeyBinding => ({
    key,
    label,
    run() {
      const act = acts().find((one) => one.key === key);
      if (act) return doAct(act);
      if (!may('register-admit-move') || !writable.ok) return false;
      openDialog(kind === 'register' ? { kind, next: 'arrive' } : { kind });
      return true;
    },
  });
  useKeys('Waiting', [
    ...rowKeys(screen),
    { key: 'Enter', label: 'Open the patient: all that can be done', run: () => false },
    ...categories,
    ...subjectKeys(acts, doAct, 'mrqtvgupildhz'),
    begin('a', 'arrive', 'Somebody has arrived; the expected patient has arrived'),
    begin('x', 'expect', 'Expect somebody'),
    begin('n', 'register', 'Register a patient who has arrived'),
    { key: 'Escape', label: 'Close what is open', run: () => (open ? close() : false) },
  ]);
}
