import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BedId, RoomId, TaskId, WardId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import type { User } from '#domain/user/user.ts';
import { type FlowClinic, openFlowClinic } from '#test/helpers/flow-clinic.ts';
import { eventually } from '#test/helpers/wait.ts';
import { failure } from './clinic.ts';

let clinic: FlowClinic;
let cleo: User;
let dan: User;
let pat: User;
beforeEach(() => {
  clinic = openFlowClinic();
  cleo = clinic.staff('cleaner');
  dan = clinic.staff('cleaner');
  pat = clinic.staff('porter');
});
afterEach(() => clinic.close());

/** A bed its patient left a minute ago. */
async function dirtyBed(bed = clinic.beds.one): Promise<TaskId> {
  const encounterId = await clinic.admitted(bed);
  clinic.time.now += MINUTE_MS;
  await clinic.desk.encounters.discharge({ encounterId });
  clinic.time.now += MINUTE_MS;
  return clinic.store.tasks.openCleaning(bed.id)?.id ?? expect.fail();
}

const act = async (user: User, code: string) => clinic.as(user).tasks.scan({ code, act: true });
const labelOf = async (bed = clinic.beds.one) => {
  const [label] = await clinic.desk.beds.labels({ bedId: bed.id });
  return label?.code ?? expect.fail();
};

describe('a cleaner', () => {
  it('starts and finishes, and the bed is free', async () => {
    const taskId = await dirtyBed();
    const started = await clinic.as(cleo).tasks.start({ taskId });
    expect(started).toMatchObject({ state: 'started', assigneeId: cleo.id, assigneeName: 'The cleaner' });
    expect(started.cleanDueAt).toBe(clinic.time.now + 30 * MINUTE_MS);
    clinic.heard();
    await clinic.as(cleo).tasks.finish({ taskId });
    expect(clinic.heard()).toEqual([`task ${taskId}`, `bedState ${clinic.beds.one.id}`]);
    const ann = await clinic.admitted(clinic.beds.one);
    expect(clinic.store.assignments.current({ encounterId: ann })?.bedId).toBe(clinic.beds.one.id);
  });

  it('sees bed and ward and no more of a patient than the work needs', async () => {
    await dirtyBed();
    const ann = await clinic.admitted(clinic.beds.two, { name: { family: 'Canary', given: ['Ann'] } });
    await clinic.desk.tasks.requestTransport({ encounterId: ann, destination: 'X-ray' });
    const rows = await clinic.as(cleo).tasks.list({});
    expect(rows).toMatchObject([{ kind: 'cleaning', bedLabel: '1', roomLabel: 'Bay 1', wardName: 'North' }]);
    const brought = await clinic.as(pat).tasks.list({});
    expect(brought).toMatchObject([{ kind: 'transport', displayName: 'AC', encounterId: null, bedLabel: '2' }]);
    expect(JSON.stringify([rows, brought])).not.toContain('CANARY');
    expect(JSON.stringify(await clinic.desk.tasks.list({ kind: 'transport' }))).toContain('CANARY, Ann');
  });

  it('brings no patients, and a porter cleans no beds', async () => {
    const cleaning = await dirtyBed();
    const ann = await clinic.admitted(clinic.beds.two);
    const { id: transport } = await clinic.desk.tasks.requestTransport({ encounterId: ann, destination: 'X-ray' });
    expect(await failure(clinic.as(cleo).tasks.start({ taskId: transport }))).toMatch(/^refused\/not-your-kind:/);
    expect(await failure(clinic.as(pat).tasks.start({ taskId: cleaning }))).toMatch(/^refused\/not-your-kind:/);
    expect(await failure(clinic.as(pat).tasks.scan({ code: await labelOf(), act: true }))).toMatch(
      /^refused\/no-task:/,
    );
    expect(await failure(clinic.as(cleo).tasks.workers({ kind: 'transport' }))).toMatch(/^refused\/not-your-kind:/);
    expect(await clinic.as(cleo).tasks.list({ kind: 'transport' })).toEqual([]);
  });

  it('F58 is one of two who start at once; the other is told who was first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const taskId = await dirtyBed();
      const outcomes = await Promise.allSettled([cleo, dan].map((user) => clinic.as(user).tasks.start({ taskId })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const lost = outcomes.find((outcome) => outcome.status === 'rejected') ?? expect.fail();
      const winner = clinic.store.tasks.find(taskId)?.assigneeId;
      const name = clinic.store.users.find(winner ?? expect.fail())?.displayName;
      expect(lost.reason).toMatchObject({
        refusal: 'already-started',
        message: `${name} has already started this. Nothing was changed.`,
      });
      const entries = clinic.store.ledger.list({ limit: 10, subject: taskId, act: 'task.started' });
      expect(entries.map(({ actor }) => actor)).toEqual([winner]);
      await clinic.desk.tasks.finish({ taskId });
    }
  });

  it('F60 who asks twice with the same key is answered the same and changes nothing more', async () => {
    const taskId = await dirtyBed();
    const again = { taskId, idempotencyKey: 'once-and-again' };
    const first = await clinic.as(cleo).tasks.start(again);
    clinic.time.now += MINUTE_MS;
    expect(await clinic.as(cleo).tasks.start(again)).toEqual(first);
    expect(clinic.store.ledger.list({ limit: 10, subject: taskId, act: 'task.started' })).toHaveLength(1);
  });

  it('may say that it was done a while ago', async () => {
    const taskId = await dirtyBed();
    clinic.time.now += HOUR_MS;
    const at = clinic.time.now - 40 * MINUTE_MS;
    await clinic.as(cleo).tasks.start({ taskId, at });
    await clinic.as(cleo).tasks.finish({ taskId, at: at + 20 * MINUTE_MS });
    expect(clinic.store.tasks.find(taskId)).toMatchObject({ startedAt: at, doneAt: at + 20 * MINUTE_MS });
    const future = clinic.as(cleo).tasks.start({ taskId: await dirtyBed(clinic.beds.two), at: clinic.time.now + 1 });
    expect(await failure(future)).toMatch(/^refused\/in-future:/);
  });

  it('hands over to a colleague, to anybody, and to nobody who does not clean', async () => {
    const taskId = await dirtyBed();
    const { handOver } = clinic.as(cleo).tasks;
    expect(await handOver({ taskId, userId: dan.id, note: 'the far side first' })).toMatchObject({
      assigneeId: dan.id,
      note: 'the far side first',
    });
    expect(await handOver({ taskId, userId: null })).toMatchObject({ assigneeId: null, state: 'requested' });
    expect(await failure(handOver({ taskId, userId: pat.id }))).toMatch(
      /^refused\/not-a-worker: The porter does no cleaning/,
    );
    const workers = await clinic.as(cleo).tasks.workers({ kind: 'cleaning' });
    expect(workers.map(({ userId }) => userId)).toEqual([cleo.id, dan.id, clinic.nurse.id]);
  });
});

