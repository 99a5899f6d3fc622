import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
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
    saveWard: ({ wardId, seen, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const ward = found(locations.findWard(wardId), 'This ward');
        const before = { ...PLAIN_WARD, ...areas.wardAttributes(wardId), ...ward };
        refuseChangedSince(before, named, seen, 'ward');
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

    saveRoom: ({ roomId, seen, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const room = found(locations.findRoom(roomId), 'This room');
        const before = { ...PLAIN_ROOM, ...bedStates.roomAttributes(roomId), ...room };
        refuseChangedSince(before, named, seen, 'room');
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

    saveBed: ({ bedId, seen, idempotencyKey: _, ...named }, context) =>
      context.commit((afterCommit) => {
        const bed = found(locations.findBed(bedId), 'This bed');
        const before = { ...PLAIN_BED, ...bedStates.bedAttributes(bedId), ...bed };
        refuseChangedSince(before, named, seen, 'bed');
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

const FIELD_WORDS: Readonly<Record<string, string>> = {
  siteId: 'site',
  sexRule: 'who may share it',
  isolationFor: 'isolation',
  ageFrom: 'youngest age',
  ageTo: 'oldest age',
};

/** Throws a conflict, with both versions, when a field to be changed is not as the caller saw it. */
function refuseChangedSince(
  before: object,
  named: object,
  seen: Readonly<Record<string, unknown>> | undefined,
  kind: keyof typeof KIND_WORDS,
): void {
  const [now, wanted] = [new Map(Object.entries(before)), new Map(Object.entries(named))];
  const changed = Object.entries(seen ?? {}).filter(
    ([name, value]) => wanted.has(name) && !same(now.get(name), value) && !same(now.get(name), wanted.get(name)),
  );
  if (changed.length === 0) return;
  const words = changed.map(
    ([name]) => `${FIELD_WORDS[name] ?? name} is now ${said(now.get(name))}, you wanted ${said(wanted.get(name))}`,
  );
  throw new ClinicError(
    'conflict',
    `Somebody else changed this ${kind} since you looked: ${words.join('; ')}. Nothing was saved.`,
    'changed-since',
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function said(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return value === null || value === undefined ? 'none' : String(value);
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
