import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, type ConsoleUnderTest, startConsole, wear } from '#test/helpers/console.ts';

let house: ConsoleUnderTest;

beforeAll(async () => {
  house = await startConsole();
}, 120_000);

afterAll(async () => {
  await house?.close();
});

describe('sign-in', () => {
  it('trades a one-time code for a session, takes it out of the address, and takes it only once', async () => {
    const code = new URL(house.hub.ready.signIn ?? '').hash;
    expect(code).toMatch(/^#code=./u);
    const page = await house.open(`/${code}`);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    expect(page.url()).not.toContain('code');
    const again = await house.open(`/${code}`);
    await again.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(again.url()).not.toContain('code');
    await page.close();
    await again.close();
  });

  it('says what is wrong, then leads to where one wanted to go', async () => {
    const page = await house.open('/alarms?priority=high');
    await page.getByLabel('User name').fill('demo-nurse');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: /password/iu })
      .waitFor();
    await page.getByRole('button', { name: 'Nurse' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Alarms' }).waitFor();
    expect(page.url()).toContain('/alarms?priority=high');
    await page.close();
  });

  it('keeps the window’s session over a reload and ends it by signing out', async () => {
    const page = await house.signIn('nurse');
    await page.reload();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await page.getByRole('button', { name: /^Signed in as/u }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.close();
  });

  it('shows a role its own screens, and lets the demo be looked at with other eyes', async () => {
    const page = await house.signIn('supply-manager');
    await page.getByRole('heading', { name: 'Not in this version of Wardline' }).waitFor();
    const rail = page.getByRole('navigation', { name: 'Screens' });
    expect(await rail.getByRole('link', { name: 'Ward board' }).count()).toBe(0);
    await page.getByRole('button', { name: /^Signed in as/u }).click();
    await page.getByRole('menuitem', { name: 'Physician' }).click();
    await rail.getByRole('link', { name: 'Ward board' }).waitFor();
    await page.getByText('Invented patients. Not for care.').waitFor();
    await page.close();
  });

  it('has nothing axe objects to, in light, dark and night', async () => {
    const page = await house.open('/');
    const home = await house.signIn('supply-manager');
    for (const look of ['light', 'dark', 'night'] as const) {
      await wear(page, look);
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect([look, 'sign-in', await axeFindings(page)]).toEqual([look, 'sign-in', []]);
      await wear(home, look);
      await home.getByRole('heading', { name: 'What you can do now' }).waitFor();
      expect([look, 'home', await axeFindings(home)]).toEqual([look, 'home', []]);
    }
    await page.close();
    await home.close();
  }, 120_000);

  it('asks nothing of any machine but this one', () => {
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});

describe('first use', () => {
  it('leads in four steps from nothing to a clinic with its administrator signed in', async () => {
    const fresh = await startConsole(['--port', '0']);
    try {
      const page = await fresh.open('/');
      await page.getByRole('heading', { name: 'Set up Wardline' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByLabel('Your name').fill('Ada Byron');
      await page.getByLabel('User name').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill('a long password');
      await page.getByLabel('Password again').fill('a long password');
      await page.keyboard.press('Enter');
      await page.getByLabel('Name of the clinic').fill('St Elsewhere');
      await page.getByLabel('Ward 1', { exact: true }).fill('Medicine');
      await page.getByLabel('Beds', { exact: true }).fill('4');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Name of this station').fill('Ward desk');
      await page.getByRole('button', { name: 'Set up the clinic' }).click();
      await page.getByRole('button', { name: 'Signed in as Ada Byron. Open menu' }).waitFor();
      const again = await fresh.open('/setup');
      await again.getByRole('heading', { name: 'St Elsewhere' }).waitFor();
      expect(fresh.trouble).toEqual({ outside: [], policy: [], errors: [] });
    } finally {
      await fresh.close();
    }
  }, 120_000);
});
