import { Button, Checkbox, NativeSelect, Popover, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { useMemo, useState } from 'react';
import type { NamedColumn } from './column.ts';
import styles from './ListMenu.module.css';
import type { ListAsk } from './list-params.ts';
import { wordsIn } from './only.ts';

/** More cannot be looked through; the field narrows them down. */
const MOST = 100;

interface FilterMenuProps<Row> {
  readonly api: GridApi<Row>;
  readonly columns: readonly NamedColumn<Row>[];
  readonly only: ListAsk['only'];
  readonly onOnly: (only: ListAsk['only']) => void;
}

/** Narrows a list to rows that hold, in a column, one of the words ticked; each word with how many rows hold it. */
export function FilterMenu<Row>(props: FilterMenuProps<Row>) {
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          className={styles.tool}
          leftSection={<IconFilter size={14} aria-hidden />}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label="Filter">
        <ColumnFilter {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnFilter<Row>({ api, columns, only, onOnly }: FilterMenuProps<Row>) {
  const listed = columns.filter(({ headerName }) => headerName);
  const [colId, setColId] = useState((listed.find(({ colId: id }) => only[id]) ?? listed[0])?.colId ?? '');
  const [part, setPart] = useState('');
  const chosen = only[colId] ?? [];
  const held = useMemo(() => wordsIn(api, colId), [api, colId]);
  const found = held.filter(({ words }) => words.toLowerCase().includes(part.trim().toLowerCase()));
  const toggle = (words: string): void => {
    const next = chosen.includes(words) ? chosen.filter((one) => one !== words) : [...chosen, words];
    const { [colId]: _before, ...others } = only;
    onOnly(next.length === 0 ? others : { ...others, [colId]: next });
  };
  return (
    <>
      <NativeSelect
        label="Rows where"
        value={colId}
        data={listed.map((column) => ({ value: column.colId, label: column.headerName ?? '' }))}
        onChange={({ currentTarget }) => {
          setColId(currentTarget.value);
          setPart('');
        }}
      />
      <TextInput
        mt={4}
        aria-label="Narrow the words down"
        placeholder="is one of …"
        value={part}
        onChange={({ currentTarget }) => setPart(currentTarget.value)}
      />
      <ul className={styles.items}>
        {found.slice(0, MOST).map(({ words, rows }) => (
          <li key={words} className={styles.item}>
            <Checkbox
              className={styles.name}
              label={words === '' ? 'Nothing' : words}
              checked={chosen.includes(words)}
              onChange={() => toggle(words)}
            />
            <span className={styles.rows}>{rows}</span>
          </li>
        ))}
      </ul>
      {found.length > MOST && <p className={styles.more}>{found.length - MOST} more: type to narrow down.</p>}
      {found.length === 0 && <p className={styles.more}>No row has this.</p>}
      <Button fullWidth mt={8} disabled={Object.keys(only).length === 0} onClick={() => onOnly({})}>
        Clear all filters
      </Button>
    </>
  );
}
