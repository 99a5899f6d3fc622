import { EventEmitter } from 'node:events';

type Answer = (request: Request) => Response | Promise<Response>;
type PermissionHandler = (contents: null, permission: string, callback: (allowed: boolean) => void) => void;
type RequestHandler = (
  details: { url: string; resourceType: string },
  callback: (answer: { cancel?: boolean }) => void,
) => void;

export class Session extends EventEmitter {
  private readonly schemes = new Map<string, Answer>();
  private onPermission: PermissionHandler = (_contents, _permission, callback) => callback(true);
  private onRequest: RequestHandler = (_details, callback) => callback({});
  private permissionCheck: () => boolean = () => true;
  private devicePermission: () => boolean = () => true;
  spellChecker = true;

  readonly protocol = { handle: (scheme: string, answer: Answer): unknown => this.schemes.set(scheme, answer) };
  readonly webRequest = {
    onBeforeRequest: (handler: RequestHandler): void => {
      this.onRequest = handler;
    },
  };

  setPermissionRequestHandler(handler: PermissionHandler): void {
    this.onPermission = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }

  /** Whether a page would get a permission, by asking, by looking, and for a device. */
  grants(permission: string): boolean[] {
    let asked = true;
    this.onPermission(null, permission, (allowed) => {
      asked = allowed;
    });
    return [asked, this.permissionCheck(), this.devicePermission()];
  }

  /** Whether a request from a page would leave. */
  lets(url: string): boolean {
    let cancelled = false;
    this.onRequest({ url, resourceType: 'xhr' }, ({ cancel }) => {
      cancelled = cancel === true;
    });
    return !cancelled;
  }

  async fetch(url: string): Promise<Response> {
    const answer = this.schemes.get(url.slice(0, url.indexOf(':')));
    if (!answer || !this.lets(url)) throw new Error('net::ERR_FAILED');
    // Node keeps `..` and odd characters of a foreign scheme, where Chromium may not: the handler must bear both.
    return answer({ url, method: 'GET' } as Request);
  }
}

export const session = { defaultSession: new Session() };
