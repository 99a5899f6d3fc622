import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Flags for a headless Chromium that looks nothing up outside this machine; root needs --no-sandbox. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** The browser tests run in: `WARDLINE_CHROMIUM`, Debian's, or the one Playwright installed. */
export function chromiumPath(): string {
  const found = [process.env.WARDLINE_CHROMIUM, '/usr/bin/chromium', chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
  if (!found)
    throw new Error('No Chromium: `apt-get install chromium` on Debian, or `npx playwright install chromium`.');
  return found;
}
