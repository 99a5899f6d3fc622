import { Button, Chip, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ColDef } from 'ag-grid-community';
import { useEffect, useMemo, useState } from 'react';
import { AdmitDialog, type ToAdmit } from '#renderer/client/acts/AdmitDialog.tsx';
import { FirstSteps } from '#renderer/client/acts/FirstSteps.tsx';
import { useMe, useQueryOf, useWards, useWritable, useZone } from '#renderer/client/hooks.ts';
import { byLabel } from '#renderer/client/live-beds.ts';
import { type OccupancyRow, recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { formatDateTime, formatSeconds } from '#renderer/ui/format.ts';
import { DataGrid } from '#renderer/ui/grid/DataGrid.tsx';
import { NoMatch } from '#renderer/ui/grid/NoMatch.tsx';
import { useKeys } from '#renderer/ui/keys.ts';
import { BedDrawer } from './BedDrawer.tsx';
import styles from './BedsScreen.module.css';
import { InNoBed } from './InNoBed.tsx';
import { RegisterDialog } from './RegisterDialog.tsx';

/** Nothing tells those without the board that a bed changed hands, so the list is read again this often. Ms. */
const READ_AGAIN_MS = 15_000;
const rowId = ({ bed }: OccupancyRow): string => bed.id;

/** Every bed with who lies in it; register, admit, move and discharge start here. */
export function BedsScreen() {
  const { may } = useMe();
  const writable = useWritable();
  const zone = useZone();
  const wards = useWards();
  const rows = useOccupancy();
  const [search, setSearch] = useState('');
  const [show, setShow] = useState('all');
  const [openId, setOpenId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'register' | 'admit' | null>(null);
  const [admitting, setAdmitting] = useState<ToAdmit | null>(null);
  const columns = useMemo(() => columnsOf(zone), [zone]);
  const plans = may('register-admit-move');
  useKeys('Beds', [
    { key: 'r', label: 'Register a patient', run: () => plans && writable.ok && setDialog('register') },
    { key: 'a', label: 'Admit a patient', run: () => plans && writable.ok && setDialog('admit') },
  ]);
  if (rows.isPending) return <p role="status">Reading the beds…</p>;
  if (rows.isError && !rows.data) {
    return (
      <Fault
        title="The beds could not be read."
        detail={sayError(rows.error)}
        action="Try again"
        onAction={() => void rows.refetch()}
      />
    );
  }
  const shown = rows.data.filter((row) => shows(row, show));
  const open = rows.data.find(({ bed }) => bed.id === openId);
  return (
    <div className={styles.screen}>
      <div className={styles.list}>
        <Group className={styles.bar} gap={8}>
          <TextInput
            aria-label="Find a bed or patient"
            placeholder="Find a bed, room or patient"
            value={search}
            w={190}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
          <Chip.Group value={show} onChange={(chosen) => setShow(String(chosen))}>
            {[
              ['all', 'All beds'],
              ['unoccupied', 'Free'],
              ['occupied', 'Occupied'],
              ...(wards.data ?? []).map(({ id, name }) => [id, name]),
            ].map(([value = '', label]) => (
              <Chip key={value} value={value} size="xs" variant="outline">
                {label} {rows.data.filter((row) => shows(row, value)).length}
              </Chip>
            ))}
          </Chip.Group>
          <span className={styles.read}>Read {formatSeconds(rows.dataUpdatedAt, zone)}</span>
          {plans && (
            <>
              <Button disabled={!writable.ok} title={writable.why ?? ''} onClick={() => setDialog('admit')}>
                Admit patient
              </Button>
              <Button
                variant="filled"
                disabled={!writable.ok}
                title={writable.why ?? ''}
                onClick={() => setDialog('register')}
              >
                Register patient
              </Button>
            </>
          )}
        </Group>
        {rows.data.every(({ status }) => status === 'unoccupied') && rows.data[0] && (
          <FirstSteps bedLabel={rows.data[0].bed.label} />
        )}
        <InNoBed search={search} onAdmit={setAdmitting} />
        {rows.data.length === 0 ? (
          <Blank title="No beds are set up">
            <p>An administrator adds wards, rooms and beds in Settings.</p>
          </Blank>
        ) : (
          <DataGrid<OccupancyRow>
            key={show}
            label="Beds"
            rows={shown}
            rowId={rowId}
            columns={columns}
            search={search}
            empty={
              <NoMatch
                thing="bed"
                search={search}
                narrowed={show !== 'all'}
                onClear={() => {
                  setSearch('');
                  setShow('all');
                }}
              />
            }
            onOpen={({ bed }) => setOpenId(bed.id)}
            openId={openId ?? undefined}
          />
        )}
      </div>
      {open && <BedDrawer key={open.bed.id} row={open} onClose={() => setOpenId(null)} />}
      {dialog === 'register' && <RegisterDialog bed={null} onClose={() => setDialog(null)} />}
      {dialog === 'admit' && <AdmitDialog bed={null} onClose={() => setDialog(null)} />}
      {admitting && <AdmitDialog patient={admitting} bed={null} onClose={() => setAdmitting(null)} />}
    </div>
  );
}

function useOccupancy() {
  const queries = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: recordKeys.occupancy }), READ_AGAIN_MS);
    return () => clearInterval(timer);
  }, [queries]);
  return useQueryOf(recordKeys.occupancy, async (hub) => {
    const rows = await hub.encounters.occupancy({});
    return [...rows].sort((one, other) => one.ward.name.localeCompare(other.ward.name) || byLabel(one.bed, other.bed));
  });
}

function shows(row: OccupancyRow, show: string): boolean {
  return show === 'all' || row.status === show || row.ward.id === show;
}

function columnsOf(zone: string): ColDef<OccupancyRow>[] {
  return [
    { headerName: 'Ward', valueGetter: ({ data }) => data?.ward.name, width: 170 },
    { headerName: 'Room', field: 'roomLabel', width: 90, comparator: natural },
    { headerName: 'Bed', valueGetter: ({ data }) => data?.bed.label, width: 80, comparator: natural },
    {
      headerName: 'State',
      valueGetter: ({ data }) => data && (data.status === 'occupied' ? 'Occupied' : 'Free'),
      width: 110,
      cellClassRules: { [styles.free ?? 'free']: ({ data }) => data?.status === 'unoccupied' },
    },
    {
      headerName: 'Patient',
      valueGetter: ({ data }) =>
        data?.status === 'occupied' ? (data.displayName ?? 'Name not shown to your role') : '',
      flex: 1,
      minWidth: 180,
    },
    {
      headerName: 'Since',
      valueGetter: ({ data }) => data?.since ?? null,
      valueFormatter: ({ value }) => (value == null ? '' : formatDateTime(value, zone)),
      width: 176,
    },
  ];
}

function natural(one: string | undefined, other: string | undefined): number {
  return byLabel({ label: one ?? '' }, { label: other ?? '' });
}
