// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Role } from '#domain/user/role.ts';
import { useBoardWatch } from '#renderer/client/board/board-hooks.ts';
import { BED_LISTS, PEOPLE_LISTS } from '#renderer/client/board/board-lists.ts';
import { UndoToasts } from '#renderer/client/board/UndoToasts.tsx';
import { personActs } from '#renderer/features/flow/acts/act-list.ts';
import { BedTile } from '#renderer/features/flow/board/BedTile.tsx';
import { FlowScreen } from '#renderer/features/flow/FlowScreen.tsx';
import { WaitingScreen } from '#renderer/features/flow/waiting/WaitingScreen.tsx';
import { WallScreen } from '#renderer/features/flow/wall/WallScreen.tsx';
import {
  boardChanges,
  makeBoardBed,
  makeBoardRequest,
  makeBoardRow,
  makeChoice,
  makeCleaning,
  makeReservation,
  makeWaitingRow,
  wholeBoard,
} from '#test/helpers/board-parts.ts';
import { around, makeClinic } from '#test/helpers/console-parts.tsx';
import { NOON } from '#test/helpers/makers.ts';

afterEach(cleanup);
beforeEach(() => {
  localStorage.clear();
  Element.prototype.scrollIntoView = () => undefined;
});

type Told = Parameters<typeof wholeBoard>[0];

/** The board's screen on a hub that tells this board. */
async function openBoard(told: Told, roles: readonly Role[] = ['nurse']) {
  const parts = makeClinic(roles);
  parts.tellBoard(wholeBoard(told));
  render(
    around(
      parts,
      <>
        <FlowScreen />
        <UndoToasts />
      </>,
    ),
  );
  await screen.findByRole('toolbar', { name: 'Lists of this board' });
  return parts;
}

const bedButton = (label: string) => screen.getByRole('button', { name: new RegExp(`^Bed ${label},`, 'u') });

function tileOf(label: string): HTMLElement {
  const tile = bedButton(label).closest('li');
  if (!tile) throw new Error(`No tile ${label}.`);
  return tile;
}

function occupied(label: string, given: Parameters<typeof makeBoardRow>[0] = {}) {
  const row = makeBoardRow(given);
  return { row, bed: makeBoardBed({ label, encounterIds: [row.encounterId] }) };
}

const called = (parts: ReturnType<typeof makeClinic>, path: string) =>
  parts.called.filter((call) => call.path === path).map(({ input }) => input);

