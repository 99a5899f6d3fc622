import type { BoardRow } from '#renderer/client/board/board.ts';

/** Orders a list of discharges can be in. */
export const DISCHARGE_ORDERS = [
  { value: 'time', label: 'By expected time' },
  { value: 'ready', label: 'Longest ready first' },
  { value: 'place', label: 'By ward and bed' },
  { value: 'waits', label: 'By what it waits for' },
] as const;
export type DischargeOrder = (typeof DISCHARGE_ORDERS)[number]['value'];

const plain = new Intl.Collator('en', { numeric: true });

/** The rows in an order; those by time come so from the board. */
export function inOrder(rows: readonly BoardRow[], order: DischargeOrder): readonly BoardRow[] {
  const last = Number.POSITIVE_INFINITY;
  switch (order) {
    case 'time':
      return rows;
    case 'ready':
      return [...rows].sort(
        (one, other) =>
          (one.medicallyReadyAt ?? last) - (other.medicallyReadyAt ?? last) ||
          (one.dischargeOrderedAt ?? last) - (other.dischargeOrderedAt ?? last) ||
          0,
      );
    case 'place':
      return [...rows].sort((one, other) => plain.compare(one.placeWords, other.placeWords));
    case 'waits':
      return [...rows].sort(
        (one, other) =>
          Number(one.waitingFor === null) - Number(other.waitingFor === null) ||
          plain.compare(one.waitingFor ?? '', other.waitingFor ?? ''),
      );
  }
}
