import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import type { EncounterId, WardId } from '#domain/ids.ts';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs, useBoardRow } from '#renderer/client/board/board-hooks.ts';
import { discharges } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { Freshness } from '#renderer/client/Freshness.tsx';
import { useMe, useWards } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { formatDateTime } from '#renderer/ui/format.ts';
import { useKeys } from '#renderer/ui/keys.ts';
import { personActs } from '../acts/act-list.ts';
import { subjectKeys } from '../acts/subject-keys.ts';
import { useDoAct } from '../acts/use-do-act.ts';
import { useBoardDay } from '../board/board-day.ts';
import { useBoardSearch } from '../board/board-search.ts';
import { PersonPane } from '../board/PersonPane.tsx';
import { useBoardNow } from '../board/use-board-now.ts';
import { FlowFrame } from '../FlowFrame.tsx';
import styles from '../parts/ListScreen.module.css';
import { PrivacySwitch } from '../parts/PrivacySwitch.tsx';
import { focusedPerson, focusPerson, rowKeys } from '../parts/use-row-keys.ts';
import { DischargeTable } from './DischargeTable.tsx';
import { DISCHARGE_ORDERS, type DischargeOrder, inOrder } from './discharge-order.ts';

interface Search {
  readonly ward?: WardId;
  readonly order?: string;
}

/** Who is meant to leave, when, and what that waits for. */
export function DischargesScreen() {
  const { ward } = useSearch({ strict: false }) as Search;
  return (
    <FlowFrame key={ward ?? 'house'} wardId={ward}>
      <Screen />
    </FlowFrame>
  );
}

function Screen() {
  const scope = useBoardScope();
  const { zone } = useBoardDay();
  const navigate = useNavigate();
  const { order: asked } = useSearch({ strict: false }) as Search;
  const order = DISCHARGE_ORDERS.find(({ value }) => value === asked)?.value ?? 'time';
  const wards = useWards().data ?? [];
  const { who, choose } = useBoardSearch();
  const screen = useRef<HTMLDivElement>(null);
  const all = useBoardAs<readonly BoardRow[]>(scope, discharges) ?? [];
  const rows = inOrder(all, order);
  const open = useBoardRow(scope, who ?? ('' as EncounterId));
  const onOpen = useCallback((row: BoardRow) => choose({ who: row.encounterId }), [choose]);
  const close = useCallback(() => {
    choose({ who: undefined });
    if (who) focusPerson(screen.current, who);
  }, [choose, who]);
  const { may } = useMe();
  const board = useBoardNow();
  const doAct = useDoAct();
  const acts = () => {
    const row = board()?.rows.get(focusedPerson() ?? open?.encounterId ?? ('' as EncounterId));
    return row ? personActs(row, may, board()?.requestOf.get(row.encounterId)) : [];
  };
  useKeys('Discharges', [
    ...rowKeys(screen),
    { key: 'Enter', label: 'Open the patient: all that can be done', run: () => false },
    ...subjectKeys(acts, doAct, 'deymsqpwlihz'),
    { key: 'Escape', label: 'Close what is open', run: () => (open ? close() : false) },
  ]);
  const turn = (changes: Search) =>
    void navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, who: undefined, ...changes }) });
  const wardName = wards.find(({ id }) => id === scope)?.name ?? 'all wards';
  return (
    <div ref={screen} className={styles.screen}>
      <div className={styles.bar}>
        <h1>
          Discharges{' '}
          <small>
            {rows.length}, {wardName}
          </small>
        </h1>
        <NativeSelect
          aria-label="Ward"
          size="xs"
          data={[{ value: '', label: 'All wards' }, ...wards.map(({ id, name }) => ({ value: id, label: name }))]}
          value={scope ?? ''}
          onChange={({ currentTarget }) => turn({ ward: (currentTarget.value || undefined) as WardId })}
        />
        <NativeSelect
          aria-label="Order"
          size="xs"
          data={DISCHARGE_ORDERS.map(({ value, label }) => ({ value, label }))}
          value={order}
          onChange={({ currentTarget }) => turn({ order: currentTarget.value as DischargeOrder })}
        />
        <PrivacySwitch />
        <Freshness />
        <span className={styles.gap} />
        <Printed zone={zone} />
        <Button onClick={() => print()}>Print</Button>
      </div>
      <div className={styles.columns} data-wide={open === undefined || undefined}>
        <div className={styles.list}>
          {rows.length === 0 ? (
            <Blank title="Nobody is meant to leave">
              <p>On Beds and flow, press E on a patient to say when they are expected to leave.</p>
            </Blank>
          ) : (
            <DischargeTable rows={rows} openId={open?.encounterId} onOpen={onOpen} />
          )}
        </div>
        {open && (
          <div className={styles.side} data-pane>
            <PersonPane encounterId={open.encounterId} onClose={close} />
          </div>
        )}
      </div>
    </div>
  );
}

function Printed({ zone }: { readonly zone: string }) {
  const now = useNow(60_000);
  return <span>As of {formatDateTime(now, zone)}</span>;
}
