import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import type { BedId, WardId } from '#domain/ids.ts';
import { useClinic } from '#renderer/client/context.ts';
import { useLink, useMe } from '#renderer/client/hooks.ts';
import { useWardWatch } from '#renderer/client/live-hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { BedCard } from './BedCard.tsx';
import styles from './Board.module.css';
import { BoardHead } from './BoardHead.tsx';
import { type BoardFilter, type BoardSort, boardOrder, RISK_GROUPS, type RiskGroup } from './board-order.ts';
import { NobodyYet } from './NobodyYet.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { useCalmOrder } from './use-calm-order.ts';

interface BoardProps {
  readonly wards: readonly { readonly id: WardId; readonly name: string }[];
}

interface BoardSearch {
  readonly sort?: string;
  readonly risk?: string;
  readonly mine?: boolean;
}

const NONE: readonly BedId[] = [];
/** A hand that has not moved for so long holds the order no more: the sickest must come first again. */
const HELD_MS = 20_000;

/** All beds of the wards in ward and label order; undefined until every ward has told. */
function useBedIds(wardIds: readonly WardId[]): { ids: readonly BedId[] | undefined; trouble: string | undefined } {
  const { beds } = useClinic();
  useWardWatch(wardIds);
  const joined = wardIds.join('\n');
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = joined.split('\n').map((wardId) => beds.onWard(wardId as WardId, listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [beds, joined],
  );
  const told = useSyncExternalStore(subscribe, () => {
    const lists = wardIds.map((wardId) => beds.ward(wardId).beds);
    return lists.every((list) => list !== undefined) ? lists.flat().join('\n') : undefined;
  });
  const trouble = useSyncExternalStore(subscribe, () =>
    wardIds.map((wardId) => beds.ward(wardId).trouble).find((words) => words !== undefined),
  );
  const ids = useMemo(() => {
    if (told === undefined) return undefined;
    return told === '' ? NONE : (told.split('\n') as BedId[]);
  }, [told]);
  return { ids, trouble };
}

function useFilter(): BoardFilter {
  const { user } = useMe();
  const { sort, risk, mine } = useSearch({ strict: false }) as BoardSearch;
  return {
    sort: sort === 'bed' ? 'bed' : 'risk',
    risk: RISK_GROUPS.find((group) => group === risk),
    nurse: mine === true ? user.id : undefined,
  };
}

/** Cards of one ward or of several, with what counts and sorts them above. */
export function Board({ wards }: BoardProps) {
  const { beds } = useClinic();
  const navigate = useNavigate();
  const { state } = useLink();
  const filter = useFilter();
  const grid = useRef<HTMLUListElement>(null);
  const wardIds = useMemo(() => wards.map(({ id }) => id), [wards]);
  const { ids, trouble } = useBedIds(wardIds);
  const touchedAt = useRef(0);
  const touched = () => {
    touchedAt.current = performance.now();
  };
  const held = () =>
    performance.now() - touchedAt.current < HELD_MS && (grid.current?.matches(':hover, :focus-within') ?? false);
  const wish = [filter.sort, filter.risk, filter.nurse, ids?.join()].join('|');
  const order = useCalmOrder(() => boardOrder(ids ?? NONE, beds.bed, filter), wish, held);
  useBoardKeys(grid);

  function choose(changes: { sort?: BoardSort; risk?: RiskGroup | null; mine?: boolean }) {
    const next = { sort: filter.sort, risk: filter.risk ?? null, mine: filter.nurse !== undefined, ...changes };
    const search = {
      sort: next.sort === 'bed' ? 'bed' : undefined,
      risk: next.risk ?? undefined,
      mine: next.mine || undefined,
    };
    void navigate({ to: '.', search, replace: true });
  }

  if (!ids) {
    if (trouble && state === 'live') {
      return <Fault title="The ward could not be read" detail={`${trouble} Asking again. Bedside monitors go on.`} />;
    }
    return <p className={styles.waiting}>Reading the ward…</p>;
  }
  if (ids.length === 0) {
    return (
      <Blank title="This ward has no beds yet">
        <p>An administrator adds rooms and beds in Settings. Then admit patients on the Beds screen.</p>
      </Blank>
    );
  }
  return (
    <div className={styles.board}>
      <BoardHead ids={ids} wardIds={wardIds} filter={filter} shown={order.length} onChoose={choose} />
      <NobodyYet ids={ids} wardIds={wardIds} />
      {order.length === 0 && <NoneShown filter={filter} onClear={() => choose({ risk: null, mine: false })} />}
      <ul
        ref={grid}
        className={styles.cards}
        onPointerMove={touched}
        onKeyDown={touched}
        onFocus={touched}
        data-many={order.length > 20 || undefined}
        aria-label="Beds"
      >
        {order.map((bedId) => (
          <BedCard key={bedId} bedId={bedId} wardName={wards.length > 1 ? wardNameOf(wards, beds, bedId) : undefined} />
        ))}
      </ul>
    </div>
  );
}

function wardNameOf(
  wards: BoardProps['wards'],
  beds: ReturnType<typeof useClinic>['beds'],
  bedId: BedId,
): string | undefined {
  return wards.find(({ id }) => beds.ward(id).beds?.includes(bedId))?.name;
}

function NoneShown({ filter, onClear }: { filter: BoardFilter; onClear(): void }) {
  const mine = filter.nurse !== undefined && filter.risk === undefined;
  return (
    <Blank title={mine ? 'None of these patients is yours yet' : 'No bed is in this group now'}>
      {mine && <p>Open a card’s star, or press M on it, to make a patient yours.</p>}
      <button type="button" className={styles.clear} onClick={onClear}>
        Show all beds
      </button>
    </Blank>
  );
}
