import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admitSomeone,
  axeFindings,
  type ConsoleUnderTest,
  monitorAt,
  startConsole,
  wear,
} from '#test/helpers/console.ts';
import type { TestDevice } from '#test/helpers/device.ts';

let house: ConsoleUnderTest;
let page: Page;
let monitor: TestDevice;
let sending: ReturnType<typeof setInterval>;

beforeAll(async () => {
  house = await startConsole();
  const bed = await admitSomeone(house.hub, { label: '4' });
  monitor = await monitorAt(house.hub, bed.bedId, 'monitor-4');
  page = await house.signIn('nurse', `/ward/${bed.wardId}`);
  sending = setInterval(() => void monitor.send({ hr: 80, spo2: 71, rr: 14 }), 1_000);
}, 120_000);

afterAll(async () => {
  clearInterval(sending);
  await monitor?.close();
  await house?.close();
});

describe('a high alarm', () => {
  it('is on the card, in the summary and told to a screen reader', async () => {
    const card = page.getByRole('list', { name: 'Beds', exact: true }).getByRole('listitem');
    await card.getByText(/SpO₂ 71 < 85/u).waitFor({ timeout: 40_000 });
    expect(await card.getAttribute('data-flash')).toBe('high');
    await page.getByRole('link', { name: '1 high priority alarm, not all acknowledged' }).waitFor();
    await page
      .getByRole('alert')
      .filter({ hasText: 'High priority alarm: bed 4, SpO₂ 71 < 85.' })
      .waitFor({ state: 'attached' });
  });

  it('is answered from another screen with two acts', async () => {
    await page.getByRole('link', { name: 'Beds and flow', exact: true }).click();
    await page.waitForURL('**/flow');
    await page.getByRole('link', { name: /1 high priority alarm/u }).click();
    await page.getByRole('row').filter({ hasText: 'SpO₂' }).waitFor();
    await page.keyboard.press('a');
    await page.getByText(/Acknowledged .* by you/u).waitFor();
    await page.getByRole('link', { name: '1 high priority alarm, all acknowledged' }).waitFor();
  });

  it('stands in a list that axe has nothing to object to', async () => {
    for (const look of ['light', 'dark', 'night'] as const) {
      await wear(page, look);
      await page.getByText(/Acknowledged .* by you/u).waitFor();
      expect([look, await axeFindings(page)]).toEqual([look, []]);
    }
  });

  it('moves to the ended ones, with its time, once it is over and answered', async () => {
    clearInterval(sending);
    sending = setInterval(() => void monitor.send({ hr: 80, spo2: 97, rr: 14 }), 1_000);
    await page.getByText('No open alarms', { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Ended' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: 'SpO₂' })
      .getByText(/\d+ s|\d+ min/u)
      .first()
      .waitFor();
  });
});
