import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dirtiedAt, nextDueAt, taskClocks } from '#domain/flow/cleaning.ts';
import type { Task } from '#domain/flow/task.ts';
import { finishTask, handOverTask, kindsFor, startTask, undoTask, voidTask } from '#domain/flow/task-steps.ts';
import type { BedId, TaskId, UserId } from '#domain/ids.ts';
import { makeAssignment, NOON } from '#test/helpers/makers.ts';

const [CLEO, DAN] = ['cleo', 'dan'] as UserId[] as [UserId, UserId];
const NOTHING_SINCE = { taken: false, cleanedAgain: false };

function makeTask(given: Partial<Task> = {}): Task {
  return {
    id: 'task' as TaskId,
    kind: 'cleaning',
    state: 'requested',
    bedId: 'bed' as BedId,
    encounterId: null,
    destination: null,
    cause: 'discharge',
    contaminated: false,
    eventId: null,
    requestedAt: NOON,
    startedAt: null,
    doneAt: null,
    assigneeId: null,
    handedTo: null,
    supersededBy: null,
    note: null,
    ...given,
  };
}

type Step = { readonly name: string; readonly apply: (task: Task, now: number) => Task | string };

const steps: readonly Step[] = [CLEO, DAN].flatMap((by) => [
  { name: `${by} starts`, apply: (task, now) => answer(startTask(task, { by, at: null, now })) },
  { name: `${by} is done`, apply: (task, now) => answer(finishTask(task, { by, at: null, now })) },
  { name: `to ${by}`, apply: (task) => answer(handOverTask(task, by)) },
  { name: 'to anybody', apply: (task) => answer(handOverTask(task, null)) },
  { name: 'back', apply: (task) => answer(undoTask(task, NOTHING_SINCE)) },
  { name: 'void', apply: (task) => answer(voidTask(task)) },
]);

function answer(decision: { ok: true; value: Task } | { ok: false; refusal: string }): Task | string {
  return decision.ok ? decision.value : decision.refusal;
}

describe('a task', () => {
  it('always has the times its state needs, in order, whatever is done to it', () => {
    const doings = fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({ min: -3_600_000, max: 3_600_000 })));
    fc.assert(
      fc.property(doings, (all) => {
        let task = makeTask();
        for (const [{ apply }, passed] of all) {
          const after = apply(task, NOON + passed);
          if (typeof after === 'string') continue;
          expect(after.startedAt === null).toBe(
            after.state === 'requested' || (after.state === 'voided' && after.startedAt === null),
          );
          expect(after.doneAt !== null).toBe(after.state === 'done');
          expect(after.startedAt ?? after.requestedAt).toBeGreaterThanOrEqual(after.requestedAt);
          expect(after.doneAt ?? after.startedAt ?? 0).toBeGreaterThanOrEqual(after.startedAt ?? 0);
          task = after;
        }
      }),
    );
  });

  it('is after an undone start or finish exactly what it was before', () => {
    const doings = fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({ min: 1, max: 600_000 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(doings, fc.constantFrom(...steps.filter(({ name }) => /starts|done/.test(name))), (before, last) => {
        let now = NOON;
        let task = makeTask();
        for (const [{ apply }, passed] of before) {
          now += passed;
          const after = apply(task, now);
          if (typeof after !== 'string') task = after;
        }
        const after = last.apply(task, now + 1);
        // Taking in hand what somebody else had begun is handed over again, not undone.
        if (typeof after === 'string' || after === task || (task.state === 'started' && after.state === 'started'))
          return;
        if (task.state === 'requested' && task.assigneeId !== task.handedTo) return;
        expect(undoTask(after, NOTHING_SINCE)).toEqual({ ok: true, value: task });
      }),
    );
  });

  it('is started by one of two, and the other is refused', () => {
    const first = answer(startTask(makeTask(), { by: CLEO, at: null, now: NOON + 1 })) as Task;
    expect(startTask(first, { by: DAN, at: null, now: NOON + 2 })).toEqual({ ok: false, refusal: 'already-started' });
    expect(startTask(first, { by: CLEO, at: null, now: NOON + 2 })).toEqual({ ok: true, value: first });
  });

  it('falls back to whom it was handed when their start is undone', () => {
    const handed = answer(handOverTask(makeTask(), DAN)) as Task;
    const started = answer(startTask(handed, { by: CLEO, at: null, now: NOON + 1 })) as Task;
    expect(started.assigneeId).toBe(CLEO);
    expect(undoTask(started, NOTHING_SINCE)).toEqual({ ok: true, value: handed });
  });

  it('may be entered late, not in the future and not before it was asked for', () => {
    const at = (moment: number) => answer(startTask(makeTask(), { by: CLEO, at: moment, now: NOON + 600_000 }));
    expect(at(NOON + 60_000)).toMatchObject({ startedAt: NOON + 60_000 });
    expect(at(NOON + 600_001)).toBe('in-future');
    expect(at(NOON - 60_000)).toBe('before-request');
    expect(at(NOON - 59_999), 'people say whole minutes').toMatchObject({ startedAt: NOON });
    const started = at(NOON + 60_000) as Task;
    expect(answer(finishTask(started, { by: CLEO, at: NOON, now: NOON + 600_000 }))).toBe('before-start');
  });

  it('never ends before it began, however the clock was set', () => {
    const started = answer(startTask(makeTask(), { by: CLEO, at: null, now: NOON - 3_600_000 })) as Task;
    expect(started.startedAt).toBe(NOON);
    expect(answer(finishTask(started, { by: CLEO, at: null, now: NOON - 7_200_000 }))).toMatchObject({ doneAt: NOON });
  });

  it('done cannot be taken back once the bed was taken or cleaned again', () => {
    const done = answer(finishTask(makeTask(), { by: CLEO, at: null, now: NOON + 1 })) as Task;
    expect(answer(undoTask(done, { taken: true, cleanedAgain: false }))).toBe('bed-taken-since');
    expect(answer(undoTask(done, { taken: false, cleanedAgain: true }))).toBe('nothing-to-undo');
    expect(answer(undoTask(makeTask(), NOTHING_SINCE))).toBe('nothing-to-undo');
  });

  it('that follows from a patient leaving cannot be voided: the bed is still dirty', () => {
    expect(answer(voidTask(makeTask({ eventId: 'left' })))).toBe('bed-still-dirty');
    expect(answer(voidTask(makeTask()))).toMatchObject({ state: 'voided' });
  });
});

