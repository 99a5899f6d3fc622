// `npm test`. Plain JavaScript without packages: it runs on the Node of a fresh machine, before anything is installed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensurePackages, ownNode, root } from '../main/launch-install.mjs';
import { countReport, createTally } from './setup-tally.mjs';
import { ensureTools, toolPath } from './setup-tools.mjs';

const help = `Runs everything that says whether Wardline is in order: types, lint, build, and all tests.

  npm test                     all of it
  npm test -- test/db          only the tests of a folder or file (names are matched as vitest does)
  npm test -- --help           this text

The last line is "N passed, N failed". Types, lint, build and tools count as one check each.
`;

const tally = createTally();
const { count } = tally;

function say(text) {
  process.stdout.write(`${text}\n`);
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
  if (report) countReport(tally, report, code, root);
}

function finish() {
  process.exitCode = tally.exitCode();
  say(tally.summary());
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
