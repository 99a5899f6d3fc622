import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { samePackages } from '#main/launch-install.mjs';
import { countReport, createTally } from '#test/setup-tally.mjs';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const passed = { status: 'passed', fullName: 'a' };
const failed = { status: 'failed', fullName: 'b', failureMessages: ['AssertionError: 1 is not 2\n at …'] };

function counted(testResults: object[], exitCode: number) {
  const tally = createTally();
  tally.count('types', null);
  countReport(tally, { testResults }, exitCode, '/r');
  return tally;
}

describe('what npm test says at the end', () => {
  it('counts every check and every test', () => {
    const tally = counted([{ name: '/r/x.test.ts', status: 'passed', assertionResults: [passed, passed] }], 0);
    expect(tally.summary()).toBe('\n3 passed, 0 failed');
    expect(tally.exitCode()).toBe(0);
  });

  it('names what failed, and fails', () => {
    const tally = counted([{ name: '/r/x.test.ts', status: 'failed', assertionResults: [passed, failed] }], 1);
    expect(tally.summary()).toContain('x.test.ts › b: AssertionError: 1 is not 2');
    expect(tally.summary().endsWith('2 passed, 1 failed')).toBe(true);
    expect(tally.exitCode()).toBe(1);
  });

  it.each([
    [
      'a file that could not be read',
      [{ name: '/r/x.test.ts', status: 'failed', message: 'No such', assertionResults: [] }],
      1,
    ],
    ['a run without tests', [], 0],
    ['an error outside of tests', [{ name: '/r/x.test.ts', status: 'passed', assertionResults: [passed] }], 1],
  ])('counts %s as a failure', (_case, results, exitCode) => {
    expect(counted(results, exitCode).counted.failed).toBe(1);
    expect(counted(results, exitCode).exitCode()).toBe(1);
  });

  it('fails when nothing was checked', () => {
    expect(createTally().exitCode()).toBe(1);
  });
});

describe('the packages', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it('are the same when every needed one has the version asked for', () => {
    expect(samePackages(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
    expect(samePackages(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
    expect(samePackages(wanted, {})).toBe(false);
  });
});

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What npm would find for a package named in another's list, walking up as node does. */
function lockedFor(packages: Readonly<Record<string, Locked>>, path: string, name: string): Locked | undefined {
  for (let base = path; base !== ''; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const found = packages[`${base}/node_modules/${name}`];
    if (found) return found;
  }
  return packages[`node_modules/${name}`];
}

describe('the lock file', () => {
  const packages: Readonly<Record<string, Locked>> = JSON.parse(read('package-lock.json')).packages;
  const entries = Object.entries(packages).filter(([path]) => path !== '');

  it('holds every package of every platform, or `npm ci` refuses it on a fresh machine', () => {
    const missing = entries.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        .filter(([, version]) => /^\d/.test(version))
        .filter(([name, version]) => lockedFor(packages, path, name)?.version !== version)
        .map(([name, version]) => `${name}@${version}`),
    );
    expect(missing).toEqual([]);
  });

  it('pins the bytes of each', () => {
    expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });
});

describe('the packaged app', () => {
  const described = read('electron-builder.yml');

  it.each([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['loadBrowserProcessSpecificV8Snapshot', false],
    ['grantFileProtocolExtraPrivileges', false],
  ])('19 has its fuse %s set to %s', (fuse, on) => {
    expect(described).toMatch(new RegExp(`^  ${fuse}: ${on}$`, 'm'));
  });

  it('is for three systems, publishes nowhere and leaves the data of a clinic when it is removed', () => {
    for (const line of ['target: nsis', 'target: dmg', 'target: AppImage', 'target: deb', 'publish: null']) {
      expect(described).toContain(line);
    }
    expect(described).toContain('deleteAppDataOnUninstall: false');
  });
});
