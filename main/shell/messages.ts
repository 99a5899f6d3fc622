import { app, ipcMain, MessageChannelMain } from 'electron';
import { SHELL_CHANNELS, type ShellGreeting } from '#contract/shell.ts';
import type { HubProcess } from './hub-process.ts';
import type { Note } from './note.ts';
import { fromOurPage } from './security.ts';
import type { Windows } from './windows.ts';

export interface MessagesDeps {
  readonly hub: HubProcess;
  readonly windows: Pick<Windows, 'takeSignInCode'>;
  readonly note: Note;
}

function platform(): ShellGreeting['platform'] {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
}

/** Answers the two questions a page may ask. From anywhere but the top frame of our own page they are refused and noted. */
export function answerPages({ hub, windows, note }: MessagesDeps): void {
  ipcMain.on(SHELL_CHANNELS.greeting, (event) => {
    if (!fromOurPage(event.senderFrame)) {
      note('security', 'message refused', { channel: SHELL_CHANNELS.greeting });
      event.returnValue = null;
      return;
    }
    const greeting: ShellGreeting = {
      version: app.getVersion(),
      platform: platform(),
      signInCode: windows.takeSignInCode(event.sender),
    };
    event.returnValue = greeting;
  });

  ipcMain.handle(SHELL_CHANNELS.connect, async (event, ...words) => {
    const frame = event.senderFrame;
    if (!fromOurPage(frame) || words.length > 0) {
      note('security', 'message refused', { channel: SHELL_CHANNELS.connect });
      throw new Error('Refused.');
    }
    const { port1, port2 } = new MessageChannelMain();
    await hub.connect(port1);
    frame?.postMessage(SHELL_CHANNELS.port, null, [port2]);
  });
}