describe('a tile', () => {
  it('marks a bed the feed named and nobody confirmed, by mark and words; its pane says how to confirm it', async () => {
    await openBoard({ beds: [makeBoardBed({ label: 'F1', fromFeed: true }), makeBoardBed({ label: 'F2' })] });
    expect(within(tileOf('F1')).getByTitle('Named by the HL7 feed, not confirmed')).toBeTruthy();
    expect(within(tileOf('F2')).queryByTitle('Named by the HL7 feed, not confirmed')).toBeNull();
    fireEvent.click(within(tileOf('F1')).getByRole('button', { name: /not confirmed/u }));
    const pane = await screen.findByRole('complementary', { name: 'Bed F1' });
    expect(pane.textContent).toContain('An administrator confirms it in Settings');
  });

  it('says its state by word and by mark, and what each state needs: clock, until when, for whom', async () => {
    const row = makeWaitingRow({ displayName: 'BAKER, Bo' });
    await openBoard({
      encounters: [row],
      beds: [
        makeBoardBed({ label: 'F' }),
        makeBoardBed({ label: 'D', status: 'contaminated', cleaning: makeCleaning() }),
        makeBoardBed({
          label: 'C',
          status: 'housekeeping',
          cleaning: makeCleaning({
            state: 'started',
            startedAt: NOON - 95_000,
            assigneeName: 'Cleo',
            dueAt: NOON - 300_000,
          }),
        }),
        makeBoardBed({
          label: 'B',
          status: 'closed',
          block: { id: 'b', reason: 'repair', note: 'Motor', from: NOON, to: NOON + 3_600_000 },
        }),
        makeBoardBed({ label: 'R', reservation: makeReservation(row.encounterId) }),
      ],
    });
    expect(tileOf('F').dataset.word).toBe('free');
    expect(tileOf('F').textContent).toContain('Free');
    expect(tileOf('D').textContent).toContain('Dirty after isolation');
    expect(tileOf('C').textContent).toMatch(/Cleaning1 min.*over by 5 min.*Cleo/u);
    expect(tileOf('B').textContent).toMatch(/Blocked: repair.*until.*Motor/u);
    expect(tileOf('R').textContent).toMatch(/Reserved.*for BAKER, Bo/u);
    expect(['F', 'D', 'C', 'B', 'R'].map((label) => tileOf(label).dataset.word)).toEqual([
      'free',
      'dirty',
      'cleaning',
      'blocked',
      'reserved',
    ]);
  });

  it('says who lies there, how ill, where to and when, away, called and in doubt', async () => {
    const { row, bed } = occupied('7', {
      news: { total: 7, complete: true, trend: 'rising' },
      alarm: { priority: 'high', count: 2 },
      isolation: 'contact',
      expectedDischargeAt: NOON + 7_200_000,
      medicallyReadyAt: NOON,
      away: { kind: 'elsewhere', since: NOON, where: 'X-ray' },
      call: { since: NOON },
    });
    const doubt = {
      id: 'd',
      bedId: bed.bedId,
      kind: 'sensor-says-empty' as const,
      what: 'bed-7',
      encounterId: null,
      since: NOON,
    };
    await openBoard({
      beds: [{ ...bed, doubts: [doubt] }],
      encounters: [row],
      requests: [makeBoardRequest({ encounterId: row.encounterId })],
    });
    const words = tileOf('7').textContent ?? '';
    expect(words).toContain('OKAFOR, Ann');
    expect(words).toMatch(/NEWS2 7.*rising over the last hour/u);
    expect(words).toContain('High priority alarm, 2 in all');
    expect(words).toContain('isolated: Cont');
    expect(words).toContain('Ready · out 14:00');
    expect(words).toContain('→ Ward 1 asked');
    expect(words).toContain('Away: X-ray since 12:00');
    expect(words).toContain('Called');
    expect(words).toContain('Doubt: sensor says empty');
    expect(words).not.toContain('?');
  });

  it('is drawn again alone when its bed changes', async () => {
    const parts = makeClinic();
    const pairs = ['A', 'B', 'C'].map((label) => occupied(label));
    const drawn: Record<string, number> = { A: 0, B: 0, C: 0 };
    function Tiles() {
      useBoardWatch();
      return pairs.map(({ bed }) => (
        <Profiler
          key={bed.label}
          id={bed.label}
          onRender={(id) => {
            drawn[id] = (drawn[id] ?? 0) + 1;
          }}
        >
          <BedTile bedId={bed.bedId} onOpen={() => undefined} />
        </Profiler>
      ));
    }
    render(around(parts, <Tiles />));
    const told = { beds: pairs.map(({ bed }) => bed), encounters: pairs.map(({ row }) => row) };
    await act(async () => parts.tellBoard(wholeBoard(told)));
    await waitFor(() => expect(screen.getAllByText('OKAFOR, Ann')).toHaveLength(3));
    const before = { ...drawn };
    const [, second] = pairs;
    if (!second) throw new Error('No second bed.');
    await act(async () => parts.tellBoard(boardChanges({ encounters: [{ ...second.row, waitingFor: 'Transport' }] })));
    await screen.findByText('Waits for Transport');
    expect(drawn).toEqual({ ...before, B: (before.B ?? 0) + 1 });
  });

  it('F77 shows a name with markup as text', async () => {
    const name = '<img src=x onerror=alert(1)>, <b>Ann</b>';
    const { row, bed } = occupied('1', { displayName: name });
    await openBoard({ beds: [bed], encounters: [row] });
    expect(tileOf('1').textContent).toContain(name);
    expect(tileOf('1').querySelector('img, b')).toBeNull();
  });
});

