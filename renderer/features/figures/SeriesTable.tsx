import styles from './SeriesTable.module.css';

interface SeriesTableProps {
  readonly caption: string;
  readonly heads: readonly string[];
  /** Cells in words; the first names the row. */
  readonly rows: readonly (readonly string[])[];
}

/** The numbers of a chart as a table. */
export function SeriesTable({ caption, heads, rows }: SeriesTableProps) {
  if (rows.length === 0) return <p>Nothing in this period.</p>;
  return (
    <section className={styles.scroll} aria-label={caption} tabIndex={rows.length > 12 ? 0 : undefined}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = '', ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={heads[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
