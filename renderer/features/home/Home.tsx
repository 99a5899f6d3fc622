import { Link } from '@tanstack/react-router';
import { useMe } from '#renderer/client/hooks.ts';
import { roleWords } from '#renderer/ui/words.ts';
import styles from './Home.module.css';

/** Something a role can do, with the screen it is done on. */
interface Doing {
  readonly words: string;
  readonly to?: string;
  readonly label?: string;
}

interface RoleStory {
  readonly now: readonly Doing[];
  readonly later: readonly string[];
}

const OWN_ACCOUNT: Doing = { words: 'Change your password and see where you are signed in: your name, top right.' };

const STORIES: Readonly<Record<string, RoleStory>> = {
  'supply-manager': {
    now: [
      { words: 'See how full the house is and what is to be expected:', to: '/figures', label: 'Figures' },
      OWN_ACCOUNT,
    ],
    later: ['Stock on hand, lots and expiry dates', 'Restock orders: approve, change, reject', 'Recall by lot'],
  },
};

const OTHERS: RoleStory = { now: [OWN_ACCOUNT], later: [] };

/** Where a role without a screen of its own begins: what it can do today, and what is not built yet. */
export function Home() {
  const { user } = useMe();
  const [role] = user.roles;
  const { now, later } = STORIES[role ?? ''] ?? OTHERS;
  return (
    <article className={styles.home}>
      <h1>{user.displayName}</h1>
      <p className={styles.role}>{role ? roleWords(role) : 'No role'}</p>
      <h2>What you can do now</h2>
      <ul>
        {now.map(({ words, to, label }) => (
          <li key={words}>
            {words} {to && <Link to={to}>{label}</Link>}
          </li>
        ))}
      </ul>
      {later.length > 0 && (
        <>
          <h2>Not in this version of Wardline</h2>
          <p>These will be your screens. Until then use the clinic’s present way of working.</p>
          <ul>
            {later.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