describe('the counts', () => {
  it('each open exactly the list they count', async () => {
    const { row, bed } = occupied('1', { dischargeOrderedAt: NOON });
    const waits = makeWaitingRow();
    const expected = makeWaitingRow({ status: 'planned', expectedAt: NOON + 60_000, arrivedAt: null });
    await openBoard({
      beds: [
        bed,
        makeBoardBed({ label: '2' }),
        makeBoardBed({ label: '3' }),
        makeBoardBed({ label: '4', status: 'housekeeping', cleaning: makeCleaning() }),
        makeBoardBed({ label: '5', status: 'closed' }),
      ],
      encounters: [row, waits, expected],
      requests: [makeBoardRequest({ encounterId: row.encounterId })],
    });
    const toolbar = screen.getByRole('toolbar', { name: 'Lists of this board' });
    for (const list of [...BED_LISTS, ...PEOPLE_LISTS]) {
      const chip = toolbar.querySelector<HTMLElement>(`[data-list="${list}"]`);
      if (!chip) continue;
      fireEvent.click(chip);
      await waitFor(() => expect(chip.getAttribute('aria-pressed')).toBe('true'));
      const people = PEOPLE_LISTS.some((one) => one === list);
      const shown = () => document.querySelectorAll(people ? '[data-alone] [data-person]' : '[data-bed]').length;
      await waitFor(() => expect([list, shown()]).toEqual([list, Number(chip.querySelector('strong')?.textContent)]));
    }
  });
});

