import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neutralised } from '#renderer/ui/grid/csv.ts';
import {
  admitSomeone,
  axeFindings,
  type BedUnderTest,
  type ConsoleUnderTest,
  startConsole,
  wear,
} from '#test/helpers/console.ts';
import { eventually } from '#test/helpers/wait.ts';

let house: ConsoleUnderTest;
let page: Page;
let ann: BedUnderTest;

const PEOPLE = [
  ['Okafor', 'Ann'],
  ['=Weiß', 'Eva'],
  ['Brandt', 'Emeka, Jr'],
  ['Nguyễn', 'Lan'],
  ['Ünal', 'Can'],
] as const;

beforeAll(async () => {
  house = await startConsole(['--demo', '--bare', '--port', '0']);
  for (const [at, [family, given]] of PEOPLE.entries()) {
    const one = await admitSomeone(house.hub, {
      ward: `${at < 3 ? 'North' : 'South'} ${at}`,
      label: String(at + 1),
      family,
      given,
    });
    if (at === 0) ann = one;
  }
  page = await house.signIn('nurse', '/lists');
  await page.getByText('5 patients').waitFor();
}, 120_000);

afterAll(() => house?.close());

/** What the grid shows, headings first, as it stands from left to right and top to bottom. */
async function onScreen(on: Page): Promise<string[][]> {
  return on.evaluate(() => {
    const words = (root: Element, selector: string) =>
      [...root.querySelectorAll(selector)]
        .map((cell) => ({ at: Number(cell.getAttribute('aria-colindex')), words: cell.textContent?.trim() ?? '' }))
        .sort((one, other) => one.at - other.at)
        .map((cell) => cell.words);
    const headings = [...document.querySelectorAll('.ag-header-cell')]
      .sort((one, other) => Number(one.getAttribute('aria-colindex')) - Number(other.getAttribute('aria-colindex')))
      .map((cell) => cell.querySelector('.ag-header-cell-text')?.textContent?.trim() ?? '');
    const rows = [...document.querySelectorAll('.ag-row')]
      .sort((one, other) => Number(one.getAttribute('row-index')) - Number(other.getAttribute('row-index')))
      .map((row) => words(row, '.ag-cell'));
    return [headings, ...rows];
  });
}

/** Keeps, frame by frame, every count a page's list said, and who stood in it from the top. */
function noteLists(): void {
  const seen = { counts: [] as string[], rows: [] as string[] };
  const note = (kept: string[], words: string): void => {
    if (words !== '' && kept.at(-1) !== words) kept.push(words);
  };
  const look = (): void => {
    const rows = [...document.querySelectorAll('.ag-row')].sort(
      (one, other) => Number(one.getAttribute('row-index')) - Number(other.getAttribute('row-index')),
    );
    const names = rows.map((row) => row.querySelector('[col-id="patient"]')?.textContent?.trim() ?? '');
    note(seen.rows, names.join(' · '));
    note(seen.counts, /\d.*/u.exec(document.querySelector('main [role="status"]')?.textContent ?? '')?.[0] ?? '');
    requestAnimationFrame(look);
  };
  Object.assign(window, { listsSeen: seen });
  requestAnimationFrame(look);
}

