import { memo } from 'react';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import type { BedId } from '#domain/ids.ts';
import type { Tile } from '#renderer/client/board/board.ts';
import { useTile } from '#renderer/client/board/board-hooks.ts';
import { BED_WORDS, bedWord } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { BLOCK_WORDS } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useToldNowAs } from '#renderer/client/live-hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { useBoardDay } from '../board/board-day.ts';
import { dueWords, RunningClock } from '../parts/Clock.tsx';
import { NewsMark } from '../parts/NewsMark.tsx';
import styles from './WallTile.module.css';

/** One bed on the wall: label, state, and at most initials. */
export const WallTile = memo(function WallTile({ bedId }: { readonly bedId: BedId }) {
  const tile = useTile(useBoardScope(), bedId);
  const called = useCalled();
  if (!tile) return null;
  const { bed, occupants } = tile;
  const word = bedWord(bed);
  const priority = PRIORITIES.find((one) => occupants.some(({ alarm }) => alarm?.priority === one));
  const people = occupants.flatMap((row) => called(row) ?? []).join(' + ');
  return (
    <li className={styles.tile} data-word={word} data-alarm={priority}>
      <div className={styles.body}>
        <strong className={styles.label} style={{ '--signs': bed.label.length } as React.CSSProperties}>
          {bed.label}
        </strong>
        {priority && (
          <span className={styles.alarm}>
            <AlarmSymbol priority={priority} size={30} />
            <span className="visually-hidden">{PRIORITY_WORDS[priority]} priority alarm</span>
          </span>
        )}
        <p className={styles.word}>{word === 'occupied' ? people || 'Occupied' : BED_WORDS[word]}</p>
        <p className={styles.more}>
          <More tile={tile} />
        </p>
        <span className={styles.scores}>
          {occupants.map((row) => (
            <NewsMark key={row.encounterId} news={row.news} />
          ))}
        </span>
      </div>
    </li>
  );
});

/** The one thing more that a passer-by needs: the cleaning clock, a call, away, leaving, or a doubt. */
function More({ tile }: { readonly tile: Tile }) {
  const { zone, dayEnd, until } = useBoardDay();
  const { bed, occupants } = tile;
  if (bed.cleaning && occupants.length === 0) {
    return (
      <>
        <RunningClock since={bed.cleaning.startedAt ?? bed.cleaning.requestedAt} /> <Over at={bed.cleaning.dueAt} />
      </>
    );
  }
  if (occupants.some(({ call }) => call)) return <strong>Called</strong>;
  if (bed.doubts.length > 0) return <>Doubt: look</>;
  for (const row of occupants) {
    if (row.away)
      return <>{row.away.kind === 'leave' ? 'On leave' : `Away${row.away.where ? `: ${row.away.where}` : ''}`}</>;
    if (row.expectedDischargeAt !== null && row.expectedDischargeAt < until)
      return <>Out {sayMoment(row.expectedDischargeAt, dayEnd - 1, zone)}</>;
    if (row.medicallyReadyAt !== null) return <>Ready</>;
  }
  if (bed.block) return <>{BLOCK_WORDS[bed.block.reason]}</>;
  return bed.isolation ? <>Isolated</> : null;
}

/** Says that a clock is past its limit, and by how much. */
function Over({ at }: { readonly at: number }) {
  const words = useToldNowAs(5_000, (now) => (now < at ? '' : dueWords(at, now)));
  return words === '' ? null : <strong>{words}</strong>;
}
