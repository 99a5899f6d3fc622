import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe, useWards } from '#renderer/client/hooks.ts';
import { boardRootOf, lastBoard, rememberBoard } from './place.ts';
import styles from './WardSwitch.module.css';

/** Which ward the board shows; choosing one goes there, to the kind of board one was on. */
export function WardSwitch() {
  const { pathname } = useLocation();
  const { may } = useMe();
  const navigate = useNavigate();
  const wards = useWards().data ?? [];
  const here = boardRootOf(pathname);
  const root = here ?? (may('see-board') ? '/ward' : '/flow');
  useEffect(() => {
    if (here) rememberBoard(pathname);
  }, [here, pathname]);
  const path = here ? pathname : lastBoard(root);
  const shown = wards.find(({ id }) => path === `${root}/${id}`);
  const choices = [{ to: root, name: 'All wards' }, ...wards.map(({ id, name }) => ({ to: `${root}/${id}`, name }))];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles.switch} aria-label={`Ward: ${shown?.name ?? 'All wards'}. Change`}>
          <span>{shown?.name ?? 'All wards'}</span>
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ to, name }) => (
          <Menu.Item
            key={to}
            leftSection={<IconCheck size={16} visibility={to === path ? 'visible' : 'hidden'} aria-hidden />}
            aria-current={to === path ? 'true' : undefined}
            onClick={() => navigate({ to })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
