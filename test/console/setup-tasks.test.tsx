// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import type { UserId } from '#domain/ids.ts';
import { shownCode } from '#renderer/features/tasks/said.ts';
import { TasksScreen } from '#renderer/features/tasks/TasksScreen.tsx';
import { clocksOf, groupOf, type TaskRecord, tasksInOrder } from '#renderer/features/tasks/task-order.ts';
import { dueWords } from '#renderer/features/tasks/task-words.ts';
import { answering, askedOf, makeTaskRecord } from '#test/helpers/answering.ts';
import { around, createSpoken, makeClinic } from '#test/helpers/console-parts.tsx';
import { NOON } from '#test/helpers/makers.ts';

configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const ME = 'me' as UserId;
const MINUTE = 60_000;

describe('the order of tasks', () => {
  it('puts my own first, then those for anybody, then those others have', () => {
    const mine = makeTaskRecord({ assigneeId: ME, state: 'started' });
    const anybodys = makeTaskRecord();
    const others = makeTaskRecord({ assigneeId: 'kim' as UserId });
    expect(tasksInOrder([others, anybodys, mine], ME)).toEqual([mine, anybodys, others]);
  });

  it('puts a bed somebody waits for first, then what runs out next', () => {
    const late = makeTaskRecord({ responseDueAt: NOON - MINUTE });
    const soon = makeTaskRecord({ responseDueAt: NOON + MINUTE });
    const wanted = makeTaskRecord({ wanted: true });
    expect(tasksInOrder([soon, late, wanted], ME)).toEqual([wanted, late, soon]);
  });

  it('loses and doubles no task, whatever there is', () => {
    const any = fc.record({
      state: fc.constantFrom('requested' as const, 'started' as const),
      assigneeId: fc.constantFrom(null, ME, 'kim' as UserId),
      wanted: fc.boolean(),
      responseDueAt: fc.option(fc.integer({ min: NOON - 1e7, max: NOON + 1e7 })),
    });
    fc.assert(
      fc.property(fc.array(any), (given) => {
        const tasks = given.map((one) => makeTaskRecord(one));
        const ordered = tasksInOrder(tasks, ME);
        expect(new Set(ordered)).toEqual(new Set(tasks));
        const groups = ordered.map((task) => groupOf(task, ME));
        expect(groups.filter((group, index) => group !== groups[index - 1]).length).toBe(new Set(groups).size);
      }),
    );
  });

  it('says of each clock how much is left, or by how much it is overdue', () => {
    const [response, turn] = clocksOf(makeTaskRecord({ responseDueAt: NOON - 5 * MINUTE }));
    expect(response && dueWords(response, NOON)).toBe('5 min overdue');
    expect(turn && dueWords(turn, NOON)).toBe('45 min left');
  });
});

/** The tasks screen of a cleaner, with a hub that has these tasks and knows the code of the first one's bed. */
function opened(tasks: readonly TaskRecord[], answers: Record<string, (input: never) => unknown> = {}) {
  const stream = createSpoken<object>();
  const [first] = tasks;
  const started = { ...first, state: 'started', startedAt: NOON, assigneeId: ME, assigneeName: 'The Nurse' };
  const parts = answering(makeClinic(['cleaner']), {
    'tasks/watch': () => stream.stream(),
    'tasks/done': () => [],
    'tasks/workers': () => [{ userId: 'kim' as UserId, displayName: 'Kim Berg' }],
    'tasks/start': () => started,
    'tasks/finish': () => ({ ...started, state: 'done', doneAt: NOON }),
    'tasks/undo': () => ({ ...first, state: 'requested' }),
    'tasks/scan': ({ code }: { code: string }) => {
      if (code !== 'WL:BED:7') throw new ClinicError('refused', 'No bed of this clinic.', 'unknown-code');
      return { task: first ?? null, bedLabel: '7', next: 'start' };
    },
    ...answers,
  });
  render(around(parts, <TasksScreen />));
  const say = (told: readonly TaskRecord[], kind = 'whole') =>
    stream.say({ kind, subscription: 's', n: 1, at: NOON, tasks: told, removed: [] });
  say(tasks);
  return { parts, say };
}

const scan = (code: string) => {
  for (const key of [...code, 'Enter']) fireEvent.keyDown(document.body, { key });
};

