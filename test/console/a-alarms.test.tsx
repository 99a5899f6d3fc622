// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import type { WardId } from '#domain/ids.ts';
import { AlarmAnnouncer, sumUp } from '#renderer/app/AlarmAnnouncer.tsx';
import { AlarmSummary } from '#renderer/app/AlarmSummary.tsx';
import { byUrgency } from '#renderer/client/live-alarms.ts';
import { AlarmInbox } from '#renderer/features/alarms/AlarmInbox.tsx';
import { filtered, filterOf } from '#renderer/features/alarms/alarm-filter.ts';
import { around, makeBedLive, makeClinic, makeOpenAlarm } from '#test/helpers/console-parts.tsx';

afterEach(cleanup);

const anyAlarms = fc.array(
  fc
    .record({
      priority: fc.constantFrom(...PRIORITIES),
      signal: fc.constantFrom('on', 'latched', 'ack'),
      wardId: fc.constantFrom('a', 'b', null),
      beganAt: fc.integer({ min: 0, max: 1_000 }),
    })
    .map((given) => makeOpenAlarm(given as never)),
  { maxLength: 30 },
);

describe('the alarm list', () => {
  it('has the unanswered first, then the highest priority, then the newest', () => {
    fc.assert(
      fc.property(anyAlarms, (alarms) => {
        const sorted = alarms.toSorted(byUrgency);
        for (const [index, alarm] of sorted.entries()) {
          const next = sorted[index + 1];
          if (!next) continue;
          const rank = ({ signal, priority }: typeof alarm) =>
            Number(signal === 'ack') * 10 + PRIORITIES.indexOf(priority);
          expect(rank(alarm)).toBeLessThanOrEqual(rank(next));
          if (rank(alarm) === rank(next)) expect(alarm.beganAt).toBeGreaterThanOrEqual(next.beganAt);
        }
      }),
    );
  });

  it('lets every filter add up to the whole', () => {
    fc.assert(
      fc.property(anyAlarms, (alarms) => {
        const count = (search: object) => filtered(alarms, filterOf(search)).length;
        expect(PRIORITIES.reduce((sum, priority) => sum + count({ priority }), 0)).toBe(alarms.length);
        expect(count({ ward: 'a' }) + count({ ward: 'b' })).toBe(alarms.filter(({ wardId }) => wardId).length);
        expect(count({ priority: 'nonsense' })).toBe(alarms.length);
      }),
    );
  });

  it('shows on each chip how many rows choosing it shows', async () => {
    const parts = makeClinic();
    parts.tellAlarms('whole', [
      makeOpenAlarm({ message: 'one', wardId: parts.wardId }),
      makeOpenAlarm({ message: 'two', priority: 'medium', wardId: 'elsewhere' as WardId }),
      makeOpenAlarm({ message: 'three', priority: 'medium', wardId: parts.wardId }),
    ]);
    render(around(parts, <AlarmInbox />));
    await screen.findByText('one');
    for (const [chip, rows] of [
      ['Medium 2', 2],
      ['Ward 1 1', 1],
      ['All priorities 2', 2],
      ['High 1', 1],
    ] as const) {
      fireEvent.click(screen.getByRole('button', { name: chip }));
      await waitFor(() => expect(document.querySelectorAll('tbody tr')).toHaveLength(rows));
    }
  });

  it('says that it makes no sound and what stays the primary alarm', async () => {
    const parts = makeClinic();
    parts.tellAlarms('whole', []);
    render(around(parts, <AlarmInbox />));
    expect(
      await screen.findByText(/makes no alarm sound yet. The bedside monitor stays the primary alarm/u),
    ).toBeTruthy();
    expect(await screen.findByText('No open alarms')).toBeTruthy();
  });

  it('is worked by J, K and A, and A answers the chosen alarm and no other', async () => {
    const parts = makeClinic();
    const alarms = ['one', 'two', 'three'].map((message, index) => makeOpenAlarm({ message, beganAt: -index }));
    parts.tellAlarms('whole', alarms);
    render(around(parts, <AlarmInbox />));
    await screen.findByText('one');
    const chosen = () => document.querySelector('tr[aria-selected="true"]')?.getAttribute('data-alarm');
    expect(chosen()).toBe(alarms[0]?.id);
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(chosen()).toBe(alarms[1]?.id);
    fireEvent.keyDown(document.body, { key: 'a' });
    await waitFor(() => expect(parts.called.filter(({ path }) => path === 'alarms/acknowledge')).toHaveLength(1));
    expect(parts.called.find(({ path }) => path === 'alarms/acknowledge')?.input).toMatchObject({
      alarmId: alarms[1]?.id,
    });
    expect(chosen()).toBe(alarms[2]?.id);
  });

  it('leaves the keys alone while someone types, and while the link is lost', async () => {
    const parts = makeClinic();
    parts.tellAlarms('whole', [makeOpenAlarm({ message: 'one' })]);
    render(
      around(
        parts,
        <>
          <AlarmInbox />
          <input aria-label="note" />
        </>,
      ),
    );
    await screen.findByText('one');
    fireEvent.keyDown(screen.getByLabelText('note'), { key: 'a' });
    act(() => parts.becomeLink('lost'));
    fireEvent.keyDown(document.body, { key: 'a' });
    await act(async () => undefined);
    expect(parts.called.some(({ path }) => path === 'alarms/acknowledge')).toBe(false);
  });
});

