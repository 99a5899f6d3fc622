import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '#test/helpers/chromium.ts';
import { makeDataDir, removeDataDir, startHub } from '#test/helpers/hub.ts';

/** Makes the pictures of the documents anew, of a fresh demo clinic that has run for two minutes. */
const folder = fileURLToPath(new URL('../../resources/docs', import.meta.url));
const dataDir = makeDataDir();
const hub = await startHub(['--demo'], dataDir);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, colorScheme: 'light' });
await wait(120_000);
await page.goto(hub.ready.signIn ?? hub.ready.console);
await page.getByText('32 beds').waitFor();
await wait(3_000);
await page.screenshot({ path: join(folder, 'ward-board.png') });
await page.emulateMedia({ colorScheme: 'dark' });
await page.getByText('OKONKWO').first().click();
await wait(6_000);
await page.screenshot({ path: join(folder, 'patient-dark.png') });
await browser.close();
await hub.end();
removeDataDir(dataDir);
process.exit(0);
