import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { isOverdue } from '#domain/flow/notice.ts';
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

/** What to know of beds and waits, what is overdue first: the first of them, and all by a press. What is overdue is also said aloud once, when it comes up. */
export function Notices({ onOpen }: NoticesProps) {
  const { zone } = useBoardDay();
  const notices = useBoardAs(useBoardScope(), (board) => board.notices) ?? NONE;
  const [all, setAll] = useState(false);
  useSayOverdue(notices);
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices">
      <h2 className={people.title}>Notices ({notices.length})</h2>
      <ul className={styles.notices}>
        {(all ? notices : notices.slice(0, SHOWN)).map((notice) => (
          <li key={notice.id} data-overdue={isOverdue(notice) || undefined}>
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
      {notices.length > SHOWN && (
        <button type="button" className={styles.all} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${notices.length}`}
        </button>
      )}
    </section>
  );
}

/** Only what comes up while the board is open: not what was there before. */
function useSayOverdue(notices: readonly BoardNotice[]): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    const fresh = known.current ? notices.filter((notice) => isOverdue(notice) && !known.current?.has(notice.id)) : [];
    known.current = new Set(notices.map(({ id }) => id));
    for (const { id, words } of fresh.slice(0, 2)) {
      notifications.show({ id: `notice ${id}`, message: words, autoClose: 10_000 });
    }
  }, [notices]);
}