describe('the summary over every screen', () => {
  it('counts open alarms by priority, also when there are none, and opens the list it counts', async () => {
    const parts = makeClinic();
    parts.tellAlarms('whole', [makeOpenAlarm(), makeOpenAlarm({ priority: 'low', signal: 'ack' })]);
    render(around(parts, <AlarmSummary />));
    const high = await screen.findByRole('link', { name: '1 high priority alarm, not all acknowledged' });
    expect(high.getAttribute('href')).toBe('/alarms?priority=high');
    expect(high.dataset.flash).toBe('high');
    expect(screen.getByRole('link', { name: /^0 medium priority alarms/u })).toBeTruthy();
    const low = screen.getByRole('link', { name: '1 low priority alarm, all acknowledged' });
    expect(low.dataset.flash).toBeUndefined();
  });
});

describe('a wall', () => {
  it('counts the alarms its boards show, each once, and leads nowhere it may not go', async () => {
    const parts = makeClinic(['wall']);
    const alarm = makeOpenAlarm();
    parts.tellWard('whole', [
      makeBedLive({ alarms: [alarm] }),
      makeBedLive({ alarms: [makeOpenAlarm({ priority: 'low' })] }),
    ]);
    render(around(parts, <AlarmSummary />));
    expect(await screen.findByTitle('1 high priority alarm, not all acknowledged')).toBeTruthy();
    expect(screen.getByTitle('0 medium priority alarms, all acknowledged')).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
    expect(parts.called.some(({ path }) => path === 'alarms/watch')).toBe(false);
  });
});

describe('what a screen reader hears', () => {
  it('is each new high alarm at once, and of what was there before only the sum', async () => {
    const parts = makeClinic();
    const before = makeOpenAlarm({ message: 'HR 150 > 140', bedLabel: '3' });
    parts.tellAlarms('whole', [before]);
    render(around(parts, <AlarmAnnouncer />));
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    expect(screen.getByRole('alert').textContent).toBe('');
    await act(async () => parts.tellAlarms('changes', [makeOpenAlarm({ bedLabel: '7' })]));
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe('High priority alarm: bed 7, SpO₂ 71 < 85.'),
    );
    await act(async () => parts.tellAlarms('changes', [makeOpenAlarm({ priority: 'medium', bedLabel: '9' })]));
    expect(screen.getByRole('alert').textContent).not.toContain('bed 9');
  });

  it('sums up in one sentence', () => {
    expect(sumUp([])).toBe('No open alarms.');
    expect(sumUp([makeOpenAlarm(), makeOpenAlarm({ priority: 'low' })])).toBe('2 open alarms: 1 high, 1 low priority.');
  });
});
