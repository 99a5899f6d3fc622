import type { Store } from '#domain/clinic/store.ts';
import { sameLabel } from '#domain/location/place.ts';
import { type Problem, shown } from './row.ts';
import type { Visit } from './visit.ts';

/** How a visit that is there already differs from what a file says of it now; undefined: not at all. */
export function differsFromKept(
  { flow, encounters, locations }: Pick<Store, 'flow' | 'encounters' | 'locations'>,
  { visit, stays, outcome }: Visit,
): Omit<Problem, 'column'> | undefined {
  const [encounterId] = flow.findByVisit(visit);
  const encounter = encounterId && encounters.find(encounterId);
  const [first, last] = [stays[0], stays.at(-1)];
  if (!encounterId || !encounter || !first || !last) return undefined;
  const told = { line: first.line, value: shown(visit) };
  // A stay of no length is kept as the shortest there is.
  const left = Math.max(...stays.map(({ to }) => to), first.from + 1);
  if (encounter.admittedAt !== first.from || encounter.dischargedAt !== left)
    return { ...told, what: 'is there already, with other times; it stays as it is' };
  const wards = new Map(locations.listWards().map(({ id, name }) => [id, name]));
  const kept = flow.listPlaceStays(encounterId).map(({ place }) => (place.wardId && wards.get(place.wardId)) ?? '');
  const named = stays.filter(({ from, to }) => to > from).map(({ ward }) => ward);
  const same = kept.every((ward) => ward === '' || named.length === 0 || named.some((name) => sameLabel(name, ward)));
  if (!same) return { ...told, what: 'is there already, in other wards; it stays as it is' };
  if (flow.summary(encounterId)?.outcome === outcome) return undefined;
  return { ...told, what: 'is there already, with another outcome; it stays as it is' };
}
