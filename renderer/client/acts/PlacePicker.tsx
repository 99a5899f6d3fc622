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

const GROUPS = [
  { state: 'open', title: 'Can be had now' },
  { state: 'reason', title: 'Only with a reason' },
  { state: 'closed', title: 'Not possible now' },
] as const;

/** Beds and other places, those that may be had first, each with why or why not. */
export function PlacePicker({ options, ...rest }: PlacePickerProps) {
  const groups = GROUPS.map(({ state, title }) => ({
    title,
    options: options.filter((option) => option.state === state),
  }));
  return (
    <ChoicePicker
      {...rest}
      groups={groups}
      placeholder="Type a bed, room or ward"
      none="There is no place to choose from."
    />
  );
}
