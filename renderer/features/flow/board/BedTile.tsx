import { IconBell, IconHeartbeat, IconHelpSquare, IconShieldHalf } from '@tabler/icons-react';
import { memo, type ReactNode, useRef } from 'react';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import type { BedId } from '#domain/ids.ts';
import type { BoardRow, Tile } from '#renderer/client/board/board.ts';
import { useBoardAs, useTile } from '#renderer/client/board/board-hooks.ts';
import { bedWord } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { ageAndSex } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useMe } from '#renderer/client/hooks.ts';
import { ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import { useOpenDialog } from '../acts/flow-dialog.ts';
import { NewsMark } from '../parts/NewsMark.tsx';
import { BedState } from './BedState.tsx';
import styles from './BedTile.module.css';
import { useBoardDay } from './board-day.ts';
import { DropHint } from './DropHint.tsx';
import { usePutDown, useTakeUp } from './drag.ts';
import { awayWords, doubtLine, goingWords, leavingWords, spokenTile, UNCONFIRMED } from './tile-lines.ts';
import { TILE_LINK } from './use-tile-keys.ts';

interface BedTileProps {
  readonly bedId: BedId;
  readonly onOpen: (bedId: BedId) => void;
}

/** One bed: what it is, who lies in it, what comes next. Drawn again when this bed changes and for no other. */
export const BedTile = memo(function BedTile({ bedId, onOpen }: BedTileProps) {
  const tile = useTile(useBoardScope(), bedId);
  const element = useRef<HTMLLIElement>(null);
  const { may } = useMe();
  const called = useCalled();
  const [only, second] = tile?.occupants ?? [];
  useTakeUp(element, may('register-admit-move') && !second ? only?.encounterId : undefined);
  usePutDown(element, bedId);
  if (!tile) return <li hidden ref={element} />;
  const { bed, occupants } = tile;
  const worst = PRIORITIES.find((priority) => occupants.some(({ alarm }) => alarm?.priority === priority));
  return (
    <li
      ref={element}
      className={styles.tile}
      data-bed={bedId}
      data-word={bedWord(bed)}
      data-alarm={worst}
      data-doubt={bed.doubts.length > 0 || undefined}
      aria-live="off"
    >
      <div className={styles.body}>
        <div className={styles.top}>
          <button
            type="button"
            className={styles.open}
            aria-label={spokenTile(tile, occupants.flatMap((row) => called(row) ?? []).join(' and '))}
            onClick={() => onOpen(bedId)}
            {...{ [TILE_LINK]: bedId }}
          >
            {bed.label}
          </button>
          <Marks tile={tile} />
        </div>
        {occupants.length === 0 ? <BedState tile={tile} /> : <Occupants tile={tile} />}
        <Extras tile={tile} />
      </div>
      <DropHint bedId={bedId} occupied={bed.encounterIds.length > 0} />
    </li>
  );
});

/** Whether it is confirmed, isolation, monitor, alarm and score, each in its place at the top right. */
function Marks({ tile: { bed, occupants } }: { readonly tile: Tile }) {
  const isolation = bed.isolation ?? occupants.find((row) => row.isolation)?.isolation ?? null;
  return (
    <span className={styles.marks}>
      {bed.fromFeed && (
        <span className={styles.unconfirmed} title={UNCONFIRMED}>
          <IconHelpSquare size={16} aria-hidden />
          <span className="visually-hidden">{UNCONFIRMED}</span>
        </span>
      )}
      {isolation && (
        <span className={styles.isolation} title={`${ISOLATION_WORDS[isolation]} isolation`}>
          <IconShieldHalf size={14} aria-hidden />
          <span className="visually-hidden">isolated: </span>
          {ISOLATION_WORDS[isolation].slice(0, 4)}
        </span>
      )}
      {bed.equipment.includes('monitor') && occupants.length === 0 && (
        <IconHeartbeat size={16} aria-label="with a monitor" role="img" />
      )}
      {occupants.map((row) => (
        <AlarmMark key={row.encounterId} alarm={row.alarm} />
      ))}
      {occupants.map((row) => (
        <NewsMark key={row.encounterId} news={row.news} />
      ))}
    </span>
  );
}

function AlarmMark({ alarm }: Pick<BoardRow, 'alarm'>) {
  if (!alarm) return null;
  const words = `${PRIORITY_WORDS[alarm.priority]} priority alarm${alarm.count > 1 ? `, ${alarm.count} in all` : ''}`;
  return (
    <span className={styles.alarm} title={words}>
      <AlarmSymbol priority={alarm.priority} size={15} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function Occupants({ tile }: { readonly tile: Tile }) {
  const called = useCalled();
  const { zone, dayEnd } = useBoardDay();
  return (
    <>
      {tile.occupants.map((row) => (
        <div key={row.encounterId}>
          <p className={styles.name} title={called(row)}>
            {called(row) ?? 'Occupied'}
          </p>
          <p className={styles.facts}>
            {[ageAndSex(row), leavingWords(row, dayEnd - 1, zone)].filter(Boolean).join(' · ')}
          </p>
        </div>
      ))}
    </>
  );
}

/** What is to be known of the bed beyond who lies in it, what presses most first. */
function Extras({ tile }: { readonly tile: Tile }) {
  const { zone, dayEnd } = useBoardDay();
  const wards = useBoardAs(useBoardScope(), (board) => board.wards) ?? [];
  const called = useCalled();
  const openDialog = useOpenDialog();
  const { may } = useMe();
  const { bed, occupants, requests, keptFor } = tile;
  const now = dayEnd - 1;
  const wardName = (id: string | null) => wards.find((ward) => ward.id === id)?.name ?? 'any ward';
  const lines: ReactNode[] = [];
  const add = (key: string, kind: string, words: ReactNode) =>
    lines.push(
      <li key={key} data-kind={kind}>
        {words}
      </li>,
    );
  for (const row of occupants) {
    const id = row.encounterId;
    if (row.call) add(`call ${id}`, 'call', <Call />);
    if (row.offerMonitoredBed && may('register-admit-move')) {
      add(
        `offer ${id}`,
        'offer',
        <button type="button" className={styles.offer} onClick={() => openDialog({ kind: 'move', encounterId: id })}>
          {offerWords(row)}
        </button>,
      );
    }
  }
  const doubt = doubtLine(tile);
  if (doubt) add('doubt', 'doubt', doubt);
  for (const row of occupants) {
    const id = row.encounterId;
    const away = awayWords(row, now, zone);
    if (away) add(`away ${id}`, 'away', away);
    const going = goingWords(
      row,
      requests.find((request) => request.encounterId === id),
      wardName,
    );
    if (going) add(`going ${id}`, 'going', going);
    if (row.waitingFor) add(`waits ${id}`, 'waits', `Waits for ${row.waitingFor}`);
  }
  if (bed.reservation && occupants.length > 0) add('kept', 'kept', `Kept for ${called(keptFor) ?? 'another patient'}`);
  if (bed.block && bed.status !== 'closed') add('block', 'block', 'Blocked too');
  return lines.length === 0 ? null : <ul className={styles.extras}>{lines}</ul>;
}

function Call() {
  return (
    <>
      <IconBell size={13} aria-hidden /> <strong>Called</strong>
    </>
  );
}

/** Why a monitored bed is offered. */
function offerWords({ news }: Pick<BoardRow, 'news'>): string {
  const score = news?.total == null ? '' : `NEWS2 ${news.total}${news.trend === 'rising' ? ' and rising' : ''}: `;
  return `${score}offer a monitored bed`;
}
