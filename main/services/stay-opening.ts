import type { Store } from '#domain/clinic/store.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { PatientId } from '#domain/ids.ts';
import { DAY_MS } from '#domain/time.ts';

/**
 * The encounter an admission goes on: of somebody who arrived and waits, else of somebody expected about now. A plan for
 * another day stays a plan.
 */
export function openingFor(
  deps: Pick<Store, 'encounters' | 'flow'>,
  patientId: PatientId,
  now: number,
): Encounter | undefined {
  const stays = deps.encounters.listByPatient(patientId);
  const waiting = stays.find((stay) => ongoing(stay) && deps.flow.summary(stay.id)?.admittedAt === null);
  return waiting ?? expectedAbout(deps, stays, now);
}

/** Of several plans the nearest to now, within a day. */
export function expectedAbout(
  { flow }: Pick<Store, 'flow'>,
  stays: readonly Encounter[],
  now: number,
): Encounter | undefined {
  const away = ({ id }: Encounter) => Math.abs((flow.summary(id)?.expectedAt ?? now) - now);
  return stays
    .filter((stay) => stay.status === 'planned' && away(stay) <= DAY_MS)
    .sort((one, other) => away(one) - away(other))[0];
}
