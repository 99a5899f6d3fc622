import { EQUIPMENT, ISOLATION_KINDS, SEX_RULES } from '../flow/bed-state.ts';
import type { AreaId, BedId, RoomId, WardId } from '../ids.ts';
import { AREA_KINDS, type Area, type Site, WARD_KINDS } from './area.ts';
import { labelKey } from './place.ts';
import { Shelf } from './place-shelf.ts';
import {
  type BedPlace,
  checkBed,
  PLAIN_BED,
  PLAIN_ROOM,
  PLAIN_WARD,
  type Places,
  type RoomPlace,
  type WardPlace,
} from './places.ts';
import { listCell, numberCell, optionalCell, SheetProblem, wordCell } from './sheet-cells.ts';
import { listClashes } from './sheet-clashes.ts';
import { type LineProblem, SHEET_KINDS, type SheetKind, type SheetLine } from './sheet-line.ts';

/** One place a sheet adds (`before` null) or changes. */
export type PlaceChange = { readonly line: number } & (
  | { readonly kind: 'site'; readonly before: Site | null; readonly after: Site }
  | { readonly kind: 'ward'; readonly before: WardPlace | null; readonly after: WardPlace }
  | { readonly kind: 'room'; readonly before: RoomPlace | null; readonly after: RoomPlace }
  | { readonly kind: 'bed'; readonly before: BedPlace | null; readonly after: BedPlace }
  | { readonly kind: 'area'; readonly before: Area | null; readonly after: Area }
);

export interface SheetPlan {
  /** In the order they must be saved. */
  readonly changes: readonly PlaceChange[];
  readonly unchanged: number;
  /** In line order. With any of them nothing may be saved. */
  readonly problems: readonly LineProblem[];
}

interface PlanDeps {
  readonly places: Places;
  /** Patients in each bed that has any. */
  readonly lying: ReadonlyMap<BedId, number>;
  readonly newId: () => string;
}

/**
 * What a sheet would add and change: sites first, then wards, rooms, beds and areas, whatever order its lines are in.
 * A place is known by its names from the ward down; `name` gives it a new one. A column left out changes nothing; an
 * empty cell takes an attribute away, or leaves it where there must be one.
 */
export function planSheet(lines: readonly SheetLine[], deps: PlanDeps): SheetPlan {
  const planner = new SheetPlanner(deps);
  const read = lines.map((line) => ({ line, is: kindOf(line) }));
  for (const kind of [...SHEET_KINDS, null]) for (const { line, is } of read) if (is === kind) planner.take(kind, line);
  return planner.plan();
}

function kindOf({ cells }: SheetLine): SheetKind | null {
  const word = labelKey(cells.get('kind') ?? '');
  return SHEET_KINDS.find((kind) => kind === word) ?? null;
}

class SheetPlanner {
  readonly #deps: PlanDeps;
  readonly #sites: Shelf<Site>;
  readonly #wards: Shelf<WardPlace>;
  readonly #rooms: Shelf<RoomPlace>;
  readonly #beds: Shelf<BedPlace>;
  readonly #areas: Shelf<Area>;
  readonly #changes: PlaceChange[] = [];
  readonly #problems: LineProblem[] = [];
  readonly #saidBy = new Map<string, number>();
  #unchanged = 0;

