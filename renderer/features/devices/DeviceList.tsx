import { Chip } from '@mantine/core';
import type { ColDef } from 'ag-grid-community';
import { useMemo } from 'react';
import type { DeviceId } from '#domain/ids.ts';
import { useLink } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { DataGrid } from '#renderer/ui/grid/DataGrid.tsx';
import { NoMatch } from '#renderer/ui/grid/NoMatch.tsx';
import { useListAsk, useListChoice } from '#renderer/ui/grid/use-list-ask.ts';
import styles from './DeviceList.module.css';
import {
  batteryWords,
  type DeviceRecord,
  type DeviceStanding,
  heardWords,
  STANDING_WORDS,
  skewWords,
  standingOf,
} from './device-record.ts';

interface DeviceListProps {
  readonly devices: readonly DeviceRecord[];
  readonly openId: DeviceId | null;
  readonly onOpen: (device: DeviceRecord) => void;
}

const TIMED = ['heard'];
const rowId = ({ id }: DeviceRecord): string => id;

const CHOICES = ['standing'];
const STANDINGS = ['waiting', 'untied', 'in-use', 'retired'] as const;

/** All devices as a grid; chips narrow it to one standing, each with the count it shows. */
export function DeviceList({ devices, openId, onOpen }: DeviceListProps) {
  const { ask, change } = useListAsk();
  const [chosen, choose] = useListChoice('standing', 'all');
  const standing = STANDINGS.find((one) => one === chosen);
  const { hubNow } = useLink();
  const tick = useNow(1_000);
  const columns = useMemo(() => columnsOf(hubNow), [hubNow]);
  const shown = useMemo(
    () => (standing ? devices.filter((device) => standingOf(device) === standing) : devices),
    [devices, standing],
  );
  return (
    <DataGrid<DeviceRecord>
      list="devices"
      choices={CHOICES}
      thing="device"
      find="Find by name, type, serial or place"
      label="Devices"
      rows={shown}
      rowId={rowId}
      columns={columns}
      empty={
        <NoMatch
          thing="device"
          search={ask.search}
          narrowed={standing !== undefined || Object.keys(ask.only).length > 0}
          onClear={() => {
            choose('all');
            change({ search: '', only: {} });
          }}
        />
      }
      onOpen={onOpen}
      openId={openId ?? undefined}
      timed={TIMED}
      tick={tick}
    >
      <Chip.Group value={standing ?? 'all'} onChange={(next) => choose(String(next))}>
        <Chip value="all" size="xs" variant="outline">
          All {devices.length}
        </Chip>
        {STANDINGS.map((one: DeviceStanding) => (
          <Chip key={one} value={one} size="xs" variant="outline">
            {STANDING_WORDS[one]} {devices.filter((device) => standingOf(device) === one).length}
          </Chip>
        ))}
      </Chip.Group>
    </DataGrid>
  );
}

function columnsOf(hubNow: () => number): ColDef<DeviceRecord>[] {
  return [
    {
      headerName: 'State',
      valueGetter: ({ data }) => data && STANDING_WORDS[standingOf(data)],
      width: 168,
      cellClassRules: {
        [styles.waiting ?? 'waiting']: ({ data }) => data !== undefined && standingOf(data) === 'waiting',
      },
    },
    { headerName: 'Device', field: 'id', flex: 1, minWidth: 140 },
    {
      headerName: 'Type',
      valueGetter: ({ data }) => (data ? `${data.typeLabel}${data.known ? '' : ' (type not known)'}` : ''),
      flex: 1,
      minWidth: 130,
    },
    { headerName: 'Serial', field: 'serial', valueFormatter: ({ value }) => value ?? '–', width: 120 },
    {
      headerName: 'Tied to',
      valueGetter: ({ data }) => data?.tiedTo?.label ?? '–',
      width: 140,
    },
    {
      colId: 'heard',
      headerName: 'Last message',
      valueGetter: ({ data }) => data && heardWords(data, hubNow()),
      comparator: (_one, _other, left, right) => (left.data?.lastMessageAt ?? 0) - (right.data?.lastMessageAt ?? 0),
      width: 150,
    },
    {
      headerName: 'Battery',
      valueGetter: ({ data }) => data && batteryWords(data.battery),
      comparator: (_one, _other, left, right) => (left.data?.battery ?? 2) - (right.data?.battery ?? 2),
      width: 100,
    },
    { headerName: 'Clock', valueGetter: ({ data }) => data && skewWords(data), width: 150 },
    { headerName: 'Messages', field: 'messages', type: 'rightAligned', width: 100 },
    { headerName: 'Refused', field: 'refused', type: 'rightAligned', width: 112 },
  ];
}
