// @vitest-environment jsdom
import { Notifications } from '@mantine/notifications';
import { act, cleanup, fireEvent, render, renderHook, screen, waitFor, within } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BedId, UserId, WardId } from '#domain/ids.ts';
import { useWardWatch } from '#renderer/client/live-hooks.ts';
import { BedCard } from '#renderer/features/ward-board/BedCard.tsx';
import { useCalmOrder } from '#renderer/features/ward-board/use-calm-order.ts';
import { WardBoard } from '#renderer/features/ward-board/WardBoard.tsx';
import { around, makeBedLive, makeClinic, makeOpenAlarm, makeScore, makeValue } from '#test/helpers/console-parts.tsx';

afterEach(cleanup);

function cardOf(name: string): HTMLElement {
  const card = screen.getByText(name).closest('li');
  if (!card) throw new Error(`No card of ${name}.`);
  return card;
}

function WithNotices() {
  return (
    <>
      <Notifications />
      <WardBoard />
    </>
  );
}

interface CardsProps {
  readonly wardId: WardId;
  readonly beds: readonly { bedId: BedId; label: string }[];
  onDrawn(label: string): void;
}

/** Cards that tell when they are drawn. */
function Cards({ wardId, beds, onDrawn }: CardsProps) {
  useWardWatch([wardId]);
  return beds.map(({ bedId, label }) => (
    <Profiler key={label} id={label} onRender={onDrawn}>
      <BedCard bedId={bedId} />
    </Profiler>
  ));
}

