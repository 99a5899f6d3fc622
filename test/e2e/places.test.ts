import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSomeone, axeFindings, type ConsoleUnderTest, startConsole, wear } from '#test/helpers/console.ts';

let house: ConsoleUnderTest;
let page: Page;

beforeAll(async () => {
  house = await startConsole();
  await admitSomeone(house.hub, { ward: 'Ward North', label: '1' });
  page = await house.signIn('admin', '/settings?tab=places');
}, 120_000);

afterAll(async () => {
  await house?.close();
});

/** The places as they are exported, line by line, the heading first. */
async function exported(): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const file = readFileSync(await download.path(), 'utf8');
  return file
    .replace(/^\uFEFF/u, '')
    .trimEnd()
    .split('\r\n');
}

describe('setting up places', () => {
  it('gives a bed its equipment and ages, and a room its rule', async () => {
    await page.getByRole('button', { name: /^Ward North/u }).click();
    await page.getByRole('button', { name: 'Change bed 1…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Oxygen').check();
    await dialog.getByLabel('Youngest').fill('16');
    await dialog.getByRole('button', { name: 'Save bed 1' }).click();
    await page.getByRole('cell', { name: 'Oxygen' }).waitFor();
    await page.getByRole('cell', { name: '16 years and over' }).waitFor();
    await page.getByRole('button', { name: 'Change room R1…' }).click();
    await dialog.getByLabel('Who may share it').selectOption('female');
    await dialog.getByRole('button', { name: 'Save room R1' }).click();
    await page.getByText('Women only').waitFor();
  });

  it('says why a bed that was in use cannot go', async () => {
    await page.getByRole('button', { name: 'Remove bed 1' }).click();
    await page.getByRole('alert').filter({ hasText: 'Bed 1 is occupied. Nothing was removed.' }).waitFor();
  });

  it('adds a waiting room', async () => {
    await page.getByRole('button', { name: /^Without beds/u }).click();
    await page.getByRole('button', { name: 'Add a place…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Main waiting room');
    await page.getByRole('button', { name: 'Add Main waiting room' }).click();
    await page.getByRole('row', { name: /Main waiting room Waiting area/u }).waitFor();
  });

  it('brings a ward of beds in from a file, after showing what would be done', async () => {
    const [heading = '', ...lines] = await exported();
    const like = lines.find((line) => line.startsWith('bed,')) ?? '';
    const more = Array.from({ length: 20 }, (_, index) => like.replace(/,1,/u, `,${index + 2},`));
    const csv = [heading, ...lines, ...more].join('\r\n');
    await page.getByRole('button', { name: 'Import CSV…' }).click();
    const dialog = page.getByRole('dialog');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: 'Choose a file…' }).click(),
    ]);
    await chooser.setFiles({ name: 'places.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await dialog.getByText(`No problem. 20 new, 0 changed, ${lines.length} as they are.`).waitFor();
    await dialog.getByRole('button', { name: `Import ${lines.length + 20} lines` }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Ward North/u }).click();
    await page.getByRole('rowheader', { name: 'Bed 21', exact: true }).waitFor();
    expect((await exported()).length).toBe(lines.length + 21);
  });

  it('names the problems of pasted lines by their numbers and changes nothing', async () => {
    const before = await exported();
    await page.getByRole('button', { name: 'Import CSV…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Lines to import').fill([...before, 'bed,,,,,'].join('\n'));
    await dialog.getByRole('button', { name: 'Check the lines' }).click();
    const problems = dialog.getByRole('list', { name: 'Problems' }).getByRole('listitem');
    await problems.first().waitFor();
    expect(await problems.evaluateAll((items) => items.map((item) => (item as HTMLLIElement).value))).toContain(
      before.length + 1,
    );
    expect(await dialog.getByRole('button', { name: 'Check the lines' }).isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await exported()).toEqual(before);
  });

  it('prints a label for every bed, one sheet for 24', async () => {
    await page.getByRole('link', { name: 'Print bed labels' }).click();
    await page.getByRole('heading', { name: 'Bed labels' }).waitFor();
    await page.getByRole('button', { name: /^Print \d+ labels$/u }).waitFor();
    const { beds } = await house.hub.call<{ beds: unknown[] }>('locations/tree', {}, 'admin');
    expect(await page.getByRole('img', { name: /^Code of bed/u }).count()).toBe(beds.length);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/gu)).toHaveLength(Math.ceil(beds.length / 24));
    const a4 = /\/MediaBox\s*\[\s*0\s+0\s+(59\d(?:\.\d+)?)\s+(84\d(?:\.\d+)?)/u;
    expect(pdf).toMatch(a4);
    await page.getByLabel('Paper').selectOption('single');
    const roll = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(roll.match(/\/Type\s*\/Page\b/gu)).toHaveLength(beds.length);
    expect(roll).toMatch(/\/MediaBox\s*\[\s*0\s+0\s+17\d(?:\.\d+)?\s+8[12](?:\.\d+)?/u);
  });

  it('has nothing axe objects to, in light, dark and night', async () => {
    for (const look of ['light', 'dark', 'night'] as const) {
      for (const path of ['/settings?tab=places', '/settings?tab=places&place=areas', '/labels']) {
        await page.goto(house.hub.ready.console + path);
        await wear(page, look);
        await page.getByRole('table').or(page.getByRole('img')).first().waitFor();
        expect([look, path, await axeFindings(page)]).toEqual([look, path, []]);
      }
    }
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  }, 120_000);
});
