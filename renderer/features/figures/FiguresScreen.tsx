import { Button } from '@mantine/core';
import { useZone } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { useKeys } from '#renderer/ui/keys.ts';
import { BehindFigure } from './BehindFigure.tsx';
import { Charts } from './Charts.tsx';
import { CompareWards } from './CompareWards.tsx';
import styles from './FiguresScreen.module.css';
import { FigureTile } from './FigureTile.tsx';
import { Forecast } from './Forecast.tsx';
import { PeriodChoice } from './PeriodChoice.tsx';
import { periodBefore, periodWords } from './period.ts';
import { TILES } from './tiles.ts';
import { NOTHING_OPEN, useFigureSearch, useKpis, useQuestion } from './use-figures.ts';
import { WardChoice } from './WardChoice.tsx';

/** The numbers people manage by: of a ward or the house, over a period, each with what it counts. */
export function FiguresScreen() {
  const zone = useZone();
  const [search, change] = useFigureSearch();
  const { asked, wardName, again } = useQuestion();
  const kpis = useKpis(asked);
  const before = useKpis({ ...asked, ...periodBefore(asked, zone) });
  useKeys('Figures', [
    { key: 'r', label: 'Work the figures out again', run: again },
    {
      key: 'Escape',
      label: 'Close the list',
      run: () => search.list !== undefined && change(NOTHING_OPEN),
    },
  ]);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>Figures</h1>
        <WardChoice />
        <PeriodChoice />
        <span className={styles.gap} />
        <Button onClick={again} loading={kpis.isFetching}>
          Work out again
        </Button>
        <Button onClick={() => print()}>Print</Button>
      </header>
      <p className={styles.about}>
        <strong>{wardName ?? 'All wards'}</strong>, {periodWords(asked, zone)}
      </p>
      {kpis.isError && !kpis.data && (
        <Fault
          title="The figures could not be worked out."
          detail={sayError(kpis.error)}
          action="Try again"
          onAction={() => void kpis.refetch()}
        />
      )}
      {kpis.isPending && <p role="status">Working the figures out…</p>}
      {kpis.data && (
        <ul className={styles.tiles} aria-label="Figures" aria-busy={kpis.isPlaceholderData}>
          {TILES.map((tile) => (
            <FigureTile key={tile.name} tile={tile} kpis={kpis.data} before={before.data} />
          ))}
        </ul>
      )}
      {search.list !== undefined ? (
        <BehindFigure asked={asked} />
      ) : (
        <>
          <Forecast ward={asked.ward} />
          <Charts asked={asked} />
          <CompareWards asked={asked} />
        </>
      )}
    </div>
  );
}
