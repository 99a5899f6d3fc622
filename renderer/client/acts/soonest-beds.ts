import type { BedId } from '#domain/ids.ts';
import type { Tile } from '../board/board.ts';
import type { PlaceOption } from './place-options.ts';

type Tiles = ReadonlyMap<BedId, Tile>;

/** What stands against a bed, by how soon it is over: being cleaned, to be cleaned, kept for somebody; else nobody knows. */
const SOON: readonly PlaceOption['against'][number][] = ['cleaning', 'dirty', 'reserved'];

function delay({ against }: PlaceOption): number {
  return Math.max(...against.map((kind) => (SOON.includes(kind) ? SOON.indexOf(kind) : SOON.length)));
}

/** When what stands against a bed is meant to be over, as far as the board says. */
function overAt({ bedId }: PlaceOption, tiles: Tiles | undefined): number {
  const tile = bedId === null ? undefined : tiles?.get(bedId);
  if (!tile) return Number.POSITIVE_INFINITY;
  const leave = tile.occupants.flatMap(({ expectedDischargeAt }) => expectedDischargeAt ?? []);
  if (tile.occupants.length > 0) return leave.length > 0 ? Math.min(...leave) : Number.POSITIVE_INFINITY;
  return tile.bed.cleaning?.dueAt ?? tile.bed.reservation?.until ?? Number.POSITIVE_INFINITY;
}

/** Beds that cannot be had now, whichever can be had soonest first; beds alike in that stay as they stood. */
export function soonestFirst(closed: readonly PlaceOption[], tiles: Tiles | undefined): readonly PlaceOption[] {
  const times = new Map(closed.map((option) => [option, overAt(option, tiles)]));
  const timeOf = (option: PlaceOption) => times.get(option) ?? Number.POSITIVE_INFINITY;
  return [...closed].sort((one, other) => {
    if (delay(one) !== delay(other)) return delay(one) - delay(other);
    return timeOf(one) === timeOf(other) ? 0 : timeOf(one) - timeOf(other);
  });
}

/** What to say where no bed is free: which will be first and why not now; undefined where one is, or none is listed. */
export function noneFreeWords(options: readonly PlaceOption[], tiles: Tiles | undefined): string | undefined {
  const beds = options.filter(({ bedId }) => bedId !== null);
  if (beds.length === 0 || beds.some(({ state }) => state === 'open')) return undefined;
  const [first] = soonestFirst(
    beds.filter(({ state }) => state === 'closed'),
    tiles,
  );
  const none = 'No bed is free for this patient now.';
  if (!first || (delay(first) === SOON.length && overAt(first, tiles) === Number.POSITIVE_INFINITY))
    return `${none} None is being cleaned or kept, and nobody in one is said to leave.`;
  return `${none} The first is likely to be ${first.words}: ${first.why.charAt(0).toLowerCase()}${first.why.slice(1)}.`;
}
