import { Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconEye,
  IconKey,
  IconKeyboard,
  IconLogout,
} from '@tabler/icons-react';
import { signIn } from '#renderer/client/anonymous.ts';
import { useSeat } from '#renderer/client/context.ts';
import { useCommand, useMe } from '#renderer/client/hooks.ts';
import type { Welcome } from '#renderer/client/session.ts';
import { useLook } from '#renderer/ui/LookProvider.tsx';
import { LOOK_CHOICES, type LookChoice } from '#renderer/ui/look.ts';
import { roleWords } from '#renderer/ui/words.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { SHOW_KEYS } from './KeyList.tsx';
import { MySessions } from './MySessions.tsx';
import styles from './UserMenu.module.css';

const LOOK_WORDS: Readonly<Record<LookChoice, string>> = {
  auto: 'By the clock',
  light: 'Light',
  dark: 'Dark',
  night: 'Night',
};

/** Who is signed in, and what belongs to them: look, password, sessions, sign out; in the demo, other people's eyes. */
export function UserMenu() {
  const { user, signOut } = useMe();
  const { welcome } = useSeat();
  const [password, passwordDialog] = useDisclosure(false);
  const [sessions, sessionsDialog] = useDisclosure(false);
  const leave = useCommand((hub, input) => hub.session.signOut(input));
  const others = welcome.demoUsers.filter(({ username }) => username !== user.username);
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <button type="button" className={styles.who} aria-label={`Signed in as ${user.displayName}. Open menu`}>
            <span className={styles.name}>{user.displayName}</span>
            <span className={styles.role}>{user.roles.map(roleWords).join(', ')}</span>
            <IconChevronDown size={16} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <LookItems />
          <Menu.Divider />
          <Menu.Item leftSection={<IconKey size={16} />} onClick={passwordDialog.open}>
            Change password
          </Menu.Item>
          <Menu.Item leftSection={<IconDeviceDesktop size={16} />} onClick={sessionsDialog.open}>
            My sessions
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => dispatchEvent(new Event(SHOW_KEYS))}>
            Keys of this screen
          </Menu.Item>
          {welcome.demo && others.length > 0 && <OtherEyes others={others} />}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.run({}).then(signOut)}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangePassword opened={password} onClose={passwordDialog.close} />
      <MySessions opened={sessions} onClose={sessionsDialog.close} />
    </>
  );
}

function LookItems() {
  const { choice, choose } = useLook();
  return (
    <>
      <Menu.Label>Look of this window</Menu.Label>
      {LOOK_CHOICES.map((option) => (
        <Menu.Item
          key={option}
          closeMenuOnClick={false}
          role="menuitemradio"
          aria-checked={option === choice}
          leftSection={<IconCheck size={16} visibility={option === choice ? 'visible' : 'hidden'} />}
          onClick={() => choose(option)}
        >
          {LOOK_WORDS[option]}
        </Menu.Item>
      ))}
    </>
  );
}

function OtherEyes({ others }: { others: Welcome['demoUsers'] }) {
  const { take } = useSeat();
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Look at the demonstration as</Menu.Label>
      {others.map(({ username, role, password }) => (
        <Menu.Item
          key={username}
          leftSection={<IconEye size={16} />}
          onClick={() => void signIn({ username, password }).then(take)}
        >
          {roleWords(role)}
        </Menu.Item>
      ))}
    </>
  );
}
