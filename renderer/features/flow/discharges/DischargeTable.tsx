import { memo } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { ageAndSex } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { useBoardDay } from '../board/board-day.ts';
import { Due, Since } from '../parts/Clock.tsx';
import table from '../parts/PeopleTable.module.css';
import { PERSON_LINE } from '../parts/PersonLine.tsx';

interface DischargeTableProps {
  readonly rows: readonly BoardRow[];
  readonly openId: EncounterId | undefined;
  readonly onOpen: (row: BoardRow) => void;
}

/** People who are meant to leave, one a line. */
export function DischargeTable({ rows, openId, onOpen }: DischargeTableProps) {
  return (
    <table className={table.table}>
      <caption className="visually-hidden">Discharges</caption>
      <thead>
        <tr>
          <th scope="col">Bed</th>
          <th scope="col">Patient</th>
          <th scope="col">Expected to leave</th>
          <th scope="col">Ordered</th>
          <th scope="col">Medically ready</th>
          <th scope="col">Waits for</th>
          <th scope="col" className={table.minor}>
            Here for
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <DischargeRow key={row.encounterId} row={row} open={row.encounterId === openId} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface DischargeRowProps {
  readonly row: BoardRow;
  readonly open: boolean;
  readonly onOpen: (row: BoardRow) => void;
}

const DischargeRow = memo(function DischargeRow({ row, open, onOpen }: DischargeRowProps) {
  const called = useCalled();
  const { zone, dayEnd } = useBoardDay();
  const say = (at: number) => sayMoment(at, dayEnd - 1, zone);
  const since = (at: number | null) =>
    at === null ? (
      ''
    ) : (
      <>
        {say(at)}{' '}
        <small>
          (<Since at={at} />)
        </small>
      </>
    );
  return (
    <tr data-open={open || undefined}>
      <td>{row.placeWords}</td>
      <th scope="row">
        <button type="button" onClick={() => onOpen(row)} {...{ [PERSON_LINE]: row.encounterId }}>
          {called(row) ?? 'Patient'}
        </button>
        <small>{ageAndSex(row)}</small>
      </th>
      <td>
        {row.expectedDischargeAt === null ? (
          'No time said'
        ) : (
          <>
            {say(row.expectedDischargeAt)}{' '}
            <small>
              <Due at={row.expectedDischargeAt} />
            </small>
          </>
        )}
      </td>
      <td>{since(row.dischargeOrderedAt) || 'Not ordered'}</td>
      <td>{since(row.medicallyReadyAt) || 'Not yet'}</td>
      <td>{row.waitingFor ?? ''}</td>
      <td className={table.minor}>
        <Since at={row.admittedAt ?? row.arrivedAt ?? row.bedSince ?? 0} /> <small>{inBedWords(row, say)}</small>
      </td>
    </tr>
  );
});

/** Since when in the present bed, where that is not since they came. */
function inBedWords({ bedSince, admittedAt, arrivedAt }: BoardRow, say: (at: number) => string): string {
  if (bedSince === null) return 'in no bed';
  return bedSince === (admittedAt ?? arrivedAt ?? bedSince) ? '' : `in this bed since ${say(bedSince)}`;
}
