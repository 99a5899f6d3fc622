import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSomeone, axeFindings, type ConsoleUnderTest, startConsole } from '#test/helpers/console.ts';
import { connectDevice, type TestDevice } from '#test/helpers/device.ts';

let house: ConsoleUnderTest;
let admin: Page;
let nurse: Page;
let device: TestDevice;

beforeAll(async () => {
  house = await startConsole();
  await admitSomeone(house.hub, { ward: 'Ward 6', label: '3' });
  admin = await house.signIn('admin', '/devices');
}, 120_000);

afterAll(async () => {
  await device?.close();
  await house?.close();
});

describe('the devices screen', () => {
  it('says how a device gets here while there is none', async () => {
    await admin.getByText(/clinic\/demo\/device\/NAME\/hello/u).waitFor();
    await admin.getByText(house.hub.ready.mqtt).waitFor();
  });

  it('lists a new device as waiting as soon as it says hello, and an administrator admits it', async () => {
    device = await connectDevice(house.hub.ready.mqtt, 'oximeter-9', house.hub.ready.clinic);
    await device.hello({ type: 'pulse-oximeter' });
    await admin.getByRole('gridcell', { name: 'Waiting for admission' }).waitFor();
    await admin.getByRole('gridcell', { name: 'oximeter-9', exact: true }).click();
    const drawer = admin.getByRole('complementary', { name: 'Device oximeter-9' });
    await drawer.getByRole('button', { name: 'Admit' }).click();
    await drawer.getByText('Not tied', { exact: true }).waitFor();
  });

  it('is tied to a bed by a nurse, who finds the bed by typing', async () => {
    nurse = await house.signIn('nurse', '/devices');
    await nurse.getByRole('gridcell', { name: 'oximeter-9', exact: true }).click();
    await nurse.getByRole('button', { name: 'Tie to a bed or patient' }).click();
    await nurse
      .getByRole('textbox', { name: 'Bed' })
      .or(nurse.getByRole('combobox', { name: 'Bed' }))
      .first()
      .fill('Okaf');
    await nurse.getByRole('option', { name: /Bed 3 · Ward 6/u }).click();
    await nurse.getByRole('button', { name: 'Tie to bed 3, Ward 6' }).click();
    await nurse.getByRole('gridcell', { name: 'Bed 3' }).waitFor();
    await device.send({ spo2: 95, pr: 71 });
    const patients = await house.hub.call<{ id: string }[]>('patients/search', { query: 'Okafor' });
    await nurse.goto(`${house.hub.ready.console}/patient/${patients[0]?.id}`);
    await nurse.getByRole('region', { name: 'Last values' }).getByText('95', { exact: true }).waitFor();
  });

  it('tells in words what was refused, and shows an administrator nothing of what it said', async () => {
    await device.raw('readings', '{"seq": 7, secret');
    await nurse.goto(`${house.hub.ready.console}/devices`);
    await nurse.getByRole('tab', { name: 'Refused and marked messages' }).click();
    await nurse.getByRole('gridcell', { name: /not JSON/u }).click();
    await nurse
      .getByRole('region', { name: 'Message' })
      .getByText(/secret/u)
      .waitFor();
    await admin.getByRole('tab', { name: 'Refused and marked messages' }).click();
    await admin.getByRole('gridcell', { name: /not JSON/u }).click();
    await admin.getByText('shown only to those who may see vital signs').waitFor();
    expect(await admin.getByText(/secret/u).count()).toBe(0);
  });

  it('is retired by an administrator after a second look', async () => {
    await admin.getByRole('tab', { name: /^Devices/u }).click();
    await admin.getByRole('gridcell', { name: 'oximeter-9', exact: true }).click();
    await admin.getByRole('button', { name: 'Retire' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Retire' }).click();
    await admin.getByRole('complementary').getByText('Retired', { exact: true }).first().waitFor();
  });

  it('has nothing axe objects to', async () => {
    expect(await axeFindings(admin)).toEqual([]);
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  });
});
