import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Part {
  readonly label: string;
  readonly sources: readonly string[];
  readonly command: readonly string[];
  readonly product: string;
}

/** What is built before it runs: the console's page, and the bundles Electron loads. The hub under plain Node needs none. */
export const PARTS = {
  console: {
    label: 'the console',
    sources: ['renderer', 'main/domain', 'preload', 'resources', 'vite.config.ts', 'package.json', 'package-lock.json'],
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.config.ts', '--logLevel', 'error'],
    product: 'dist/renderer/index.html',
  },
  shell: {
    label: 'the desktop shell',
    sources: ['main', 'preload', 'db', 'simulators', 'rolldown.config.ts', 'package.json', 'package-lock.json'],
    command: ['node_modules/rolldown/bin/cli.mjs', '-c', 'rolldown.config.ts', '--log-level', 'warn'],
    product: 'dist/shell/main.js',
  },
} as const satisfies Record<string, Part>;
export type PartName = keyof typeof PARTS;

/** Paths, sizes and times of change of everything below the given paths, as one hash. */
export function fingerprint(base: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const full = join(base, path);
    if (!existsSync(full)) return;
    const stats = statSync(full);
    if (stats.isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(`${path}/${name}`);
    } else {
      hash.update(`${path}\0${stats.size}\0${Math.round(stats.mtimeMs)}\n`);
    }
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

function stampOf(name: PartName): string {
  return join(root, 'dist', `.${name}-stamp`);
}

/** Whether a part's product is there and was made from the sources as they are now. */
export function built(name: PartName): boolean {
  const part = PARTS[name];
  if (!existsSync(join(root, part.product)) || !existsSync(stampOf(name))) return false;
  return readFileSync(stampOf(name), 'utf8') === fingerprint(root, part.sources);
}

function run(command: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Builds what is older than its sources. Answers the sentence to show when that failed, else null. */
export async function ensureBuilt(names: readonly PartName[], say: (text: string) => void): Promise<string | null> {
  for (const name of names.filter((each) => !built(each))) {
    const part = PARTS[name];
    say(`Building ${part.label} …`);
    const before = fingerprint(root, part.sources);
    rmSync(stampOf(name), { force: true });
    if ((await run(part.command)) !== 0) {
      return `Building ${part.label} failed; the reason stands above. \`npm run build\` tries it again by itself.`;
    }
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stampOf(name), before);
  }
  return null;
}