/** Exports in two acts, and answers the file. */
async function exported(on: Page, format: string): Promise<{ name: string; bytes: Buffer }> {
  await on.getByRole('button', { name: 'Export', exact: true }).click();
  const waiting = on.waitForEvent('download');
  await on.getByRole('menuitem', { name: format }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const CSV = 'Plain table (CSV)';
const XLSX = 'Excel workbook (XLSX)';

describe('the lists', () => {
  it('count on every tab as many as stand in the list it opens', async () => {
    const tabs = page.getByRole('navigation', { name: 'Lists' }).getByRole('link');
    for (let at = 0; at < (await tabs.count()); at += 1) {
      await tabs.nth(at).click();
      await eventually('the list is as long as its tab says', async () => {
        const count = Number(await tabs.nth(at).locator('strong').textContent());
        return (await page.locator('.ag-row').count()) === count;
      });
      const count = Number(await tabs.nth(at).locator('strong').textContent());
      if (count === 0)
        await page
          .locator('main')
          .getByText(/^(Nobody|No |Every bed)/u)
          .first()
          .waitFor();
    }
    await tabs.first().click();
    await page.getByText('5 patients').waitFor();
  });

  it('are sorted, narrowed and rearranged, and the address says so', async () => {
    await page.getByRole('columnheader', { name: 'Patient' }).click();
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Sex' }).uncheck();
    await page.getByRole('checkbox', { name: 'Ward' }).check();
    await page.getByRole('button', { name: 'Age further right' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('north');
    await page.getByText('3 of 5').waitFor();
    const address = new URL(page.url());
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ q: 'north', sort: 'patient' });
    const [headings, ...rows] = await onScreen(page);
    expect(headings).toContain('Ward');
    expect(headings).not.toContain('Sex');
    expect(rows.map(([name]) => name)).toEqual(['=WEISS, Eva', 'BRANDT, Emeka, Jr', 'OKAFOR, Ann']);
  });

  it('leave as CSV exactly as they are on screen, in two acts', async () => {
    const shown = await onScreen(page);
    const { name, bytes } = await exported(page, CSV);
    expect(name).toMatch(/^Everyone here \d\d-[A-Z][a-z]{2}-\d{4} \d{4}\.csv$/u);
    const file: string[][] = parse(bytes.toString('utf8'), { bom: true });
    expect(file).toEqual(shown.map((row) => row.map(neutralised)));
    expect(file.flat().some((cell) => cell.startsWith("'="))).toBe(true);
    const kept = await house.hub.call<{ actor: string; after: unknown }[]>(
      'ledger/list',
      { act: 'list.exported' },
      'admin',
    );
    expect(kept).toMatchObject([{ actor: expect.any(String), after: { format: 'csv', rows: file.length - 1 } }]);
  });

  it('leave as a workbook with the same rows', async () => {
    const shown = await onScreen(page);
    const { name, bytes } = await exported(page, XLSX);
    expect(name).toMatch(/\.xlsx$/u);
    const files = unzipSync(new Uint8Array(bytes));
    const text = strFromU8(files['xl/sharedStrings.xml'] ?? new Uint8Array());
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet.match(/<row /gu)?.length).toBe(shown.length);
    for (const [who] of shown) expect(text).toContain(who?.replaceAll('&', '&amp;'));
    expect(text).not.toContain('ÜNAL');
    expect(text).toContain('Invented patients. Not for care.');
  });

  it('are the same to whoever opens the copied link', async () => {
    const { pathname, search } = new URL(page.url());
    const shown = await onScreen(page);
    const other = await house.signIn('nurse', pathname + search);
    await other.getByText('3 of 5').waitFor();
    await eventually('the same list', async () => JSON.stringify(await onScreen(other)) === JSON.stringify(shown));
    await other.close();
  });

  it('opened from a link show from the first row on what the link asks for, and nothing else', async () => {
    await house.context.addInitScript(noteLists);
    const three = { 'is.patient': JSON.stringify(['ÜNAL, Can', 'BRANDT, Emeka, Jr', 'OKAFOR, Ann']) };
    for (const [asked, count, rows] of [
      [three, '3 of 5', 'OKAFOR, Ann · BRANDT, Emeka, Jr · ÜNAL, Can'],
      [{ ...three, sort: '-patient', show: 'patient' }, '3 of 5', 'ÜNAL, Can · OKAFOR, Ann · BRANDT, Emeka, Jr'],
      [{ ...three, sort: 'patient', q: 'north' }, '2 of 5', 'BRANDT, Emeka, Jr · OKAFOR, Ann'],
    ] as const) {
      const other = await house.signIn('nurse', `/lists?${new URLSearchParams(asked)}`);
      await other.getByText('OKAFOR, Ann').waitFor();
      await other.getByText(/^\d of 5$/u).waitFor();
      const seen = await other.evaluate(() => (window as unknown as { listsSeen: unknown }).listsSeen);
      expect(seen).toEqual({ counts: [count], rows: [rows] });
      await other.close();
    }
  });

  it('are saved as views, for oneself or for everyone', async () => {
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByLabel('Save what is on screen as').fill('North by name');
    await page.getByRole('checkbox', { name: 'Everyone may use it' }).check();
    await page.getByRole('button', { name: 'Save the view' }).click();
    await page.getByRole('button', { name: /^North by name/u }).waitFor();
    await page.getByLabel('Save what is on screen as').fill('Only mine');
    await page.getByRole('checkbox', { name: 'Everyone may use it' }).uncheck();
    await page.getByRole('button', { name: 'Save the view' }).click();
    await page.getByRole('button', { name: /^Only mine/u }).waitFor();
    await page.getByRole('button', { name: /^Everything/u }).click();
    await page.getByText('5 patients').waitFor();
    await page.keyboard.press('Escape');
    const other = await house.signIn('scheduler', '/lists');
    await other.getByText('5 patients').waitFor();
    await other.getByRole('button', { name: 'Views', exact: true }).click();
    await other.getByRole('button', { name: /^North by name/u }).click();
    await other.getByText('3 of 5').waitFor();
    expect(await other.getByRole('button', { name: /^Only mine/u }).count()).toBe(0);
    expect(await other.getByRole('button', { name: /^Remove the view/u }).count()).toBe(0);
    await other.close();
  });

  it('are narrowed to the words of a column, and widened again', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Rows where').selectOption({ label: 'Place' });
    await page.getByRole('checkbox', { name: /South 4/u }).check();
    await page.getByText('1 of 5').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Take this filter away/u }).click();
    await page.getByText('5 patients').waitFor();
  });

  it('say in their own words that nothing matches, with the way back', async () => {
    await page.getByRole('textbox', { name: /^Find/u }).fill('nobody at all');
    await page.getByText('No patient matches “nobody at all”').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('5 patients').waitFor();
  });

  it('take a new patient in by themselves', async () => {
    await admitSomeone(house.hub, { family: 'Later', given: 'Zoe' });
    await page.getByText('6 patients').waitFor();
    await page.getByText('LATER, Zoe').waitFor();
  });

  it('open a row with Enter, and its history is read and corrected', async () => {
    await page.getByRole('gridcell', { name: 'OKAFOR, Ann' }).press('Enter');
    await page.getByRole('complementary', { name: 'OKAFOR, Ann' }).getByRole('button', { name: 'History' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Correct: Admitted/u }).click();
    await dialog.getByLabel('it did not happen').check();
    await dialog.getByLabel('Reason', { exact: true }).fill('entered for the wrong patient');
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await dialog.getByText(/Taken back .* entered for the wrong patient/u).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('5 patients').waitFor();
  });

  it('have nothing axe objects to, light and dark', async () => {
    expect(await axeFindings(page)).toEqual([]);
    await wear(page, 'dark');
    await page.getByText('5 patients').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await wear(page, 'light');
    await page.getByText('5 patients').waitFor();
  });
});

