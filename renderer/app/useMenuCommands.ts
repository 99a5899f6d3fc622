import { spotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ConsoleCommand, WINDOW_MESSAGES } from '#contract/shell.ts';
import { SHOW_KEYS } from './KeyList.tsx';
import { lastBoard } from './place.ts';

const MENU_MESSAGE: (typeof WINDOW_MESSAGES)['command'] = 'wardline:command';
const PLACES: Readonly<Partial<Record<ConsoleCommand, string>>> = {
  'go-alarms': '/alarms',
  'go-beds': '/beds',
  'go-devices': '/devices',
  'go-users': '/users',
  'go-ledger': '/ledger',
  'go-settings': '/settings',
};

/** Does what the desktop's native menu asks for. */
export function useMenuCommands(): void {
  const navigate = useNavigate();
  useEffect(() => {
    function told({ source, data }: MessageEvent<{ type?: unknown; command?: ConsoleCommand } | null>) {
      if (source !== window || data?.type !== MENU_MESSAGE || !data.command) return;
      if (data.command === 'find') return spotlight.open();
      if (data.command === 'show-keys') return void dispatchEvent(new Event(SHOW_KEYS));
      void navigate({ to: PLACES[data.command] ?? lastBoard() });
    }
    addEventListener('message', told);
    return () => removeEventListener('message', told);
  }, [navigate]);
}
