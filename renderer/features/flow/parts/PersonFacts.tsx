import { Link } from '@tanstack/react-router';
import type { BoardRequest, BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { URGENCY_WORDS } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useMe } from '#renderer/client/hooks.ts';
import { ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { visitTitle, visitWords } from '#renderer/client/visit-words.ts';
import { PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { counted, formatSex } from '#renderer/ui/format.ts';
import { ActButtons } from '../acts/ActButtons.tsx';
import { personActs, requestActs } from '../acts/act-list.ts';
import { useBoardDay } from '../board/board-day.ts';
import { leavingWords } from '../board/tile-lines.ts';
import { Since } from './Clock.tsx';
import styles from './Pane.module.css';
import { TriageMark } from './TriageMark.tsx';

interface PersonFactsProps {
  readonly row: BoardRow;
  readonly request: BoardRequest | undefined;
}

/** One patient beside the board: where they stand, and what can be done. */
export function PersonFacts({ row, request }: PersonFactsProps) {
  const { may } = useMe();
  const called = useCalled();
  const name = called(row);
  return (
    <section className={styles.person} aria-label={name ?? 'Patient'}>
      <h3 className={styles.who}>
        {row.patientId && may('see-names') && name ? (
          <Link to="/patient/$patientId" params={{ patientId: row.patientId }}>
            {name}
          </Link>
        ) : (
          (name ?? 'Occupied')
        )}
      </h3>
      <Facts row={row} />
      <ActButtons label={`What can be done for ${name ?? 'the patient'}`} acts={personActs(row, may, request)} />
      {request && <Request row={row} request={request} name={name ?? 'the patient'} />}
    </section>
  );
}

function Facts({ row }: { readonly row: BoardRow }) {
  const { may } = useMe();
  const { zone, dayEnd } = useBoardDay();
  const say = (at: number) => sayMoment(at, dayEnd - 1, zone);
  const age = row.ageYears === null ? '' : `${row.ageYears} y, `;
  const visit = row.visitNumber ? `, visit ${visitTitle(row.visitNumber) || visitWords(row.visitNumber)}` : '';
  const lines: (readonly [string, React.ReactNode])[] = [['Where', row.placeWords]];
  // What a role may not see is left out: it is not unknown.
  if (may('see-names')) lines.unshift(['Who', `${age}${formatSex(row.sex)}${visit}`]);
  if (row.reason) lines.push(['Reason', row.reason]);
  if (row.status !== 'planned' && row.bedSince === null)
    lines.push(['Triage', <TriageMark key="t" triage={row.triage} full />]);
  if (row.expectedAt !== null && row.status === 'planned') lines.push(['Expected', say(row.expectedAt)]);
  if (row.bedSince !== null)
    lines.push([
      'In bed',
      <>
        <Since at={row.bedSince} />, since {say(row.bedSince)}
      </>,
    ]);
  else if (row.arrivedAt !== null)
    lines.push([
      'Here',
      <>
        <Since at={row.arrivedAt} />, since {say(row.arrivedAt)}
      </>,
    ]);
  if (row.seenAt !== null && row.bedSince === null) lines.push(['Seen', say(row.seenAt)]);
  if (row.admissionDecidedAt !== null && row.bedSince === null)
    lines.push(['To admit', `decided ${say(row.admissionDecidedAt)}`]);
  if (row.isolation) lines.push(['Isolation', ISOLATION_WORDS[row.isolation]]);
  if (row.away)
    lines.push([
      'Away',
      `${row.away.kind === 'leave' ? 'on leave' : (row.away.where ?? 'elsewhere')}, since ${say(row.away.since)}`,
    ]);
  const leaving = leavingWords(row, dayEnd - 1, zone);
  if (leaving) lines.push(['Leaving', leaving]);
  if (row.waitingFor) lines.push(['Waits for', row.waitingFor]);
  if (row.transferPlanned) lines.push(['Planned', `to ${row.transferPlanned}`]);
  if (row.alarm)
    lines.push(['Alarms', `${PRIORITY_WORDS[row.alarm.priority]}, ${counted(row.alarm.count, 'open alarm')}`]);
  if (row.tagAt) lines.push(['Tag', `heard at ${row.tagAt}`]);
  if (row.call)
    lines.push([
      'Called',
      <>
        <Since at={row.call.since} /> ago
      </>,
    ]);
  return (
    <dl className={styles.facts}>
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RequestProps {
  readonly row: BoardRow;
  readonly request: BoardRequest;
  readonly name: string;
}

function Request({ request, name }: RequestProps) {
  const { may } = useMe();
  const wards = useBoardAs(useBoardScope(), (board) => board.wards) ?? [];
  const asked = wards.find(({ id }) => id === request.wardId)?.name ?? 'any ward';
  return (
    <div className={styles.request}>
      <p>
        <strong>
          {URGENCY_WORDS[request.urgency]}: bed asked of {asked}
        </strong>
        , <Since at={request.requestedAt} /> ago. {request.state === 'accepted' ? 'Accepted.' : 'No answer yet.'}
      </p>
      <p>{request.reason}</p>
      <ActButtons label={`The bed asked for ${name}`} acts={requestActs(request, name, may)} />
    </div>
  );
}
