import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSomeone, type ConsoleUnderTest, monitorAt, startConsole } from '#test/helpers/console.ts';
import type { TestDevice } from '#test/helpers/device.ts';

let house: ConsoleUnderTest;
let page: Page;
let monitor: TestDevice;
let bed: Awaited<ReturnType<typeof admitSomeone>>;

beforeAll(async () => {
  house = await startConsole();
  bed = await admitSomeone(house.hub);
  monitor = await monitorAt(house.hub, bed.bedId, 'monitor-1');
  page = await house.signIn('nurse', `/ward/${bed.wardId}`);
  await monitor.send({ hr: 72, spo2: 97, rr: 14 });
  await page.getByText('72', { exact: true }).waitFor();
}, 120_000);

afterAll(async () => {
  await monitor?.close();
  await house?.close();
});

const banner = () => page.getByRole('alert').filter({ hasText: 'Link to the hub lost' });
const mine = () => page.getByRole('button', { name: /my patient,/iu });

describe('a hub that falls silent', () => {
  it('is noticed though its connection stands: a banner, values that age, and nothing that can be written', async () => {
    expect(await mine().isEnabled()).toBe(true);
    house.hub.child.kill('SIGSTOP');
    await banner().waitFor({ timeout: 10_000 });
    expect(await banner().textContent()).toContain('nothing can be saved');
    expect(await mine().isDisabled()).toBe(true);
    expect(await mine().getAttribute('title')).toContain('link to the hub is lost');
    await page.locator('[data-place="pulse"][data-old]').waitFor({ timeout: 20_000 });
    expect(await page.locator('[data-place="pulse"]').textContent()).toMatch(/old \d+ s/u);
  });

  it('is heard again: the banner goes, everything is read again, and writing works', async () => {
    house.hub.child.kill('SIGCONT');
    await banner().waitFor({ state: 'detached', timeout: 15_000 });
    await monitor.send({ hr: 91, spo2: 97, rr: 14 });
    await page.locator('[data-place="pulse"]:not([data-old])').getByText('91', { exact: true }).waitFor();
    await mine().click();
    await page.getByRole('button', { name: /no longer mine/u }).waitFor();
  });
});

describe('what changed while the link was lost', () => {
  it('is on the screen as soon as it is back', async () => {
    await page.context().setOffline(true);
    house.hub.child.kill('SIGSTOP');
    await banner().waitFor({ timeout: 10_000 });
    house.hub.child.kill('SIGCONT');
    const { id: patientId } = await house.hub.call<{ id: string }>('patients/get', { id: bed.patientId });
    await house.hub.call('encounters/discharge', { encounterId: bed.encounterId });
    const { id: next } = await house.hub.call<{ id: string }>('patients/register', {
      name: { family: 'Nwosu', given: ['Ben'] },
    });
    expect(next).not.toBe(patientId);
    const [cleaning] = await house.hub.call<{ id: string }[]>('tasks/list', { kind: 'cleaning' });
    await house.hub.call('tasks/finish', { taskId: cleaning?.id });
    await house.hub.call('encounters/admit', { patientId: next, bedId: bed.bedId });
    await page.context().setOffline(false);
    await banner().waitFor({ state: 'detached', timeout: 15_000 });
    await page.getByText('NWOSU, Ben').waitFor();
    expect(await page.getByText('OKAFOR, Ann').count()).toBe(0);
  });
});
