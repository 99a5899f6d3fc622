import type { WardId } from '#domain/ids.ts';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { byLabel } from '#renderer/client/live-beds.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';

export type PlaceTree = Records['locations']['tree'];
export type SiteRecord = PlaceTree['sites'][number];
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

/** The fields of a draft that differ from what is saved: only these are asked to change. */
export function changesOf<Draft extends object>(saved: Draft, draft: Draft): Partial<Draft> {
  const names = Object.keys(draft) as (keyof Draft)[];
  const differing = names.filter((name) => JSON.stringify(saved[name]) !== JSON.stringify(draft[name]));
  return Object.fromEntries(differing.map((name) => [name, draft[name]])) as Partial<Draft>;
}

/** A text field as it is saved: trimmed, null when empty. */
export function orNull(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim();
}
