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
import { eventually } from '#test/helpers/wait.ts';

const MARKUP = '<img src=x onerror="window.hit=1">';

let house: ConsoleUnderTest;
let page: Page;
let monitor: TestDevice;
let bed: Awaited<ReturnType<typeof admitSomeone>>;

beforeAll(async () => {
  house = await startConsole();
  bed = await admitSomeone(house.hub, { ward: 'Ward 3', label: '7' });
  monitor = await monitorAt(house.hub, bed.bedId, 'monitor-7');
  page = await house.signIn('nurse', `/ward/${bed.wardId}`);
}, 120_000);

afterAll(async () => {
  await monitor?.close();
  await house?.close();
});

function card(name = 'OKAFOR, Ann') {
  return page.getByRole('list', { name: 'Beds', exact: true }).getByRole('listitem').filter({ hasText: name });
}

describe('the ward board', () => {
  it('shows what a device says, in its place, as soon as it is said', async () => {
    await monitor.send({ hr: 72, spo2: 97, rr: 14 });
    await card().getByText('72', { exact: true }).waitFor();
    await monitor.send({ hr: 118, spo2: 96, rr: 15 });
    await card().locator('[data-place="pulse"]').getByText('118', { exact: true }).waitFor();
    expect(
      await card()
        .locator('[data-place]')
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-place'))),
    ).toEqual(['pulse', 'rr', 'spo2', 'bp', 'temp', 'mind']);
  });

  it('says that the score is incomplete and what is missing, and does not reassure', async () => {
    const words = await eventually('a score on the card', async () => {
      const text = (await card().textContent()) ?? '';
      return text.includes('Missing:') && text;
    });
    expect(words).toContain('temp');
    expect(words).not.toContain('Low risk');
  });

  it('lets a silent device’s values grow old before the eyes', async () => {
    await card().locator('[data-place="pulse"][data-old]').waitFor({ timeout: 25_000 });
    expect(await card().locator('[data-place="pulse"] s').textContent()).toBe('118');
    await monitor.send({ hr: 80, spo2: 97, rr: 14 });
    await card().locator('[data-place="pulse"]:not([data-old])').getByText('80', { exact: true }).waitFor();
  });

  it('makes a patient mine by one key, and shows mine alone by one act', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('m');
    await card()
      .getByRole('button', { name: /no longer mine/u })
      .waitFor();
    await page.getByRole('button', { name: 'My patients 1' }).click();
    await page.waitForURL(/mine=true/u);
    await page.getByRole('heading', { name: '1 bed' }).waitFor();
  });

  it('opens the patient by Enter and comes back as it was left', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/patient/${bed.patientId}`);
    await page.goBack();
    await page.waitForURL(/mine=true/u);
    await card().waitFor();
  });

  it('shows its keys', async () => {
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.getByText('Acknowledge the worst alarm of the bed').waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
  });
});

describe('every screen', () => {
  it('F77 shows a name with markup as text, and no script of it runs', async () => {
    const hostile = await admitSomeone(house.hub, {
      ward: `Ward ${MARKUP}`,
      label: '9',
      family: MARKUP,
      given: '<svg onload="window.hit=1">',
    });
    await house.hub.call('notes/add', {
      encounterId: hostile.encounterId,
      text: '<a href="javascript:window.hit=1">x</a>',
    });
    const paths = [`/ward/${hostile.wardId}`, '/ward', '/alarms', '/flow', '/devices', `/patient/${hostile.patientId}`];
    for (const path of paths) {
      await page.evaluate((to) => {
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, path);
      await page.getByRole('main').waitFor();
      if (path.startsWith('/ward') || path.startsWith('/patient'))
        await page.getByText(MARKUP.toUpperCase()).first().waitFor({ timeout: 6_000 });
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Find' }).fill('<img');
    await page.getByText(MARKUP.toUpperCase()).last().waitFor({ timeout: 6_000 });
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    expect(await page.locator('img[src="x"], a[href^="javascript"]').count()).toBe(0);
    expect(house.trouble.policy).toEqual([]);
  });

  it('has nothing axe objects to, in light, dark and night', async () => {
    await page.goto(`${house.hub.ready.console}/ward/${bed.wardId}`);
    for (const look of ['light', 'dark', 'night'] as const) {
      await wear(page, look);
      await card().waitFor();
      expect([look, await axeFindings(page)]).toEqual([look, []]);
    }
  });

  it('stays dark at night: at most 2 % of its pixels are bright', async () => {
    const shot = (await page.screenshot()).toString('base64');
    const bright = await page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data: pixels } = context?.getImageData(0, 0, image.width, image.height) ?? {
        data: new Uint8ClampedArray(),
      };
      let count = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
        if (0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.7 * 255) count += 1;
      }
      return (count * 4) / pixels.length;
    }, shot);
    expect(bright).toBeLessThanOrEqual(0.02);
  });

  it('asks nothing of any machine but this one, and breaks nowhere', () => {
    expect(house.trouble.outside).toEqual([]);
    expect(house.trouble.errors).toEqual([]);
  });
});

describe('two wards of sixteen', () => {
  it('are read at 1080p without scrolling', async () => {
    const wall = await startConsole();
    try {
      for (const ward of ['East', 'West']) {
        const { id: wardId } = await wall.hub.call<{ id: string }>('locations/addWard', { name: ward }, 'admin');
        const { id: roomId } = await wall.hub.call<{ id: string }>(
          'locations/addRoom',
          { wardId, label: 'R' },
          'admin',
        );
        for (let number = 1; number <= 16; number += 1) {
          const label = `${ward[0]}${number}`;
          const { id: bedId } = await wall.hub.call<{ id: string }>('locations/addBed', { roomId, label }, 'admin');
          const { id: patientId } = await wall.hub.call<{ id: string }>('patients/register', {
            name: { family: `Patient ${label}`, given: ['Of a long name'] },
            birthDate: '1950-01-01',
          });
          await wall.hub.call('encounters/admit', { patientId, bedId });
        }
      }
      const board = await wall.signIn('nurse', '/ward');
      await board.getByRole('heading', { name: '32 beds' }).waitFor();
      const fits = () => board.locator('#screen').evaluate((screen) => screen.scrollHeight <= screen.clientHeight);
      expect(await board.getByRole('list', { name: 'Beds', exact: true }).getByRole('listitem').count()).toBe(32);
      expect(await fits()).toBe(true);
      await board.goto(`${wall.hub.ready.console}/flow`);
      await board.locator('[data-bed]').nth(31).waitFor();
      const tiles = board
        .locator('section', { has: board.locator('[data-bed]') })
        .first()
        .locator('..');
      expect(await tiles.evaluate((one) => one.scrollHeight <= one.clientHeight)).toBe(true);
    } finally {
      await wall.close();
    }
  }, 120_000);
});
