import type { AreaId, BedId, EncounterId, PatientId } from '#domain/ids.ts';
import { admitsToBeds } from '#domain/location/area.ts';
import type { BoardRow } from '../board/board.ts';
import { useAct } from '../board/use-act.ts';
import type { Command } from '../hooks.ts';
import type { Records } from '../records.ts';
import { type PlaceOption, usePlaces } from './place-options.ts';

/** Bringing a patient to a place: an admission or a move, whichever the patient's way asks for. */
export interface Placing {
  readonly how: 'admit' | 'move';
  /** Whom, as the console may show them, and where to in words: `bed 7, Ward A`. */
  readonly name: string;
  readonly to: string;
  /** Of somebody expected or here; empty of one who has none yet. */
  readonly encounterId: EncounterId;
  readonly patientId: PatientId;
  /** The bed they were seen in, null in none: somebody may have moved them since. */
  readonly seenBedId?: BedId | null;
  readonly bedId?: BedId;
  readonly areaId?: AreaId;
  readonly at?: number;
  readonly overrideReason?: string;
}

/** The bed a row says its patient lies in; null: in none. */
export function bedSeen({ bedSince, place }: Pick<BoardRow, 'bedSince' | 'place'>): BedId | null {
  return bedSince === null ? null : (place?.bedId ?? null);
}

/** Brings a patient to a place, and offers to undo it. */
export function usePlacing(onDone?: () => void): Command<Placing, Records['encounters']['move']> {
  return useAct(
    (hub, { how, name: _name, to: _to, encounterId, patientId, seenBedId, ...rest }: Placing) => {
      if (how === 'move')
        return hub.encounters.move({ encounterId, ...(seenBedId === undefined ? {} : { seenBedId }), ...rest });
      return hub.encounters.admit({ patientId, ...(encounterId ? { encounterId } : {}), ...rest });
    },
    { said: ({ how, name, to }) => `${name} is ${how === 'admit' ? 'admitted to' : 'now in'} ${to}.`, onDone },
  );
}

/** Whether a place is reached by an admission: from announced, or from waiting into a bed that admits. */
export function useHow(): (row: BoardRow, place: Pick<PlaceOption, 'bedId' | 'wardId'>) => Placing['how'] {
  const wards = usePlaces().data?.wards;
  return (row, place) => {
    if (row.status === 'planned') return 'admit';
    if (row.admittedAt !== null || place.bedId === null) return 'move';
    const kind = wards?.find(({ id }) => id === place.wardId)?.kind;
    return kind === undefined || admitsToBeds(kind) ? 'admit' : 'move';
  };
}