describe('the record of a patient', () => {
  it('is corrected, merged with another and parted again', async () => {
    const { id: twinId } = await house.hub.call<{ id: string }>('patients/register', {
      name: { family: 'Okafor', given: ['Anne'] },
      birthDate: '1961-05-17',
      sex: 'female',
      identifiers: [{ system: 'mrn', value: 'TWIN-1' }],
    });
    await page.goto(`${house.hub.ready.console}/patient/${ann.patientId}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Given names').fill('Ann Mary');
    await page.getByRole('button', { name: 'Save the correction' }).click();
    await page.getByRole('heading', { name: 'OKAFOR, Ann Mary' }).waitFor();
    await page.getByRole('button', { name: 'Merge records' }).click();
    await page.getByRole('button', { name: 'Compare with OKAFOR, Anne' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('registered twice');
    await page.getByRole('button', { name: 'Merge into one record' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await house.hub.call<{ id: string }>('patients/get', { id: twinId })).id).toBe(ann.patientId);
    await page.getByRole('button', { name: 'Merge records' }).click();
    await page.getByRole('button', { name: 'Part again…' }).click();
    await page.getByRole('region', { name: 'Merged before' }).getByLabel('Reason').fill('two people');
    await page.getByRole('button', { name: 'Part the records' }).click();
    await page.getByRole('region', { name: 'Merged before' }).waitFor({ state: 'detached' });
    expect((await house.hub.call<{ id: string }>('patients/get', { id: twinId })).id).toBe(twinId);
    await page.keyboard.press('Escape');
  });

  it('leaves no trouble behind', () => {
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});
