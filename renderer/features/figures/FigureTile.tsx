import { useNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration } from '#renderer/ui/format.ts';
import { Definition } from './Definition.tsx';
import styles from './FigureTile.module.css';
import { type Beside, figureWords, type KpiAnswer, type Tile } from './tiles.ts';
import { NOTHING_OPEN, useFigureSearch } from './use-figures.ts';

interface FigureTileProps {
  readonly tile: Tile;
  readonly kpis: KpiAnswer;
  /** Of the period before; undefined until read. */
  readonly before: KpiAnswer | undefined;
}

/** One figure: its number opens what it counts, its definition is one click away, and it says how old it is. */
export function FigureTile({ tile, kpis, before }: FigureTileProps) {
  const [search, change] = useFigureSearch();
  const { title, unit, decimals, behind } = tile;
  const value = tile.value(kpis);
  const isOpen = search.list === behind && search.of === tile.name && search.over === undefined;
  return (
    <li className={styles.tile}>
      <h2>
        {title} <Definition name={tile.name} />
      </h2>
      <button
        type="button"
        className={styles.value}
        aria-expanded={isOpen}
        aria-label={`${title}: ${figureWords(value, unit, decimals)}. Show what it counts`}
        onClick={() => change(isOpen ? NOTHING_OPEN : { list: behind, of: tile.name, over: undefined })}
      >
        <strong>{figureWords(value, '', decimals)}</strong> {value !== null && unit}
      </button>
      {tile.beside(kpis).map((one) => (
        <BesideLine key={one.words} beside={one} />
      ))}
      <p className={styles.foot}>
        {before && (
          <span title="The period of the same length just before">
            before {figureWords(tile.value(before), unit, decimals)}
          </span>
        )}
        <Age at={kpis.at} />
      </p>
    </li>
  );
}

function BesideLine({ beside: { words, opens } }: { readonly beside: Beside }) {
  const [, change] = useFigureSearch();
  if (!opens) return <p className={styles.beside}>{words}</p>;
  return (
    <p className={styles.beside}>
      <button type="button" onClick={() => change({ list: opens.behind, of: undefined, over: opens.over })}>
        {words}
      </button>
    </p>
  );
}

function Age({ at }: { readonly at: number }) {
  const age = useNowAs(10_000, (now) =>
    now - at < 60_000 ? 'now' : `${formatDuration(Math.floor((now - at) / 60_000) * 60_000)} ago`,
  );
  return <span>{age}</span>;
}
