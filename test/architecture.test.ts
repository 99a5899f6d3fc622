import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faultsOf, importsOf } from './helpers/architecture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const TOP_FOLDERS = ['db', 'main', 'preload', 'renderer', 'resources', 'simulators', 'test'];
const PRODUCED = ['node_modules', 'dist'];

function filesBelow(folder: string, ending: RegExp): string[] {
  const full = join(root, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function ourSources(): string[] {
  const tools = readdirSync(root).filter((name) => /\.(ts|mjs)$/.test(name));
  return [...TOP_FOLDERS.flatMap((folder) => filesBelow(folder, /\.(ts|tsx|mjs|mts)$/)), ...tools];
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Files of a folder that the folder's list does not import. */
function unlisted(files: readonly string[], list: string): string[] {
  const listed = importsOf(list, read(list)).map((from) => from.replace(/^.*\//, ''));
  return files.filter((file) => file !== list && !listed.includes(file.replace(/^.*\//, '')));
}

describe('the shape of the house', () => {
  it('has the seven top folders and no other', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !PRODUCED.includes(entry.name))
      .map((entry) => entry.name);
    expect(folders.filter((name) => !TOP_FOLDERS.includes(name))).toEqual([]);
  });

  it('imports only what its table allows, and does nothing of its "Never" list', () => {
    const sources = ourSources();
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((path) => faultsOf(path, read(path)))).toEqual([]);
  });

  it('keeps every migration in the ordered list', () => {
    expect(unlisted(filesBelow('db/migrations', /^\d{4}-.*\.ts$/), 'db/migrations/index.ts')).toEqual([]);
  });

  it('keeps every device profile in its list', () => {
    expect(
      unlisted(filesBelow('main/domain/device/profiles', /\.ts$/), 'main/domain/device/profiles/index.ts'),
    ).toEqual([]);
  });

  it('opens every feature of the console from somewhere in its frame', () => {
    const frame = [...filesBelow('renderer/app', /\.tsx?$/), 'renderer/main.tsx']
      .filter((path) => existsSync(join(root, path)))
      .flatMap((path) => importsOf(path, read(path)));
    const features = readdirSync(join(root, 'renderer/features'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(features.filter((name) => !frame.some((from) => from.includes(`/features/${name}/`)))).toEqual([]);
  });
});

describe('the check itself', () => {
  const faulty: readonly (readonly [string, string, string])[] = [
    ['main/domain/bed/bed.ts', "import type { Store } from '#db/open.ts';", 'domain may not import db'],
    ['main/domain/bed/bed.ts', "import { readFileSync } from 'node:fs';", 'domain may not use node:fs'],
    ['main/domain/bed/bed.ts', "import { z } from 'zod';", 'domain may not use the package zod'],
    ['main/domain/bed/bed.ts', 'export const at = () => Date.now();', 'the domain reaches for Date.now'],
    ['main/domain/bed/bed.ts', 'export const at = () => new Date();', 'the domain reaches for new Date()'],
    ['main/domain/bed/bed.ts', 'export const dice = () => Math.random();', 'the domain reaches for Math.random'],
    ['main/domain/bed/bed.ts', 'setTimeout(() => {}, 1);', 'the domain reaches for setTimeout'],
    ['main/domain/bed/bed.ts', 'export const here = process.cwd();', 'the domain reaches for process'],
    ['main/domain/bed/bed.ts', "export const z = import('#services/beds.ts');", 'domain may not import services'],
    ['main/services/beds.ts', "export * from '#db/stores/beds.ts';", 'services may not import db'],
    ['main/services/beds.ts', "export type Db = import('#db/open.ts').Db;", 'services may not import db'],
    ['main/services/beds.ts', "import { app } from 'electron';", 'services may not use electron'],
    ['main/transports/http.ts', "import { beds } from '#services/beds.ts';", 'transports may not import services'],
    ['main/shell/app.ts', "import type { Bed } from '#domain/bed/bed.ts';", 'shell may not import domain'],
    ['main/compose.ts', "import '#main/shell/main.ts';", 'main may not import shell'],
    ['main/compose.ts', "import { run } from '#simulators/run.ts';", 'main may not import simulators'],
    ['preload/contract/beds.ts', "import { app } from 'electron';", 'contract may not use electron'],
    ['db/open.ts', "import { connect } from 'node:net';", 'db may not use node:net'],
    [
      'renderer/features/beds/Beds.tsx',
      "import { Ward } from '../ward/Ward.tsx';",
      'beds may not import the feature ward',
    ],
    ['renderer/ui/age.ts', "import { join } from 'node:path';", 'renderer may not use node:path'],
    ['simulators/run.ts', "import { openStore } from '#db/open.ts';", 'simulators may not import db'],
    ['test/db/x.test.ts', "import { y } from '../../db/y.ts';", 'climbs out'],
    ['db/open.ts', 'export default 1;', 'has a default export'],
    ['vendor/x.ts', 'export const x = 1;', 'lies in no folder'],
  ];
  it.each(faulty)('finds the fault of %s: %s', (path, source, fault) => {
    expect(faultsOf(path, source).join()).toContain(fault);
  });

  it('leaves alone what is allowed', () => {
    const rule = `
      import type { BedId } from '#domain/ids.ts';
      import { later } from '../time.ts';
      export interface Step { readonly process: string; setTimeout(ms: number): void }
      export const on = (at: number): Date => new Date(at);
      export const name = (step: Step): string => step.process;`;
    expect(faultsOf('main/domain/bed/bed.ts', rule)).toEqual([]);
    expect(faultsOf('vite.config.ts', "import { defineConfig } from 'vite'; export default defineConfig({});")).toEqual(
      [],
    );
  });
});
