import { existsSync, mkdirSync } from 'node:fs';
import { systemClock } from '#adapters/clock.ts';
import { secrets } from '#adapters/secrets.ts';
import { readKeyFile, readOrCreateKeyFile } from '#db/key.ts';
import { openStore } from '#db/open.ts';
import { storePaths } from '#db/paths.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { defaultDataDir, defaultKeyFile } from './data-dir.ts';
import { IMPORT_HELP, type ImportOptions, readImportArguments } from './import/options.ts';
import { type ImportSummary, importStays } from './import/run.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const line = readImportArguments(process.argv.slice(2));
  if (line.help) {
    process.stdout.write(IMPORT_HELP);
    return;
  }
  process.umask(0o077);
  const store = openFor(line.options);
  try {
    const summary = await importStays(line.options, {
      store,
      newId: secrets.newId,
      clock: systemClock,
      print,
      progress: (words) => process.stderr.write(`${words}\n`),
    });
    if (!summary.ok && !summary.dryRun) {
      process.stderr.write('Nothing was imported. Mend the lines above, or leave their visits out with --skip-bad.\n');
    }
    end(summary);
  } finally {
    store?.close();
  }
}

/** The clinic's store; only to be read in a dry run, and none there where there is none yet. */
function openFor({ data, keyFile, dryRun }: ImportOptions): Store | undefined {
  const dataDir = data ?? defaultDataDir('clinic');
  const file = keyFile ?? defaultKeyFile(dataDir);
  if (dryRun) {
    if (!existsSync(storePaths(dataDir).store)) return undefined;
    return openStore({ dataDir, key: readKeyFile(file), readOnly: true });
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return openStore({ dataDir, key: readOrCreateKeyFile({ dataDir, keyFile: file }) });
}

function end(summary: ImportSummary): void {
  print(JSON.stringify(summary));
  process.exitCode = summary.ok ? 0 : 1;
}

main().catch((error: unknown) => {
  const expected = error instanceof ClinicError;
  const problem = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${expected || !(error instanceof Error) ? problem : error.stack}\n`);
  print(JSON.stringify({ ok: false, problem }));
  process.exitCode = 1;
});
