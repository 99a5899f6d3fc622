import { Table } from '@mantine/core';
import type { Records } from '#renderer/client/records.ts';
import { formatDate, formatDateTime, formatSeconds } from '#renderer/ui/format.ts';
import styles from './EntryTable.module.css';
import { actWords, changeLines } from './entry-words.ts';

type Entry = Records['ledger']['list'][number];

interface EntryTableProps {
  readonly rows: readonly Entry[];
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
}

/** Entries as lines; what changed is shown as before → after. */
export function EntryTable({ rows, names, zone }: EntryTableProps) {
  return (
    <Table verticalSpacing={2} horizontalSpacing={8} aria-label="Entries" className={styles.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>No.</Table.Th>
          <Table.Th>When</Table.Th>
          <Table.Th>Who, where</Table.Th>
          <Table.Th>Act</Table.Th>
          <Table.Th>About</Table.Th>
          <Table.Th>What changed</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((entry) => (
          <Table.Tr key={entry.seq}>
            <Table.Td>{entry.seq}</Table.Td>
            <Table.Td className={styles.when}>
              {formatDate(entry.at, zone)} {formatSeconds(entry.at, zone)}
            </Table.Td>
            <Table.Td>
              {names.get(entry.actor) ?? entry.actor}
              {entry.station !== null && <small className={styles.small}> {entry.station}</small>}
            </Table.Td>
            <Table.Td title={entry.act}>{actWords(entry.act)}</Table.Td>
            <Table.Td className={styles.subject}>{entry.subject}</Table.Td>
            <Table.Td className={styles.change}>
              {changeLines(entry.before, entry.after, (at) => formatDateTime(at, zone)).map((line) => (
                <span key={line}>{line}</span>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