describe('acts', () => {
  it('assign a bed in two: M, Enter; best first, the others with why not', async () => {
    const waits = makeWaitingRow({ displayName: 'BAKER, Bo' });
    const [good, bad] = [makeBoardBed({ label: '2' }), makeBoardBed({ label: '3', status: 'housekeeping' })];
    const parts = await openBoard({ beds: [good, bad], encounters: [waits] });
    parts.answer('flow/bedsFor', () => [
      makeChoice(good, { merits: ['With a monitor'] }),
      makeChoice(bad, { assignable: false, whyNot: [{ kind: 'dirty', words: 'Dirty since 11:40' }] }),
    ]);
    parts.answer('encounters/admit', () => ({ actId: 'act-1' }));
    screen.getByRole('button', { name: /BAKER, Bo/u }).focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'm' });
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('With a monitor');
    expect(within(dialog).getByRole('option', { name: /Bed 2/u }).getAttribute('aria-selected')).toBe('true');
    expect(
      within(dialog)
        .getByRole('option', { name: /Bed 3.*Dirty since 11:40/u })
        .getAttribute('aria-disabled'),
    ).toBe('true');
    fireEvent.submit(within(dialog).getByRole('combobox').closest('form') as HTMLFormElement);
    await waitFor(() => expect(called(parts, 'encounters/admit')).toHaveLength(1));
    expect(called(parts, 'encounters/admit')[0]).toMatchObject({ patientId: waits.patientId, bedId: good.bedId });
    await screen.findByText('BAKER, Bo is admitted to bed 2, Ward 1.');
    parts.answer('flow/undo', () => ({ ok: true }));
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await screen.findByText('Undone.', { exact: false });
    expect(called(parts, 'flow/undo')).toEqual([{ actId: 'act-1', idempotencyKey: expect.any(String) }]);
  });

  it('explain why an undo was refused, and stay to be read', async () => {
    const parts = await openBoard({ beds: [makeBoardBed({ label: '2', reservation: makeReservation('e' as never) })] });
    parts.answer('flow/release', () => ({ ok: true }));
    parts.answer('flow/reserve', () => {
      throw new ClinicError('refused', 'Bed 2 is kept for BAKER, Bo since.', 'bed-reserved');
    });
    bedButton('2').focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'r' });
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByText(/Not undone\. Bed 2 is kept for BAKER, Bo since\./u);
  });

  it('say that no bed is free and which will be first, and list the others by when they can be had', async () => {
    const waits = makeWaitingRow({ displayName: 'BAKER, Bo' });
    const [late, soon] = [occupied('4'), occupied('3', { expectedDischargeAt: NOON + 3_600_000 })];
    const kept = makeBoardBed({ label: '2', reservation: makeReservation('e' as never) });
    const dirty = makeBoardBed({ label: '6', status: 'housekeeping', cleaning: makeCleaning() });
    const cleaned = makeBoardBed({ label: '5', status: 'housekeeping', cleaning: makeCleaning({ state: 'started' }) });
    const beds = [late.bed, kept, soon.bed, dirty, cleaned];
    const parts = await openBoard({ beds, encounters: [waits, late.row, soon.row] });
    const against = ['occupied', 'reserved', 'occupied', 'dirty', 'cleaning'] as const;
    parts.answer('flow/bedsFor', () =>
      beds.map((bed, at) =>
        makeChoice(bed, { assignable: false, whyNot: [{ kind: against[at] as 'dirty', words: `Is ${against[at]}` }] }),
      ),
    );
    screen.getByRole('button', { name: /BAKER, Bo/u }).focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'm' });
    await screen.findByText(
      'No bed is free for this patient now. The first is likely to be bed 5, Ward 1: is cleaning.',
    );
    const labels = screen.getAllByRole('option').map((option) => option.querySelector('strong')?.textContent);
    expect(labels).toEqual(['Bed 5', 'Bed 6', 'Bed 2', 'Bed 3', 'Bed 4']);
  });

  it('ask for a reason where a rule stands against a bed, and cannot be done without', async () => {
    const { row, bed } = occupied('1');
    const other = makeBoardBed({ label: '2' });
    const parts = await openBoard({ beds: [bed, other], encounters: [row] });
    parts.answer('flow/bedsFor', () => [
      makeChoice(other, { assignable: false, overridable: true, whyNot: [{ kind: 'sex', words: 'Women only' }] }),
    ]);
    bedButton('1').focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'm' });
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(await within(dialog).findByRole('option', { name: /Bed 2/u }));
    const button = within(dialog).getByRole('button', { name: 'Move to bed 2, Ward 1' }) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    fireEvent.change(within(dialog).getByLabelText(/Why all the same/u), { target: { value: 'No other bed' } });
    expect(button.disabled).toBe(false);
    fireEvent.submit(button.closest('form') as HTMLFormElement);
    await waitFor(() => expect(called(parts, 'encounters/move')).toHaveLength(1));
    expect(called(parts, 'encounters/move')[0]).toMatchObject({ bedId: other.bedId, overrideReason: 'No other bed' });
  });

  it('F56 tell who has changed a plan meanwhile, keep what was typed, and send nothing before that was seen', async () => {
    const { row, bed } = occupied('1', { expectedDischargeAt: NOON + 3_600_000 });
    const parts = await openBoard({ beds: [bed], encounters: [row] });
    parts.answer('flow/history', () => [
      {
        eventId: 'e',
        actId: 'a',
        kind: 'discharge-expected',
        words: '',
        happenedAt: NOON,
        recordedAt: NOON,
        source: 'console',
        by: 'Sam Okafor',
        voided: null,
        unexplained: null,
      },
    ]);
    bedButton('1').focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'e' });
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Waiting for'), { target: { value: 'Letter' } });
    await act(async () => parts.tellBoard(boardChanges({ encounters: [{ ...row, waitingFor: 'Transport' }] })));
    await within(dialog).findByText(/Sam Okafor has changed this plan/u);
    expect(within(dialog).getByRole('alert').textContent).toContain('waiting for Transport');
    const save = within(dialog).getByRole('button', { name: 'Save the plan' }) as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    fireEvent.click(within(dialog).getByRole('button', { name: 'I have seen it, go on with mine' }));
    expect((within(dialog).getByLabelText('Waiting for') as HTMLInputElement).value).toBe('Letter');
    fireEvent.submit(save.closest('form') as HTMLFormElement);
    await waitFor(() => expect(called(parts, 'flow/planDischarge')).toHaveLength(1));
    expect(called(parts, 'flow/planDischarge')[0]).toMatchObject({ waitingFor: 'Letter', ordered: false });
  });

  it('save no plan before anything is said', async () => {
    const { row, bed } = occupied('1', { expectedDischargeAt: NOON + 3_630_000 });
    const parts = await openBoard({ beds: [bed], encounters: [row] });
    parts.answer('flow/planDischarge', () => ({ actId: 'act-1' }));
    bedButton('1').focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'e' });
    const dialog = await screen.findByRole('dialog');
    const save = within(dialog).getByRole('button', { name: 'Save the plan' }) as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    within(dialog).getByText('Nothing is changed yet.');
    fireEvent.submit(save.closest('form') as HTMLFormElement);
    fireEvent.change(within(dialog).getByLabelText('Expected to leave'), { target: { value: '' } });
    expect(save.disabled).toBe(false);
    fireEvent.submit(save.closest('form') as HTMLFormElement);
    await screen.findByText('OKAFOR, Ann: no discharge is planned now.');
    expect(called(parts, 'flow/planDischarge')).toHaveLength(1);
  });

  it('begin in the first field of their dialog, never on its ✕', async () => {
    const { row, bed } = occupied('1');
    const parts = await openBoard({ beds: [bed], encounters: [row] });
    for (const path of ['flow/history', 'flow/bedsFor', 'encounters/list']) parts.answer(path, () => []);
    for (const key of ['e', 'd', 's', 'l', 'w', 'i', 'q', 'p', 'z', 'h', 'a', 'x', 'n']) {
      bedButton('1').focus();
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
      const dialog = await screen.findByRole('dialog');
      await waitFor(() => expect([key, dialog.contains(document.activeElement)]).toEqual([key, true]));
      expect([key, document.activeElement?.matches('button')]).toEqual([key, false]);
      fireEvent.keyDown(dialog, { key: 'Escape' });
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
  });

  it('beside a bed leave out who somebody is for those who may not see it, rather than call it unknown', async () => {
    const { row, bed } = occupied('1', { sex: 'unknown', ageYears: null, displayName: 'AO', patientId: null });
    await openBoard({ beds: [bed], encounters: [row] }, ['cleaner']);
    fireEvent.click(bedButton('1'));
    const pane = await screen.findByRole('complementary', { name: 'Bed 1' });
    expect(pane.textContent).not.toMatch(/Not known|Not recorded/u);
    expect(within(pane).queryByText('Who')).toBeNull();
  });

  it('offer to admit who lies in a bed and never was, where they lie', async () => {
    const { row: made, bed } = occupied('1', { admittedAt: null, admissionDecidedAt: null, seenAt: null });
    const { bedId, roomId, wardId } = bed;
    const row = { ...made, place: { bedId, roomId, wardId, areaId: null } };
    const parts = await openBoard({ beds: [bed], encounters: [row] });
    parts.answer('encounters/admit', () => ({ actId: 'act-1' }));
    fireEvent.click(bedButton('1'));
    const pane = await screen.findByRole('complementary', { name: 'Bed 1' });
    for (const name of [/^Decide to admit/u, /^Seen/u]) expect(within(pane).getByRole('button', { name })).toBeTruthy();
    fireEvent.click(within(pane).getByRole('button', { name: 'Admit in this bed' }));
    await waitFor(() =>
      expect(called(parts, 'encounters/admit')[0]).toMatchObject({ encounterId: row.encounterId, bedId: bed.bedId }),
    );
    const admitted = personActs({ ...row, admittedAt: NOON }, () => true, undefined);
    expect(admitted.map(({ id }) => id)).not.toContain('admit');
  });

  it('have one key each, that means the same on every screen', () => {
    const meanings = new Map<string, string>();
    const everything = () => true;
    const rows = [
      makeBoardRow({ status: 'planned', bedSince: null }),
      makeWaitingRow(),
      makeBoardRow(),
      makeBoardRow({ admittedAt: null, admissionDecidedAt: null, seenAt: null }),
      makeBoardRow({ away: { kind: 'leave', where: null, since: NOON } as never }),
    ];
    for (const row of rows) {
      const acts = personActs(row, everything, undefined);
      const keys = acts.flatMap(({ key }) => key ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { key, id } of acts) {
        if (key === undefined) continue;
        const meant = id === 'back' ? 'away' : id;
        expect([key, meanings.get(key) ?? meant]).toEqual([key, meant]);
        meanings.set(key, meant);
      }
    }
    expect(meanings.has('x')).toBe(false);
    expect(meanings.has('n')).toBe(false);
  });

  it('take who was looked for by Enter, walk with ↓, and keep the name typed for who is not registered', async () => {
    const parts = await openBoard({ beds: [makeBoardBed({ label: '1' })] });
    const found = (id: string, family: string, encounter: object | null = null) => ({
      ...{ id, name: { family, given: ['Ann'] }, birthDate: null, identifiers: [], bed: null, encounter },
    });
    parts.answer('patients/search', () => [
      found('p-0', 'Delta', { id: 'e' }),
      found('p-1', 'Delta'),
      found('p-2', 'Deltona'),
    ]);
    parts.answer('flow/arrive', () => ({ actId: 'act-1', encounterId: 'e-1' }));
    fireEvent.keyDown(document.body, { key: 'a' });
    const dialog = await screen.findByRole('dialog', { name: 'Somebody arrives' });
    const field = within(dialog).getByLabelText('Patient');
    fireEvent.change(field, { target: { value: 'Delt' } });
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(false);
    await within(dialog).findByText('DELTA, Ann arrives');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    await within(dialog).findByText('DELTONA, Ann arrives');
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(true);
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await waitFor(() => expect(called(parts, 'flow/arrive')[0]).toMatchObject({ patientId: 'p-2' }));
  });

  it('keep the name typed for who is not registered yet', async () => {
    const parts = await openBoard({ beds: [makeBoardBed({ label: '1' })] });
    parts.answer('patients/search', () => []);
    fireEvent.keyDown(document.body, { key: 'a' });
    fireEvent.change(await screen.findByLabelText('Patient'), { target: { value: 'Ann Delta' } });
    fireEvent.click(screen.getByRole('button', { name: 'Register a patient' }));
    const family = (await screen.findByLabelText('Family name')) as HTMLInputElement;
    expect([family.value, (screen.getByLabelText('Given names') as HTMLInputElement).value]).toEqual(['Delta', 'Ann']);
  });

  it('F65 keep what a person typed for that person alone', async () => {
    const { row, bed } = occupied('1');
    const told = { beds: [bed], encounters: [row] };
    const typeInto = async () => {
      bedButton('1').focus();
      fireEvent.keyDown(document.activeElement ?? document.body, { key: 'b' });
      fireEvent.keyDown(document.activeElement ?? document.body, { key: 'e' });
      return (await screen.findByLabelText('Waiting for')) as HTMLInputElement;
    };
    await openBoard(told);
    fireEvent.change(await typeInto(), { target: { value: 'Secret of the first' } });
    cleanup();
    const other = makeClinic();
    Object.assign(other.clinic.session.user, { id: 'another' });
    other.tellBoard(wholeBoard(told));
    render(around(other, <FlowScreen />));
    await screen.findByRole('button', { name: /^Bed 1,/u });
    expect((await typeInto()).value).toBe('');
    cleanup();
    await openBoard(told);
    expect((await typeInto()).value).toBe('Secret of the first');
  });

  it('rest with the reason while the link is lost', async () => {
    const { row, bed } = occupied('1');
    const parts = await openBoard({ beds: [bed], encounters: [row] });
    fireEvent.click(bedButton('1'));
    const move = (await screen.findByRole('button', { name: /^Move…/u })) as HTMLButtonElement;
    act(() => parts.becomeLink('lost'));
    expect(move.disabled).toBe(true);
    expect(move.title).toContain('link to the hub is lost');
    expect(screen.getByText('As of 12:00:00, not live')).toBeTruthy();
    act(() => parts.becomeLink('live'));
    expect(move.disabled).toBe(false);
  });

  it('stand beside clocks that stand still while the link is lost', async () => {
    const cleaning = makeCleaning({ state: 'started', startedAt: NOON - 600_000, dueAt: NOON + 600_000 });
    const parts = await openBoard({ beds: [makeBoardBed({ label: 'C', status: 'housekeeping', cleaning })] });
    expect(tileOf('C').textContent).toMatch(/10 min.*in 10 min/u);
    act(() => parts.becomeLink('lost'));
    parts.time.now += 3_600_000;
    fireEvent.click(bedButton('C'));
    const pane = await screen.findByRole('complementary', { name: 'Bed C' });
    expect(pane.textContent).toMatch(/under way 10 min, done in 10 min/u);
    expect(tileOf('C').textContent).toMatch(/10 min.*in 10 min/u);
    act(() => parts.becomeLink('live'));
    await waitFor(() => expect(tileOf('C').textContent).toMatch(/1 h 10 min.*over by 50 min/u));
  });

  it('are not offered to a cleaner, who sees initials at most', async () => {
    const { row, bed } = occupied('1', { displayName: 'AO' });
    await openBoard({ beds: [bed, makeBoardBed({ label: '2' })], encounters: [row] }, ['cleaner']);
    fireEvent.click(bedButton('1'));
    const pane = await screen.findByRole('complementary', { name: 'Bed 1' });
    expect(
      within(pane)
        .queryAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['']);
    expect(screen.queryByRole('button', { name: /Register/u })).toBeNull();
  });

  it('offer a monitored bed to a patient who gets worse', async () => {
    const { row, bed } = occupied('1', {
      news: { total: 7, complete: true, trend: 'rising' },
      offerMonitoredBed: true,
    });
    await openBoard({ beds: [bed], encounters: [row] });
    fireEvent.click(screen.getByRole('button', { name: 'NEWS2 7 and rising: offer a monitored bed' }));
    await screen.findByRole('dialog', { name: 'Move OKAFOR, Ann' });
  });
});

