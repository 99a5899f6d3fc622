import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useWards } from '#renderer/client/hooks.ts';
import { lastBoard, rememberBoard } from './place.ts';
import styles from './WardSwitch.module.css';

/** Which ward the board shows; choosing one goes there. */
export function WardSwitch() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const wards = useWards().data ?? [];
  const onBoard = pathname === '/ward' || pathname.startsWith('/ward/');
  useEffect(() => {
    if (onBoard) rememberBoard(pathname);
  }, [onBoard, pathname]);
  const path = onBoard ? pathname : lastBoard();
  const shown = wards.find(({ id }) => path === `/ward/${id}`);
  const choices = [{ to: '/ward', name: 'All wards' }, ...wards.map(({ id, name }) => ({ to: `/ward/${id}`, name }))];
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
