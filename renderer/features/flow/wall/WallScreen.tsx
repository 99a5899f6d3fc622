import { useViewportSize } from '@mantine/hooks';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { WardId } from '#domain/ids.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { NamelessPart } from '#renderer/client/board/privacy.ts';
import { useSeat } from '#renderer/client/context.ts';
import { useLink } from '#renderer/client/hooks.ts';
import { FlowFrame } from '../FlowFrame.tsx';
import { useAwake } from './use-awake.ts';
import { WallHead } from './WallHead.tsx';
import styles from './WallScreen.module.css';
import { WallTile } from './WallTile.tsx';
import { columnsFor, type WallWard } from './wall-layout.ts';

const HEAD_PX = 132;
const WARD_PX = 40;
/** From so many wards on their headings are lower: beds need the height. */
const MANY_WARDS = 6;
const LOW_WARD_PX = 26;
const POINTER_MS = 3_000;

/** The board for a wall: no names, nothing to press, read from across the room. */
export function WallScreen() {
  const { wardId } = useParams({ strict: false }) as { wardId?: WardId };
  return (
    <div className={styles.wall}>
      <FlowFrame key={wardId ?? 'house'} wardId={wardId}>
        <NamelessPart value={true}>
          <Wall />
        </NamelessPart>
      </FlowFrame>
    </div>
  );
}

function Wall() {
  const { welcome } = useSeat();
  const { state } = useLink();
  const told = useBoardAs(useBoardScope(), ({ tiles, wards }) =>
    [...tiles.values()]
      .map(({ bed }) => [bed.wardId, wards.find(({ id }) => id === bed.wardId)?.name ?? '', bed.bedId].join('\t'))
      .join('\n'),
  );
  const wards = useMemo(() => wardsOf(told ?? ''), [told]);
  const { width, height } = useViewportSize();
  const pointer = usePointerSeen();
  useAwake();
  const many = wards.length >= MANY_WARDS;
  const columns = columnsFor(
    wards.map(({ beds }) => beds.length),
    {
      width: width || 1920,
      height: (height || 1080) - HEAD_PX,
      headPx: many ? LOW_WARD_PX : wards.length > 1 ? WARD_PX : 0,
    },
  );
  return (
    <div className={styles.screen} data-pointer={pointer || undefined} data-old={state !== 'live' || undefined}>
      <WallHead />
      {wards.length === 0 && <p className={styles.none}>No beds are set up here.</p>}
      {wards.map(({ id, name, beds }) => (
        <section
          key={id}
          className={styles.ward}
          data-many={many || undefined}
          aria-label={name}
          style={{ flexGrow: Math.ceil(beds.length / columns), '--columns': columns } as React.CSSProperties}
        >
          {wards.length > 1 && <h2>{name}</h2>}
          <ul>
            {beds.map((bedId) => (
              <WallTile key={bedId} bedId={bedId} />
            ))}
          </ul>
        </section>
      ))}
      <footer className={styles.foot}>
        {welcome.demo && (
          <span>
            <strong>Demonstration</strong> Invented patients. Not for care.
          </span>
        )}
        <Link to="/flow" className={styles.leave}>
          Leave the wall display
        </Link>
      </footer>
    </div>
  );
}

function wardsOf(told: string): readonly WallWard[] {
  const wards: { id: string; name: string; beds: WallWard['beds'][number][] }[] = [];
  for (const line of told === '' ? [] : told.split('\n')) {
    const [id = '', name = '', bedId] = line.split('\t');
    if (wards.at(-1)?.id !== id) wards.push({ id, name, beds: [] });
    wards.at(-1)?.beds.push(bedId as WallWard['beds'][number]);
  }
  return wards;
}

/** Whether a pointer has moved lately: only then is it, and the way out, to be seen. */
function usePointerSeen(): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      setSeen(true);
      clearTimeout(timer);
      timer = setTimeout(() => setSeen(false), POINTER_MS);
    };
    addEventListener('pointermove', moved);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', moved);
    };
  }, []);
  return seen;
}
