import { useQueryClient } from '@tanstack/react-query';
import type { WardId } from '#domain/ids.ts';
import { useCommand, useQueryOf } from '#renderer/client/hooks.ts';
import { byLabel } from '#renderer/client/live-beds.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';

export type PlaceTree = Records['locations']['tree'];
export type WardRecord = PlaceTree['wards'][number];
export type RoomRecord = PlaceTree['rooms'][number];
export type BedRecord = PlaceTree['beds'][number];
export type AreaRecord = PlaceTree['areas'][number];

/** What a change of places makes others read again. */
export const PLACES_CHANGED = [recordKeys.locations, recordKeys.occupancy];

/** Every place with its attributes. */
export function usePlaceTree() {
  return useQueryOf([...recordKeys.locations, 'tree'], (hub) => hub.locations.tree({}), { staleTime: 5_000 });
}

/** A room with its beds, both in label order. */
export interface RoomWithBeds {
  readonly room: RoomRecord;
  readonly beds: readonly BedRecord[];
}

export function roomsOf(tree: PlaceTree, wardId: WardId): RoomWithBeds[] {
  return tree.rooms
    .filter((room) => room.wardId === wardId)
    .sort(byLabel)
    .map((room) => ({ room, beds: tree.beds.filter((bed) => bed.roomId === room.id).sort(byLabel) }));
}

/** How many places of a ward, itself included, the feed named and nobody has confirmed. */
export function unconfirmedIn(tree: PlaceTree, ward: WardRecord): number {
  const inWard = [...tree.rooms, ...tree.beds].filter(({ wardId }) => wardId === ward.id);
  return [ward, ...inWard].filter(({ fromFeed }) => fromFeed).length;
}

/** The fields of a draft that differ from what was seen: only these are asked to change, and only if nobody else has. */
export function changesOf<Draft extends object>(saved: Draft, draft: Draft): Partial<Draft> & Seen {
  const names = Object.keys(draft) as (keyof Draft)[];
  const differing = names.filter((name) => JSON.stringify(saved[name]) !== JSON.stringify(draft[name]));
  const fieldsOf = (of: Draft) => Object.fromEntries(differing.map((name) => [name, of[name]])) as Partial<Draft>;
  return { ...fieldsOf(draft), seen: fieldsOf(saved) };
}

/** What was seen of the fields that change. */
export interface Seen {
  readonly seen: Record<string, unknown>;
}

/** Saves a place. One that was not saved is read again: somebody else may have changed it. */
export function usePlaceSave<Input extends object, Output>(
  act: Parameters<typeof useCommand<Input, Output>>[0],
  onDone: () => void,
) {
  const queries = useQueryClient();
  return useCommand<Input, Output>(
    (hub, input) =>
      act(hub, input).catch((error: unknown) => {
        void queries.invalidateQueries({ queryKey: recordKeys.locations });
        throw error;
      }),
    { invalidate: PLACES_CHANGED, onDone },
  );
}

/** A text field as it is saved: trimmed, null when empty. */
export function orNull(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim();
}
