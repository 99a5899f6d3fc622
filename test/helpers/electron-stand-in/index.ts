/**
 * A stand-in for the parts of the `electron` module that main/shell uses, for machines where Electron's runtime cannot
 * be had. It imitates Electron's side only: events, windows, pages with their preload, and a real process for the hub.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { app } from './app.ts';

export { app } from './app.ts';
export { ipcMain } from './ipc.ts';
export { MessageChannelMain } from './ports.ts';
export { session } from './session.ts';
export { forked, utilityProcess } from './utility-process.ts';
export { BrowserWindow } from './window.ts';

interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
}

export const Menu = {
  applied: [] as readonly MenuItem[],
  buildFromTemplate: (items: readonly MenuItem[]) => items,
  setApplicationMenu(items: readonly MenuItem[]): void {
    Menu.applied = items;
  },
};

/** Privileges asked for our scheme. */
export const privileges: unknown[] = [];
export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly unknown[]): void {
    if (app.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    privileges.push(...schemes);
  },
};

interface Box {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}
/** Questions that were asked, and the button that the person presses next. */
export const dialog = {
  asked: [] as Box[],
  press: 0,
  async showMessageBox(...words: unknown[]): Promise<{ response: number }> {
    dialog.asked.push(words.at(-1) as Box);
    return { response: dialog.press };
  },
};

export const screen = {
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  getAllDisplays: () => screen.displays,
};

/** A keychain of one user on one computer: `account` changes when the profile is copied to another. */
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  account: randomBytes(32),
  rotated: false,
  getSelectedStorageBackend: () => safeStorage.backend,
  isAsyncEncryptionAvailable: async () => safeStorage.available,
  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', safeStorage.account, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  },
  async decryptStringAsync(bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', safeStorage.account, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const result = decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    return { result, shouldReEncrypt: safeStorage.rotated };
  },
};