describe('taking a step back', () => {
  it('makes the bed dirty again, but not once it was taken', async () => {
    const taskId = await dirtyBed();
    const { tasks } = clinic.as(cleo);
    await tasks.start({ taskId });
    clinic.time.now += MINUTE_MS;
    await tasks.finish({ taskId });
    expect(await tasks.undo({ taskId })).toMatchObject({ state: 'started', doneAt: null });
    await tasks.finish({ taskId });
    const ann = await clinic.admitted(clinic.beds.one);
    expect(await failure(tasks.undo({ taskId }))).toBe(
      'refused/bed-taken-since: Bed 1 has been taken since. Nothing was changed.',
    );
    clinic.time.now += MINUTE_MS;
    await clinic.desk.encounters.discharge({ encounterId: ann });
    expect(await failure(tasks.undo({ taskId })), 'also when they have left again').toMatch(
      /^refused\/bed-taken-since/,
    );
  });

  it('never makes two open cleanings of one bed', async () => {
    const taskId = await dirtyBed();
    await clinic.as(cleo).tasks.finish({ taskId });
    await clinic.desk.tasks.requestCleaning({ bedId: clinic.beds.one.id });
    expect(await failure(clinic.as(cleo).tasks.undo({ taskId }))).toMatch(/^refused\/nothing-to-undo/);
  });

  it('who takes a cleaning back finds it asked for by the last who left, also when that was told meanwhile', async () => {
    const taskId = await dirtyBed();
    const patientId = clinic.patient();
    clinic.time.now += 20 * MINUTE_MS;
    await clinic.as(cleo).tasks.finish({ taskId });
    const left = clinic.time.now - 5 * MINUTE_MS;
    const bedId = clinic.beds.one.id;
    const { id } = await clinic.desk.encounters.admit({ patientId, bedId, at: left - 10 * MINUTE_MS });
    await clinic.desk.encounters.discharge({ encounterId: id, at: left });
    expect(clinic.store.tasks.openCleaning(bedId), 'cleaned since').toBeUndefined();
    const undone = await clinic.as(cleo).tasks.undo({ taskId });
    expect(undone).toMatchObject({ id: taskId, state: 'requested', requestedAt: left });
  });
});

