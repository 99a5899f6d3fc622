import type { BedId, EncounterId } from '#domain/ids.ts';
import { useAct } from '#renderer/client/board/use-act.ts';

/** How long a bed is kept, hours. */
export const HOURS = [
  { value: '1', label: '1 hour' },
  { value: '2', label: '2 hours' },
  { value: '4', label: '4 hours' },
  { value: '8', label: '8 hours' },
  { value: '12', label: '12 hours' },
  { value: '24', label: '24 hours' },
];

interface Reserving {
  readonly bedId: BedId;
  readonly encounterId: EncounterId;
  readonly hours: number;
}

/** Keeps a bed for somebody; undone by releasing it. */
export function useReserve(said: () => string, onDone: () => void) {
  return useAct((hub, input: Reserving) => hub.flow.reserve(input), {
    said,
    inverse:
      ({ reservationId }) =>
      (hub, idempotencyKey) =>
        hub.flow.release({ reservationId, idempotencyKey }),
    onDone,
  });
}
