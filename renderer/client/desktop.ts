/** What the desktop shell's preload hands the page; absent in a browser. */
export interface DesktopBridge {
  /** Posts a fresh MessagePort to this window as `wardline:port`. */
  connect(): Promise<void>;
  signInCode(): string | null;
  readonly version: string;
  readonly platform: string;
}

declare global {
  interface Window {
    readonly wardline?: DesktopBridge;
  }
}

export function desktop(): DesktopBridge | undefined {
  return window.wardline;
}

/** Asks the shell for a port to the hub and waits for it to arrive. */
export function receivePort(bridge: DesktopBridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    function arrived(event: MessageEvent) {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'wardline:port' || !port) return;
      removeEventListener('message', arrived);
      resolve(port);
    }
    addEventListener('message', arrived);
    bridge.connect().catch((error: unknown) => {
      removeEventListener('message', arrived);
      reject(error);
    });
  });
}
