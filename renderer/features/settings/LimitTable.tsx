import { NumberInput } from '@mantine/core';
import { limitRowName } from '#domain/alarm/limits.ts';
import { checkLimitRow } from '#domain/clinic/settings.ts';
import { metricOf } from '#domain/observation/metric.ts';
import styles from './LimitTable.module.css';
import { LIMIT_WORDS, type LimitField, type LimitRow, limitName } from './settings-diff.ts';

interface LimitTableProps {
  readonly rows: readonly LimitRow[];
  readonly editable: boolean;
  readonly onChange: (rows: LimitRow[]) => void;
}

const COLUMNS: readonly { field: LimitField; head: string; unit?: string }[] = [
  { field: 'highLow', head: 'High ↓' },
  { field: 'mediumLow', head: 'Medium ↓' },
  { field: 'mediumHigh', head: 'Medium ↑' },
  { field: 'highHigh', head: 'High ↑' },
  { field: 'delayHighMs', head: 'Delay high', unit: ' s' },
  { field: 'delayMediumMs', head: 'Delay medium', unit: ' s' },
  { field: 'hysteresis', head: 'Hysteresis' },
];

/** The clinic's alarm limits for adults. An empty cell is no limit. */
export function LimitTable({ rows, editable, onChange }: LimitTableProps) {
  function change(row: LimitRow, field: LimitField, value: number | null): void {
    const next = { ...row, [field]: value };
    onChange(rows.map((one) => (one === row ? next : one)));
  }
  return (
    <section aria-label="Alarm limits">
      <h2 className={styles.title}>Alarm limits for adults</h2>
      <p className={styles.source}>
        These are Wardline’s own starting values unless a source is named; the clinic decides. A value alarms below ↓ or
        above ↑ its limit, after the delay, and the alarm ends once it is back inside by the hysteresis. Patients can
        have limits of their own.
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Measurement</th>
              {COLUMNS.map(({ field, head }) => (
                <th key={field} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={limitRowName(row)}>
                <th scope="row">
                  {limitName(row)} <small>{metricOf(row.code)?.unitLabel}</small>
                  <RowFault row={row} />
                </th>
                {COLUMNS.map(({ field, unit }) => (
                  <td key={field}>
                    <LimitCell row={row} field={field} unit={unit} editable={editable} onChange={change} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const FAULT_WORDS: Readonly<Record<string, string>> = {
  'limits-out-of-order': 'Each limit must be higher than the one to its left.',
  'limit-implausible': 'A limit is outside what this can be.',
  'delay-out-of-range': 'Delays go from 0 to 120 s.',
  'hysteresis-too-wide': 'The hysteresis leaves no room between the limits.',
};

function RowFault({ row }: { readonly row: LimitRow }) {
  const decision = checkLimitRow(row);
  if (decision.ok) return null;
  return (
    <span className={styles.fault} role="alert">
      {FAULT_WORDS[decision.refusal] ?? 'These limits cannot be used.'}
    </span>
  );
}

interface LimitCellProps {
  readonly row: LimitRow;
  readonly field: LimitField;
  readonly unit: string | undefined;
  readonly editable: boolean;
  readonly onChange: (row: LimitRow, field: LimitField, value: number | null) => void;
}

function LimitCell({ row, field, unit, editable, onChange }: LimitCellProps) {
  const isDelay = field === 'delayHighMs' || field === 'delayMediumMs';
  const stored = row[field];
  const shown = stored === null ? '' : isDelay ? stored / 1_000 : stored;
  if (!editable) return <span>{shown === '' ? '–' : `${shown}${unit ?? ''}`}</span>;
  const never = isDelay || field === 'hysteresis';
  return (
    <NumberInput
      size="xs"
      aria-label={`${limitName(row)}, ${LIMIT_WORDS[field]}`}
      value={shown}
      hideControls
      suffix={unit ?? ''}
      placeholder="–"
      decimalScale={isDelay ? 0 : 1}
      onChange={(value) => {
        if (typeof value === 'number') onChange(row, field, isDelay ? value * 1_000 : value);
        else if (!never) onChange(row, field, null);
      }}
    />
  );
}
