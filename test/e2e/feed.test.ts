import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, type ConsoleUnderTest, startConsole, wear } from '#test/helpers/console.ts';
import { connectMllp, type MllpClient } from '#test/helpers/mllp.ts';

let house: ConsoleUnderTest;
let page: Page;
let sender: MllpClient;

beforeAll(async () => {
  house = await startConsole(['--demo', '--bare', '--port', '0', '--hl7-port', '0']);
  sender = await connectMllp(house.hub.ready.hl7 ?? '');
  page = await house.signIn('nurse', '/feed');
}, 120_000);

afterAll(async () => {
  sender?.close();
  await house?.close();
});

/** A transfer of a patient nobody told us of: it waits for a person. */
const transfer = (id: string, visit: string) =>
  [
    `MSH|^~\\&|KIS|HOSP|WARDLINE|CLINIC|20260303120000||ADT^A02|${id}|P|2.5`,
    'EVN|A02|20260303120000',
    'PID|1||4711^^^HOSP^MR||Weiß\\T\\Sohn^Eva||19500312|F',
    `PV1|1|I|WARD A^BAY 2^A05||||||||||||||||${visit}`,
  ].join('\r');

describe('the feed screen', () => {
  it('says where it listens and that nothing waits', async () => {
    await page.getByText('Listening').waitFor();
    await page.getByText(house.hub.ready.hl7 ?? 'nowhere').waitFor();
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByText('Nothing is sent.').waitFor();
  });

  it('shows a message that explains nothing at once, with why, and counts it', async () => {
    expect(await sender.ask(transfer('C-1', 'V-1'))).toContain('MSA|AA|C-1');
    await page.getByRole('gridcell', { name: 'ADT A02' }).waitFor();
    const tab = page.getByRole('navigation', { name: 'Messages' }).getByRole('link').first();
    expect(await tab.textContent()).toBe('To be looked at 1');
    await page.getByText('1 message', { exact: true }).waitFor();
  });

  it('reads it field by field with names, and as it came', async () => {
    await page.getByRole('gridcell', { name: 'ADT A02' }).click();
    const pane = page.getByRole('complementary', { name: 'Message' });
    const name = pane.getByRole('row', { name: /PID-5 Name/u });
    expect(await name.textContent()).toContain('Weiß&Sohn · Eva');
    await pane
      .getByRole('row', { name: /PV1-19 Visit number/u })
      .getByText('V-1')
      .waitFor();
    await pane.getByRole('button', { name: 'As it came' }).click();
    await pane.getByText('PID|1||4711^^^HOSP^MR').waitFor();
    await pane.getByRole('button', { name: 'As it came' }).click();
  });

  it('has nothing axe objects to, light and dark', async () => {
    expect(await axeFindings(page)).toEqual([]);
    await wear(page, 'dark');
    await page.getByRole('gridcell', { name: 'ADT A02' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await wear(page, 'light');
    await page.getByRole('gridcell', { name: 'ADT A02' }).click();
  });

  it('tries it again and says what still stands against it', async () => {
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^It still waits:/u).waitFor();
  });

  it('dismisses it with a reason: it leaves the list and stays in the record', async () => {
    await page.getByRole('button', { name: 'Dismiss…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Dismiss the message' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('entered by hand');
    await dialog.getByRole('button', { name: 'Dismiss the message' }).click();
    await page.getByText('Nothing waits for you').waitFor();
    await page
      .getByText(/^Dismissed/u)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'All messages' }).click();
    await page.getByRole('gridcell', { name: 'Dismissed' }).waitFor();
    await page.getByRole('gridcell', { name: 'entered by hand' }).waitFor();
  });

  it('says why the latest message was refused', async () => {
    await sender.ask('MSH|^~\\&|KIS|HOSP|WARDLINE|CLINIC|20260303120000||ZZZ^Z99|C-9|P|2.5\r');
    await page.getByText(/unsupported message type/u).waitFor();
  });

  it('shows an administrator how it runs, and no message', async () => {
    const other = await house.signIn('admin', '/feed');
    await other.getByText('Listening').waitFor();
    await other.getByText('Messages are shown to those who look after patients').waitFor();
    await other.close();
  });

  it('leaves no trouble behind', () => {
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});