describe('kinds of task', () => {
  it('a cleaner cleans, a porter brings, nurses do both, an administrator and a wall neither', () => {
    expect(kindsFor(['cleaner'])).toEqual(['cleaning']);
    expect(kindsFor(['porter'])).toEqual(['transport']);
    expect(kindsFor(['cleaner', 'porter'])).toEqual(['cleaning', 'transport']);
    expect(kindsFor(['nurse'])).toEqual(['cleaning', 'transport']);
    expect(kindsFor(['admin'])).toEqual([]);
    expect(kindsFor(['wall'])).toEqual([]);
  });
});

describe('the clocks of a cleaning', () => {
  const targets = { response: 30, clean: 30, turn: 60 };
  const minutes = (count: number) => NOON + count * 60_000;

  it('response and turn run from when the patient left, clean from the start', () => {
    const dirty = taskClocks(makeTask(), targets);
    expect(dirty).toEqual({ responseDueAt: minutes(30), cleanDueAt: null, turnDueAt: minutes(60) });
    expect(nextDueAt(dirty)).toBe(minutes(30));
    const begun = taskClocks(makeTask({ state: 'started', startedAt: minutes(40) }), targets);
    expect(begun).toEqual({ responseDueAt: null, cleanDueAt: minutes(70), turnDueAt: minutes(60) });
    expect(nextDueAt(begun)).toBe(minutes(60));
  });

  it('stop when it is done, and transports have none', () => {
    const done = makeTask({ state: 'done', startedAt: minutes(1), doneAt: minutes(2) });
    expect(nextDueAt(taskClocks(done, targets))).toBeNull();
    expect(nextDueAt(taskClocks(makeTask({ kind: 'transport' }), targets))).toBeNull();
  });
});

describe('a bed somebody left', () => {
  it('is dirty unless it was held or cleaned since', () => {
    const held = (startedAt: number, endedAt: number | null) => makeAssignment({ startedAt, endedAt });
    expect(dirtiedAt(NOON, [], undefined)).toBe(true);
    expect(dirtiedAt(NOON, [held(NOON + 1, null)], undefined), 'taken again').toBe(false);
    expect(dirtiedAt(NOON, [held(NOON - 9, NOON + 9)], undefined), 'shared, the other left later').toBe(false);
    expect(dirtiedAt(NOON, [held(NOON - 9, NOON)], undefined), 'shared, both left together').toBe(true);
    expect(dirtiedAt(NOON, [], makeTask({ state: 'done', startedAt: NOON + 5, doneAt: NOON + 9 }))).toBe(false);
    expect(dirtiedAt(NOON, [], makeTask({ state: 'done', startedAt: NOON - 5, doneAt: NOON + 9 }))).toBe(true);
  });
});
