import { Select } from '@mantine/core';
import type { BedId } from '#domain/ids.ts';
import { useQueryOf } from '../hooks.ts';
import { byLabel } from '../live-beds.ts';
import { type OccupancyRow, recordKeys } from '../records.ts';

interface FreeBedSelectProps {
  readonly label: string;
  readonly value: BedId | null;
  readonly onChange: (bedId: BedId | null, words: string) => void;
  readonly autoFocus?: boolean;
}

/** Beds nobody lies in, by ward; typing narrows them down. */
export function FreeBedSelect({ label, value, onChange, autoFocus = false }: FreeBedSelectProps) {
  const rows = useQueryOf(recordKeys.occupancy, (hub) => hub.encounters.occupancy({}));
  if (rows.isError) return <p role="alert">The beds could not be read. Close this and try again.</p>;
  const free = (rows.data ?? []).filter(({ status }) => status === 'unoccupied');
  return (
    <Select
      label={label}
      placeholder={rows.isPending ? 'Reading the beds…' : 'Choose a free bed'}
      nothingFoundMessage={free.length === 0 ? 'No bed is free.' : 'No free bed with this name.'}
      data={grouped(free)}
      value={value}
      onChange={(chosen) => {
        const row = free.find(({ bed }) => bed.id === chosen);
        onChange(row?.bed.id ?? null, row ? `bed ${row.bed.label}, ${row.ward.name}` : '');
      }}
      searchable
      data-autofocus={autoFocus || undefined}
    />
  );
}

function grouped(rows: readonly OccupancyRow[]) {
  const wards = new Map<string, OccupancyRow[]>();
  for (const row of rows) wards.set(row.ward.name, [...(wards.get(row.ward.name) ?? []), row]);
  return [...wards].map(([group, inWard]) => ({
    group,
    items: [...inWard]
      .sort((one, other) => byLabel(one.bed, other.bed))
      .map(({ bed, roomLabel }) => ({ value: bed.id, label: `Bed ${bed.label} · room ${roomLabel}` })),
  }));
}
