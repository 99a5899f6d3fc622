import { Button } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { KpiList } from '#domain/flow/kpi.ts';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { counted, formatNumber } from '#renderer/ui/format.ts';
import styles from './BehindFigure.module.css';
import { isList, LIST_WORDS } from './behind.ts';
import { OccupancyDays } from './OccupancyDays.tsx';
import { type Asked, NOTHING_OPEN, useFigureSearch } from './use-figures.ts';

/** The grid is large and only some look at lists. */
const BehindGrid = lazy(async () => ({ default: (await import('./BehindGrid.tsx')).BehindGrid }));

/** What the open figure counts: its list, or its days. */
export function BehindFigure({ asked }: { readonly asked: Asked }) {
  const [search, change] = useFigureSearch();
  const list = isList(search.list) ? search.list : null;
  const place = useRef<HTMLElement>(null);
  const opened = `${search.list} ${search.over}`;
  useEffect(() => {
    if (opened) place.current?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  return (
    <section ref={place} className={styles.behind} aria-label={list ? LIST_WORDS[list].title : 'Occupancy by day'}>
      {list ? <List key={list} list={list} asked={asked} over={search.over} /> : <OccupancyDays asked={asked} />}
      <Button className={styles.close ?? ''} onClick={() => change(NOTHING_OPEN)}>
        Close
      </Button>
    </section>
  );
}

interface ListProps {
  readonly list: KpiList;
  readonly asked: Asked;
  readonly over: number | undefined;
}

function List({ list, asked, over }: ListProps) {
  const answer = useQueryOf(['figures', 'list', list, asked], (hub) => hub.flow.kpiList({ ...asked, list }), {
    placeholderData: keepPreviousData,
  });
  if (answer.isPending) return <p role="status">Reading the list…</p>;
  if (answer.isError && !answer.data) {
    return (
      <Fault
        title="The list could not be read."
        detail={sayError(answer.error)}
        action="Try again"
        onAction={() => void answer.refetch()}
      />
    );
  }
  const { total, rows } = answer.data;
  const shown = over === undefined ? rows : rows.filter(({ value }) => value !== null && value > over);
  const title = over === undefined ? LIST_WORDS[list].title : `In for more than ${over} days`;
  return (
    <>
      <h2 className={styles.title}>
        {title} <span>{formatNumber(over === undefined ? total : shown.length, 0)}</span>
      </h2>
      {rows.length < total && (
        <p>The newest {counted(rows.length, 'line')} are shown. Choose a shorter period to see the others.</p>
      )}
      <div className={styles.grid}>
        <Suspense fallback={<p role="status">Opening the list…</p>}>
          <BehindGrid list={list} title={title} rows={shown} />
        </Suspense>
      </div>
    </>
  );
}
