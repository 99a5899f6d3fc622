import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import {
  checkBed,
  checkNaming,
  labelled,
  type Naming,
  type NamingRefusal,
  PLAIN_BED,
  PLAIN_ROOM,
  PLAIN_WARD,
  unitNamings,
} from '#domain/location/places.ts';
import { entryBy, found, refused } from './command.ts';
import {
  allowArea,
  countLying,
  type LocationsDeps,
  readPlaces,
  saveBedPlace,
  saveRoomPlace,
  saveWardPlace,
} from './locations-store.ts';

/** Changes what places are called and good for; what a call does not name stays as it is. */
export function createPlaceSaving(
  deps: LocationsDeps,
): Pick<HandlersOf<typeof contract.locations>, 'saveWard' | 'saveRoom' | 'saveBed' | 'saveArea'> {
  const { locations, areas, bedStates, ledger, clock, changed } = deps;
  return {
    saveWard: ({ wardId, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const ward = found(locations.findWard(wardId), 'This ward');
        const before = { ...PLAIN_WARD, ...areas.wardAttributes(wardId), ...ward };
        const after = { ...before, ...onlyNamed(named), fromFeed: false };
        if (after.siteId !== null)
          found(
            areas.listSites().find(({ id }) => id === after.siteId),
            'This site',
          );
        const places = readPlaces(deps);
        allowNaming(after, 'ward', { names: places.wards, codes: unitNamings(places) });
        saveWardPlace(deps, after);
        ledger.append(entryBy(context, clock(), { act: 'ward.saved', subject: wardId, before, after }));
        afterCommit(() => changed.locations());
        return after;
      }),

    saveRoom: ({ roomId, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const room = found(locations.findRoom(roomId), 'This room');
        const before = { ...PLAIN_ROOM, ...bedStates.roomAttributes(roomId), ...room };
        const after = { ...before, ...onlyNamed(named), fromFeed: false };
        const rooms = readPlaces(deps)
          .rooms.filter(({ wardId }) => wardId === room.wardId)
          .map(labelled);
        allowNaming(labelled(after), 'room', { names: rooms, codes: rooms });
        saveRoomPlace(deps, after);
        ledger.append(entryBy(context, clock(), { act: 'room.saved', subject: roomId, before, after }));
        afterCommit(() => changed.locations());
        return after;
      }),

    saveBed: ({ bedId, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const bed = found(locations.findBed(bedId), 'This bed');
        const before = { ...PLAIN_BED, ...bedStates.bedAttributes(bedId), ...bed };
        const after = { ...before, ...onlyNamed(named), fromFeed: false };
        const beds = readPlaces(deps).beds.filter(({ wardId }) => wardId === bed.wardId);
        const inRoom = beds.filter(({ roomId }) => roomId === bed.roomId);
        allowNaming(labelled(after), 'bed', { names: beds.map(labelled), codes: inRoom.map(labelled) });
        const decision = checkBed(after, countLying(deps).get(bedId) ?? 0);
        if (!decision.ok) throw refused(decision.refusal, BED_WORDS[decision.refusal]);
        saveBedPlace(deps, after);
        ledger.append(entryBy(context, clock(), { act: 'bed.saved', subject: bedId, before, after }));
        afterCommit(() => {
          changed.locations();
          changed.bedState(bedId);
        });
        return after;
      }),

    saveArea: ({ areaId, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const before = found(areas.findArea(areaId), 'This area');
        const after = { ...before, ...onlyNamed(named) };
        if (after.wardId !== null) found(locations.findWard(after.wardId), 'This ward');
        allowArea(deps, after);
        areas.saveArea(after);
        ledger.append(entryBy(context, clock(), { act: 'area.saved', subject: areaId, before, after }));
        afterCommit(() => changed.locations());
        return after;
      }),
  };
}

const BED_WORDS = {
  'age-out-of-order': 'The lowest age is above the highest. Nothing was saved.',
  'places-in-use': 'More patients lie in this bed now than it would have places. Nothing was saved.',
} as const;

const KIND_WORDS = { ward: 'ward', room: 'room of this ward', bed: 'bed there' } as const;

function allowNaming(
  place: Naming,
  kind: keyof typeof KIND_WORDS,
  neighbours: { readonly names: readonly Naming[]; readonly codes: readonly Naming[] },
): void {
  const decision = checkNaming(place, neighbours);
  if (decision.ok) return;
  const refusals: Record<NamingRefusal, [string, string]> = {
    'name-taken': [kind === 'ward' ? 'name-taken' : 'label-taken', `is called ${place.name}`],
    'code-taken': ['code-taken', `has the code ${place.code ?? place.name}`],
  };
  const [refusal, words] = refusals[decision.refusal];
  throw refused(refusal, `Another ${KIND_WORDS[kind]} ${words}. Nothing was saved.`);
}

type Named<Fields extends object> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** The fields a call gave; one left out or undefined changes nothing. */
function onlyNamed<Fields extends object>(fields: Fields): Partial<Named<Fields>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Named<Fields>
  >;
}
