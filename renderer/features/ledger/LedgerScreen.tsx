import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHub, useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { formatSeconds } from '#renderer/ui/format.ts';
import { EntryTable } from './EntryTable.tsx';
import styles from './LedgerScreen.module.css';
import { VerifyLedger } from './VerifyLedger.tsx';

const PAGE = 100;

interface Filter {
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
}

/** Every change anyone made, newest first, and the proof that nothing was taken out or altered. */
export function LedgerScreen() {
  const zone = useZone();
  const [filter, setFilter] = useState<Filter>({ actor: '', act: '', subject: '' });
  const [asked] = useDebouncedValue(filter, 250);
  const entries = useEntries(asked);
  const names = useNames();
  const field = (name: keyof Filter, label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={filter[name]}
      onChange={({ currentTarget }) => setFilter({ ...filter, [name]: currentTarget.value })}
    />
  );
  const rows = entries.data?.pages.flat() ?? [];
  return (
    <div className={styles.screen}>
      <Group align="end" gap={8} mb={8}>
        <h1 className={styles.title}>Ledger</h1>
        {field('actor', 'Who', 'user, device or hub')}
        {field('act', 'Act', 'such as bed.assigned')}
        {field('subject', 'About', 'such as user: or an id')}
        <Button loading={entries.isFetching} onClick={() => void entries.refetch()}>
          Read again
        </Button>
        {entries.dataUpdatedAt > 0 && (
          <span className={styles.read}>Read {formatSeconds(entries.dataUpdatedAt, zone)}</span>
        )}
        <VerifyLedger />
      </Group>
      {entries.isError && <Fault title="The ledger could not be read." detail={sayError(entries.error)} />}
      {entries.isPending && <p role="status">Reading the ledger…</p>}
      {entries.data && rows.length === 0 && <p>No entry fits this.</p>}
      {rows.length > 0 && <EntryTable rows={rows} names={names} zone={zone} />}
      {entries.hasNextPage && (
        <Button mt={8} loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          Older entries
        </Button>
      )}
    </div>
  );
}

function useEntries({ actor, act, subject }: Filter) {
  const hub = useHub();
  const wanted = Object.fromEntries(
    Object.entries({ actor, act, subject }).flatMap(([name, typed]) =>
      typed.trim() === '' ? [] : [[name, typed.trim()]],
    ),
  );
  return useInfiniteQuery({
    queryKey: [...recordKeys.ledger, 'list', wanted],
    queryFn: ({ pageParam }) =>
      hub.ledger.list({ ...wanted, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.seq),
  });
}

/** Names of users by id, for the column that says who. */
function useNames(): ReadonlyMap<string, string> {
  const users = useQueryOf(recordKeys.users, (hub) => hub.users.list({}));
  return new Map((users.data ?? []).map(({ id, displayName }) => [id as string, displayName]));
}
