import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readOrCreateKeyFile } from '#db/key.ts';
import { takeOwnership } from '#db/lock.ts';
import { storePaths } from '#db/paths.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Hub } from './compose.ts';
import { hubHelp, readHubArguments } from './hub-options.ts';

/** Signals wait this long for an orderly end; then the process ends anyway. */
const CLOSE_WITHIN_MS = 2_800;

async function main(): Promise<void> {
  const line = readHubArguments(process.argv.slice(2));
  if (line.help) {
    process.stdout.write(hubHelp());
    return;
  }
  process.umask(0o077);
  const { options } = line;
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  const keyFile = line.keyFile ?? join(options.data, 'wardline.key');
  const key = readOrCreateKeyFile({ dataDir: options.data, keyFile });
  // Asked before the hub is even loaded: a second one is refused at once.
  takeOwnership(storePaths(options.data).lock).release();
  const { composeHub } = await import('./compose.ts');
  const hub = await composeHub({
    ...options,
    key,
    keyKeeping: 'In a file of mode 0600 beside the store: whoever can read this user’s files can read the store.',
  });
  endOnSignal(hub);
  process.stdout.write(`${JSON.stringify(hub.ready)}\n`);
}

function endOnSignal(hub: Hub): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
    hub.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

main().catch((error: unknown) => {
  const words =
    error instanceof ClinicError
      ? error.message
      : `Wardline could not start: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${words}\n`);
  process.exit(error instanceof ClinicError && error.code === 'invalid-input' ? 2 : 1);
});
