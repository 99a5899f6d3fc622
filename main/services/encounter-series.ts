import type { Store } from '#domain/clinic/store.ts';
import type { DeviceTie } from '#domain/device/device.ts';
import { overlap, type Span, spanOf, staySpan, tiedDuring } from '#domain/encounter/stay.ts';
import type { DeviceId, EncounterId } from '#domain/ids.ts';
import { found } from './command.ts';

type SeriesDeps = Pick<Store, 'encounters' | 'assignments' | 'devices'>;

/** A device's numbers over `[from, to)` belong to a stay. */
export interface EncounterSeries extends Span {
  readonly deviceId: DeviceId;
  /** `encounter`: tied to the patient, and preferred where two devices speak at once; `bed`: tied to the bed held. */
  readonly tiedTo: 'encounter' | 'bed';
}

/** Answers which devices' numbers belong to a stay over `[from, to)`: patient's own devices first, then by beginning. */
export type SeriesOf = (encounterId: EncounterId, from: number, to: number) => EncounterSeries[];

/**
 * A device at a bed counts while the patient held the bed alone: in a shared one nobody knows whose its numbers are; one on the patient while it was tied; neither before
 * admission nor after discharge.
 */
export function createSeriesOf({ encounters, assignments, devices }: SeriesDeps): SeriesOf {
  return (encounterId, from, to) => {
    const stay = overlap(staySpan(found(encounters.find(encounterId), 'This stay')), { from, to });
    if (!stay) return [];
    const series = (ties: readonly DeviceTie[], held: Span, tiedTo: EncounterSeries['tiedTo']): EncounterSeries[] =>
      ties.flatMap((tie) => {
        const span = tiedDuring(tie, held, stay);
        return span ? [{ deviceId: tie.deviceId, ...span, tiedTo }] : [];
      });
    const own = series(devices.tiesOf({ encounterId }, stay.from, stay.to), stay, 'encounter');
    const atBeds = assignments.listOf({ encounterId }, stay.from, stay.to).flatMap((held) => {
      const ties = devices.tiesOf({ bedId: held.bedId }, stay.from, stay.to);
      const others = ties.length === 0 ? [] : assignments.listOf({ bedId: held.bedId }, stay.from, stay.to);
      const shared = others.filter((other) => other.encounterId !== encounterId).map(spanOf);
      return without(spanOf(held), shared).flatMap((alone) => series(ties, alone, 'bed'));
    });
    return [...own, ...atBeds].sort(byPreference);
  };
}

/** What is left of a span, in order, once others are taken out of it. */
function without(span: Span, taken: readonly Span[]): Span[] {
  let left = [span];
  for (const { from, to } of taken) {
    left = left.flatMap((part) =>
      [overlap(part, { from: part.from, to: from }), overlap(part, { from: to, to: part.to })].flatMap(
        (rest) => rest ?? [],
      ),
    );
  }
  return left;
}

function byPreference(one: EncounterSeries, other: EncounterSeries): number {
  if (one.tiedTo !== other.tiedTo) return one.tiedTo === 'encounter' ? -1 : 1;
  return one.from - other.from || (one.deviceId < other.deviceId ? -1 : 1);
}
