import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKeyFile } from '#db/key.ts';
import { openStore } from '#db/open.ts';
import { openTestStore, testFolder } from '#test/helpers/store.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAP = 'visit=visit,ward=ward,from=from,to=to';
const GOOD = 'visit,ward,from,to\nV1,North,2024-01-05,2024-01-08\n';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

/** Runs the command as a person would, on a file of this content. */
function command(content: string, args: readonly string[], dataDir = join(folder.path, 'data')) {
  const file = join(folder.path, 'stays.csv');
  writeFileSync(file, content);
  const all = ['main/import.ts', '--stays', file, '--data', dataDir, '--map', MAP, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: ROOT, encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  return { status, stderr, lines, summary: JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

describe('the command that imports past stays', () => {
  it('makes the clinic’s store where there is none; a dry run makes nothing', () => {
    const dataDir = join(folder.path, 'data');
    const dry = command(GOOD, ['--dry-run']);
    expect([dry.status, dry.summary.ok, dry.summary.imported]).toEqual([0, true, 1]);
    expect(existsSync(dataDir)).toBe(false);
    const real = command(GOOD, []);
    expect([real.status, real.summary.imported]).toEqual([0, 1]);
    expect(statSync(join(dataDir, 'wardline.db')).mode & 0o077).toBe(0);
    const store = openStore({ dataDir, key: readKeyFile(join(dataDir, 'wardline.key')), ballastBytes: 0 });
    expect(store.flow.findByVisit('V1')).toHaveLength(1);
    store.close();
  });

  it('ends with 1 and its summary when there are problems, saying nothing was imported', () => {
    const { status, lines, summary, stderr } = command(`${GOOD}V2,North,soon,2024-01-08\n`, []);
    expect(status).toBe(1);
    expect(lines[0]).toBe('line 3, from is no date: "soon"');
    expect(summary).toMatchObject({ ok: false, imported: 0, problems: 1 });
    expect(stderr).toContain('Nothing was imported');
    const wrong = command('a,b\n', []);
    expect([wrong.status, wrong.summary.ok]).toEqual([1, false]);
    expect(wrong.summary.problem).toContain('It has: a, b.');
  });

  it('is refused while a hub has the store, with who that is; a dry run may go on beside it', () => {
    const kept = openTestStore();
    try {
      writeFileSync(join(kept.dataDir, 'wardline.key'), `${kept.key.toString('hex')}\n`, { mode: 0o600 });
      const real = command(GOOD, [], kept.dataDir);
      expect(real.status).toBe(1);
      expect(real.summary.problem).toContain(`already open in process ${process.pid}`);
      const dry = command(GOOD, ['--dry-run'], kept.dataDir);
      expect([dry.status, dry.summary.imported]).toEqual([0, 1]);
    } finally {
      kept.remove();
    }
  });

  it('explains itself', () => {
    const { status, stdout } = spawnSync(process.execPath, ['main/import.ts', '--help'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    for (const word of ['--stays', '--map', '--dry-run', '--skip-bad', '--dates', '--zone'])
      expect(stdout).toContain(word);
  });
});