describe('asking for work', () => {
  it('a free bed may be cleaned once more, an occupied one not, and not twice', async () => {
    const { tasks } = clinic.desk;
    const { id } = await tasks.requestCleaning({ bedId: clinic.beds.one.id, note: 'spilled coffee' });
    expect(await failure(tasks.requestCleaning({ bedId: clinic.beds.one.id }))).toMatch(/^refused\/already-requested/);
    await clinic.admitted(clinic.beds.two);
    expect(await failure(tasks.requestCleaning({ bedId: clinic.beds.two.id }))).toMatch(/^refused\/bed-occupied/);
    await tasks.void({ taskId: id, reason: 'wiped up' });
    expect(clinic.store.tasks.listOpen()).toEqual([]);
    expect(await failure(tasks.start({ taskId: id }))).toMatch(/^refused\/task-voided/);
  });

  it('a bed a patient left cannot be voided clean', async () => {
    const taskId = await dirtyBed();
    expect(await failure(clinic.desk.tasks.void({ taskId, reason: 'in a hurry' }))).toMatch(
      /^refused\/bed-still-dirty/,
    );
  });

  it('a patient is brought, and stays on record where they were', async () => {
    const ann = await clinic.admitted(clinic.beds.two);
    const { id: taskId } = await clinic.desk.tasks.requestTransport({ encounterId: ann, destination: 'Theatre 2' });
    await clinic.as(pat).tasks.start({ taskId });
    await clinic.as(pat).tasks.finish({ taskId });
    expect(clinic.store.assignments.current({ encounterId: ann })?.bedId).toBe(clinic.beds.two.id);
    await clinic.desk.encounters.discharge({ encounterId: ann });
    const late = clinic.desk.tasks.requestTransport({ encounterId: ann, destination: 'Home' });
    expect(await failure(late)).toMatch(/^refused\/not-in-progress/);
  });
});

describe('the list', () => {
  it('has beds somebody waits for first, then those soonest overdue', async () => {
    const [first, second, third] = [
      await dirtyBed(clinic.beds.one),
      await dirtyBed(clinic.beds.two),
      await dirtyBed(clinic.beds.three),
    ];
    const bob = await clinic.admitted(clinic.beds.ten);
    await clinic.desk.flow.reserve({ bedId: clinic.beds.three.id, encounterId: bob, hours: 1 });
    const rows = await clinic.as(cleo).tasks.list({});
    expect(rows.map(({ id, wanted }) => [id, wanted])).toEqual([
      [third, true],
      [first, false],
      [second, false],
    ]);
    clinic.time.now += 2 * HOUR_MS;
    const later = await clinic.as(cleo).tasks.list({});
    expect(
      later.map(({ wanted }) => wanted),
      'the reservation ran out',
    ).toEqual([false, false, false]);
  });

  it('of what was done goes back in time, of one’s own kind only', async () => {
    const taskId = await dirtyBed();
    await clinic.as(cleo).tasks.finish({ taskId });
    const span = { from: clinic.time.now - HOUR_MS, to: clinic.time.now + 1 };
    expect((await clinic.as(cleo).tasks.done(span)).map(({ id }) => id)).toEqual([taskId]);
    expect(await clinic.as(pat).tasks.done(span)).toEqual([]);
    expect(await clinic.as(cleo).tasks.done({ ...span, to: clinic.time.now })).toEqual([]);
  });

  it('is followed: new tasks come, changed ones change, ended ones go, of one’s own kind', async () => {
    const leaving = new AbortController();
    const parts: { kind: string; tasks: readonly { id: string; state: string }[]; removed?: readonly string[] }[] = [];
    const reading = (async () => {
      for await (const part of clinic.watchTasks({}, clinic.contextOf(cleo, leaving.signal))) parts.push(part);
    })();
    const seen = (what: string, ask: () => boolean) => eventually(what, () => ask(), 5_000, 20);
    await seen('the whole', () => parts.length === 1);
    expect(parts[0]).toMatchObject({ kind: 'whole', tasks: [] });
    const ann = await clinic.admitted(clinic.beds.two);
    const { id: transport } = await clinic.desk.tasks.requestTransport({ encounterId: ann, destination: 'X-ray' });
    const taskId = await dirtyBed();
    const rows = () => parts.flatMap(({ tasks }) => tasks);
    await seen('the new task', () => rows().some(({ id, state }) => id === taskId && state === 'requested'));
    await clinic.as(cleo).tasks.start({ taskId });
    await seen('it started', () => rows().some(({ id, state }) => id === taskId && state === 'started'));
    await clinic.as(cleo).tasks.finish({ taskId });
    await seen('it is gone', () => parts.some(({ removed }) => removed?.includes(taskId)));
    expect(rows().some(({ id }) => id === transport)).toBe(false);
    leaving.abort();
    await reading;
  });
});

