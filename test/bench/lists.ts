import { stat } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '#test/helpers/chromium.ts';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { connectMllp } from '#test/helpers/mllp.ts';

export interface ListsMeasure {
  readonly rows: number;
  /** From going to the list inside the running console until its rows are there. */
  readonly readyMs: number;
  /** From the click on a heading to the next paint. */
  readonly sortMs: number;
  /** From the last letter typed to the rows that match. */
  readonly searchMs: number;
  /** From the choice of the format to the finished file. */
  readonly csvMs: number;
  readonly xlsxMs: number;
  readonly xlsxBytes: number;
  /** The longest the screen stood still while the workbook was made. */
  readonly xlsxLongestTaskMs: number;
}

const ROWS = 10_000;
const CONNECTIONS = 8;

/** Ten thousand expected patients as one list in a real browser. */
export async function measureLists(): Promise<ListsMeasure> {
  const dataDir = makeDataDir();
  const hub = await startHub(['--demo', '--bare', '--hl7-port', '0'], dataDir);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(hub.ready.signIn ?? hub.ready.console);
    await page.waitForURL(/\/ward/);
    await page.evaluate(noteTasks);
    await expectPatients(hub);
    const readyMs = await openList(page);
    const sortMs = await clicked(page);
    const searchMs = await searched(page);
    const csv = await exported(page, 'Plain table (CSV)');
    const xlsx = await exported(page, 'Excel workbook (XLSX)');
    return {
      rows: ROWS,
      readyMs,
      sortMs,
      searchMs,
      csvMs: csv.ms,
      xlsxMs: xlsx.ms,
      xlsxBytes: xlsx.bytes,
      xlsxLongestTaskMs: xlsx.longestTaskMs,
    };
  } finally {
    await browser.close();
    await hub.end();
    removeDataDir(dataDir);
  }
}

/** Over the HL7 feed, which takes many a second. */
async function expectPatients(hub: RunningHub): Promise<void> {
  let next = 0;
  const one = async () => {
    const sender = await connectMllp(hub.ready.hl7 ?? '');
    for (let at = next++; at < ROWS; at = next++) await sender.ask(preAdmission(at));
    sender.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

function preAdmission(at: number): string {
  const hour = String(at % 24).padStart(2, '0');
  const day = String(1 + (at % 28)).padStart(2, '0');
  return [
    `MSH|^~\\&|KIS|HOSP|WARDLINE|CLINIC|20260303120000||ADT^A05|B-${at}|P|2.5`,
    'EVN|A05|20260303120000',
    `PID|1||${at}^^^HOSP^MR||Family${(at * 7_919) % ROWS}^Given${at % 97}||19610517|${at % 2 ? 'F' : 'M'}`,
    `PV1|1|P|WARD ${at % 20}||||||||||||||||V-${at}`,
    `PV2||||||||205001${day}${hour}00`,
  ].join('\r');
}

async function openList(page: Page): Promise<number> {
  await page.getByRole('link', { name: 'Lists' }).click();
  const tab = page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Expected' });
  await tab.getByText(String(ROWS)).waitFor({ timeout: 60_000 });
  const began = performance.now();
  await tab.click();
  await page.getByText('10,000 patients').waitFor();
  await page.locator('.ag-row').nth(20).waitFor();
  return performance.now() - began;
}

async function clicked(page: Page): Promise<number> {
  await page.evaluate(() => (window as unknown as Noted).clicks.splice(0));
  await page.getByRole('columnheader', { name: 'Patient' }).click();
  await page.waitForFunction(() => (window as unknown as Noted).clicks.length > 0);
  return page.evaluate(() => Math.max(...(window as unknown as Noted).clicks));
}

async function searched(page: Page): Promise<number> {
  await page.getByRole('textbox', { name: /^Find/u }).fill('family12');
  const began = performance.now();
  await page.getByText(/ of 10,000$/u).waitFor();
  const ms = performance.now() - began;
  await page.getByRole('textbox', { name: /^Find/u }).fill('');
  await page.getByText('10,000 patients').waitFor();
  return ms;
}

async function exported(page: Page, format: string) {
  await page.evaluate(() => (window as unknown as Noted).tasks.splice(0));
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const waiting = page.waitForEvent('download', { timeout: 120_000 });
  const began = performance.now();
  await page.getByRole('menuitem', { name: format }).click();
  const file = await (await waiting).path();
  const ms = performance.now() - began;
  const tasks = await page.evaluate(() => (window as unknown as Noted).tasks);
  return { ms, bytes: (await stat(file)).size, longestTaskMs: Math.max(0, ...tasks) };
}

interface Noted {
  readonly tasks: number[];
  readonly clicks: number[];
}

/** Runs in the page: notes tasks over 50 ms, and from each click how long the next paint took. */
function noteTasks(): void {
  const noted = window as unknown as { tasks: number[]; clicks: number[] };
  noted.tasks = [];
  noted.clicks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.tasks.push(duration);
  }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'click') noted.clicks.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}
