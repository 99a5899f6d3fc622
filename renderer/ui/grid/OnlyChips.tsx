import { IconX } from '@tabler/icons-react';
import type { NamedColumn } from './column.ts';
import type { ListAsk } from './list-params.ts';
import styles from './OnlyChips.module.css';

interface OnlyChipsProps<Row> {
  readonly columns: readonly NamedColumn<Row>[];
  readonly only: ListAsk['only'];
  readonly onOnly: (only: ListAsk['only']) => void;
}

/** The filters in force in words, each taken away by a click. */
export function OnlyChips<Row>({ columns, only, onOnly }: OnlyChipsProps<Row>) {
  const known = columns.filter(({ colId }) => only[colId]);
  if (known.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Filters in force">
      {known.map(({ colId, headerName }) => {
        const { [colId]: words = [], ...others } = only;
        const said = words.map((word) => word || 'nothing').join(' or ');
        return (
          <li key={colId}>
            <button type="button" className={styles.chip} onClick={() => onOnly(others)}>
              <span>
                {headerName}: <strong>{said}</strong>
              </span>
              <IconX size={14} aria-hidden />
              <span className="visually-hidden">Take this filter away</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
