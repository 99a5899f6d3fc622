import { labelKey } from './place.ts';
import type { PlaceChange } from './place-sheet.ts';
import { codeKey, labelled, type Naming, type Places, unitNamings } from './places.ts';
import type { LineProblem } from './sheet-line.ts';

/** Lines after which two places could no longer be told apart, by people or by messages; `places` as they would be. */
export function listClashes(places: Places, changes: readonly PlaceChange[]): LineProblem[] {
  const lineOf = new Map(changes.map(({ after, line }) => [after.id as string, line]));
  const names = new Map<string, Naming[]>();
  const codes = new Map<string, Naming[]>();
  const add = (to: Map<string, Naming[]>, scope: string, key: string, naming: Naming) => {
    const full = `${scope}\n${key}`;
    const group = to.get(full);
    if (group) group.push(naming);
    else to.set(full, [naming]);
  };
  for (const site of places.sites) add(names, 'site', labelKey(site.name), { ...site, code: null });
  for (const ward of places.wards) add(names, 'ward', labelKey(ward.name), ward);
  for (const unit of unitNamings(places)) add(codes, 'unit', codeKey(unit), unit);
  for (const room of places.rooms) {
    add(names, `room ${room.wardId}`, labelKey(room.label), labelled(room));
    add(codes, `room ${room.wardId}`, codeKey(labelled(room)), labelled(room));
  }
  for (const bed of places.beds) {
    add(names, `bed ${bed.wardId}`, labelKey(bed.label), labelled(bed));
    add(codes, `bed ${bed.roomId}`, codeKey(labelled(bed)), labelled(bed));
  }
  for (const area of places.areas) add(names, `area ${area.wardId ?? ''}`, labelKey(area.name), area);
  const told = new Set<string>();
  const clash = (what: 'name' | 'code') => (group: readonly Naming[]) =>
    group.flatMap((naming) => {
      const line = lineOf.get(naming.id);
      const other = group.find(({ id }) => id !== naming.id);
      if (line === undefined || !other || told.has(naming.id)) return [];
      told.add(naming.id);
      return [{ line, problem: clashWords(what, naming, other) }];
    });
  return [...[...names.values()].flatMap(clash('name')), ...[...codes.values()].flatMap(clash('code'))];
}

function clashWords(what: 'name' | 'code', naming: Naming, other: Naming): string {
  if (what === 'name') return `Another place beside it is called ${other.name}.`;
  return `The code ${naming.code ?? naming.name} is that of ${other.name}.`;
}
