import { type App, app, type Session, type WebContents, type WebFrameMain } from 'electron';
import { REFUSED_SWITCHES } from './arguments.ts';
import type { Note } from './note.ts';
import { CONSOLE } from './protocol.ts';

/** Whether an address is one of our own pages. */
function isOurs(address: string): boolean {
  return address.startsWith(CONSOLE);
}

/** Whether a message comes from the top frame of one of our pages: not from a frame inside it, nor from a page that is gone. */
export function fromOurPage(frame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url);
}

/** The scheme alone: the rest of a foreign address may hold anything. */
function kindOf(address: string): string {
  return /^[a-z][a-z0-9+.-]{0,20}:/i.exec(address)?.[0] ?? 'none';
}

/** Switches of a packaged app that must end it: they would let others read the screen or the store. */
export function refusedSwitch(of: App): string | null {
  if (!of.isPackaged) return null;
  return REFUSED_SWITCHES.find((name) => of.commandLine.hasSwitch(name)) ?? null;
}

/** Denies every permission, and every request that leaves the app: the console reaches the hub by its port alone. */
export function guardSession(session: Session, note: Note): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    note('security', 'permission refused', { permission });
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
    note('security', 'download refused');
  });
  session.webRequest.onBeforeRequest((details, callback) => {
    const inside = isOurs(details.url) || /^(data|blob|devtools|chrome-devtools):/.test(details.url);
    if (!inside) note('security', 'request refused', { scheme: kindOf(details.url), resource: details.resourceType });
    callback({ cancel: !inside });
  });
}

/** Keeps a page where it is: no other address, no new window, no web view. Nothing is ever opened outside. */
function guardContents(contents: WebContents, note: Note): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (isOurs(event.url)) return;
    event.preventDefault();
    note('security', 'navigation refused', { scheme: kindOf(event.url) });
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    note('security', 'web view refused');
  });
  contents.setWindowOpenHandler(({ url }) => {
    note('security', 'new window refused', { scheme: kindOf(url) });
    return { action: 'deny' };
  });
}

/** The guards that hold for the whole app. Call before the app is ready. */
export function guardApp(note: Note): void {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => guardContents(contents, note));
  app.on('certificate-error', (event, _contents, address, _error, _certificate, callback) => {
    event.preventDefault();
    note('security', 'certificate refused', { scheme: kindOf(address) });
    callback(false);
  });
  app.on('select-client-certificate', (event, _contents, _address, _list, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('login', (event) => event.preventDefault());
  // A link or file handed over by the system opens nothing: it may not act, and there is no view for it before sign-in.
  app.on('open-url', (event) => event.preventDefault());
  app.on('open-file', (event) => event.preventDefault());
}
