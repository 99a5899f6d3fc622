import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import { usualColumns } from './arrange.ts';
import type { NamedColumn } from './column.ts';
import styles from './ListMenu.module.css';
import type { ShownColumn } from './list-params.ts';

interface ColumnsMenuProps<Row> {
  readonly columns: readonly NamedColumn<Row>[];
  readonly shown: readonly ShownColumn[] | null;
  readonly onShown: (shown: readonly ShownColumn[] | null) => void;
}

/** Which columns stand in the list, and in which order; the header takes the mouse for the same. */
export function ColumnsMenu<Row>({ columns, shown, onShown }: ColumnsMenuProps<Row>) {
  const now = shown ?? usualColumns(columns);
  const order = [...now.map(({ column }) => column), ...columns.map(({ colId }) => colId)];
  const listed = [...new Set(order)].flatMap((id) => columns.find(({ colId }) => colId === id) ?? []);
  const move = (at: number, by: number): void => {
    const next = [...now];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    onShown(next);
  };
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          className={styles.tool}
          leftSection={<IconColumns3 size={14} aria-hidden />}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label="Columns">
        <ul className={styles.items}>
          {listed.map(({ colId, headerName }) => {
            const at = now.findIndex(({ column }) => column === colId);
            const name = headerName || 'Mark';
            return (
              <li key={colId} className={styles.item}>
                <Checkbox
                  label={name}
                  className={styles.name}
                  checked={at !== -1}
                  disabled={at !== -1 && now.length === 1}
                  onChange={() =>
                    onShown(
                      at === -1 ? [...now, { column: colId, width: null }] : now.filter((_, index) => index !== at),
                    )
                  }
                />
                {at !== -1 && (
                  <>
                    <ActionIcon aria-label={`${name} further left`} disabled={at === 0} onClick={() => move(at, -1)}>
                      <IconChevronUp size={16} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`${name} further right`}
                      disabled={at === now.length - 1}
                      onClick={() => move(at, 1)}
                    >
                      <IconChevronDown size={16} aria-hidden />
                    </ActionIcon>
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <Button fullWidth mt={8} disabled={shown === null} onClick={() => onShown(null)}>
          As the list is made
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
