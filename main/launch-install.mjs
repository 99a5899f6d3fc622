import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, wherever the command was started from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stampFile = join(root, 'node_modules', '.wardline-install');

/** Node 24 as npm installed it, or null while it is missing. */
export function ownNode() {
  const binary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(binary) ? binary : null;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
}

/** Whether two lists of npm packages ask for the same versions. Packages that npm may leave out are not asked for. */
export function samePackages(wanted, installed) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link || entry.optional || entry.devOptional || entry.peer) return true;
    return installed[path]?.version === entry.version;
  });
}

/** Whether what is in node_modules is what package-lock.json asks for. */
export function packagesReady() {
  if (!ownNode()) return false;
  const hash = lockHash();
  if (readStamp() === hash) return true;
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !installed || !samePackages(wanted, installed)) return false;
  writeFileSync(stampFile, hash);
  return true;
}

/**
 * Installs the packages when they are missing or the lock file changed. Answers the sentence to show when that failed,
 * else null.
 */
export function ensurePackages(say) {
  if (packagesReady()) return null;
  say(existsSync(join(root, 'node_modules')) ? 'The packages changed. Installing them …' : 'Installing the packages …');
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  for (const name of ['npm_config_prefix', 'npm_config_local_prefix', 'npm_command']) delete env[name];
  const result = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: npm.length === 1 && process.platform === 'win32',
  });
  if (result.error || result.status !== 0) {
    return (
      'The packages could not be installed: `npm ci` failed (its own words stand above). ' +
      'It needs to reach the npm registry once; afterwards Wardline runs without any connection. ' +
      'Check the connection or the proxy, then run the same command again.'
    );
  }
  if (!ownNode()) {
    return (
      'The packages are installed, but the Node 24 that comes with them is missing: npm was told not to run install ' +
      'scripts. Run `npm rebuild node --ignore-scripts=false`, then the same command again.'
    );
  }
  writeFileSync(stampFile, lockHash());
  return null;
}
