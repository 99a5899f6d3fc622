import { NativeSelect } from '@mantine/core';
import { useWards } from '#renderer/client/hooks.ts';
import { useFigureSearch } from './use-figures.ts';

/** Whose figures: one ward's or the house's. */
export function WardChoice() {
  const wards = useWards().data ?? [];
  const [{ ward }, change] = useFigureSearch();
  return (
    <NativeSelect
      size="xs"
      aria-label="Ward"
      data={[{ value: '', label: 'All wards' }, ...wards.map(({ id, name }) => ({ value: id as string, label: name }))]}
      value={ward ?? ''}
      onChange={({ currentTarget }) => change({ ward: currentTarget.value || undefined })}
    />
  );
}
