import type { Tile } from '#renderer/client/board/board.ts';
import { bedWord } from '#renderer/client/board/board-lists.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { Due, RunningClock } from '../parts/Clock.tsx';
import styles from './BedTile.module.css';
import { useBoardDay } from './board-day.ts';
import { statusWords } from './tile-lines.ts';

/** What an empty bed is, and since when, until when or for whom. */
export function BedState({ tile }: { readonly tile: Tile }) {
  const { zone, dayEnd } = useBoardDay();
  const called = useCalled();
  const { bed, keptFor } = tile;
  const { cleaning, block, reservation } = bed;
  const now = dayEnd - 1;
  const word = bedWord(bed);
  return (
    <div className={styles.state}>
      <p className={styles.word}>
        {bed.encounterIds.length > 0 ? 'Occupied' : statusWords(tile)}
        {cleaning && word !== 'occupied' && (
          <span className={styles.clock}>
            <RunningClock since={cleaning.startedAt ?? cleaning.requestedAt} />
          </span>
        )}
      </p>
      {cleaning && word !== 'occupied' && (
        <p className={styles.detail}>
          {cleaning.state === 'started' ? 'Done ' : 'Start '}
          <Due at={cleaning.dueAt} />
          {cleaning.assigneeName && `, ${cleaning.assigneeName}`}
        </p>
      )}
      {word === 'blocked' && (
        <p className={styles.detail}>
          {block?.to == null ? 'until somebody ends it' : `until ${sayMoment(block.to, now, zone)}`}
          {block?.note && `, ${block.note}`}
        </p>
      )}
      {reservation && word !== 'occupied' && (
        <p className={styles.detail}>
          {word === 'reserved' ? 'for ' : 'Kept for '}
          {called(keptFor ?? reservation) ?? 'another patient'} until {sayMoment(reservation.until, now, zone)}
        </p>
      )}
    </div>
  );
}
