import type { MonitoringInterval } from '#domain/observation/news2.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { ageShownFromMs, staleFromMs } from '#renderer/client/value-age.ts';
import { formatDuration } from '#renderer/ui/format.ts';
import { absentWords } from './absent-words.ts';
import styles from './LastValues.module.css';
import { type ValueRow, valueRows } from './value-rows.ts';

interface LastValuesProps {
  readonly live: BedLive | undefined;
  /** Marks every value as old whatever its age: nothing newer can arrive. */
  readonly allOld?: boolean;
}

/** The newest of everything known of the patient, each with its age and where it comes from. */
export function LastValues({ live, allOld = false }: LastValuesProps) {
  const now = useNow(1_000);
  const interval = live?.score?.monitoring ?? '12h';
  return (
    <section aria-label="Last values" className={styles.panel}>
      <h2>Last values</h2>
      <dl className={styles.rows} aria-live="off">
        {valueRows(live?.values ?? []).map((row) => (
          <ValueLine
            key={row.id}
            row={row}
            now={now}
            interval={interval}
            devices={live?.devices ?? []}
            allOld={allOld}
          />
        ))}
      </dl>
    </section>
  );
}

interface ValueLineProps {
  readonly row: ValueRow;
  readonly now: number;
  readonly interval: MonitoringInterval;
  readonly devices: BedLive['devices'];
  readonly allOld: boolean;
}

function ValueLine({ row, now, interval, devices, allOld }: ValueLineProps) {
  const { lead, words } = row;
  const old = lead !== undefined && (allOld || now - lead.at > staleFromMs(lead, interval));
  const about = aboutWords(row, now, old, devices);
  return (
    <div className={styles.row} data-old={old}>
      <dt>{row.label}</dt>
      <dd className={styles.value}>
        {words === null ? (
          <span className={styles.none}>–</span>
        ) : (
          <>
            <span className={styles.number}>{old ? <s>{words}</s> : words}</span>{' '}
            <span className={styles.unit}>{row.unit}</span>
          </>
        )}
      </dd>
      <dd className={styles.about} title={about}>
        {about}
      </dd>
    </div>
  );
}

function aboutWords({ lead, words }: ValueRow, now: number, old: boolean, devices: BedLive['devices']): string {
  if (!lead) return 'Not measured';
  const source = sourceWords(lead.source, devices);
  const age = old || now - lead.at > ageShownFromMs(lead) ? Math.max(0, now - lead.at) : null;
  if (words === null) return `${absentWords(lead.why)} · ${source}`;
  if (age === null) return source;
  return `${old ? 'Old, ' : ''}${formatDuration(age)} ago · ${source}`;
}

function sourceWords(source: string, devices: BedLive['devices']): string {
  if (source === 'charted') return 'by hand';
  const device = devices.find(({ id }) => id === source);
  return device?.type ? device.type.replaceAll('-', ' ') : source;
}
