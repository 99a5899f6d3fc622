import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, type ConsoleUnderTest, startConsole, wear } from '#test/helpers/console.ts';
import { eventually } from '#test/helpers/wait.ts';

let house: ConsoleUnderTest;
let nurse: Page;
let wardId: string;
const beds = new Map<string, string>();

async function registered(family: string, sex = 'female'): Promise<string> {
  const { id } = await house.hub.call<{ id: string }>('patients/register', {
    name: { family, given: ['Ann'] },
    birthDate: '1961-05-17',
    sex,
  });
  return id;
}

beforeAll(async () => {
  house = await startConsole();
  const admin = (procedure: string, input: object) => house.hub.call<{ id: string }>(procedure, input, 'admin');
  wardId = (await admin('locations/addWard', { name: 'Ward 4' })).id;
  const { id: roomId } = await admin('locations/addRoom', { wardId, label: 'Bay 1' });
  for (const label of ['1', '2', '3', '4', '5']) {
    beds.set(label, (await admin('locations/addBed', { roomId, label })).id);
  }
  await admin('locations/addArea', { name: 'Waiting room', kind: 'waiting', wardId: null });
  for (const [family, label] of [
    ['Baker', '1'],
    ['Carr', '2'],
  ] as const) {
    await house.hub.call('encounters/admit', { patientId: await registered(family), bedId: beds.get(label) });
  }
  await house.hub.call('flow/arrive', {
    patientId: await registered('Dunne'),
    class: 'emergency',
    reason: 'Chest pain',
  });
  nurse = await house.signIn('nurse', `/flow/${wardId}`);
}, 120_000);

afterAll(() => house?.close());

function tile(page: Page, label: string) {
  return page.locator(`[data-bed="${beds.get(label)}"]`);
}

async function drag(page: Page, from: string, to: string): Promise<void> {
  const [one, other] = [await tile(page, from).boundingBox(), await tile(page, to).boundingBox()];
  if (!one || !other) throw new Error('A tile is not on screen.');
  await page.mouse.move(one.x + 80, one.y + 70);
  await page.mouse.down();
  await page.mouse.move(one.x + 100, one.y + 80, { steps: 5 });
  await page.getByText('Can be had').first().waitFor();
  await page.mouse.move(other.x + 80, other.y + 70, { steps: 8 });
}

