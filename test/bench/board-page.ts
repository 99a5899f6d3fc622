import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '#test/helpers/chromium.ts';
import type { RunningHub } from '#test/helpers/hub.ts';
import { percentile } from './clinic.ts';

export interface BoardPage {
  /** From going to the board inside the running console until every tile in view stands in the document. */
  readonly readyMs: number;
  /** From scrolling on until the tiles of the whole house do. */
  readonly wholeMs: number;
  readonly inpP95Ms: number;
  readonly inpMaxMs: number;
  readonly interactions: number;
  /** Share of the page's main thread while the board streams and nobody touches it. */
  readonly mainThreadShare: number;
}

const PATIENCE_MS = 60_000;

type Measured = Window & { readonly interactionTimes: { readonly id: number; readonly ms: number }[] };

/** Opens the house's board in a real Chromium while acts stream in, and works with it by mouse and keys. */
export async function measureBoardPage(hub: RunningHub, beds: number): Promise<BoardPage> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(hub.ready.signIn ?? hub.ready.console);
    await page.waitForURL(/\/ward/);
    await page.evaluate(noteInteractions);
    // Once, so that the screen's own code is there: what is measured is the board.
    await openBoardScreen(page, beds);
    await page.getByRole('link', { name: 'Alarms' }).first().click();
    await page.waitForURL(/\/alarms/);
    await wait(1_500);
    const readyMs = await openBoardScreen(page, beds);
    const wholeMs = await scrollThrough(page, beds);
    await wait(2_000);
    const mainThreadShare = await threadShare(page, 5_000);
    await page.evaluate(() => (window as unknown as Measured).interactionTimes.splice(0));
    await workWithIt(page);
    await wait(500);
    const entries = await page.evaluate(() => (window as unknown as Measured).interactionTimes);
    const worst = new Map<number, number>();
    for (const { id, ms } of entries) worst.set(id, Math.max(worst.get(id) ?? 0, ms));
    const times = [...worst.values()];
    return {
      readyMs,
      wholeMs,
      inpP95Ms: percentile(times, 0.95),
      inpMaxMs: Math.max(...times),
      interactions: times.length,
      mainThreadShare,
    };
  } finally {
    await browser.close();
  }
}

/** Keeps what the browser itself measured of each key and click, from input to the next paint. */
function noteInteractions(): void {
  const times: { id: number; ms: number }[] = [];
  Object.assign(window, { interactionTimes: times });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId = 0 } = entry as PerformanceEntry & { interactionId?: number };
      if (interactionId > 0) times.push({ id: interactionId, ms: entry.duration });
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

/** Ready when the house's count is right and no ward in view is without its tiles. */
async function openBoardScreen(page: Page, beds: number): Promise<number> {
  return page.evaluate(
    ({ wanted, patienceMs }) =>
      new Promise<number>((settle, fail) => {
        const began = performance.now();
        const ready = () => {
          const wards = [...document.querySelectorAll('main section')].filter((ward) => ward.querySelector('h2 small'));
          const inView = wards.filter((ward) => ward.getBoundingClientRect().top < window.innerHeight);
          const all = document.querySelector('[aria-label="Lists of this board"] button')?.textContent ?? '';
          return (
            all.includes(`${wanted}`) && inView.length > 0 && inView.every((ward) => ward.querySelector('[data-bed]'))
          );
        };
        const look = () => {
          if (ready()) settle(performance.now() - began);
          else if (performance.now() - began > patienceMs) fail(new Error('the board was never ready'));
          else requestAnimationFrame(look);
        };
        document.querySelector<HTMLAnchorElement>('nav a[href^="/flow"]')?.click();
        look();
      }),
    { wanted: beds, patienceMs: PATIENCE_MS },
  );
}

async function scrollThrough(page: Page, beds: number): Promise<number> {
  return page.evaluate(
    ({ wanted, patienceMs }) =>
      new Promise<number>((settle, fail) => {
        const began = performance.now();
        const look = () => {
          const tiles = document.querySelectorAll('[data-bed]');
          if (tiles.length >= wanted) settle(performance.now() - began);
          else if (performance.now() - began > patienceMs) fail(new Error(`${tiles.length} tiles only`));
          else {
            [...document.querySelectorAll('main section')]
              .find((ward) => !ward.querySelector('[data-bed]'))
              ?.scrollIntoView();
            requestAnimationFrame(look);
          }
        };
        look();
      }),
    { wanted: beds, patienceMs: PATIENCE_MS },
  );
}

async function threadShare(page: Page, overMs: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSeconds = async () =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const before = await taskSeconds();
  await wait(overMs);
  const share = ((await taskSeconds()) - before) / (overMs / 1_000);
  await session.detach();
  return share;
}

/** Lists chosen and left, tiles walked by arrows and opened, the move dialog and back: 12 rounds. */
async function workWithIt(page: Page): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    for (const list of ['free', 'occupied']) {
      await page.locator(`[data-list="${list}"]`).click();
      await wait(150);
    }
    await page.locator('[data-list="occupied"]').click();
    await wait(150);
    await page
      .locator('[data-bed]')
      .nth(round * 5 + 1)
      .locator('[data-tile-link]')
      .focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      await page.keyboard.press(key);
      await wait(60);
    }
    await page.keyboard.press('m');
    await wait(600);
    await page.keyboard.press('ArrowDown');
    await wait(80);
    await page.keyboard.press('Escape');
    await wait(300);
  }
}
