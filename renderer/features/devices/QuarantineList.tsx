import { Button } from '@mantine/core';
import type { ColDef } from 'ag-grid-community';
import { useMemo, useState } from 'react';
import { useMe, useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { formatSeconds } from '#renderer/ui/format.ts';
import { momentColumn } from '#renderer/ui/grid/column.ts';
import { DataGrid } from '#renderer/ui/grid/DataGrid.tsx';
import { NoMatch } from '#renderer/ui/grid/NoMatch.tsx';
import { useListAsk } from '#renderer/ui/grid/use-list-ask.ts';
import styles from './QuarantineList.module.css';
import { reasonWords, wasKept } from './reason-words.ts';

type Refused = Records['devices']['quarantine'][number];

const rowId = ({ device, topic, reason }: Refused): string => `${device}\n${topic}\n${reason}`;

/** Messages refused or marked, newest first, with the reason in words. The open one is shown whole below. */
export function QuarantineList({ device }: { readonly device?: string }) {
  const zone = useZone();
  const { ask, change } = useListAsk();
  const [openId, setOpenId] = useState<string | undefined>();
  const refused = useQueryOf([...recordKeys.quarantine, device ?? ''], (hub) =>
    hub.devices.quarantine(device === undefined ? {} : { device }),
  );
  const columns = useMemo(() => columnsOf(zone), [zone]);
  if (refused.isPending) return <p role="status">Reading…</p>;
  if (refused.isError) return <Fault title="The list could not be read." detail={sayError(refused.error)} />;
  const open = refused.data.find((row) => rowId(row) === openId);
  return (
    <>
      <DataGrid<Refused>
        list="refused-messages"
        thing="message"
        find="Find by device, topic or reason"
        label="Refused and marked messages"
        rows={refused.data}
        rowId={rowId}
        columns={columns}
        empty={
          refused.data.length === 0 ? (
            <Blank title="No message was refused" />
          ) : (
            <NoMatch
              thing="message"
              search={ask.search}
              narrowed={Object.keys(ask.only).length > 0}
              onClear={() => change({ search: '', only: {} })}
            />
          )
        }
        onOpen={(row) => setOpenId(rowId(row))}
        openId={openId}
      >
        <Button loading={refused.isFetching} onClick={() => void refused.refetch()}>
          Read again
        </Button>
        <span className={styles.read}>Read {formatSeconds(refused.dataUpdatedAt, zone)}</span>
      </DataGrid>
      {open && <RefusedMessage row={open} />}
    </>
  );
}

function columnsOf(zone: string): ColDef<Refused>[] {
  return [
    momentColumn({ colId: 'latest', headerName: 'Latest', at: ({ at }) => at, zone }),
    { headerName: 'Device', field: 'device', width: 150 },
    {
      headerName: 'What happened',
      valueGetter: ({ data }) => data && reasonWords(data.reason),
      flex: 2,
      minWidth: 260,
    },
    {
      colId: 'kept',
      headerName: 'Outcome',
      valueGetter: ({ data }) => data && (wasKept(data.reason) ? 'kept, marked' : 'refused'),
      width: 110,
    },
    { headerName: 'Times', field: 'count', type: 'rightAligned', width: 80 },
    { headerName: 'Topic', field: 'topic', flex: 1, minWidth: 160 },
  ];
}

function RefusedMessage({ row }: { readonly row: Refused }) {
  const { may } = useMe();
  return (
    <section className={styles.message} aria-label="Message">
      <p>
        <strong>{reasonWords(row.reason)}</strong> {row.detail}
      </p>
      {may('see-vitals') ? (
        <pre>{row.sample || 'Nothing of the message was kept.'}</pre>
      ) : (
        <p>What the message said is shown only to those who may see vital signs.</p>
      )}
    </section>
  );
}
