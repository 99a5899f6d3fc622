import type { ColDef } from 'ag-grid-community';
import type { Pending } from '#renderer/client/board/board-lists.ts';
import { URGENCY_WORDS } from '#renderer/client/board/board-words.ts';
import { EQUIPMENT_WORDS, ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { momentColumn } from '#renderer/ui/grid/column.ts';
import type { ColumnWorld } from './people-columns.ts';

/** Columns of the beds that are asked for. */
export function requestColumns({ zone, wardName, called }: ColumnWorld): ColDef<Pending>[] {
  const text = (
    colId: string,
    headerName: string,
    words: (pending: Pending) => string,
    rest: ColDef<Pending> = {},
  ) => ({
    colId,
    headerName,
    valueGetter: ({ data }: { data?: Pending | undefined }) => (data ? words(data) : ''),
    width: 130,
    ...rest,
  });
  return [
    text('patient', 'Patient', ({ row }) => called(row), { flex: 1, minWidth: 170 }),
    text('place', 'Is in', ({ row }) => row.placeWords, { width: 200 }),
    text('to', 'Asked of', ({ request }) => (request.wardId ? wardName(request.wardId) : 'Any ward that fits'), {
      width: 150,
    }),
    text('urgency', 'Urgency', ({ request }) => URGENCY_WORDS[request.urgency], {
      comparator: (_one, _other, left, right) => rank(left.data) - rank(right.data),
    }),
    text('state', 'Answer', ({ request }) => (request.state === 'accepted' ? 'Accepted' : 'Not answered yet')),
    text('needs', 'Needs', needsWords, { width: 150 }),
    text('reason', 'Reason', ({ request }) => request.reason, { flex: 1, minWidth: 140 }),
    momentColumn({ colId: 'asked', headerName: 'Asked', at: ({ request }: Pending) => request.requestedAt, zone }),
    momentColumn({ colId: 'decided', headerName: 'Answered', at: ({ request }: Pending) => request.decidedAt, zone }),
  ];
}

function needsWords({ request: { needs } }: Pending): string {
  const isolation = needs.isolation ? [`${ISOLATION_WORDS[needs.isolation]} isolation`] : [];
  return [...isolation, ...needs.equipment.map((one) => EQUIPMENT_WORDS[one])].join(', ');
}

const RANKS = ['routine', 'urgent', 'emergency'];
const rank = (pending: Pending | undefined): number => RANKS.indexOf(pending?.request.urgency ?? 'routine');
