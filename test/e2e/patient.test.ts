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

/** Most keys a whole set may take (spec: interface, goal 22). */
const MOST_KEYS = 30;

let house: ConsoleUnderTest;
let page: Page;
let monitor: TestDevice;
let bed: Awaited<ReturnType<typeof admitSomeone>>;
let saying: ReturnType<typeof setInterval>;

beforeAll(async () => {
  house = await startConsole();
  bed = await admitSomeone(house.hub, { ward: 'Ward 5', label: '12' });
  monitor = await monitorAt(house.hub, bed.bedId, 'monitor-12');
  saying = setInterval(() => void monitor.send({ hr: 88, spo2: 97, rr: 18 }), 1_000);
  page = await house.signIn('nurse', `/patient/${bed.patientId}`);
}, 120_000);

afterAll(async () => {
  clearInterval(saying);
  await monitor?.close();
  await house?.close();
});

/** Presses keys one by one and counts them. */
async function press(keys: readonly string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}

describe('the patient view', () => {
  it('says who this is, where they lie and what is known of allergies', async () => {
    const banner = page.getByRole('region', { name: 'Patient' });
    await banner.getByRole('heading', { name: 'OKAFOR, Ann' }).waitFor();
    const text = await banner.textContent();
    expect(text).toMatch(/Born 17-May-1961 \(\d+ y\)/u);
    expect(text).toContain('Sex Female');
    expect(text).toContain('Allergies not recorded');
    expect(text).toContain('Bed 12, Ward 5');
  });

  it('takes a set by keyboard alone, in at most 30 keys, and the board shows its score', async () => {
    await page.getByRole('region', { name: 'Last values' }).getByText('88', { exact: true }).first().waitFor();
    let keys = await press(['o']);
    await page.getByRole('dialog').waitFor();
    keys += await press(['a', 'o', '2', 'Enter', ...'39.2', 'Enter', ...'105/70', 'Enter']);
    const preview = page.getByTestId('preview-total');
    await preview.getByText(/^5$/u).waitFor();
    keys += await press(['Enter', 'Enter', 'Enter', 'Enter', 'Enter']);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(keys).toBeLessThanOrEqual(MOST_KEYS);
    await page.getByRole('region', { name: 'NEWS2' }).getByText('Medium risk').waitFor();
    const card = page.getByRole('list', { name: 'Beds', exact: true }).getByRole('listitem');
    await page.goto(`${house.hub.ready.console}/ward/${bed.wardId}`);
    await card.getByText('Medium risk').waitFor();
    await page.goto(`${house.hub.ready.console}/patient/${bed.patientId}`);
  });

  it('names what cannot be beside the field and saves nothing of it', async () => {
    await page.getByRole('heading', { name: 'OKAFOR, Ann' }).waitFor();
    await press(['o']);
    await page.getByRole('dialog').waitFor();
    await page.getByRole('textbox', { name: 'Temperature' }).fill('57');
    await page.getByText('Between 25 and 45 °C.').waitFor();
    expect(await page.getByRole('button', { name: 'Save observations' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(['o']);
    expect(await page.getByRole('textbox', { name: 'Temperature' }).inputValue()).toBe('57');
    await page.getByRole('textbox', { name: 'Temperature' }).fill('');
    await page.keyboard.press('Escape');
  });

  it('moves one focus line through all charts by arrow keys, and says its time and values', async () => {
    const slider = page.getByRole('slider', { name: 'Focus line through the trends' });
    await slider.focus();
    await page.keyboard.press('End');
    await page.getByTestId('focus-line').waitFor();
    const newest = (await slider.getAttribute('aria-valuetext')) ?? '';
    expect(newest).toMatch(/^\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}(:\d{2})?, .*\/min/u);
    await page.keyboard.press('Home');
    const oldest = Number(await slider.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowRight');
    expect(Number(await slider.getAttribute('aria-valuenow'))).toBeGreaterThan(oldest);
    await page.keyboard.press('Escape');
    await page.getByTestId('focus-line').waitFor({ state: 'detached' });
  });

  it('shows the same values as a table', async () => {
    await page.getByText('Table', { exact: true }).click();
    const table = page.getByRole('table').filter({ hasText: 'Heart rate' });
    await table.getByRole('cell', { name: '105/70' }).first().waitFor();
    await page.getByText('Charts', { exact: true }).click();
  });

  it('lets a physician prescribe scale 2, and tells a nurse why they cannot', async () => {
    await page.getByText('Only a physician prescribes the SpO₂ scale.').waitFor();
    const theirs = await house.signIn('physician', `/patient/${bed.patientId}`);
    await theirs.getByText('Scale 2 (88–92 %)').click();
    await theirs.getByRole('radio', { name: 'Scale 2 (88–92 %)', checked: true }).waitFor({ state: 'attached' });
    const stay = await house.hub.call<{ spo2Scale: number }>('encounters/get', { id: bed.encounterId });
    expect(stay.spo2Scale).toBe(2);
    await theirs.close();
  });

  it('keeps personal limits with their reason, and draws back to the clinic’s', async () => {
    await page.getByRole('button', { name: 'Change the limits of Heart rate' }).click();
    await page.getByLabel('High priority above').fill('150');
    await page.getByLabel('Reason').fill('Known fast atrial fibrillation');
    await page.getByRole('button', { name: 'Save limits' }).click();
    await page.getByText(/Personal: Known fast atrial fibrillation/u).waitFor();
    await page.getByRole('button', { name: 'Change the limits of Heart rate' }).click();
    await page.getByRole('button', { name: 'Back to the clinic’s limits' }).click();
    await page.getByText(/Personal: Known fast/u).waitFor({ state: 'detached' });
  });

  it('writes a note, newest first', async () => {
    await press(['n']);
    await page.keyboard.type('Sat up for breakfast.');
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('region', { name: 'Notes' })
      .getByRole('listitem')
      .first()
      .getByText('Sat up for breakfast.')
      .waitFor();
  });

  it('shows waveforms while they are sent, and says so when none is', async () => {
    await page.getByText('No waveform is being sent.').waitFor();
    const samples = Buffer.from(new Int16Array(250).map((_, index) => (index % 50 === 0 ? 1_000 : 0)).buffer);
    for (let seq = 0; seq < 3; seq += 1) {
      const wave = { seq, at: Date.now(), wave: 'ecg-ii', rate: 250, unit: 'uV', gain: 1, offset: 0 };
      await monitor.raw('wave', JSON.stringify({ ...wave, data: samples.toString('base64') }), { qos: 0 });
    }
    await page.getByRole('region', { name: 'Waveforms' }).getByText('ECG II').waitFor();
  });

  it('has nothing axe objects to, in any look', async () => {
    for (const look of ['light', 'dark', 'night'] as const) {
      await wear(page, look);
      await page.getByRole('slider', { name: 'Focus line through the trends' }).waitFor();
      expect(await axeFindings(page), look).toEqual([]);
    }
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});
