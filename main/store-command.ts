import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readKeyFile } from '#db/key.ts';
import { type StorePaths, storePaths } from '#db/paths.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { defaultDataDir, defaultKeyFile } from './data-dir.ts';

/** What both commands on a store's folder are told. */
export interface StoreCommandOptions {
  readonly paths: StorePaths;
  readonly key: Buffer;
  readonly json: boolean;
  readonly to: string | undefined;
}

interface StoreCommand {
  readonly help: string;
  /** Whether it takes `--to`. */
  readonly writes: boolean;
  /** Answers the exit code and what to print. */
  run(options: StoreCommandOptions): { readonly code: 0 | 1; readonly text: string };
}

/** Runs a command on a store's folder: reads its options, refuses unknown ones, prints one answer, sets the exit code. */
export function runStoreCommand({ help, writes, run }: StoreCommand, args = process.argv.slice(2)): void {
  process.umask(0o077);
  const json = args.includes('--json');
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        'key-file': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        ...(writes ? { to: { type: 'string' } } : { json: { type: 'boolean' } }),
      },
    });
    if (values.help) {
      process.stdout.write(help);
      return;
    }
    const given = values as { data?: string; 'key-file'?: string; to?: string };
    const dataDir = given.data ?? usedDataDir();
    const key = readKeyFile(given['key-file'] ?? defaultKeyFile(dataDir));
    const { code, text } = run({ paths: storePaths(dataDir), key, json, to: given.to });
    process.stdout.write(`${text}\n`);
    process.exitCode = code;
  } catch (error) {
    fail(error, json && !writes);
  }
}

// The clinic's own folder first: a demo beside it is never what was meant.
function usedDataDir(): string {
  const clinic = defaultDataDir('clinic');
  const demo = defaultDataDir('demo');
  return !existsSync(storePaths(clinic).store) && existsSync(storePaths(demo).store) ? demo : clinic;
}

function fail(error: unknown, json: boolean): void {
  const problem = error instanceof Error ? error.message : 'unknown failure';
  // Errors that are neither ours nor the option parser's are faults of the program: their trace is wanted.
  const expected = error instanceof ClinicError || (error instanceof TypeError && 'code' in error);
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, rows: 0, problem })}\n`);
  process.stderr.write(`${expected ? problem : error instanceof Error ? error.stack : problem}\n`);
  process.exitCode = 1;
}
