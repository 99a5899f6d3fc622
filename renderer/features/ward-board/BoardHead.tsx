import { useCallback, useSyncExternalStore } from 'react';
import type { BedId, WardId } from '#domain/ids.ts';
import { useClinic } from '#renderer/client/context.ts';
import { useMe } from '#renderer/client/hooks.ts';
import { counted } from '#renderer/ui/format.ts';
import styles from './BoardHead.module.css';
import {
  type BoardFilter,
  type BoardSort,
  RISK_GROUPS,
  RISK_WORDS,
  type RiskGroup,
  riskCounts,
} from './board-order.ts';

interface BoardHeadProps {
  readonly ids: readonly BedId[];
  readonly wardIds: readonly WardId[];
  readonly filter: BoardFilter;
  /** Cards on show. */
  readonly shown: number;
  onChoose(changes: { sort?: BoardSort; risk?: RiskGroup | null; mine?: boolean }): void;
}

/** Counts by group and of one's own, as they are now; each number is the length of the list it opens. */
function useCounts(ids: readonly BedId[], wardIds: readonly WardId[]) {
  const { beds, session } = useClinic();
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = wardIds.map((wardId) => beds.onWard(wardId, listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [beds, wardIds],
  );
  const said = useSyncExternalStore(subscribe, () => {
    const all = ids.map(beds.bed).filter((bed) => bed !== undefined);
    const counts = riskCounts(all);
    const mine = all.filter(({ patient }) => patient?.nurseId === session.user.id).length;
    return [...RISK_GROUPS.map((group) => counts[group]), mine].join();
  });
  const numbers = said.split(',').map(Number);
  return {
    of: (group: RiskGroup) => numbers[RISK_GROUPS.indexOf(group)] ?? 0,
    mine: numbers[RISK_GROUPS.length] ?? 0,
  };
}

/** What the board counts, sorts and filters by. */
export function BoardHead({ ids, wardIds, filter, shown, onChoose }: BoardHeadProps) {
  const counts = useCounts(ids, wardIds);
  const { may } = useMe();
  const groups = RISK_GROUPS.filter((group) => counts.of(group) > 0 || filter.risk === group);
  return (
    <div className={styles.head}>
      <h1 className={styles.title}>
        {shown === ids.length ? counted(ids.length, 'bed') : `${shown} of ${counted(ids.length, 'bed')}`}
      </h1>
      <ul className={styles.groups} aria-label="Beds by risk">
        {groups.map((group) => (
          <li key={group}>
            <button
              type="button"
              className={styles.chip}
              aria-pressed={filter.risk === group}
              onClick={() => onChoose({ risk: filter.risk === group ? null : group })}
            >
              <strong>{counts.of(group)}</strong> {RISK_WORDS[group]}
            </button>
          </li>
        ))}
      </ul>
      <span className={styles.gap} />
      {may('enter-observations') && (
        <button
          type="button"
          className={styles.chip}
          aria-pressed={filter.nurse !== undefined}
          onClick={() => onChoose({ mine: filter.nurse === undefined })}
        >
          <span aria-hidden="true">★</span> My patients <strong>{counts.mine}</strong>
        </button>
      )}
      <fieldset className={styles.sort}>
        <legend className="visually-hidden">Order of the cards</legend>
        {(['risk', 'bed'] as const).map((sort) => (
          <button key={sort} type="button" aria-pressed={filter.sort === sort} onClick={() => onChoose({ sort })}>
            {sort === 'risk' ? 'Sickest first' : 'By bed'}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
