import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSomeone, axeFindings, type ConsoleUnderTest, startConsole, wear } from '#test/helpers/console.ts';
import { eventually } from '#test/helpers/wait.ts';

let house: ConsoleUnderTest;
let page: Page;

interface DirtyBed {
  readonly bedId: string;
  readonly code: string;
}

/** A bed somebody has just left, with the code of its label. */
async function dirtyBed(label: string): Promise<DirtyBed> {
  const { bedId, encounterId } = await admitSomeone(house.hub, { label, given: label });
  await house.hub.call('encounters/discharge', { encounterId });
  const [found] = await house.hub.call<{ code: string }[]>('beds/labels', { bedId });
  return { bedId, code: found?.code ?? '' };
}

async function stateOf(bedId: string): Promise<string | undefined> {
  const { beds } = await house.hub.call<{ beds: { bedId: string; status: string }[] }>('flow/board', {});
  return beds.find((one) => one.bedId === bedId)?.status;
}

/** As a scanner types: real key events, 5 ms from one to the next by their own time, Enter last. */
async function scan(on: Page, code: string): Promise<void> {
  const session = await house.context.newCDPSession(on);
  const begun = Date.now() / 1_000;
  const keys = [...[...code].map((key) => ({ key, text: key })), { key: 'Enter', text: '\r' }];
  await Promise.all(
    keys.flatMap(({ key, text }, index) => {
      const timestamp = begun + index * 0.005;
      const down = session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, timestamp });
      return [down, session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp: timestamp + 0.002 })];
    }),
  );
  await session.detach();
}

beforeAll(async () => {
  house = await startConsole();
  page = await house.signIn('cleaner');
}, 120_000);

afterAll(async () => {
  await house?.close();
});

describe('a cleaner at work', () => {
  it('begins with the tasks and is told of a new one at once', async () => {
    await page.getByText('Nothing to do').waitFor();
    expect(new URL(page.url()).pathname).toBe('/tasks');
    await dirtyBed('K1');
    await page.getByRole('button', { name: 'Start: Bed K1' }).waitFor();
  });

  it('starts and finishes a cleaning by the keyboard alone', async () => {
    const { bedId } = await dirtyBed('K2');
    await page.getByRole('button', { name: 'Start: Bed K2' }).waitFor();
    const start = page.getByRole('button', { name: 'Start: Bed K2' });
    await eventually('J leads to the task', async () => {
      await page.keyboard.press('j');
      await page.waitForTimeout(150);
      return start.evaluate((node) => node === document.activeElement);
    });
    await page.keyboard.press('Enter');
    await page.getByText('Bed K2: cleaning started.').waitFor();
    await page.getByRole('heading', { name: /In your hands/u }).waitFor();
    const finish = page.getByRole('button', { name: 'Clean: bed is ready: Bed K2' });
    await finish.waitFor();
    await eventually('the task keeps the focus', async () =>
      finish.evaluate((node) => node === document.activeElement),
    );
    await eventually('Enter finishes it once the button is calm', async () => {
      await page.keyboard.press('Enter');
      return (await stateOf(bedId)) === 'unoccupied';
    });
    await page.getByText('Bed K2: clean, the bed is ready.').waitFor();
  });

  it('takes back what was done by mistake', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Bed K2: taken back, still in hand.').waitFor();
    await page.getByRole('button', { name: 'Clean: bed is ready: Bed K2' }).waitFor();
  });

  it('starts by one scan of the label, and gives the bed free only by a second', async () => {
    const { bedId, code } = await dirtyBed('K3');
    await page.getByRole('button', { name: 'Start: Bed K3' }).waitFor();
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await scan(page, code);
    await page.getByText('Bed K3: cleaning started.').waitFor();
    await page.waitForTimeout(3_100);
    await scan(page, code);
    await page.getByText(/Bed K3 is being cleaned\. Is it clean now\?/u).waitFor();
    expect(await stateOf(bedId)).toBe('housekeeping');
    await page.keyboard.press('Enter');
    await page.getByText('Bed K3: clean, the bed is ready.').waitFor();
    await eventually('the bed is free', async () => (await stateOf(bedId)) === 'unoccupied');
  });

  it('F63 answers hostile codes with a line and stays where it is', async () => {
    const before = page.url();
    await page.getByRole('button', { name: 'Hand over…' }).first().focus();
    for (const code of ['https://evil.example/', '=cmd|calc!A1', 'WL:BED:nobody', 'x'.repeat(600)]) {
      await page.waitForTimeout(100);
      await scan(page, code);
      await page
        .getByRole('status')
        .filter({ hasText: code.slice(0, 40) })
        .waitFor();
    }
    expect([page.url(), await page.getByRole('dialog').count()]).toEqual([before, 0]);
  });

  it('shows what was done today, as many as it says', async () => {
    await page.getByRole('button', { name: /^Done today/u }).click();
    const said = await page.getByRole('button', { name: /^Done today/u }).innerText();
    const rows = await page.getByRole('table').getByRole('row').count();
    expect(said).toMatch(new RegExp(`${rows - 1}$`, 'u'));
    await page.getByRole('rowheader', { name: /Bed K3/u }).waitFor();
    await page.getByRole('button', { name: /^Open/u }).click();
  });

  it('sees beds, never who lies in them', async () => {
    expect(await page.locator('body').innerText()).not.toMatch(/Okafor/iu);
  });

  it('has targets for gloves on a phone, and nothing axe objects to in any look', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const button of await page.locator('main button:visible').all()) {
      const box = await button.boundingBox();
      expect(box?.height ?? 0, await button.innerText()).toBeGreaterThanOrEqual(44);
    }
    const start = await page.getByRole('button', { name: 'Start: Bed K1' }).boundingBox();
    expect(start?.height).toBeGreaterThanOrEqual(60);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const look of ['light', 'dark', 'night'] as const) {
      await wear(page, look);
      await page.getByRole('button', { name: 'Start: Bed K1' }).waitFor();
      expect([look, await axeFindings(page)]).toEqual([look, []]);
    }
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  }, 120_000);
});