describe('a scan of a bed’s label', () => {
  it('starts, and later finishes', async () => {
    const taskId = await dirtyBed();
    const code = await labelOf();
    expect(await clinic.as(cleo).tasks.scan({ code, act: false })).toMatchObject({ next: 'start', bedLabel: '1' });
    expect(clinic.store.tasks.find(taskId)?.state).toBe('requested');
    expect(await act(cleo, `]d2${code}\r\n`)).toMatchObject({ next: 'finish', task: { state: 'started' } });
    clinic.time.now += MINUTE_MS;
    expect(await act(cleo, code.toUpperCase())).toMatchObject({ next: 'nothing', task: { state: 'done' } });
    expect(await failure(act(cleo, code))).toBe('refused/no-task: There is nothing to do at bed 1.');
    expect(await clinic.as(cleo).tasks.scan({ code, act: false })).toMatchObject({ next: 'nothing', task: null });
  });

  it('F63 read twice by the scanner starts once and finishes nothing', async () => {
    const taskId = await dirtyBed();
    const code = await labelOf();
    await act(cleo, code);
    clinic.time.now += SECOND_MS;
    expect(await act(cleo, code)).toMatchObject({ next: 'finish', task: { state: 'started' } });
    expect(clinic.store.tasks.find(taskId)?.state).toBe('started');
  });

  it('takes a porter to the transport from that bed', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const { id } = await clinic.desk.tasks.requestTransport({ encounterId: ann, destination: 'X-ray' });
    expect(await act(pat, await labelOf())).toMatchObject({ task: { id, state: 'started' } });
  });

  it.each([
    ['=cmd', '=cmd'],
    ['an address', 'https://example.org/'],
    ['5,000 characters', 'W'.repeat(5_000)],
    ['control characters', '\u0000\u001b[2J\u0007'],
    ['a bed of another clinic', 'WL:BED:01a20503-c30f-7805-b245-e7a7e9800b54'],
    ['a medicine', ']d20104012345678901172612311012AB'],
  ])('F63 of %s is refused in words and changes nothing', async (_, code) => {
    await dirtyBed();
    const before = clinic.store.ledger.list({ limit: 1 })[0]?.seq;
    expect(await failure(act(cleo, code))).toBe(
      'refused/unknown-code: This is not the code or the name of a bed of this clinic. Nothing was changed.',
    );
    expect(clinic.store.ledger.list({ limit: 1 })[0]?.seq).toBe(before);
  });

  it('may be typed as the bed’s name, with its ward where several are called so', async () => {
    const taskId = await dirtyBed();
    const { wardId } = clinic.beds.one;
    const ward = clinic.store.locations.findWard(wardId)?.name ?? expect.fail();
    expect(await clinic.as(cleo).tasks.scan({ code: 'bed 1', act: false })).toMatchObject({ task: { id: taskId } });
    const other = { id: 'bed-x' as BedId, wardId: 'ward-x' as WardId, roomId: 'room-x' as RoomId, label: '1' };
    clinic.store.transact(() => {
      clinic.store.locations.saveWard({ id: other.wardId, name: 'Other ward' });
      clinic.store.locations.saveRoom({ id: other.roomId, wardId: other.wardId, label: 'Bay' });
      clinic.store.locations.saveBed(other);
    });
    expect(await failure(act(cleo, '1'))).toBe(
      `refused/several-beds: Bed 1 is in ${ward} and Other ward. Type the ward too, such as “${ward} 1”. Nothing was changed.`,
    );
    expect(await clinic.as(cleo).tasks.scan({ code: 'other WARD bed 1', act: false })).toMatchObject({ task: null });
    expect(await act(cleo, `${ward}, 1`)).toMatchObject({ next: 'finish', task: { id: taskId } });
    expect(clinic.store.tasks.openCleaning(other.id)).toBeUndefined();
  });
});