describe('names', () => {
  it('become initials on this station by one switch, and stay so', async () => {
    const { row, bed } = occupied('1');
    await openBoard({ beds: [bed], encounters: [row] });
    fireEvent.click(screen.getByRole('switch', { name: 'Initials only' }));
    await waitFor(() => expect(tileOf('1').textContent).toContain('AO'));
    expect(document.body.textContent).not.toContain('OKAFOR');
    cleanup();
    await openBoard({ beds: [bed], encounters: [row] });
    expect(tileOf('1').textContent).not.toContain('OKAFOR');
  });

  it('are never on the wall, whoever is signed in', async () => {
    const { row, bed } = occupied('1');
    const kept = makeBoardBed({
      label: '2',
      reservation: { ...makeReservation(row.encounterId), displayName: 'OKAFOR, Ann' },
    });
    const parts = makeClinic(['nurse']);
    parts.tellBoard(wholeBoard({ beds: [bed, kept], encounters: [row] }));
    render(around(parts, <WallScreen />));
    await screen.findByText('AO');
    expect(document.body.textContent).not.toContain('OKAFOR');
    expect(screen.queryAllByRole('button')).toHaveLength(0);
    act(() => parts.becomeLink('lost'));
    expect(screen.getByRole('alert').textContent).toContain('this board is old');
  });
});