describe('the tasks screen', () => {
  it('enters a cleaning that was done earlier with when it happened', async () => {
    const { parts } = opened([makeTaskRecord()]);
    fireEvent.click(await screen.findByRole('button', { name: 'Late…' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Enter as done' }).disabled).toBe(true);
    fireEvent.change(within(dialog).getByLabelText('Happened at'), { target: { value: '11:40' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Enter as done' }));
    await waitFor(() =>
      expect(askedOf(parts, 'tasks/finish')).toEqual([{ taskId: expect.any(String), at: expect.any(Number) }]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows each open task with its clocks and starts it with its large button', async () => {
    const { parts } = opened([makeTaskRecord({ bedLabel: '7', contaminated: true, wanted: true })]);
    const item = await screen.findByRole('button', { name: 'Start: Bed 7' });
    const row = item.closest('li') as HTMLElement;
    expect(within(row).getByText('15 min left')).toBeTruthy();
    expect(within(row).getByText('Contaminated: clean as after isolation')).toBeTruthy();
    expect(within(row).getByText('Somebody waits for this bed')).toBeTruthy();
    fireEvent.click(item);
    expect(await screen.findByText('Bed 7: cleaning started.')).toBeTruthy();
    expect(askedOf(parts, 'tasks/start')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Bed 7: taken back, not started.')).toBeTruthy();
  });

  it('does not run on from start to done under a double touch', async () => {
    const task = makeTaskRecord({ bedLabel: '7' });
    const { parts, say } = opened([task]);
    fireEvent.click(await screen.findByRole('button', { name: 'Start: Bed 7' }));
    say([{ ...task, state: 'started', startedAt: NOON, assigneeId: ME, responseDueAt: null }]);
    fireEvent.click(await screen.findByRole('button', { name: 'Clean: bed is ready: Bed 7' }));
    expect(askedOf(parts, 'tasks/finish')).toEqual([]);
  });

  it('starts a cleaning by one scan, and takes the same scan twice in a row once', async () => {
    const { parts } = opened([makeTaskRecord({ bedLabel: '7' })]);
    await screen.findByRole('button', { name: 'Start: Bed 7' });
    scan('WL:BED:7');
    expect(await screen.findByText('Bed 7: cleaning started.')).toBeTruthy();
    scan('WL:BED:7');
    expect(askedOf(parts, 'tasks/scan')).toEqual([{ code: 'WL:BED:7', act: false }]);
    expect(askedOf(parts, 'tasks/start')).toHaveLength(1);
  });

  it('asks before a scan gives a bed free, and has the answer under Enter', async () => {
    const task = makeTaskRecord({ bedLabel: '7', state: 'started', startedAt: NOON, assigneeId: ME });
    const { parts } = opened([task], { 'tasks/scan': () => ({ task, bedLabel: '7', next: 'finish' }) });
    await screen.findByText('In your hands');
    scan('WL:BED:7');
    expect(await screen.findByText(/Is it clean now\? Scan it again or press Enter/u)).toBeTruthy();
    expect(askedOf(parts, 'tasks/finish')).toEqual([]);
    const yes = screen.getByRole('button', { name: 'Clean: bed is ready' });
    expect(document.activeElement).toBe(yes);
    fireEvent.click(yes);
    expect(await screen.findByText('Bed 7: clean, the bed is ready.')).toBeTruthy();
    expect(askedOf(parts, 'tasks/finish')).toEqual([{ taskId: task.id }]);
  });

  it('F63 answers a hostile scan with one line, does nothing and goes nowhere', async () => {
    const { parts } = opened([makeTaskRecord({ bedLabel: '7' })]);
    await screen.findByRole('button', { name: 'Start: Bed 7' });
    const before = location.href;
    for (const code of ['https://evil.example/?x', '=cmd|calc', "javascript:alert('x')", 'WL:BED:']) {
      scan(code);
      expect(await screen.findByText(`No bed of this clinic. Read: “${code}”.`)).toBeTruthy();
    }
    expect([askedOf(parts, 'tasks/start'), askedOf(parts, 'tasks/finish'), location.href]).toEqual([[], [], before]);
  });

  it('says of what cannot be shown only what can', () => {
    expect(shownCode('a\u202eb\u0000c')).toBe('a b c');
    expect(shownCode('x'.repeat(5_000))).toHaveLength(41);
  });

  it('goes through the list by J and K and hands over by H', async () => {
    const { parts } = opened([makeTaskRecord({ bedLabel: '7' }), makeTaskRecord({ bedLabel: '8' })], {
      'tasks/handOver': () => makeTaskRecord({ bedLabel: '8', assigneeName: 'Kim Berg' }),
    });
    const first = await screen.findByRole('button', { name: 'Start: Bed 7' });
    fireEvent.keyDown(document.body, { key: 'j' });
    await waitFor(() => expect(document.activeElement).toBe(first));
    fireEvent.keyDown(first, { key: 'j' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Start: Bed 8' })));
    fireEvent.keyDown(document.activeElement as Element, { key: 'h' });
    fireEvent.click(await screen.findByLabelText('Kim Berg'));
    fireEvent.click(screen.getByRole('button', { name: 'Hand over' }));
    expect(await screen.findByText('Bed 8: handed over to Kim Berg.')).toBeTruthy();
    expect(askedOf(parts, 'tasks/handOver')).toMatchObject([{ userId: 'kim' }]);
  });

  it('rests and says why while the link is lost; a scan changes nothing then', async () => {
    const { parts } = opened([makeTaskRecord({ bedLabel: '7' })]);
    const start = await screen.findByRole('button', { name: 'Start: Bed 7' });
    parts.becomeLink('lost');
    await waitFor(() => expect((start as HTMLButtonElement).disabled).toBe(true));
    scan('WL:BED:7');
    expect(await screen.findByText(/link to the hub is lost.*Nothing was changed/u)).toBeTruthy();
    expect(askedOf(parts, 'tasks/scan')).toEqual([]);
  });
});
