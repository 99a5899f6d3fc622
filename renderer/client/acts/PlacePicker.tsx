import { useBoardAs } from '../board/board-hooks.ts';
import { useBoardScope } from '../board/board-scope.ts';
import { ChoicePicker } from './ChoicePicker.tsx';
import type { PlaceOption } from './place-options.ts';
import { noneFreeWords, soonestFirst } from './soonest-beds.ts';

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
];

/** Beds and other places, those that may be had first, then those that may be had soonest, each with why or why not. */
export function PlacePicker({ options, ...rest }: PlacePickerProps) {
  const tiles = useBoardAs(useBoardScope(), (board) => board.tiles);
  const closed = soonestFirst(
    options.filter(({ state }) => state === 'closed'),
    tiles,
  );
  const none = noneFreeWords(options, tiles);
  return (
    <>
      {none && <p role="status">{none}</p>}
      <ChoicePicker
        {...rest}
        groups={[
          ...GROUPS.map(({ title, holds }) => ({ title, options: options.filter(holds) })),
          { title: 'Not possible now', options: closed },
        ]}
        placeholder="Type a bed, room or ward"
        none="There is no place to choose from."
      />
    </>
  );
}
