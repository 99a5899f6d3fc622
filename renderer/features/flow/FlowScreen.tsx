import { useParams } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import type { BedId, WardId } from '#domain/ids.ts';
import { FirstSteps } from '#renderer/client/acts/FirstSteps.tsx';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import type { KeyBinding } from '#renderer/ui/keys.ts';
import { bedActs, type FlowAct, personActs } from './acts/act-list.ts';
import { useOpenDialog } from './acts/flow-dialog.ts';
import { subjectKeys } from './acts/subject-keys.ts';
import { useDoAct } from './acts/use-do-act.ts';
import { BedBoard } from './board/BedBoard.tsx';
import { BedPane } from './board/BedPane.tsx';
import { BoardCounts } from './board/BoardCounts.tsx';
import { isBedList, useBoardSearch } from './board/board-search.ts';
import { FlowHead } from './board/FlowHead.tsx';
import { NoBeds } from './board/NoBeds.tsx';
import { Notices } from './board/Notices.tsx';
import { PeoplePanel } from './board/PeoplePanel.tsx';
import { PersonPane } from './board/PersonPane.tsx';
import { useBoardNow } from './board/use-board-now.ts';
import { focusBed, focusedBed, useTileKeys } from './board/use-tile-keys.ts';
import { FlowFrame } from './FlowFrame.tsx';
import styles from './FlowScreen.module.css';
import { PERSON_LINE } from './parts/PersonLine.tsx';

/** Beds of a ward or the house with who lies in them, who comes and who goes; everything about beds is done here. */
export function FlowScreen() {
  const { wardId } = useParams({ strict: false }) as { wardId?: WardId };
  return (
    <FlowFrame key={wardId ?? 'house'} wardId={wardId}>
      <Screen />
    </FlowFrame>
  );
}

function Screen() {
  const scope = useBoardScope();
  const { show, find, bed, who, choose } = useBoardSearch();
  const screen = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const count = useBoardAs(scope, (board) => board.tiles.size) ?? 0;
  /** Only while nobody is here and nobody is to come. */
  const firstLabel = useBoardAs(scope, ({ rows, tiles }) =>
    rows.size === 0 ? [...tiles.values()][0]?.bed.label : undefined,
  );
  const known = useBoardAs(scope, ({ tiles, rows }) => `${bed && tiles.has(bed)} ${who && rows.has(who)}`);
  const openBed = known?.startsWith('true') ? bed : undefined;
  const openWho = !openBed && known?.endsWith('true') ? who : undefined;
  const onBed = useCallback((id: BedId) => choose({ bed: id, who: undefined }), [choose]);
  const onPerson = useCallback((row: BoardRow) => choose({ who: row.encounterId, bed: undefined }), [choose]);
  const showAll = useCallback(() => choose({ show: undefined, find: undefined }), [choose]);
  const closePane = useCallback(() => {
    choose({ bed: undefined, who: undefined });
    if (openBed) focusBed(grid.current, openBed);
    if (openWho) screen.current?.querySelector<HTMLElement>(`[${PERSON_LINE}="${CSS.escape(openWho)}"]`)?.focus();
  }, [choose, openBed, openWho]);
  useScreenKeys({ grid, screen, openBed, openWho, closePane });
  const people = show !== undefined && !isBedList(show) ? show : undefined;
  // What was pressed or typed is answered at once; hundreds of tiles follow.
  const shown = useDeferredValue(useMemo(() => ({ list: isBedList(show) ? show : undefined, find }), [show, find]));
  const pane = openBed ?? openWho;
  return (
    <div ref={screen} className={styles.screen}>
      <FlowHead find={find} onFind={(typed) => choose({ find: typed })} />
      <BoardCounts chosen={show} onChoose={(list) => choose({ show: list })} />
      {firstLabel && <FirstSteps bedLabel={firstLabel} />}
      <div className={styles.columns}>
        {people ? (
          <PeoplePanel list={people} openId={openWho} onOpen={onPerson} />
        ) : count === 0 ? (
          <NoBeds />
        ) : (
          <BedBoard
            grid={grid}
            list={shown.list}
            find={shown.find}
            openId={openBed}
            onOpen={onBed}
            onShowAll={showAll}
          />
        )}
        <div className={styles.side} data-pane={pane !== undefined || undefined}>
          {openBed && <BedPane bedId={openBed} onClose={closePane} />}
          {openWho && <PersonPane encounterId={openWho} onClose={closePane} />}
          {!pane && !people && (
            <div>
              <PeoplePanel openId={openWho} onOpen={onPerson} />
              <Notices onOpen={onBed} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

interface ScreenKeys {
  readonly grid: React.RefObject<HTMLDivElement | null>;
  readonly screen: React.RefObject<HTMLDivElement | null>;
  readonly openBed: BedId | undefined;
  readonly openWho: BoardRow['encounterId'] | undefined;
  readonly closePane: () => void;
}

function useScreenKeys({ grid, screen, openBed, openWho, closePane }: ScreenKeys): void {
  const { may } = useMe();
  const writable = useWritable();
  const doAct = useDoAct();
  const openDialog = useOpenDialog();
  const board = useBoardNow();
  const { choose } = useBoardSearch();

  function actsInFocus(): readonly FlowAct[] {
    const now = board();
    const line = document.activeElement?.closest(`[${PERSON_LINE}]`)?.getAttribute(PERSON_LINE);
    const bedId = line ? undefined : (focusedBed(grid.current) ?? openBed);
    const row = now?.rows.get((line ?? (bedId ? '' : openWho) ?? '') as BoardRow['encounterId']);
    const tile = bedId && now?.tiles.get(bedId);
    if (row) return personActs(row, may, now?.requestOf.get(row.encounterId));
    if (!tile) return [];
    const [only, second] = tile.occupants;
    const ofPerson = only && !second ? personActs(only, may, now?.requestOf.get(only.encounterId)) : [];
    return [...ofPerson, ...bedActs(tile, may)];
  }
  const begin = (key: string, label: string, kind: 'register' | 'arrive' | 'expect'): KeyBinding => ({
    key,
    label,
    run() {
      const act = kind === 'register' ? undefined : actsInFocus().find((one) => one.key === key);
      if (act) return doAct(act);
      if (!may('register-admit-move') || !writable.ok) return false;
      openDialog({ kind });
      return true;
    },
  });
  useTileKeys(grid, [
    { key: 'Enter', label: 'Open the bed: all that can be done', run: () => openByEnter(grid.current, choose, screen) },
    ...subjectKeys(actsInFocus, doAct, 'msrbcqeydwliptvguhz'),
    begin('a', 'Somebody has arrived; the expected patient has arrived', 'arrive'),
    begin('x', 'Expect somebody', 'expect'),
    begin('n', 'Register a patient', 'register'),
    {
      key: 'f',
      label: 'Find on this board',
      run: () => screen.current?.querySelector<HTMLElement>('input[type="search"]')?.focus(),
    },
    { key: 'Escape', label: 'Close what is open', run: () => (openBed || openWho ? closePane() : false) },
  ]);
}

const PANE_MS = 30;

/** Opens the bed in focus and puts the focus on the first thing that can be done there. */
function openByEnter(
  grid: HTMLElement | null,
  choose: ReturnType<typeof useBoardSearch>['choose'],
  screen: React.RefObject<HTMLElement | null>,
): boolean {
  const bed = focusedBed(grid);
  if (bed === undefined || document.activeElement?.matches('[data-offer]')) return false;
  choose({ bed, who: undefined });
  setTimeout(() => screen.current?.querySelector<HTMLElement>('aside [data-act]')?.focus(), PANE_MS);
  return true;
}
