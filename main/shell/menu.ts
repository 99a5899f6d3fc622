import type { MenuItemConstructorOptions } from 'electron';
import type { ConsoleCommand } from '#contract/shell.ts';

export interface MenuActions {
  /** Tells the focused console. */
  readonly tell: (command: ConsoleCommand) => void;
  readonly newWindow: () => void;
  readonly back: () => void;
  readonly forward: () => void;
  readonly startHub: () => void;
  readonly about: () => void;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

function goMenu({ tell, back, forward }: MenuActions, mac: boolean): Item {
  const go = (label: string, accelerator: string, command: ConsoleCommand): Item => ({
    label,
    accelerator,
    click: () => tell(command),
  });
  // Shown here, but pressed keys stay with the page: it knows whether someone is typing.
  const find: Item = { ...go('Find patient, bed or command…', 'CmdOrCtrl+K', 'find'), registerAccelerator: false };
  return {
    label: '&Go',
    submenu: [
      go('Ward board', 'CmdOrCtrl+1', 'go-ward'),
      go('Alarms', 'CmdOrCtrl+2', 'go-alarms'),
      go('Beds', 'CmdOrCtrl+3', 'go-beds'),
      go('Devices', 'CmdOrCtrl+4', 'go-devices'),
      go('Users', 'CmdOrCtrl+5', 'go-users'),
      go('Ledger', 'CmdOrCtrl+6', 'go-ledger'),
      go('Settings', 'CmdOrCtrl+,', 'go-settings'),
      line,
      find,
      line,
      { label: 'Back', accelerator: mac ? 'Cmd+[' : 'Alt+Left', click: back },
      { label: 'Forward', accelerator: mac ? 'Cmd+]' : 'Alt+Right', click: forward },
    ],
  };
}

function viewMenu(developing: boolean): Item {
  const items: Item[] = [
    { role: 'reload', accelerator: 'CmdOrCtrl+R' },
    line,
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+Plus' },
    { role: 'zoomOut', accelerator: 'CmdOrCtrl+-' },
    { role: 'resetZoom', accelerator: 'CmdOrCtrl+0' },
    line,
    { role: 'togglefullscreen', accelerator: 'F11' },
  ];
  if (developing) items.push(line, { role: 'toggleDevTools', accelerator: 'CmdOrCtrl+Shift+I' });
  return { label: '&View', submenu: items };
}

const edit: Item = {
  label: '&Edit',
  submenu: [
    { role: 'undo', accelerator: 'CmdOrCtrl+Z' },
    { role: 'redo', accelerator: 'CmdOrCtrl+Shift+Z' },
    line,
    { role: 'cut', accelerator: 'CmdOrCtrl+X' },
    { role: 'copy', accelerator: 'CmdOrCtrl+C' },
    { role: 'paste', accelerator: 'CmdOrCtrl+V' },
    { role: 'selectAll', accelerator: 'CmdOrCtrl+A' },
  ],
};

/** The native menu: every command with its key. `developing` adds the developer tools. */
export function menuTemplate(actions: MenuActions, platform: NodeJS.Platform, developing: boolean): Item[] {
  const mac = platform === 'darwin';
  const file: Item = {
    label: '&File',
    submenu: [
      { label: 'New window', accelerator: 'CmdOrCtrl+N', click: actions.newWindow },
      { role: 'close', label: 'Close window', accelerator: 'CmdOrCtrl+W' },
      line,
      { role: 'quit', label: 'Quit Wardline', accelerator: 'CmdOrCtrl+Q' },
    ],
  };
  const hub: Item = {
    label: 'H&ub',
    submenu: [{ label: 'Start the hub again', accelerator: 'CmdOrCtrl+Shift+H', click: actions.startHub }],
  };
  const help: Item = {
    label: '&Help',
    submenu: [
      { label: 'Keys', accelerator: 'F1', click: () => actions.tell('show-keys') },
      { label: 'About Wardline', accelerator: 'Shift+F1', click: actions.about },
    ],
  };
  return [file, edit, goMenu(actions, mac), viewMenu(developing), hub, help];
}
