import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Bed, Room, Ward } from '#domain/location/location.ts';
import { addBed, addRoom, addWard, removeBed } from '#domain/location/place.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';

type LocationsDeps = Pick<Store, 'locations' | 'assignments' | 'devices' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

type AfterCommit = (tell: () => void) => void;

/** Wards, rooms and beds: the places of the clinic. */
export function createLocations(
  deps: LocationsDeps,
): Pick<
  HandlersOf<typeof contract.locations>,
  'wards' | 'rooms' | 'beds' | 'addWard' | 'addRoom' | 'addBed' | 'removeBed'
> {
  const { locations, ledger, clock, newId, changed } = deps;

  const saved = (context: CallContext, afterCommit: AfterCommit, act: string, after: Ward | Room | Bed): void => {
    ledger.append(entryBy(context, clock(), { act, subject: after.id, before: null, after }));
    afterCommit(() => changed.locations());
  };

  return {
    wards: () => locations.listWards(),
    rooms: ({ wardId }) => {
      found(locations.findWard(wardId), 'This ward');
      return locations.listRooms(wardId);
    },
    beds: ({ wardId }) => {
      if (wardId !== undefined) found(locations.findWard(wardId), 'This ward');
      return locations.listBeds(wardId);
    },
    addWard: ({ name }, context) =>
      context.commit((afterCommit) => {
        const decision = addWard({ id: newId() as WardId, name }, locations.listWards());
        if (!decision.ok) throw refused(decision.refusal, `There is already a ward called ${name}.`);
        locations.saveWard(decision.value);
        saved(context, afterCommit, 'ward.added', decision.value);
        return decision.value;
      }),
    addRoom: ({ wardId, label }, context) =>
      context.commit((afterCommit) => {
        found(locations.findWard(wardId), 'This ward');
        const decision = addRoom({ id: newId() as RoomId, wardId, label }, locations.listRooms(wardId));
        if (!decision.ok) throw refused(decision.refusal, `This ward already has a room ${label}.`);
        locations.saveRoom(decision.value);
        saved(context, afterCommit, 'room.added', decision.value);
        return decision.value;
      }),
    addBed: ({ roomId, label }, context) =>
      context.commit((afterCommit) => {
        const { wardId } = found(locations.findRoom(roomId), 'This room');
        const decision = addBed({ id: newId() as BedId, wardId, roomId, label }, locations.listBeds(wardId));
        if (!decision.ok) throw refused(decision.refusal, `This ward already has a bed ${label}.`);
        locations.saveBed(decision.value);
        saved(context, afterCommit, 'bed.added', decision.value);
        afterCommit(() => changed.bed(decision.value.id));
        return decision.value;
      }),
    removeBed: ({ bedId }, context) =>
      context.commit((afterCommit) => {
        const bed = found(locations.findBed(bedId), 'This bed');
        const occupied = deps.assignments.current({ bedId }) !== undefined;
        const decision = removeBed(bed, occupied, everUsed(deps, bedId));
        if (!decision.ok) throw refused(decision.refusal, removalWords(decision.refusal, bed));
        locations.removeBed(bedId);
        ledger.append(entryBy(context, clock(), { act: 'bed.removed', subject: bedId, before: bed, after: null }));
        afterCommit(() => {
          changed.locations();
          changed.bed(bedId);
        });
        return { ok: true };
      }),
  };
}

function everUsed({ assignments, devices }: LocationsDeps, bedId: BedId): boolean {
  return (
    assignments.listOf({ bedId }, 0, LAST_MOMENT).length > 0 || devices.tiesOf({ bedId }, 0, LAST_MOMENT).length > 0
  );
}

function removalWords(refusal: 'bed-occupied' | 'bed-has-history', bed: Bed): string {
  return refusal === 'bed-occupied'
    ? `Bed ${bed.label} is occupied. Nothing was removed.`
    : `Patients or devices have been at bed ${bed.label}; it stays so that their records stay whole.`;
}
