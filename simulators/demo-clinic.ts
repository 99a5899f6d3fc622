import { type DemoOrder, type DemoRun, driveDemo } from './demo/drive.ts';

const NAMES = ['api', 'mqtt', 'clinic', 'nurseId'] as const;

function orderOf(message: unknown): DemoOrder | null {
  if (typeof message !== 'object' || message === null) return null;
  const fits =
    NAMES.every((name) => typeof Reflect.get(message, name) === 'string') &&
    typeof Reflect.get(message, 'epoch') === 'number' &&
    typeof Reflect.get(message, 'fresh') === 'boolean' &&
    typeof Reflect.get(message, 'tokens') === 'object' &&
    Array.isArray(Reflect.get(message, 'staff'));
  return fits ? (message as DemoOrder) : null;
}

/**
 * Lives the demo clinic as a child process of the hub: takes one order over IPC, answers `{ populated: true }` when
 * wards, patients and the past are in, and ends when the hub goes away.
 */
export async function runDemoClinic(): Promise<void> {
  if (!process.send) throw new Error('--demo-clinic is for the hub, which starts it as its child process.');
  let run: DemoRun | null = null;
  let settleEnd: (() => void) | null = null;
  let failEnd: ((error: unknown) => void) | null = null;
  const ended = new Promise<void>((settle, fail) => {
    settleEnd = settle;
    failEnd = fail;
  });
  const leave = (): void => {
    const stopping = run?.stop() ?? Promise.resolve();
    stopping.then(
      () => settleEnd?.(),
      () => settleEnd?.(),
    );
  };
  process.once('disconnect', leave);
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  process.on('message', (message) => {
    const order = orderOf(message);
    if (!order || run) return;
    run = driveDemo(order, () => Date.now());
    run.settled.then(
      () => process.connected && process.send?.({ populated: true }),
      (error: unknown) => failEnd?.(error),
    );
  });
  await ended;
}