  constructor(deps: PlanDeps) {
    const { sites, wards, rooms, beds, areas } = deps.places;
    this.#deps = deps;
    this.#sites = new Shelf(sites, ({ name }) => name, labelKey);
    this.#wards = new Shelf(wards, ({ name }) => name, labelKey);
    this.#rooms = new Shelf(
      rooms,
      ({ label }) => label,
      (label, { wardId }) => within(wardId, label),
    );
    this.#beds = new Shelf(
      beds,
      ({ label }) => label,
      (label, { wardId }) => within(wardId, label),
    );
    this.#areas = new Shelf(
      areas,
      ({ name }) => name,
      (name, { wardId }) => within(wardId, name),
    );
  }

  take(kind: SheetKind | null, line: SheetLine): void {
    try {
      if (kind === null) throw new SheetProblem(kindWords(line.cells.get('kind') ?? ''));
      this.#change(kind, line);
    } catch (problem) {
      if (!(problem instanceof SheetProblem)) throw problem;
      this.#problems.push({ line: line.line, problem: problem.message });
    }
  }

  plan(): SheetPlan {
    const after = {
      sites: this.#sites.all(),
      wards: this.#wards.all(),
      rooms: this.#rooms.all(),
      beds: this.#beds.all(),
      areas: this.#areas.all(),
    };
    const clashes = listClashes(after, this.#changes);
    const problems = [...this.#problems, ...clashes].sort((left, right) => left.line - right.line);
    return { changes: this.#changes, unchanged: this.#unchanged, problems };
  }

  #change(kind: SheetKind, line: SheetLine): void {
    const change = this.#read(kind, line);
    const said = this.#saidBy.get(change.after.id);
    if (said !== undefined) throw new SheetProblem(`Line ${said} is about the same ${kind}.`);
    this.#saidBy.set(change.after.id, line.line);
    if (change.before && sameFacts(change.before, change.after)) this.#unchanged += 1;
    else {
      this.#changes.push(change);
      this.#shelve(change);
    }
  }

  #read(kind: SheetKind, line: SheetLine): PlaceChange {
    if (kind === 'site') return this.#site(line);
    if (kind === 'ward') return this.#ward(line);
    if (kind === 'room') return this.#room(line);
    return kind === 'bed' ? this.#bed(line) : this.#area(line);
  }

  #shelve(change: PlaceChange): void {
    if (change.kind === 'site') this.#sites.put(change.after);
    else if (change.kind === 'ward') this.#wards.put(change.after);
    else if (change.kind === 'room') this.#rooms.put(change.after);
    else if (change.kind === 'bed') this.#beds.put(change.after);
    else this.#areas.put(change.after);
  }

  #site({ line, cells }: SheetLine): PlaceChange {
    const { found: before, name } = this.#sites.seek(cells, 'site', labelKey);
    return { line, kind: 'site', before, after: { id: before?.id ?? this.#deps.newId(), name } };
  }

  #ward({ line, cells }: SheetLine): PlaceChange {
    const { found: before, name } = this.#wards.seek(cells, 'ward', labelKey);
    const base = before ?? { ...PLAIN_WARD, id: this.#deps.newId() as WardId };
    const siteId = optionalCell(cells, 'site', base.siteId, (word) => this.#siteOf(word));
    const kind = wordCell(cells, 'wardKind', WARD_KINDS, base.kind);
    const code = optionalCell(cells, 'code', base.code, (word) => word);
    return { line, kind: 'ward', before, after: confirmed(before, { ...base, name, kind, siteId, code }) };
  }

  #room({ line, cells }: SheetLine): PlaceChange {
    const ward = this.#wardOf(cells);
    const { found: before, name } = this.#rooms.seek(cells, 'room', (label) => within(ward.id, label));
    const base = before ?? { ...PLAIN_ROOM, id: this.#deps.newId() as RoomId, wardId: ward.id };
    const after = {
      ...base,
      label: name,
      sexRule: wordCell(cells, 'sexRule', SEX_RULES, base.sexRule),
      isolationFor: listCell(cells, 'isolationFor', ISOLATION_KINDS, base.isolationFor),
      code: optionalCell(cells, 'code', base.code, (word) => word),
    };
    return { line, kind: 'room', before, after: confirmed(before, after) };
  }

  #bed({ line, cells }: SheetLine): PlaceChange {
    const ward = this.#wardOf(cells);
    const { found: before, name } = this.#beds.seek(cells, 'bed', (label) => within(ward.id, label));
    const roomId = this.#roomOf(ward, cells, before);
    const base = before ?? { ...PLAIN_BED, id: this.#deps.newId() as BedId, wardId: ward.id, roomId };
    const after = {
      ...base,
      roomId,
      label: name,
      equipment: listCell(cells, 'equipment', EQUIPMENT, base.equipment),
      ageFrom: numberCell(cells, 'ageFrom', [0, 130], base.ageFrom),
      ageTo: numberCell(cells, 'ageTo', [0, 130], base.ageTo),
      places: numberCell(cells, 'places', [1, 4], base.places) ?? base.places,
      code: optionalCell(cells, 'code', base.code, (word) => word),
    };
    const decision = checkBed(after, this.#deps.lying.get(after.id) ?? 0);
    if (!decision.ok) throw new SheetProblem(BED_WORDS[decision.refusal]);
    return { line, kind: 'bed', before, after: confirmed(before, after) };
  }

  #area({ line, cells }: SheetLine): PlaceChange {
    const ward = cells.get('ward') ? this.#wardOf(cells) : null;
    const wardId = ward?.id ?? null;
    const { found: before, name } = this.#areas.seek(cells, 'area', (word) => within(wardId, word));
    const base = before ?? { id: this.#deps.newId() as AreaId, kind: 'waiting' as const, code: null };
    const kind = wordCell(cells, 'areaKind', AREA_KINDS, base.kind);
    const code = optionalCell(cells, 'code', base.code, (word) => word);
    return { line, kind: 'area', before, after: { ...base, wardId, name, kind, code } };
  }

  #siteOf(name: string): string {
    const site = this.#sites.find(labelKey(name));
    if (!site) throw new SheetProblem(`There is no site ${name}: give it a line of kind site.`);
    return site.id;
  }

  #wardOf(cells: SheetLine['cells']): WardPlace {
    const name = cells.get('ward') ?? '';
    if (name === '') throw new SheetProblem('The ward is missing.');
    const ward = this.#wards.find(labelKey(name));
    if (!ward) throw new SheetProblem(`There is no ward ${name}: give it a line of kind ward.`);
    const site = cells.get('site') ?? '';
    if (site !== '' && ward.siteId !== this.#siteOf(site))
      throw new SheetProblem(`Ward ${name} is not in site ${site}.`);
    return ward;
  }

  #roomOf(ward: WardPlace, cells: SheetLine['cells'], bed: BedPlace | null): RoomId {
    const label = cells.get('room') ?? '';
    if (label === '' && bed) return bed.roomId;
    if (label === '') throw new SheetProblem('The room is missing.');
    const room = this.#rooms.find(within(ward.id, label));
    if (!room) throw new SheetProblem(`There is no room ${label} in ward ${ward.name}: give it a line of kind room.`);
    return room.id;
  }
}

const BED_WORDS = {
  'age-out-of-order': 'ageFrom is above ageTo.',
  'places-in-use': 'More patients lie in this bed now than it would have places.',
} as const;

function within(wardId: WardId | null, label: string): string {
  return `${wardId ?? ''}\n${labelKey(label)}`;
}

/** A person who changes a place the feed made has looked at it. */
function confirmed<Place extends { readonly fromFeed: boolean }>(before: Place | null, after: Place): Place {
  return before && sameFacts(before, after) ? after : { ...after, fromFeed: false };
}

function sameFacts(before: object, after: object): boolean {
  const facts = (place: object) =>
    JSON.stringify(Object.entries(place).sort(([one], [other]) => (one < other ? -1 : 1)));
  return facts(before) === facts(after);
}

function kindWords(word: string): string {
  const kinds = SHEET_KINDS.join(', ');
  return word === '' ? `The kind is missing: one of ${kinds}.` : `The kind ${word} is not one of ${kinds}.`;
}
