import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

class App extends EventEmitter {
  isPackaged = false;
  sandboxed = false;
  ready = false;
  /** Whether another instance already runs. */
  taken = false;
  exitCode: number | null = null;
  /** While it quits, the closing of the last window is not told. */
  quitting = false;
  userModelId = '';
  readonly switches = new Set<string>();
  readonly paths = new Map<string, string>([['userData', join(tmpdir(), 'wardline-stand-in')]]);
  closeAllWindows: () => boolean = () => true;

  readonly commandLine = {
    hasSwitch: (name: string): boolean => this.switches.has(name),
    appendSwitch: (name: string): unknown => this.switches.add(name),
  };

  enableSandbox(): void {
    if (this.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }
  async whenReady(): Promise<void> {
    await new Promise(setImmediate);
    this.ready = true;
  }
  requestSingleInstanceLock(): boolean {
    return !this.taken;
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? '';
  }
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Path ${path} does not exist`);
    this.paths.set(name, path);
  }
  getVersion(): string {
    return '0.0.0-stand-in';
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  showAboutPanel(): void {
    this.emit('about-shown');
  }

  quit(): void {
    if (this.exitCode !== null || this.quitting) return;
    this.quitting = true;
    if (!this.closeAllWindows()) {
      this.quitting = false;
      return;
    }
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.emit('will-quit', { preventDefault });
    this.quitting = false;
    if (!prevented) this.exit(0);
  }
  exit(code = 0): void {
    if (this.exitCode !== null) return;
    this.exitCode = code;
    this.emit('exited', code);
  }
}

export const app = new App();
