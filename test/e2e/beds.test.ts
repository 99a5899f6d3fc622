import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSomeone, axeFindings, type ConsoleUnderTest, startConsole } from '#test/helpers/console.ts';

let house: ConsoleUnderTest;
let page: Page;

beforeAll(async () => {
  house = await startConsole();
  const { wardId } = await admitSomeone(house.hub, { ward: 'Ward 7', label: '1' });
  const [room] = await house.hub.call<{ id: string }[]>('locations/rooms', { wardId });
  for (const label of ['2', '10']) await house.hub.call('locations/addBed', { roomId: room?.id, label }, 'admin');
  page = await house.signIn('scheduler', '/beds');
}, 120_000);

afterAll(() => house?.close());

function row(bed: string) {
  return page.getByRole('row').filter({ has: page.getByRole('gridcell', { name: bed, exact: true }) });
}

describe('the beds screen', () => {
  it('lists beds in natural order with who lies in them, and counts what its chips show', async () => {
    await row('1').getByText('OKAFOR, Ann').waitFor();
    const labels = await page.locator('.ag-row [aria-colindex="3"]').allTextContents();
    expect(labels).toEqual(['1', '2', '10']);
    await page.getByText('Free 2').waitFor();
    await page.getByText('Occupied 1').waitFor();
  });

  it('warns that somebody of that name is already registered', async () => {
    await page.keyboard.press('r');
    await page.getByLabel('Family name').fill('Okafor');
    await page.getByRole('region', { name: 'Already registered' }).getByText('OKAFOR, Ann').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('registers a patient and admits to the bed it was opened on', async () => {
    await row('10').click();
    await page.getByRole('button', { name: 'Register and admit' }).click();
    await page.getByLabel('Family name').fill('<b>Weiß</b>');
    await page.getByLabel('Given names').fill('Eva Maria');
    await page.getByLabel('Born').fill('12 mar 1950');
    await page.getByText(/12-Mar-1950 \(\d+ y\)/u).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Register and admit' }).click();
    await row('10').getByText('<B>WEISS</B>, Eva Maria').or(row('10').getByText('<B>WEIß</B>, Eva Maria')).waitFor();
  });

  it('moves a patient to a free bed, and only free ones are offered', async () => {
    await row('1').click();
    await page.getByRole('button', { name: 'Move…' }).click();
    await page.getByRole('dialog').getByPlaceholder('Choose a free bed').click();
    expect(await page.getByRole('option').allTextContents()).toEqual(['Bed 2 · room R1']);
    await page.getByRole('option', { name: 'Bed 2 · room R1' }).click();
    await page.getByRole('button', { name: 'Move to bed 2, Ward 7' }).click();
    await row('2').getByText('OKAFOR, Ann').waitFor();
    await row('1').getByText('Free').waitFor();
  });

  it('discharges after saying what that does', async () => {
    await row('2').click();
    await page.getByRole('button', { name: 'Discharge…' }).click();
    await page
      .getByRole('dialog')
      .getByText(/cannot be opened again/u)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Discharge' }).click();
    await row('2').getByText('Free').waitFor();
  });

  it('shows a scheduler the patient without vital signs and without allergies', async () => {
    const [found] = await house.hub.call<{ id: string }[]>('patients/search', { query: 'Eva' });
    await page.goto(`${house.hub.ready.console}/patient/${found?.id}`);
    await page.getByRole('heading', { name: /Eva Maria/u }).waitFor();
    expect(await page.getByRole('region', { name: 'Last values' }).count()).toBe(0);
    expect(await page.getByText(/llergies/u).count()).toBe(0);
    await page.goto(`${house.hub.ready.console}/beds`);
  });

  it('has nothing axe objects to', async () => {
    await row('1').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});
