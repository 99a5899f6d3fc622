import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, type ConsoleUnderTest, startConsole } from '#test/helpers/console.ts';

const backups = mkdtempSync(join(tmpdir(), 'wardline-backup-'));
let house: ConsoleUnderTest;
let page: Page;

beforeAll(async () => {
  house = await startConsole();
  page = await house.signIn('admin', '/settings');
}, 120_000);

afterAll(async () => {
  await house?.close();
  rmSync(backups, { recursive: true, force: true });
});

describe('the settings screen', () => {
  it('shows every change before it is saved', async () => {
    await page.getByLabel('Clinic name').fill('St Agnes');
    await page.getByLabel('HR, high priority above').fill('150');
    await page.getByRole('button', { name: 'Look at the changes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('row', { name: /HR, high priority above 140 150/u }).waitFor();
    await dialog.getByRole('row', { name: /Clinic name .* St Agnes/u }).waitFor();
    await dialog.getByRole('button', { name: 'Save settings' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Nothing changed.').waitFor();
    const saved = await house.hub.call<{ clinicName: string }>('settings/get');
    expect(saved.clinicName).toBe('St Agnes');
  });

  it('refuses limits that cannot be, where they are typed', async () => {
    await page.getByLabel('RR, high priority above').fill('10');
    await page.getByText('Each limit must be higher than the one to its left.').waitFor();
    await page.getByRole('button', { name: 'Undo all' }).click();
    await page.getByText('Nothing changed.').waitFor();
  });

  it('adds a ward, a room and a bed', async () => {
    await page.getByRole('tab', { name: 'Wards, rooms and beds' }).click();
    await page.getByLabel('New ward').fill('Ward 9');
    await page.getByRole('button', { name: 'Add ward' }).click();
    await page.getByLabel('New room in Ward 9').fill('9A');
    await page.getByRole('button', { name: 'Add room' }).click();
    await page.getByRole('button', { name: 'Add a bed to room 9A' }).click();
    await page.getByLabel('New bed in room 9A').fill('91');
    await page.getByRole('button', { name: 'Add bed', exact: true }).click();
    await page.getByText('Bed 91').waitFor();
  });

  it('says how the hub is, and makes a backup that lies in the folder', async () => {
    await page.getByRole('tab', { name: 'Hub and backup' }).click();
    await page.getByText('Demonstration: invented patients').waitFor();
    await page.getByLabel('Folder on the hub’s machine').fill(backups);
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText(/^Written:/u).waitFor();
    expect(readdirSync(backups).length).toBeGreaterThan(0);
  });

  it('lets a nurse read and says who changes', async () => {
    const theirs = await house.signIn('nurse', '/settings');
    await theirs.getByText('Only an administrator changes settings. You can read them.').waitFor();
    expect(await theirs.getByLabel('Clinic name').isDisabled()).toBe(true);
    await theirs.close();
  });

  it('adds a user who can then sign in', async () => {
    await page.goto(`${house.hub.ready.console}/users`);
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mira Holm');
    await page.getByLabel('User name').fill('mira');
    await page
      .getByRole('textbox', { name: 'First password' })
      .or(page.getByLabel('First password'))
      .first()
      .fill('a-good-password');
    await page.getByLabel('Nurse').check();
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByRole('cell', { name: 'Mira Holm' }).waitFor();
    const { status } = await house.hub.ask('session/signIn', { username: 'mira', password: 'a-good-password' });
    expect(status).toBe(200);
  });

  it('shows in the ledger who changed what, and that the chain holds', async () => {
    await page.goto(`${house.hub.ready.console}/ledger`);
    await page.getByRole('cell', { name: 'Settings saved' }).waitFor();
    await page.getByText(/clinicName: .* → St Agnes/u).waitFor();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/entries, unbroken\./u).waitFor();
  });

  it('has nothing axe objects to', async () => {
    for (const path of ['/ledger', '/users', '/settings']) {
      await page.goto(house.hub.ready.console + path);
      await page.getByRole('table').first().waitFor();
      expect(await axeFindings(page), path).toEqual([]);
    }
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  }, 120_000);
});
