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

function tile(label: string) {
  return page
    .locator('[data-bed]')
    .filter({ has: page.getByRole('button', { name: new RegExp(`^Bed ${label},`, 'u') }) });
}

function chip(list: string) {
  return page.getByRole('toolbar', { name: 'Lists of this board' }).getByRole('button', { name: list });
}

describe('the beds', () => {
  it('stand where beds were before, in natural order, with who lies in them', async () => {
    await page.waitForURL('**/flow');
    await tile('1').getByText('OKAFOR, Ann').waitFor();
    const labels = await page.locator('[data-tile-link]').allTextContents();
    expect(labels).toEqual(['1', '2', '10']);
  });

  it('are counted by lists that hold exactly as many', async () => {
    await chip('2 Free').click();
    await page.waitForURL(/show=free/u);
    expect(await page.locator('[data-bed]').count()).toBe(2);
    await page.reload();
    await chip('1 Occupied').click();
    await tile('1').waitFor();
    expect(await page.locator('[data-bed]').count()).toBe(1);
    await chip('3 beds').click();
    await tile('10').waitFor();
  });

  it('warn that somebody of that name is already registered', async () => {
    await page.keyboard.press('n');
    await page.getByLabel('Family name').fill('Okafor');
    await page.getByRole('region', { name: 'Already registered' }).getByText('OKAFOR, Ann').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('take a patient who is registered for one of them', async () => {
    await tile('10').getByRole('button').focus();
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Register and admit to bed 10' }).click();
    await page.getByLabel('Family name').fill('<b>Weiß</b>');
    await page.getByLabel('Given names').fill('Eva Maria');
    await page.getByLabel('Born').fill('12 mar 1950');
    await page.getByText(/12-Mar-1950 \(\d+ y\)/u).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Register, then admit' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Admit to bed 10, Ward 7' }).click();
    await tile('10')
      .getByText(/<B>WEI(SS|ß)<\/B>, Eva Maria/u)
      .waitFor();
  });

  it('move a patient to a bed that can be had, and say of the others why not', async () => {
    await tile('1').getByRole('button').focus();
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('option', { name: /Bed 2/u }).waitFor();
    expect(await dialog.getByRole('option', { name: /Bed 10.*Occupied by/u }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await dialog.getByRole('button', { name: 'Move to bed 2, Ward 7' }).click();
    await tile('2').getByText('OKAFOR, Ann').waitFor();
    await tile('1').getByText('Dirty').waitFor();
  });

  it('are dirty once the patient has left, and free only when clean', async () => {
    await tile('2').getByRole('button').focus();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/frees .*bed 2.* and asks for it to be cleaned/u).waitFor();
    await dialog.getByRole('button', { name: 'Discharge: the patient left' }).click();
    await tile('2').getByText('Dirty').waitFor();
    await tile('2').getByRole('button').focus();
    await page.keyboard.press('c');
    await tile('2').getByText('Cleaning').waitFor();
    await page.keyboard.press('c');
    await tile('2').getByText('Free').waitFor();
  });

  it('show a scheduler the patient without vital signs and without allergies', async () => {
    const [found] = await house.hub.call<{ id: string }[]>('patients/search', { query: 'Eva' });
    await page.goto(`${house.hub.ready.console}/patient/${found?.id}`);
    await page.getByRole('heading', { name: /Eva Maria/u }).waitFor();
    expect(await page.getByRole('region', { name: 'Last values' }).count()).toBe(0);
    expect(await page.getByText(/llergies/u).count()).toBe(0);
    await page.goto(`${house.hub.ready.console}/flow`);
  });

  it('have nothing axe objects to', async () => {
    await tile('1').waitFor();
    await tile('10').getByRole('button').click();
    await page.getByRole('complementary', { name: 'Bed 10' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});
