import { Chip, Group, TextInput } from '@mantine/core';
import type { ColDef } from 'ag-grid-community';
import { useMemo, useState } from 'react';
import type { DeviceId } from '#domain/ids.ts';
import { useLink } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { DataGrid } from '#renderer/ui/grid/DataGrid.tsx';
import { NoMatch } from '#renderer/ui/grid/NoMatch.tsx';
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

/** All devices as a grid; chips narrow it to one standing, each with the count it shows. */
export function DeviceList({ devices, openId, onOpen }: DeviceListProps) {
  const [search, setSearch] = useState('');
  const [standing, setStanding] = useState<DeviceStanding | 'all'>('all');
  const { hubNow } = useLink();
  const tick = useNow(1_000);
  const columns = useMemo(() => columnsOf(hubNow), [hubNow]);
  const shown = standing === 'all' ? devices : devices.filter((device) => standingOf(device) === standing);
  return (
    <>
      <Group className={styles.bar} gap={8}>
        <TextInput
          aria-label="Find a device"
          placeholder="Find by name, type, serial or place"
          value={search}
          w={280}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <Chip.Group value={standing} onChange={(chosen) => setStanding(chosen as DeviceStanding | 'all')}>
          <Chip value="all" size="xs" variant="outline">
            All {devices.length}
          </Chip>
          {(['waiting', 'untied', 'in-use', 'retired'] as const).map((one) => (
            <Chip key={one} value={one} size="xs" variant="outline">
              {STANDING_WORDS[one]} {devices.filter((device) => standingOf(device) === one).length}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <DataGrid<DeviceRecord>
        key={standing}
        label="Devices"
        rows={shown}
        rowId={rowId}
        columns={columns}
        search={search}
        empty={
          <NoMatch
            thing="device"
            search={search}
            narrowed={standing !== 'all'}
            onClear={() => {
              setSearch('');
              setStanding('all');
            }}
          />
        }
        onOpen={onOpen}
        openId={openId ?? undefined}
        timed={TIMED}
        tick={tick}
      />
    </>
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
