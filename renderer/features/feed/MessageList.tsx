import type { ColDef } from 'ag-grid-community';
import { type ReactNode, useMemo } from 'react';
import { useZone } from '#renderer/client/hooks.ts';
import { visitTitle, visitWords } from '#renderer/client/visit-words.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { momentColumn, numberColumn } from '#renderer/ui/grid/column.ts';
import { DataGrid } from '#renderer/ui/grid/DataGrid.tsx';
import { NoMatch } from '#renderer/ui/grid/NoMatch.tsx';
import { useListAsk } from '#renderer/ui/grid/use-list-ask.ts';
import { stateWords } from './feed-words.ts';
import type { FeedMessage } from './use-feed.ts';

interface MessageListProps {
  readonly list: string;
  readonly label: string;
  readonly messages: readonly FeedMessage[];
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  /** Whether what became of each is shown. */
  readonly states?: boolean;
  /** What part of all messages is here, such as `newest`; without it they are all. */
  readonly part?: string | undefined;
  readonly none: string;
  readonly fills: string;
  readonly children?: ReactNode;
}

const rowId = ({ id }: FeedMessage): string => id;

/** Messages of the feed with what became of each. */
export function MessageList({
  list,
  label,
  messages,
  openId,
  onOpen,
  states = false,
  part,
  none,
  fills,
  children,
}: MessageListProps) {
  const zone = useZone();
  const { ask, change } = useListAsk();
  const columns = useMemo(() => columnsOf(zone, states), [zone, states]);
  return (
    <DataGrid<FeedMessage>
      list={list}
      label={label}
      thing="message"
      part={part}
      find="Find by patient, type, reason …"
      rows={messages}
      rowId={rowId}
      columns={columns}
      empty={
        messages.length === 0 ? (
          <Blank title={none}>
            <p>{fills}</p>
          </Blank>
        ) : (
          <NoMatch
            thing="message"
            search={ask.search}
            narrowed={Object.keys(ask.only).length > 0}
            onClear={() => change({ search: '', only: {} })}
          />
        )
      }
      openId={openId}
      onOpen={({ id }) => onOpen(id)}
    >
      {children}
    </DataGrid>
  );
}

function columnsOf(zone: string, states: boolean): ColDef<FeedMessage>[] {
  const text = (
    colId: string,
    headerName: string,
    words: (message: FeedMessage) => string,
    rest: ColDef<FeedMessage>,
  ) => ({
    colId,
    headerName,
    valueGetter: ({ data }: { data?: FeedMessage | undefined }) => (data ? words(data) : ''),
    ...rest,
  });
  return [
    momentColumn<FeedMessage>({ colId: 'received', headerName: 'Received', at: ({ receivedAt }) => receivedAt, zone }),
    text('type', 'Type', ({ type }) => type.replace('^', ' '), { width: 110 }),
    text('patient', 'Patient', ({ displayName }) => displayName ?? '', { width: 170 }),
    text('visit', 'Visit number', ({ visitNumber }) => visitWords(visitNumber), {
      width: 120,
      tooltipValueGetter: ({ data }) => visitTitle(data?.visitNumber ?? null),
    }),
    text('state', 'State', stateWords, { width: 130, hide: !states }),
    text('why', 'Why', ({ why, settleReason }) => why ?? settleReason ?? '', { flex: 1, minWidth: 220 }),
    text('sender', 'From', ({ sender }) => sender, { width: 130 }),
    text('control', 'Control id', ({ controlId }) => controlId, { width: 120, hide: true }),
    numberColumn<FeedMessage>({ colId: 'copies', headerName: 'Times', number: ({ copies }) => copies, width: 80 }),
  ];
}