describe('a nurse at the bed board', () => {
  it('gives a waiting patient a bed in two acts: M, Enter', async () => {
    await nurse.goto(`${house.hub.ready.console}/flow`);
    await nurse.getByRole('button', { name: /DUNNE, Ann/u }).focus();
    let acts = 0;
    const act = async (key: string) => {
      acts += 1;
      await nurse.keyboard.press(key);
    };
    await act('m');
    await nurse.getByRole('button', { name: /^Admit to bed 3, Ward 4$/u }).waitFor();
    await act('Enter');
    await tile(nurse, '3').getByText('DUNNE, Ann').waitFor();
    expect(acts).toBe(2);
  });

  it('takes it back by one key, exactly', async () => {
    await nurse.getByText('DUNNE, Ann is admitted to bed 3, Ward 4.').waitFor();
    await nurse.keyboard.press('Control+z');
    await nurse.getByText('Undone.').waitFor();
    await tile(nurse, '3').getByText('Free').waitFor();
    await nurse.getByRole('button', { name: /DUNNE, Ann/u }).waitFor();
  });

  it('drags a patient to a free bed in one act, told while dragging which beds can be had', async () => {
    await drag(nurse, '1', '4');
    await tile(nurse, '4').getByText('Can be had').waitFor();
    await tile(nurse, '2').getByText('Swap beds').waitFor();
    await nurse.mouse.up();
    await tile(nurse, '4').getByText('BAKER, Ann').waitFor();
    await tile(nurse, '1').getByText('Dirty').waitFor();
  });

  it('is told why a dirty bed cannot be had, and nothing is moved', async () => {
    await drag(nurse, '4', '1');
    await tile(nurse, '1')
      .getByText(/Dirty since/u)
      .waitFor();
    await nurse.mouse.up();
    await nurse.getByText('Not to bed 1').waitFor();
    await tile(nurse, '4').getByText('BAKER, Ann').waitFor();
  });

  it('swaps two patients by dragging one onto the other', async () => {
    await drag(nurse, '4', '2');
    await nurse.mouse.up();
    await nurse.getByRole('button', { name: 'Swap with CARR, Ann' }).click();
    await tile(nurse, '2').getByText('BAKER, Ann').waitFor();
    await tile(nurse, '4').getByText('CARR, Ann').waitFor();
  });

  it('keeps a bed, blocks one, and lets both go again, by keys alone, with the focus kept', async () => {
    await tile(nurse, '5').getByRole('button').focus();
    await nurse.keyboard.press('b');
    await nurse.getByRole('dialog').getByLabel('Reason').selectOption('repair');
    await nurse.keyboard.press('Tab');
    await nurse.keyboard.press('Enter');
    await tile(nurse, '5').getByText('Blocked: repair').waitFor();
    await eventually('the focus is back on bed 5', () =>
      tile(nurse, '5')
        .getByRole('button')
        .evaluate((button) => button === document.activeElement),
    );
    await nurse.keyboard.press('b');
    await tile(nurse, '5').getByText('Free').waitFor();
    await nurse.keyboard.press('r');
    await nurse.getByRole('button', { name: 'Keep bed 5 for DUNNE, Ann' }).waitFor();
    await nurse.keyboard.press('Enter');
    await tile(nurse, '5').getByText('for DUNNE, Ann').waitFor();
    await nurse.keyboard.press('r');
    await tile(nurse, '5').getByText('Free').waitFor();
  });

  it('plans and sends a patient home, the bed dirty only once the patient has left', async () => {
    await tile(nurse, '2').getByRole('button').focus();
    await nurse.keyboard.press('e');
    await nurse.getByLabel('Waiting for').fill('Transport');
    await nurse.getByLabel('The discharge is ordered').check();
    await nurse.getByRole('button', { name: 'Order the discharge' }).click();
    await tile(nurse, '2').getByText('Waits for Transport').waitFor();
    expect(await tile(nurse, '2').getAttribute('data-word')).toBe('occupied');
    await nurse.goto(`${house.hub.ready.console}/discharges`);
    await nurse.getByRole('row', { name: /bed 2.*BAKER, Ann.*Transport/u }).waitFor();
    await nurse.getByRole('button', { name: 'BAKER, Ann' }).focus();
    await nurse.keyboard.press('d');
    await nurse.getByRole('button', { name: 'Discharge: the patient left' }).click();
    await nurse.getByText('Nobody is meant to leave').waitFor();
    await nurse.goto(`${house.hub.ready.console}/flow/${wardId}`);
    await tile(nurse, '2').getByText('Dirty').waitFor();
  });

  it('finds every key of the board under ?', async () => {
    await nurse.keyboard.press('?');
    const keys = nurse.getByRole('dialog', { name: 'Keys' });
    await keys.getByText('Move the patient, or give the bed to somebody').waitFor();
    await nurse.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
  });

  it('copies an address that shows another the same', async () => {
    await nurse.getByRole('button', { name: /^\d+ Dirty$/u }).click();
    await nurse.waitForURL(/show=dirty/u);
    await nurse.reload();
    await tile(nurse, '1').waitFor();
    expect(await nurse.locator('[data-bed]').count()).toBe(2);
    await nurse.getByRole('button', { name: /^5 beds$/u }).click();
  });
});

describe('two stations', () => {
  it('F57 who comes second for a bed is told who has it', async () => {
    const other = await house.signIn('scheduler', `/flow/${wardId}`);
    await tile(other, '4').getByRole('button').focus();
    await other.keyboard.press('m');
    await other.getByRole('button', { name: 'Move to bed 3, Ward 4' }).waitFor();
    const patientId = await registered('Evans');
    await house.hub.call('encounters/admit', { patientId, bedId: beds.get('3') });
    await other.keyboard.press('Enter');
    await other
      .getByRole('dialog')
      .getByText(/EVANS, Ann/u)
      .first()
      .waitFor();
    await tile(nurse, '3').getByText('EVANS, Ann').waitFor();
    await other.close();
  });
});

