import { useNavigate, useSearch } from '@tanstack/react-router';
import { useOpenAlarms } from '#renderer/client/live-hooks.ts';
import styles from './AlarmInbox.module.css';
import { filterOf } from './alarm-filter.ts';
import { EndedAlarms } from './EndedAlarms.tsx';
import { OpenAlarms } from './OpenAlarms.tsx';

interface AlarmSearch {
  readonly priority?: string;
  readonly ward?: string;
  readonly view?: string;
}

/** Open alarms, the unanswered first, and those that have ended. The address holds the filter. */
export function AlarmInbox() {
  const search = useSearch({ strict: false }) as AlarmSearch;
  const navigate = useNavigate();
  const open = useOpenAlarms();
  const ended = search.view === 'ended';
  const filter = filterOf(search);
  const choose = (changes: AlarmSearch) => void navigate({ to: '.', search: { ...search, ...changes }, replace: true });
  return (
    <div className={styles.inbox}>
      <header className={styles.head}>
        <h1>Alarms</h1>
        <div className={styles.views}>
          <button type="button" aria-pressed={!ended} onClick={() => choose({ view: undefined })}>
            Open{open && <strong> {open.length}</strong>}
          </button>
          <button type="button" aria-pressed={ended} onClick={() => choose({ view: 'ended' })}>
            Ended
          </button>
        </div>
        <p className={styles.silent}>
          This screen makes no alarm sound yet. The bedside monitor stays the primary alarm.
        </p>
      </header>
      {ended ? <EndedAlarms filter={filter} onChoose={choose} /> : <OpenAlarms filter={filter} onChoose={choose} />}
    </div>
  );
}
