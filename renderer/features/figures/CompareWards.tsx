import { useQueries } from '@tanstack/react-query';
import { KPI_WORDS } from '#domain/flow/kpi-words.ts';
import { useHub, useWards } from '#renderer/client/hooks.ts';
import styles from './CompareWards.module.css';
import { figureWords, type KpiAnswer, TILES } from './tiles.ts';
import { type Asked, useFigureSearch } from './use-figures.ts';

/** Each ward's figures side by side; a number opens that ward's list. */
export function CompareWards({ asked }: { readonly asked: Asked }) {
  const hub = useHub();
  const wards = useWards().data ?? [];
  const { from, to } = asked;
  const answers = useQueries({
    queries: wards.map(({ id }) => ({
      queryKey: ['figures', 'kpis', { from, to, ward: id }],
      queryFn: () => hub.flow.kpis({ from, to, ward: id }),
    })),
  });
  if (wards.length < 2) return null;
  return (
    <section className={styles.compare} aria-label="Wards compared">
      <h2>Wards compared</h2>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">Ward</th>
              {TILES.map(({ name, title, unit }) => (
                <th key={name} scope="col" title={KPI_WORDS[name].what}>
                  {title} <small>{unit}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {wards.map(({ id, name }, index) => (
              <WardFigures
                key={id}
                ward={id}
                name={name}
                kpis={answers[index]?.data}
                failed={answers[index]?.isError ?? false}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface WardFiguresProps {
  readonly ward: string;
  readonly name: string;
  readonly kpis: KpiAnswer | undefined;
  readonly failed: boolean;
}

function WardFigures({ ward, name, kpis, failed }: WardFiguresProps) {
  const [, change] = useFigureSearch();
  return (
    <tr>
      <th scope="row">
        <button type="button" onClick={() => change({ ward })}>
          {name}
        </button>
      </th>
      {TILES.map((tile) => {
        const words = kpis ? figureWords(tile.value(kpis), '', tile.decimals) : failed ? 'not read' : '…';
        return (
          <td key={tile.name}>
            <button
              type="button"
              disabled={!kpis}
              aria-label={`${name}, ${tile.title}: ${words}. Show what it counts`}
              onClick={() => change({ ward, list: tile.behind, of: tile.name, over: undefined })}
            >
              {words}
            </button>
          </td>
        );
      })}
    </tr>
  );
}
