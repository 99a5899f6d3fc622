import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Debian keeps mosquitto where only root's path looks. */
export const toolPath = [process.env.PATH ?? '', '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'].join(delimiter);

function runnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of toolPath.split(delimiter).filter(Boolean)) {
    for (const name of names) {
      const found = endings.map((ending) => join(folder, name + ending)).find(runnable);
      if (found) return found;
    }
  }
  return null;
}

/** The broker's program, or null. */
export function findMosquitto() {
  const windows = 'C:\\Program Files\\mosquitto\\mosquitto.exe';
  return onPath(['mosquitto']) ?? (existsSync(windows) ? windows : null);
}

/** A Chromium to drive: the one named by WARDLINE_CHROMIUM, the system's, or Playwright's own; else null. */
export async function findChromium(root) {
  const named = process.env.WARDLINE_CHROMIUM;
  if (named) return runnable(named) ? named : null;
  const system = onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  if (system) return system;
  try {
    const { chromium } = await import(pathToFileURL(join(root, 'node_modules', 'playwright-core', 'index.mjs')).href);
    const own = chromium.executablePath();
    return runnable(own) ? own : null;
  } catch {
    return null;
  }
}

function onDebian() {
  if (process.platform !== 'linux' || !runnable('/usr/bin/apt-get')) return false;
  try {
    return /debian|ubuntu/.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** How to become root without being asked anything, or null. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function aptGet(before, args) {
  const [program, ...rest] = [...before, 'apt-get', '-q', '-y', ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

const advice = {
  mosquitto: {
    linux: 'install the package "mosquitto" (Debian: apt-get install mosquitto)',
    darwin: 'brew install mosquitto',
    win32: 'install it from mosquitto.org into its usual folder',
  },
  chromium: {
    linux: 'install the package "chromium", or run `npx playwright install chromium`',
    darwin: 'npx playwright install chromium',
    win32: 'npx playwright install chromium',
  },
  openssl: {
    linux: 'install the package "openssl" (the tests of TLS make certificates with it)',
    darwin: 'brew install openssl',
    win32: 'install OpenSSL and put it on the path',
  },
};

/**
 * Finds what the tests need beside npm's packages, and installs it where that can be done without asking (Debian, as
 * root). Answers where the tools are and one sentence for each that is missing.
 */
export async function ensureTools(root, say) {
  const find = async () => ({
    mosquitto: findMosquitto(),
    chromium: await findChromium(root),
    openssl: onPath(['openssl']),
  });
  let tools = await find();
  const missing = Object.keys(tools).filter((name) => !tools[name]);
  const before = missing.length > 0 && onDebian() ? asRoot() : null;
  if (before) {
    say(`Installing ${missing.join(' and ')} …`);
    aptGet(before, ['update']);
    aptGet(before, ['install', '--no-install-recommends', ...missing]);
    tools = await find();
  }
  const failures = Object.keys(tools)
    .filter((name) => !tools[name])
    .map((name) => `${name} is missing: ${advice[name][process.platform] ?? advice[name].linux}.`);
  return { tools, failures };
}
