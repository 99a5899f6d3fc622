import { ChoicePicker } from './ChoicePicker.tsx';
import type { PlaceOption } from './place-options.ts';

interface PlacePickerProps {
  readonly label: string;
  /** Best first. */
  readonly options: readonly PlaceOption[];
  readonly value: PlaceOption | undefined;
  readonly onChange: (option: PlaceOption | undefined) => void;
  readonly autoFocus?: boolean;
}

const GROUPS: readonly { title: string; holds(option: PlaceOption): boolean }[] = [
  { title: 'Can be had now', holds: ({ state, bedId }) => state === 'open' && bedId !== null },
  { title: 'Only with a reason', holds: ({ state }) => state === 'reason' },
  { title: 'Places without a bed', holds: ({ state, bedId }) => state === 'open' && bedId === null },
  { title: 'Not possible now', holds: ({ state }) => state === 'closed' },
];

/** Beds and other places, those that may be had first, each with why or why not. */
export function PlacePicker({ options, ...rest }: PlacePickerProps) {
  const groups = GROUPS.map(({ title, holds }) => ({ title, options: options.filter(holds) }));
  return (
    <ChoicePicker
      {...rest}
      groups={groups}
      placeholder="Type a bed, room or ward"
      none="There is no place to choose from."
    />
  );
}
