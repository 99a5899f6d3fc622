import type { MessagePortMain, UtilityProcess } from 'electron';
import { type ChildName, type FromHub, fromHub, type HubStartOptions, type ToHub } from '#contract/shell.ts';
import { createHubChildren } from './hub-children.ts';
import type { Note } from './note.ts';

/** `given-up`: it ended three times within a minute. `refused`: it said why it will not run. */
export type HubState =
  | { readonly name: 'starting' | 'stopped' | 'given-up' }
  | { readonly name: 'ready'; readonly clinic: string; readonly demo: boolean }
  | { readonly name: 'refused'; readonly reason: string };

export interface HubProcessDeps {
  readonly fork: () => UtilityProcess;
  /** A process for the hub to run something of its own in. */
  readonly forkChild: (name: ChildName, args: readonly string[]) => UtilityProcess;
  /** Read anew at each start; the key is handed over by message and kept nowhere else. */
  readonly startWith: () => Promise<{ options: HubStartOptions; key: Uint8Array<ArrayBuffer> }>;
  /** Milliseconds of a clock that never jumps. */
  readonly clock: () => number;
  readonly note: Note;
}

export interface HubProcess {
  state(): HubState;
  onState(listener: (state: HubState) => void): void;
  /** Also starts it again after it was given up. */
  start(): void;
  /** Hands a port to the hub as soon as it is ready; throws when it will not be. */
  connect(port: MessagePortMain): Promise<void>;
  /** A one-time code that signs the window in; null when the clinic asks people to sign in themselves. */
  signInCode(): Promise<string | null>;
  /** Asks the hub to flush and close; ends it by force after 4 s. */
  stop(): Promise<void>;
}

export const CRASHES = { most: 3, withinMs: 60_000, firstDelayMs: 500 } as const;
const STOP_MS = 4000;

/** How long to wait before the next start, or null when it ended too often. `endings` are times, oldest first, this one included. */
export function restartDelay(endings: readonly number[], now: number): number | null {
  const recent = endings.filter((at) => now - at < CRASHES.withinMs).length;
  return recent >= CRASHES.most ? null : CRASHES.firstDelayMs * 4 ** (recent - 1);
}

/** Keeps the hub running in a utility process. */
export function createHubProcess({ fork, forkChild, startWith, clock, note }: HubProcessDeps): HubProcess {
  const listeners: ((state: HubState) => void)[] = [];
  const codes = new Map<number, (code: string | null) => void>();
  let state: HubState = { name: 'stopped' };
  let child: UtilityProcess | null = null;
  let endings: number[] = [];
  let asked = 0;
  let restart: NodeJS.Timeout | undefined;
  let stopping = false;
  let again = false;

  const enter = (next: HubState): void => {
    state = next;
    for (const listener of [...listeners]) listener(next);
  };
  const send = (message: ToHub, ports: MessagePortMain[] = []): void => child?.postMessage(message, ports);

  const children = createHubChildren(forkChild, send);

  const heard = (message: FromHub): void => {
    children.hear(message);
    if (message.type === 'ready') enter({ name: 'ready', clinic: message.clinic, demo: message.demo });
    else if (message.type === 'failed') enter({ name: 'refused', reason: message.message });
    else if (message.type === 'sign-in-code') {
      codes.get(message.ask)?.(message.code);
      codes.delete(message.ask);
    }
  };

  const ended = (code: number): void => {
    child = null;
    children.endAll();
    for (const answer of codes.values()) answer(null);
    codes.clear();
    if (stopping) enter({ name: 'stopped' });
    if (stopping) return;
    if (again) {
      again = false;
      void begin();
      return;
    }
    if (state.name === 'refused') return;
    note('fault', 'hub ended', { code });
    endings = [...endings, clock()].slice(-CRASHES.most);
    const delay = restartDelay(endings, clock());
    enter({ name: delay === null ? 'given-up' : 'starting' });
    if (delay !== null) restart = setTimeout(begin, delay);
  };

  const begin = async (): Promise<void> => {
    const started = await startWith().catch((error: unknown) => {
      enter({ name: 'refused', reason: error instanceof Error ? error.message : 'The store’s key could not be read.' });
      return null;
    });
    if (!started || stopping) return;
    child = fork();
    child.on('message', (message: unknown) => {
      const parsed = fromHub.safeParse(message);
      if (parsed.success) heard(parsed.data);
      else note('fault', 'hub message of an unknown shape');
    });
    child.once('exit', ended);
    send({ type: 'start', ...started });
  };

  const whenReady = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (now: HubState): boolean => {
        if (now.name === 'starting') return false;
        if (now.name === 'ready') resolve();
        else reject(new Error('The hub is not running.'));
        return true;
      };
      const listener = (now: HubState): void => {
        if (look(now)) listeners.splice(listeners.indexOf(listener), 1);
      };
      if (!look(state)) listeners.push(listener);
    });

  return {
    state: () => state,
    onState: (listener) => listeners.push(listener),
    start() {
      if (state.name === 'starting' || state.name === 'ready') return;
      endings = [];
      stopping = false;
      // The one that refused may still be on its way out, with the store in its hand.
      again = child !== null;
      enter({ name: 'starting' });
      if (!again) void begin();
    },
    async connect(port) {
      await whenReady();
      send({ type: 'port' }, [port]);
    },
    async signInCode() {
      await whenReady();
      asked += 1;
      const ask = asked;
      const answer = new Promise<string | null>((resolve) => codes.set(ask, resolve));
      send({ type: 'sign-in-code', ask });
      return answer;
    },
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        clearTimeout(restart);
        if (!child) return resolve();
        const running = child;
        const force = setTimeout(() => running.kill(), STOP_MS);
        running.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        send({ type: 'stop' });
      }),
  };
}
