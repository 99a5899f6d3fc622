import { SheetProblem } from './sheet-cells.ts';
import type { SheetColumn } from './sheet-line.ts';

const LONGEST = { site: 60, ward: 60, room: 20, bed: 20, area: 60 } as const;

/** Places of one kind by what people call them; one renamed is found by either name. */
export class Shelf<Place extends { readonly id: string }> {
  readonly #byKey = new Map<string, Place['id']>();
  readonly #byId = new Map<string, Place>();
  readonly #nameOf: (place: Place) => string;
  readonly #keyOf: (name: string, place: Place) => string;

  constructor(
    places: readonly Place[],
    nameOf: (place: Place) => string,
    keyOf: (name: string, place: Place) => string,
  ) {
    this.#nameOf = nameOf;
    this.#keyOf = keyOf;
    for (const place of places) this.put(place);
  }

  put(place: Place): void {
    this.#byId.set(place.id, place);
    const key = this.#keyOf(this.#nameOf(place), place);
    if (!this.#byKey.has(key)) this.#byKey.set(key, place.id);
  }

  find(key: string): Place | null {
    return this.#byId.get(this.#byKey.get(key) ?? '') ?? null;
  }

  all(): Place[] {
    return [...this.#byId.values()];
  }

  /** The place a line is about, and the name it is to have: the one under `name`, else the one it is known by. */
  seek(
    cells: ReadonlyMap<SheetColumn, string>,
    column: 'site' | 'ward' | 'room' | 'bed' | 'area',
    keyOf: (name: string) => string,
  ): { found: Place | null; name: string } {
    const known = cells.get(column) ?? '';
    const wanted = cells.get('name') ?? '';
    if (wanted === '' && known === '') throw new SheetProblem(`The ${column} is missing.`);
    const found = (known === '' ? null : this.find(keyOf(known))) ?? (wanted === '' ? null : this.find(keyOf(wanted)));
    const name = wanted || (found ? this.#nameOf(found) : known);
    const longest = LONGEST[column];
    // What is kept already, perhaps from the feed, may stay as long as it is.
    if ((!found || wanted !== '') && name.length > longest)
      throw new SheetProblem(`The name of a ${column} has at most ${longest} characters.`);
    return { found, name };
  }
}
