import { Link, useLocation } from '@tanstack/react-router';
import type { Role } from '#domain/user/role.ts';
import { allows } from '#domain/user/role.ts';
import { useMe } from '#renderer/client/hooks.ts';
import { BOARDS, type BoardRoot, lastBoard } from './place.ts';
import styles from './Rail.module.css';
import type { Screen } from './screens.ts';
import { screens } from './screens.ts';

/** The screens a person finds in the rail, in its order. */
export function railOf(roles: readonly Role[]): readonly Screen[] {
  return screens.filter(({ may, rail }) => allows(roles, may) && (!rail || roles.some((role) => rail.includes(role))));
}

/** Screens to go to by name: those of the rail, and those that stand in none but need nothing chosen first. */
export function foundByName(roles: readonly Role[]): readonly Screen[] {
  return [...railOf(roles), ...screens.filter(({ may, named }) => named && allows(roles, may))];
}

/** The role's screens, each an icon and a word. */
export function Rail() {
  const { user } = useMe();
  const { pathname } = useLocation();
  return (
    <nav className={styles.rail} aria-label="Screens">
      <span className={styles.mark} aria-hidden="true">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <path d="M3 18h7l3-9 5 15 3-8h8" />
        </svg>
      </span>
      <ul>
        {railOf(user.roles).map(({ to, label, icon: Icon }) => {
          const here = pathname === to || pathname.startsWith(`${to}/`);
          return (
            <li key={to}>
              <Link
                to={isBoard(to) && !here ? lastBoard(to) : to}
                className={styles.link}
                aria-current={here ? 'page' : undefined}
              >
                <Icon size={22} stroke={1.5} />
                <span>{label}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function isBoard(to: string): to is BoardRoot {
  return BOARDS.some((root) => root === to);
}
