// `npm test`. Plain JavaScript without packages: it runs on the Node of a fresh machine, before anything is installed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { ensurePackages, ownNode, root } from '../main/launch-install.mjs';
import { ensureTools, toolPath } from './setup-tools.mjs';

const help = `Runs everything that says whether Wardline is in order: types, lint, build, and all tests.

  npm test                     all of it
  npm test -- test/db          only the tests of a folder or file (names are matched as vitest does)
  npm test -- --help           this text

The last line is "N passed, N failed". Types, lint, build and tools count as one check each.
`;

const tally = { passed: 0, failed: 0, failures: [] };

function say(text) {
  process.stdout.write(`${text}\n`);
}

function count(name, failure) {
  if (!failure) tally.passed += 1;
  else {
    tally.failed += 1;
    tally.failures.push(`${name}: ${failure}`);
  }
}

/** Runs one of our tools on Node 24; answers its exit code and, when kept, what it wrote. */
function run(args, { keep = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const node = ownNode();
    const path = [dirname(node), join(root, 'node_modules', '.bin'), toolPath].join(delimiter);
    const child = spawn(node, args, {
      cwd: root,
      env: { ...process.env, ...env, PATH: path },
      stdio: ['ignore', keep ? 'pipe' : 'inherit', keep ? 'pipe' : 'inherit'],
    });
    let words = '';
    for (const stream of keep ? [child.stdout, child.stderr] : []) {
      stream.on('data', (chunk) => {
        words += chunk;
      });
    }
    const stop = () => child.kill('SIGTERM');
    process.once('SIGTERM', stop);
    child.on('error', (error) => resolve({ code: 1, words: error.message }));
    child.on('close', (code) => {
      process.off('SIGTERM', stop);
      resolve({ code: code ?? 1, words });
    });
  });
}

async function check(name, args) {
  const startedAt = Date.now();
  const { code, words } = await run(args, { keep: true });
  say(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  if (code !== 0) say(words.trim());
  count(name, code === 0 ? null : 'see its output above');
}

async function staticChecks() {
  await Promise.all([
    check('types', ['node_modules/typescript/bin/tsc', '-b']),
    check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
  ]);
}

const build = [
  '--input-type=module',
  '-e',
  `
  import { ensureBuilt } from './main/launch-build.ts';
  const failure = await ensureBuilt(['console', 'shell'], (text) => process.stdout.write(text + '\\n'));
  if (failure) { process.stdout.write(failure + '\\n'); process.exitCode = 1; }
`,
];

/** Counts what vitest wrote into its report: every test, and every file that could not even be read. */
function countTests(report, code) {
  let run = 0;
  for (const file of report?.testResults ?? []) {
    const name = relative(root, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') run += 1;
      if (test.status === 'passed') count(test.fullName, null);
      if (test.status === 'failed') count(`${name} › ${test.fullName}`, firstLine(test.failureMessages?.[0]));
    }
    const noted = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !noted) count(name, firstLine(file.message) || 'the file could not be run');
  }
  if (run === 0 && tally.failed === 0) count('tests', 'no test ran');
  if (code !== 0 && tally.failed === 0) count('vitest', 'it ended with an error although every test passed; see above');
}

function firstLine(text) {
  return (text ?? '').trim().split('\n')[0] ?? '';
}

async function tests(filters, tools) {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-test-'));
  const reportFile = join(folder, 'report.json');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
  const { code } = await run([...args, `--outputFile.json=${reportFile}`, ...filters], {
    env: tools.chromium ? { WARDLINE_CHROMIUM: tools.chromium } : {},
  });
  let report = null;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    count('vitest', 'it ended without a report; see above');
  }
  rmSync(folder, { recursive: true, force: true });
  if (report) countTests(report, code);
}

function finish() {
  if (tally.failures.length > 0) say(`\nFailed:\n${tally.failures.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
  say(`\n${tally.passed} passed, ${tally.failed} failed`);
}

async function main() {
  const filters = process.argv.slice(2);
  if (filters.includes('--help')) return process.stdout.write(help);
  const failure = ensurePackages(say);
  if (failure) {
    count('packages', failure);
    return finish();
  }
  const { tools, failures } = await ensureTools(root, say);
  for (const missing of failures) count('tools', missing);
  if (filters.length === 0) await staticChecks();
  await check('build', build);
  await tests(filters, tools);
  return finish();
}

await main();
