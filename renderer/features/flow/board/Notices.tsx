import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import type { BedId } from '#domain/ids.ts';
import type { BoardNotice } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { formatTime } from '#renderer/ui/format.ts';
import { useBoardDay } from './board-day.ts';
import styles from './Notices.module.css';
import people from './PeoplePanel.module.css';

interface NoticesProps {
  readonly onOpen: (bedId: BedId) => void;
}

const SHOWN = 6;
const NONE: readonly BoardNotice[] = [];

function overdue({ kind }: BoardNotice): boolean {
  return kind.endsWith('-overdue');
}

/** What to know of beds and waits, newest first; what is overdue is also said aloud once, when it comes up. */
export function Notices({ onOpen }: NoticesProps) {
  const { zone } = useBoardDay();
  const notices = useBoardAs(useBoardScope(), (board) => board.notices) ?? NONE;
  useSayOverdue(notices);
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices">
      <h2 className={people.title}>Notices</h2>
      <ul className={styles.notices}>
        {notices.slice(0, SHOWN).map((notice) => (
          <li key={notice.id} data-overdue={overdue(notice) || undefined}>
            <span>{formatTime(notice.at, zone)}</span>
            {notice.bedId ? (
              <button type="button" onClick={() => notice.bedId && onOpen(notice.bedId)}>
                {notice.words}
              </button>
            ) : (
              <p>{notice.words}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only what comes up while the board is open: not what was there before. */
function useSayOverdue(notices: readonly BoardNotice[]): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    const fresh = known.current ? notices.filter((notice) => overdue(notice) && !known.current?.has(notice.id)) : [];
    known.current = new Set(notices.map(({ id }) => id));
    for (const { id, words } of fresh.slice(0, 2)) {
      notifications.show({ id: `notice ${id}`, message: words, autoClose: 10_000 });
    }
  }, [notices]);
}
