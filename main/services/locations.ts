import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { AreaId, BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Area, Site } from '#domain/location/area.ts';
import type { Bed, Room, Ward } from '#domain/location/location.ts';
import { addBed, addRoom, addWard, removeBed, sameLabel } from '#domain/location/place.ts';
import { removeArea } from '#domain/location/places.ts';
import { entryBy, found, refused } from './command.ts';
import { createPlaceSaving } from './locations-saving.ts';
import { allowArea, type LocationsDeps, readPlaces } from './locations-store.ts';
import { createPlaceSheets } from './place-sheets.ts';

type AfterCommit = (tell: () => void) => void;

/** The places of the clinic: sites, wards, rooms, beds, and areas without beds. */
export function createLocations(deps: LocationsDeps): HandlersOf<typeof contract.locations> {
  const { locations } = deps;
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
    tree: () => readPlaces(deps),
    ...adding(deps),
    ...createPlaceSaving(deps),
    ...removing(deps),
    ...createPlaceSheets(deps),
  };
}

type Locations = HandlersOf<typeof contract.locations>;

function adding(deps: LocationsDeps): Pick<Locations, 'addWard' | 'addRoom' | 'addBed' | 'addSite' | 'addArea'> {
  const { locations, areas, ledger, clock, newId, changed } = deps;
  const saved = (
    context: CallContext,
    afterCommit: AfterCommit,
    act: string,
    after: Ward | Room | Bed | Site | Area,
  ): void => {
    ledger.append(entryBy(context, clock(), { act, subject: after.id, before: null, after }));
    afterCommit(() => changed.locations());
  };
  return {
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
    addSite: ({ name }, context) =>
      context.commit((afterCommit) => {
        if (areas.listSites().some((site) => sameLabel(site.name, name)))
          throw refused('name-taken', `There is already a site called ${name}.`);
        const site = { id: newId(), name };
        areas.saveSite(site);
        saved(context, afterCommit, 'site.added', site);
        return site;
      }),
    addArea: ({ name, kind, wardId, code = null }, context) =>
      context.commit((afterCommit) => {
        if (wardId !== null) found(locations.findWard(wardId), 'This ward');
        const area = { id: newId() as AreaId, wardId, name, kind, code };
        allowArea(deps, area);
        areas.saveArea(area);
        saved(context, afterCommit, 'area.added', area);
        return area;
      }),
  };
}

function removing(deps: LocationsDeps): Pick<Locations, 'removeBed' | 'removeArea'> {
  const { locations, areas, assignments, flow, ledger, clock, changed } = deps;
  return {
    removeBed: ({ bedId }, context) =>
      context.commit((afterCommit) => {
        const bed = found(locations.findBed(bedId), 'This bed');
        const occupied = assignments.current({ bedId }) !== undefined;
        const decision = removeBed(bed, occupied, locations.everUsed(bedId));
        if (!decision.ok) throw refused(decision.refusal, removalWords(decision.refusal, bed));
        locations.removeBed(bedId);
        ledger.append(entryBy(context, clock(), { act: 'bed.removed', subject: bedId, before: bed, after: null }));
        afterCommit(() => {
          changed.locations();
          changed.bed(bedId);
        });
        return { ok: true };
      }),
    removeArea: ({ areaId }, context) =>
      context.commit((afterCommit) => {
        const area = found(areas.findArea(areaId), 'This area');
        const inUse = flow
          .listOpenSummaries()
          .some(({ place, away }) => place?.areaId === areaId || away?.place?.areaId === areaId);
        const decision = removeArea(area, inUse, areas.everUsed(areaId));
        if (!decision.ok) throw refused(decision.refusal, areaWords(decision.refusal, area));
        areas.removeArea(areaId);
        ledger.append(entryBy(context, clock(), { act: 'area.removed', subject: areaId, before: area, after: null }));
        afterCommit(() => changed.locations());
        return { ok: true };
      }),
  };
}

function removalWords(refusal: 'bed-occupied' | 'bed-has-history', bed: Bed): string {
  return refusal === 'bed-occupied'
    ? `Bed ${bed.label} is occupied. Nothing was removed.`
    : `Patients or devices have been at bed ${bed.label}; it stays so that their records stay whole.`;
}

function areaWords(refusal: 'area-in-use' | 'area-has-history', area: Area): string {
  return refusal === 'area-in-use'
    ? `Somebody is in ${area.name} now. Nothing was removed.`
    : `Patients have been in ${area.name}; it stays so that their records stay whole.`;
}
