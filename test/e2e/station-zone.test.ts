import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSomeone, type BedUnderTest, type ConsoleUnderTest, startConsole } from '#test/helpers/console.ts';

const CLINIC = 'Asia/Tokyo';
const HOUR_MS = 3_600_000;

let house: ConsoleUnderTest;
let nurse: Page;
let ann: BedUnderTest;

beforeAll(async () => {
  const args = ['--demo', '--bare', '--port', '0', '--zone', CLINIC];
  house = await startConsole(args, { timezoneId: 'America/New_York' });
  ann = await admitSomeone(house.hub);
  nurse = await house.signIn('nurse', `/flow/${ann.wardId}`);
}, 120_000);
afterAll(() => house?.close());

/** As clocks on the clinic's walls show it. */
function onTheWall(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: CLINIC, hour: '2-digit', minute: '2-digit' }).format(at);
}

async function expectedAt(): Promise<number | null> {
  const { encounters } = await house.hub.call<{
    encounters: { encounterId: string; expectedDischargeAt: number | null }[];
  }>('flow/board', {});
  return encounters.find(({ encounterId }) => encounterId === ann.encounterId)?.expectedDischargeAt ?? null;
}

describe('a station set to another zone than the clinic', () => {
  it('F70 takes a time as typed for the clinic’s', async () => {
    await nurse.locator(`[data-bed="${ann.bedId}"]`).getByRole('button').focus();
    await nurse.keyboard.press('e');
    const meant = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 2 * HOUR_MS;
    await nurse.getByLabel('Expected to leave').fill(onTheWall(meant));
    await nurse.keyboard.press('Enter');
    await nurse.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await expectedAt()).toBe(meant);
  });

  it('F70 shows the clinic’s time on the board, in lists and on the clock', async () => {
    const at = (await expectedAt()) ?? expect.fail();
    await nurse.locator(`[data-bed="${ann.bedId}"]`).getByText(onTheWall(at)).waitFor();
    await nurse.goto(`${house.hub.ready.console}/discharges`);
    await nurse
      .getByRole('row', { name: /OKAFOR/u })
      .getByText(onTheWall(at))
      .waitFor();
    const header = await nurse.locator('header').innerText();
    expect([onTheWall(Date.now()), onTheWall(Date.now() - 60_000)].some((time) => header.includes(time))).toBe(true);
    const stationTime = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/New_York',
      hour: '2-digit',
      minute: '2-digit',
    }).format(Date.now());
    expect(header).not.toContain(stationTime);
  });
});
