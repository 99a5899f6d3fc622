import { memo, useRef } from 'react';
import type { BoardRequest, BoardRow } from '#renderer/client/board/board.ts';
import { ageAndSex, URGENCY_WORDS } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useMe } from '#renderer/client/hooks.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { useBoardDay } from '../board/board-day.ts';
import { useTakeUp } from '../board/drag.ts';
import { Due, Since } from './Clock.tsx';
import { NewsMark } from './NewsMark.tsx';
import styles from './PersonLine.module.css';
import { TriageMark } from './TriageMark.tsx';

interface PersonLineProps {
  readonly row: BoardRow;
  readonly request?: BoardRequest | undefined;
  readonly open: boolean;
  readonly onOpen: (row: BoardRow) => void;
}

/** Mark in the page by which keys find whose line has the focus; its value is the encounter's id. */
export const PERSON_LINE = 'data-person';

/** Somebody who is in no bed of this board, or is asked one for: who, since when, what for. Can be taken up by hand. */
export const PersonLine = memo(function PersonLine({ row, request, open, onOpen }: PersonLineProps) {
  const called = useCalled();
  const { may } = useMe();
  const element = useRef<HTMLLIElement>(null);
  useTakeUp(element, may('register-admit-move') ? row.encounterId : undefined);
  return (
    <li ref={element} className={styles.line} data-open={open || undefined}>
      <button type="button" onClick={() => onOpen(row)} {...{ [PERSON_LINE]: row.encounterId }}>
        <TriageMark triage={row.triage} />
        <span className={styles.name}>{called(row) ?? 'Patient'}</span>
        <span className={styles.facts}>{ageAndSex(row)}</span>
        <NewsMark news={row.news} />
      </button>
      <p>{request ? <Asked row={row} request={request} /> : <Stands row={row} />}</p>
      {row.offerMonitoredBed && may('register-admit-move') && <p className={styles.reason}>Offer a monitored bed</p>}
      {(request?.reason ?? row.reason) && <p className={styles.reason}>{request?.reason ?? row.reason}</p>}
    </li>
  );
});

function Asked({ row, request }: { readonly row: BoardRow; readonly request: BoardRequest }) {
  return (
    <>
      <strong>{URGENCY_WORDS[request.urgency]}</strong> · {request.state === 'accepted' ? 'accepted · ' : ''}asked{' '}
      <Since at={request.requestedAt} /> ago · {row.placeWords}
    </>
  );
}

function Stands({ row }: { readonly row: BoardRow }) {
  const { zone, dayEnd } = useBoardDay();
  if (row.status === 'planned') {
    if (row.expectedAt === null) return <>Expected, no time said</>;
    return (
      <>
        Expected {sayMoment(row.expectedAt, dayEnd - 1, zone)} · <Due at={row.expectedAt} />
      </>
    );
  }
  return (
    <>
      {row.placeWords}
      {row.arrivedAt !== null && (
        <>
          {' · '}here <Since at={row.arrivedAt} />
        </>
      )}
      {row.seenAt === null && row.seeBy !== null && (
        <>
          {' · '}see <Due at={row.seeBy} />
        </>
      )}
      {row.seenAt !== null && row.admissionDecidedAt !== null && (
        <>
          {' · '}bed wanted for <Since at={row.admissionDecidedAt} />
        </>
      )}
    </>
  );
}
