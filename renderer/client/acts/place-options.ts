import { useThrottledValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import type { AreaId, BedId, EncounterId, PatientId, WardId } from '#domain/ids.ts';
import { useBoardAs } from '../board/board-hooks.ts';
import { useBoardScope } from '../board/board-scope.ts';
import { useQueryOf } from '../hooks.ts';
import { AREA_KIND_WORDS } from '../place-words.ts';
import type { Records } from '../records.ts';
import type { Choice } from './ChoicePicker.tsx';

export type BedChoice = Records['flow']['bedsFor'][number];
export type Area = Records['locations']['tree']['areas'][number];

/** A place a patient may be brought to, as a list shows it. */
export interface PlaceOption extends Choice {
  /** In a sentence: `bed 7, Ward A`. */
  readonly words: string;
  /** Free to take; to be had for a stated reason; not to be had. */
  readonly state: 'open' | 'reason' | 'closed';
  /** What stands against it, by kind. */
  readonly against: readonly BedChoice['whyNot'][number]['kind'][];
  readonly bedId: BedId | null;
  readonly areaId: AreaId | null;
  readonly wardId: WardId | null;
}

/** For whom beds are looked for. */
export interface BedSeeker {
  readonly encounterId?: EncounterId;
  /** Instead of encounterId, for somebody not here yet. */
  readonly patientId?: PatientId;
  readonly wardId?: WardId;
}

const READ_GAP_MS = 1_000;

/**
 * Beds for somebody, best first, each other one with why not. Asked anew for each dialog, and again when a bed of the
 * board around the dialog changes.
 */
export function useBedOptions(seeker: BedSeeker | undefined) {
  const opened = useId();
  const version = useThrottledValue(useVersion(useBoardAs(useBoardScope(), ({ beds }) => beds)), READ_GAP_MS);
  return useQueryOf(
    ['flow', 'bedsFor', opened, seeker, version],
    async (hub) => (await hub.flow.bedsFor({ ...seeker })).map(bedOption),
    { enabled: seeker !== undefined, staleTime: 0, placeholderData: keepPreviousData },
  );
}

/** Counts how often something became something else. */
function useVersion(thing: unknown): number {
  const seen = useRef({ thing, version: 0 });
  if (seen.current.thing !== thing) seen.current = { thing, version: seen.current.version + 1 };
  return seen.current.version;
}

/** Places without beds, by name. */
export function useAreaOptions(): readonly PlaceOption[] {
  const tree = usePlaces().data;
  return (tree?.areas ?? []).map((area) => areaOption(area, tree?.wards.find(({ id }) => id === area.wardId)?.name));
}

/** Every place of the clinic with its attributes. */
export function usePlaces() {
  return useQueryOf(['locations', 'tree'], (hub) => hub.locations.tree({}), { staleTime: 30_000 });
}

/** A bed as the hub offers it. */
export function bedOption(choice: BedChoice): PlaceOption {
  const { bedId, label, roomLabel, wardId, wardName, assignable, overridable, merits, whyNot } = choice;
  return {
    id: `bed:${bedId}`,
    label: `Bed ${label}`,
    where: `${wardName}, room ${roomLabel}`,
    words: `bed ${label}, ${wardName}`,
    state: assignable ? 'open' : overridable ? 'reason' : 'closed',
    closed: !assignable && !overridable,
    against: whyNot.map(({ kind }) => kind),
    why: assignable ? merits.join(' · ') : whyNot.map(({ words }) => words).join(' · '),
    bedId,
    areaId: null,
    wardId,
  };
}

function areaOption(area: Area, wardName: string | undefined): PlaceOption {
  return {
    id: `area:${area.id}`,
    label: area.name,
    where: [AREA_KIND_WORDS[area.kind], wardName].filter(Boolean).join(', '),
    words: area.name,
    state: 'open',
    why: 'without a bed',
    against: [],
    bedId: null,
    areaId: area.id,
    wardId: area.wardId,
  };
}
