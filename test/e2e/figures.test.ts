import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KPI_WORDS } from '#domain/flow/kpi-words.ts';
import { admitSomeone, axeFindings, type ConsoleUnderTest, startConsole, wear } from '#test/helpers/console.ts';

let house: ConsoleUnderTest;
let page: Page;
let wardId: string;

beforeAll(async () => {
  house = await startConsole();
  ({ wardId } = await admitSomeone(house.hub, { ward: 'Ward A', label: 'A1' }));
  for (const given of ['Bo', 'Cleo', 'Dan']) {
    const { encounterId } = await admitSomeone(house.hub, { ward: `Ward ${given}`, label: given, given });
    await house.hub.call('encounters/discharge', { encounterId });
  }
  page = await house.signIn('scheduler', '/figures');
}, 120_000);

afterAll(async () => {
  await house?.close();
});

/** The number a tile shows, as it says it. */
async function shown(title: string): Promise<string> {
  const name = await page.getByRole('button', { name: new RegExp(`^${title}: `, 'u') }).getAttribute('aria-label');
  return /: (.+?)\. Show/u.exec(name ?? '')?.[1] ?? '';
}

describe('the figures screen', () => {
  it('shows what the hub worked out', async () => {
    await page.getByRole('button', { name: /^Discharges: / }).waitFor();
    expect(await shown('Discharges')).toBe('3');
    expect(await shown('Admissions')).toBe('4');
  });

  it('opens the list behind a count with as many lines as it counts, and keeps it in the address', async () => {
    for (const title of ['Discharges', 'Admissions']) {
      const count = await shown(title);
      await page.getByRole('button', { name: new RegExp(`^${title}: `, 'u') }).click();
      await page.getByRole('heading', { name: `${title} ${count}` }).waitFor();
      await page.getByRole('grid', { name: title }).waitFor();
      await page.waitForFunction(
        (lines) => document.querySelectorAll('[role="grid"] [role="row"]').length === lines + 1,
        Number(count),
      );
    }
    expect(page.url()).toContain('list=admissions');
    await page.reload();
    await page.getByRole('heading', { name: 'Admissions 4' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Wards compared' }).waitFor();
  });

  it('narrows to one ward from the wards compared, back leads to the house', async () => {
    await page.getByRole('rowheader', { name: 'Ward A' }).getByRole('button').click();
    await page.waitForURL(new RegExp(`ward=${wardId}`, 'u'));
    await page.getByRole('button', { name: /^Admissions: 1\./u }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /^Admissions: 4\./u }).waitFor();
  });

  it('takes days as people write them', async () => {
    await page.getByRole('button', { name: 'Other dates' }).click();
    await page.getByLabel('First day').fill('1 mar 2020');
    await page.getByLabel('Last day').fill('31/3/2020');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('01-Mar-2020 to 31-Mar-2020, 31 days').waitFor();
    await page.getByRole('button', { name: /^Admissions: 0\./u }).waitFor();
    await page.getByRole('button', { name: '30 days' }).click();
    await page.getByRole('button', { name: /^Admissions: 4\./u }).waitFor();
  });

  it('defines each figure one click away, by keyboard too', async () => {
    const ask = page.getByRole('button', { name: `Definition: ${KPI_WORDS.occupancy.label}` });
    await ask.focus();
    await page.keyboard.press('Enter');
    await page.getByText(KPI_WORDS.occupancy.formula).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(KPI_WORDS.occupancy.formula).waitFor({ state: 'detached' });
  });

  it('says why there is no forecast yet', async () => {
    await page.getByText(/^No forecast: /u).waitFor();
  });

  it('shows names only to those who may see them', async () => {
    const theirs = await house.signIn('supply-manager', '/figures?list=admissions');
    await theirs.getByRole('grid', { name: 'Admissions' }).waitFor();
    expect(await theirs.getByRole('columnheader', { name: 'Patient' }).count()).toBe(0);
    expect(await theirs.locator('body').innerText()).not.toMatch(/Okafor/iu);
    await theirs.close();
  });

  it('has nothing axe objects to, in light, dark and night', async () => {
    for (const look of ['light', 'dark', 'night'] as const) {
      await wear(page, look);
      await page.getByRole('heading', { name: 'Wards compared' }).waitFor();
      expect([look, await axeFindings(page)]).toEqual([look, []]);
    }
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  }, 120_000);
});
