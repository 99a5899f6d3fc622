import type { Store } from '#domain/clinic/store.ts';
import { bedsScanned, bedsTyped, type CalledBed } from '#domain/flow/bed-label.ts';
import type { Bed } from '#domain/location/location.ts';
import { refused } from './command.ts';

/** The bed of a label's code, or of its name as people type it. Refusals: unknown-code, several-beds. */
export function scannedBed({ locations }: Pick<Store, 'locations'>, code: string): Bed {
  for (const bedId of bedsScanned(code)) {
    const bed = locations.findBed(bedId);
    if (bed) return bed;
  }
  const wards = new Map(locations.listWards().map(({ id, name }) => [id, name]));
  const called = locations.listBeds().map((bed) => ({ ...bed, wardName: wards.get(bed.wardId) ?? '' }));
  const [bed, ...others] = bedsTyped(code, called);
  if (!bed)
    throw refused('unknown-code', 'This is not the code or the name of a bed of this clinic. Nothing was changed.');
  if (others.length > 0) throw refused('several-beds', severalWords([bed, ...others]));
  return bed;
}

function severalWords(beds: readonly [CalledBed, ...CalledBed[]]): string {
  const [{ label, wardName }] = beds;
  const names = beds.map((bed) => bed.wardName);
  const where = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const how =
    new Set(names).size < names.length ? 'Scan its label' : `Type the ward too, such as “${wardName} ${label}”`;
  return `Bed ${label} is in ${where}. ${how}. Nothing was changed.`;
}