describe('the waiting room', () => {
  it('is triaged, seen and admitted by keys', async () => {
    await nurse.goto(`${house.hub.ready.console}/waiting`);
    const row = nurse.getByRole('row', { name: /DUNNE, Ann/u });
    await row.getByText('Not triaged').waitFor();
    await nurse.keyboard.press('j');
    await nurse.keyboard.press('2');
    await row.getByText('Orange').waitFor();
    await row.getByText(/in \d+ min/u).waitFor();
    await nurse.keyboard.press('v');
    await nurse
      .getByRole('table', { name: /Seen, in no bed/u })
      .getByText('DUNNE, Ann')
      .waitFor();
  });

  it('takes who arrives, entered late with the time it happened', async () => {
    await registered('Frost');
    await nurse.keyboard.press('a');
    await nurse.getByRole('dialog').getByLabel('Patient', { exact: true }).fill('Frost');
    await nurse.getByRole('radio', { name: /FROST, Ann/u }).check();
    await nurse.getByLabel('Arrived at').fill('yesterday 23:15');
    await nurse.getByRole('dialog').getByRole('button', { name: 'Arrived' }).click();
    await nurse.getByRole('row', { name: /FROST, Ann.*yesterday 23:15/u }).waitFor();
  });
});

describe('the wall', () => {
  it('is where a wall begins, and has no names', async () => {
    const wall = await house.signIn('wall');
    await wall.waitForURL('**/wall');
    await wall.getByRole('heading', { name: 'All wards' }).waitFor();
    await wall.getByText('EVANS').waitFor({ state: 'detached' });
    const words = (await wall.textContent('body')) ?? '';
    for (const name of ['EVANS', 'CARR', 'DUNNE', 'FROST']) expect(words).not.toContain(name);
    expect(await axeFindings(wall)).toEqual([]);
    await wall.close();
  });
});

describe('a wall of beds with somebody very ill', () => {
  it('shows bed, whole sign and score apart, in each size of tile', async () => {
    const patientId = await registered('Gale');
    await house.hub.call('encounters/admit', { patientId, bedId: beds.get('5') });
    const values = { rr: 30, spo2: 84, pr: 145, temp: 39.6, 'nibp-sys': 82, acvpu: 'P', oxygen: true, 'o2-flow': 8 };
    await house.hub.call('observations/record', { patientId, values });
    const wall = await house.signIn('wall');
    const ill = wall.locator('li[data-alarm="high"]');
    await ill.getByText('high priority alarm', { exact: false }).waitFor({ state: 'attached' });
    for (const viewport of [
      { width: 1920, height: 1080 },
      { width: 1000, height: 300 },
      { width: 420, height: 700 },
    ]) {
      await wall.setViewportSize(viewport);
      const [tile, label, sign, score] = await ill.evaluate((li) => {
        const words = document.createRange();
        words.selectNodeContents(li.querySelector('strong') as Node);
        const [svg, news] = [li.querySelector('svg'), li.querySelector('[data-risk]')];
        return [li, words, svg, news].map((one) => {
          const { left, right, top, bottom } = (one as Element).getBoundingClientRect();
          return { left, right, top, bottom };
        });
      });
      if (!tile || !label || !sign || !score) throw new Error('Something is not on the wall.');
      for (const part of [label, sign, score]) {
        expect(part.left >= tile.left && part.right <= tile.right).toBe(true);
        expect(part.top >= tile.top - 1 && part.bottom <= tile.bottom + 1).toBe(true);
      }
      expect(label.right).toBeLessThanOrEqual(sign.left);
      expect(score.top).toBeGreaterThanOrEqual(sign.bottom - 2);
      expect(sign.right - sign.left).toBeGreaterThan(14);
    }
    await wall.close();
  });
});

describe('every look', () => {
  it('has nothing axe objects to on board, waiting room and discharges', async () => {
    for (const look of ['light', 'dark', 'night'] as const) {
      for (const path of [`/flow/${wardId}`, '/waiting', '/discharges']) {
        await nurse.goto(house.hub.ready.console + path);
        await wear(nurse, look);
        await nurse
          .getByRole('main')
          .getByText(/ARR|DUNNE|Nobody/u)
          .first()
          .waitFor();
        expect([look, path, await axeFindings(nurse)]).toEqual([look, path, []]);
      }
    }
    expect(house.trouble).toEqual({ outside: [], policy: [], errors: [] });
  }, 120_000);
});