describe('a bed card', () => {
  it('says alarms by colour, symbol and word, and is answered with one act', async () => {
    const parts = makeClinic();
    const alarm = makeOpenAlarm();
    parts.tellWard('whole', [makeBedLive({ alarms: [alarm], score: makeScore(9, { trend: 'rising' }) })]);
    render(around(parts, <WardBoard />));
    const card = (await screen.findByText('OKAFOR, Ann')).closest('li') as HTMLElement;
    expect(card.dataset.flash).toBe('high');
    expect(card.querySelector('svg[data-priority="high"]')).toBeTruthy();
    expect(within(card).getByText('High')).toBeTruthy();
    expect(card.textContent).toContain('SpO₂ 71 < 85');
    expect(card.textContent).toContain('rising over the last hour');
    within(card)
      .getByRole('button', { name: /Acknowledge/u })
      .click();
    await waitFor(() => expect(parts.called.find(({ path }) => path === 'alarms/acknowledge')).toBeTruthy());
    expect(parts.called.find(({ path }) => path === 'alarms/acknowledge')?.input).toMatchObject({
      alarmId: alarm.id,
      idempotencyKey: expect.any(String),
    });
  });

  it('keeps an acknowledged high alarm readable beside a medium one nobody has answered', async () => {
    const parts = makeClinic();
    const high = makeOpenAlarm({ message: 'NEWS2 7', signal: 'ack' });
    const medium = makeOpenAlarm({ message: 'HR 131 > 130', priority: 'medium' });
    parts.tellWard('whole', [makeBedLive({ alarms: [high, medium], label: '4' })]);
    render(around(parts, <WithNotices />));
    await screen.findByText('OKAFOR, Ann');
    const card = cardOf('OKAFOR, Ann');
    expect(card.textContent).toContain('High NEWS2 7 acknowledged');
    expect(card.textContent).toContain('Medium HR 131 > 130');
    within(card)
      .getByRole('button', { name: /Acknowledge/u })
      .click();
    await waitFor(() =>
      expect(parts.called.find(({ path }) => path === 'alarms/acknowledge')?.input).toMatchObject({
        alarmId: medium.id,
      }),
    );
    expect(await screen.findByText('Acknowledged, bed 4: Medium HR 131 > 130')).toBeTruthy();
  });

  it('acknowledges nothing when a worse alarm came in just before the press, and names it', async () => {
    const parts = makeClinic();
    const medium = makeOpenAlarm({ message: 'HR 131 > 130', priority: 'medium' });
    const high = makeOpenAlarm({ message: 'SpO₂ 71 < 85' });
    const bed = makeBedLive({ alarms: [medium] });
    parts.tellWard('whole', [bed]);
    render(around(parts, <WithNotices />));
    const button = await screen.findByRole('button', { name: /Acknowledge.*HR 131/u });
    fireEvent.pointerDown(button);
    await act(async () => parts.tellWard('changes', [{ ...bed, alarms: [high, medium] }]));
    await screen.findByRole('button', { name: /Acknowledge.*SpO₂ 71/u });
    fireEvent.click(button, { detail: 1 });
    fireEvent.click(button, { detail: 0 });
    expect(await screen.findAllByText(/worse alarm came in just now: High SpO₂ 71 < 85/u)).not.toHaveLength(0);
    expect(parts.called.filter(({ path }) => path === 'alarms/acknowledge')).toHaveLength(0);
  });

  it('draws an old value struck through with its age, and a value that is not there as a dash with the reason', async () => {
    const parts = makeClinic();
    const values = [
      makeValue('hr', 143, { at: parts.time.now - 45_000 }),
      makeValue('spo2', null, { why: 'sensor-off' }),
    ];
    parts.tellWard('whole', [makeBedLive({ values })]);
    render(around(parts, <WardBoard />));
    await screen.findByText('OKAFOR, Ann');
    expect(screen.getByText('143').tagName).toBe('S');
    expect(screen.getByText('old 45 s')).toBeTruthy();
    expect(screen.getByText('sensor off')).toBeTruthy();
  });

  it('says at least and what is missing, and shows no risk word that reassures', async () => {
    const parts = makeClinic();
    parts.tellWard('whole', [makeBedLive({ score: makeScore(2, { complete: false, missing: ['temp'] }) })]);
    render(around(parts, <WardBoard />));
    const card = (await screen.findByText('OKAFOR, Ann')).closest('li') as HTMLElement;
    expect(card.textContent).toContain('At least 2');
    expect(card.textContent).toContain('Missing: temp');
    expect(card.textContent).not.toContain('Low risk');
  });

  it('says why a score must not be used', async () => {
    const parts = makeClinic();
    parts.tellWard('whole', [makeBedLive({ score: makeScore(null, { reason: 'under-16' }) })]);
    render(around(parts, <WardBoard />));
    expect(await screen.findByText('Under 16: use PEWS chart')).toBeTruthy();
  });

  it('marks a device without a link and a low battery, and nothing while all is well', async () => {
    const device = {
      id: 'monitor-1' as never,
      type: null,
      online: true,
      battery: 0.9,
      lastMessageAt: null,
      skewed: false,
    };
    const parts = makeClinic();
    parts.tellWard('whole', [
      makeBedLive({ devices: [device], label: '1' }),
      makeBedLive({ devices: [{ ...device, online: false, battery: 0.08 }], label: '2' }),
    ]);
    render(around(parts, <WardBoard />));
    await screen.findAllByText('OKAFOR, Ann');
    expect(screen.getAllByText('Device has no link')).toHaveLength(1);
    expect(document.body.textContent).toContain('8 % battery');
  });

  it('is drawn again alone when its bed changes', async () => {
    const parts = makeClinic();
    const beds = ['A', 'B', 'C'].map((label) => makeBedLive({ label }));
    const drawn = { A: 0, B: 0, C: 0 } as Record<string, number>;
    const onDrawn = (label: string) => {
      drawn[label] = (drawn[label] ?? 0) + 1;
    };
    const cards = { wardId: parts.wardId, beds, onDrawn };
    render(around(parts, <Cards {...cards} />));
    await act(async () => parts.tellWard('whole', beds));
    await waitFor(() => expect(screen.getAllByText('OKAFOR, Ann')).toHaveLength(3));
    await act(async () => undefined);
    const before = { ...drawn };
    const [, second] = beds;
    if (!second) throw new Error('No second bed.');
    await act(async () => parts.tellWard('changes', [{ ...second, values: [makeValue('hr', 99)] }]));
    await screen.findByText('99');
    expect(drawn).toEqual({ ...before, B: (before.B ?? 0) + 1 });
  });

  it('shows names with markup as text (F77)', async () => {
    const parts = makeClinic();
    const name = '<img src=x onerror=alert(1)>, <b>Ann</b>';
    const bed = makeBedLive();
    parts.tellWard('whole', [{ ...bed, patient: bed.patient && { ...bed.patient, displayName: name } }]);
    render(around(parts, <WardBoard />));
    await screen.findByText(name);
    expect(cardOf(name).querySelector('img, b')).toBeNull();
  });
});

