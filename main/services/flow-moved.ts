import type { Store } from '#domain/clinic/store.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { refused } from './command.ts';
import { nameOf } from './flow-history.ts';
import { placeWords } from './places-of.ts';

type Deps = Pick<Store, 'assignments' | 'flow' | 'locations' | 'areas' | 'users'>;

/** Refuses `moved-since` when a patient is not where the caller saw them; undefined: the caller does not say. */
export function refuseMovedSince(deps: Deps, encounterId: EncounterId, seenBedId: BedId | null | undefined): void {
  const { assignments, flow, locations } = deps;
  const bedId = assignments.current({ encounterId })?.bedId ?? null;
  if (seenBedId === undefined || seenBedId === bedId) return;
  const bed = bedId === null ? undefined : locations.findBed(bedId);
  const place = bed
    ? { wardId: bed.wardId, roomId: bed.roomId, bedId: bed.id, areaId: null }
    : flow.summary(encounterId)?.place;
  const where = place ? placeWords(deps, place) : '';
  const by = lastActor(deps, encounterId);
  throw refused(
    'moved-since',
    `This patient was moved since you looked${by ? `, by ${nameOf(deps, by)}` : ''}, and is now ${
      where === '' ? 'in no bed' : `in ${where}`
    }. Nothing was changed.`,
  );
}

/** Who last said, or took back, where a patient is. */
function lastActor({ flow }: Deps, encounterId: EncounterId): string | undefined {
  const said = flow
    .listOf(encounterId)
    .filter(({ step }) => 'place' in step || step.kind === 'discharged')
    .map(({ voided, recordedAt, actor }) =>
      voided ? { at: voided.at, by: voided.by } : { at: recordedAt, by: actor },
    );
  return said.reduce<(typeof said)[number] | undefined>(
    (last, each) => (last && last.at > each.at ? last : each),
    undefined,
  )?.by;
}
