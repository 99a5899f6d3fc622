import { memo } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { ageAndSex } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { useBoardDay } from '../board/board-day.ts';
import { goingWords } from '../board/tile-lines.ts';
import { Since } from '../parts/Clock.tsx';
import { NewsMark } from '../parts/NewsMark.tsx';
import table from '../parts/PeopleTable.module.css';
import { PERSON_LINE } from '../parts/PersonLine.tsx';
import { TriageMark } from '../parts/TriageMark.tsx';
import { WaitBar } from '../parts/WaitBar.tsx';

interface WaitingTableProps {
  readonly caption: string;
  readonly rows: readonly BoardRow[];
  readonly openId: EncounterId | undefined;
  readonly onOpen: (row: BoardRow) => void;
}

/** People who wait, one a line, who must be seen first on top. */
export function WaitingTable({ caption, rows, openId, onOpen }: WaitingTableProps) {
  return (
    <table className={table.table}>
      <caption>
        {caption} <strong>{rows.length}</strong>
      </caption>
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col">Patient</th>
          <th scope="col">Reason</th>
          <th scope="col">NEWS2</th>
          <th scope="col">Here</th>
          <th scope="col">Against the target</th>
          <th scope="col" className={table.minor}>
            Where
          </th>
          <th scope="col">Next</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <WaitingRow key={row.encounterId} row={row} open={row.encounterId === openId} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface WaitingRowProps {
  readonly row: BoardRow;
  readonly open: boolean;
  readonly onOpen: (row: BoardRow) => void;
}

const WaitingRow = memo(function WaitingRow({ row, open, onOpen }: WaitingRowProps) {
  const called = useCalled();
  const { zone, dayEnd } = useBoardDay();
  const scope = useBoardScope();
  const request = useBoardAs(scope, (board) => board.requestOf.get(row.encounterId));
  const wards = useBoardAs(scope, (board) => board.wards) ?? [];
  const wardName = (id: string | null) => wards.find((ward) => ward.id === id)?.name ?? 'any ward';
  const decided = row.admissionDecidedAt === null ? '' : 'To be admitted';
  const next = [decided, goingWords(row, request, wardName)].filter(Boolean).join(' ');
  return (
    <tr data-open={open || undefined}>
      <td>
        <TriageMark triage={row.triage} full />
      </td>
      <th scope="row">
        <button type="button" onClick={() => onOpen(row)} {...{ [PERSON_LINE]: row.encounterId }}>
          {called(row) ?? 'Patient'}
        </button>
        <small>{ageAndSex(row)}</small>
      </th>
      <td>{row.reason ?? ''}</td>
      <td>
        <NewsMark news={row.news} />
      </td>
      <td>
        {row.arrivedAt !== null && (
          <>
            <Since at={row.arrivedAt} />{' '}
            <small className={table.minor}>since {sayMoment(row.arrivedAt, dayEnd - 1, zone)}</small>
          </>
        )}
      </td>
      <td>
        <WaitBar row={row} />
      </td>
      <td className={table.minor}>{row.placeWords}</td>
      <td>{next}</td>
    </tr>
  );
});