describe('a new clinic', () => {
  it('says what to do next while nobody is admitted, and no longer once somebody is', async () => {
    const parts = makeClinic();
    const bed = makeBedLive({ label: '01' });
    parts.tellWard('whole', [{ ...bed, patient: null }]);
    render(around(parts, <WardBoard />));
    expect(await screen.findByRole('link', { name: 'Admit the first patient to bed 01' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Connect a device' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Add a user' })).toBeNull();
    await act(async () => parts.tellWard('changes', [bed]));
    await waitFor(() => expect(screen.queryByText(/Nobody is admitted yet/u)).toBeNull());
  });

  it('asks nothing of a wall', async () => {
    const parts = makeClinic(['wall']);
    parts.tellWard('whole', [makeBedLive({ patient: null })]);
    render(around(parts, <WardBoard />));
    await screen.findByText('Empty', { selector: 'p' });
    expect(screen.queryByText(/Nobody is admitted yet/u)).toBeNull();
  });
});

describe('what can be written', () => {
  it('is disabled with the reason while the link is lost, and is back with the link', async () => {
    const parts = makeClinic();
    parts.tellWard('whole', [makeBedLive({ alarms: [makeOpenAlarm()] })]);
    render(around(parts, <WardBoard />));
    const button = (await screen.findByRole('button', { name: /Acknowledge/u })) as HTMLButtonElement;
    act(() => parts.becomeLink('lost'));
    expect(button.disabled).toBe(true);
    expect(button.title).toContain('link to the hub is lost');
    act(() => parts.becomeLink('live'));
    expect(button.disabled).toBe(false);
  });

  it('is not the only thing the loss touches: the score is drawn as old too', async () => {
    const parts = makeClinic();
    parts.tellWard('whole', [makeBedLive({ score: makeScore(1) })]);
    render(around(parts, <WardBoard />));
    await screen.findByText('OKAFOR, Ann');
    act(() => parts.becomeLink('lost'));
    expect(screen.getByText('1', { selector: 's' })).toBeTruthy();
    expect(screen.getByText(/^NEWS2, .* old$/u)).toBeTruthy();
  });

  it('is not offered to a wall', async () => {
    const parts = makeClinic(['wall']);
    parts.tellWard('whole', [makeBedLive({ alarms: [makeOpenAlarm()] })]);
    render(around(parts, <WardBoard />));
    await screen.findByText('OKAFOR, Ann');
    expect(within(screen.getByRole('list', { name: 'Beds' })).queryAllByRole('button')).toHaveLength(0);
  });

  it('makes a patient mine and no longer mine', async () => {
    const parts = makeClinic();
    const bed = makeBedLive();
    parts.tellWard('whole', [bed]);
    render(around(parts, <WardBoard />));
    (await screen.findByRole('button', { name: /Make this my patient/u })).click();
    await waitFor(() =>
      expect(parts.called.find(({ path }) => path === 'encounters/assignNurse')?.input).toMatchObject({ userId: 'me' }),
    );
    const mine = { ...bed, patient: bed.patient && { ...bed.patient, nurseId: 'me' as UserId } };
    await act(async () => parts.tellWard('changes', [mine]));
    expect((await screen.findByRole('button', { name: /no longer mine/u })).getAttribute('aria-pressed')).toBe('true');
  });
});

describe('an empty ward', () => {
  it('says what to do', async () => {
    const parts = makeClinic();
    parts.tellWard('whole', []);
    render(around(parts, <WardBoard />));
    expect(await screen.findByText(/adds rooms and beds in Settings/u)).toBeTruthy();
  });
});

describe('the calm order', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const ids = (text: string) => [...text] as BedId[];

  it('changes at most every five seconds, not under the pointer or focus, and at once when asked', () => {
    let wanted = ids('abc');
    let held = false;
    const { result, rerender } = renderHook(
      ({ wish }) =>
        useCalmOrder(
          () => wanted,
          wish,
          () => held,
        ),
      {
        initialProps: { wish: 'risk' },
      },
    );
    wanted = ids('cab');
    rerender({ wish: 'risk' });
    expect(result.current).toEqual(ids('abc'));
    act(() => vi.advanceTimersByTime(4_900));
    expect(result.current).toEqual(ids('abc'));
    act(() => vi.advanceTimersByTime(100));
    expect(result.current).toEqual(ids('cab'));
    held = true;
    wanted = ids('bca');
    act(() => vi.advanceTimersByTime(60_000));
    expect(result.current).toEqual(ids('cab'));
    rerender({ wish: 'bed' });
    expect(result.current).toEqual(ids('bca'));
  });
});