describe('an empty board', () => {
  it('says what to do to an administrator, and whom to ask to others', async () => {
    await openBoard({}, ['admin']);
    expect(screen.getByRole('link', { name: 'Settings, Places' })).toBeTruthy();
    cleanup();
    await openBoard({}, ['nurse']);
    expect(screen.getByText(/An administrator adds wards, rooms and beds/u)).toBeTruthy();
  });
});

describe('the waiting list', () => {
  async function openWaiting(told: Told) {
    const parts = makeClinic();
    parts.tellBoard(wholeBoard(told));
    render(
      around(
        parts,
        <>
          <WaitingScreen />
          <UndoToasts />
        </>,
      ),
    );
    await screen.findByRole('heading', { name: /Waiting/u });
    return parts;
  }

  it('shows category by letter and word, and the wait against the target in words', async () => {
    await openWaiting({
      encounters: [
        makeWaitingRow({ displayName: 'BAKER, Bo', triage: { category: 'yellow', at: NOON }, seeBy: NOON - 720_000 }),
        makeWaitingRow({ displayName: 'CARR, Cy' }),
      ],
    });
    const [, first, second] = screen.getAllByRole('row');
    expect(first?.textContent).toMatch(/YYellow.*BAKER, Bo.*10 min.*over by 12 min/u);
    expect(second?.textContent).toMatch(/Not triaged.*CARR, Cy.*Triage first/u);
  });

  it('triages by one key, and the seen key ends the wait', async () => {
    const row = makeWaitingRow({ displayName: 'BAKER, Bo' });
    const parts = await openWaiting({ encounters: [row] });
    parts.answer('flow/triage', () => ({ actId: 'act-1', encounterId: row.encounterId }));
    screen.getByRole('button', { name: 'BAKER, Bo' }).focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: '2' });
    await screen.findByText('BAKER, Bo is triaged Orange.');
    expect(called(parts, 'flow/triage')[0]).toMatchObject({ encounterId: row.encounterId, category: 'orange' });
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'v' });
    await waitFor(() => expect(called(parts, 'flow/see')).toHaveLength(1));
  });
});
