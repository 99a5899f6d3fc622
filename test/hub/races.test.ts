import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '../helpers/hub.ts';

const ROUNDS = 1_000;
const CLAIMS = 10;
const WHO = ['nurse', 'physician', 'scheduler'] as const;

let hub: RunningHub;
let dataDir: string;
const bedIds: string[] = [];
let bedId: string;
const people: { id: string; name: string }[] = [];

beforeAll(async () => {
  dataDir = makeDataDir();
  hub = await startHub(['--demo', '--bare'], dataDir);
  const ward = await hub.call<{ id: string }>('locations/addWard', { name: 'Race ward' }, 'admin');
  const room = await hub.call<{ id: string }>('locations/addRoom', { wardId: ward.id, label: 'Bay 1' }, 'admin');
  for (const label of ['1', '2', '3']) {
    const bed = await hub.call<{ id: string }>('locations/addBed', { roomId: room.id, label }, 'admin');
    bedIds.push(bed.id);
  }
  [bedId = ''] = bedIds;
  for (let number = 0; number < CLAIMS; number += 1) {
    const name = { family: `Claimant-${number}`, given: ['Ann'] };
    const { id } = await hub.call<{ id: string }>('patients/register', { name });
    people.push({ id, name: `CLAIMANT-${number}, Ann` });
  }
});
afterAll(async () => {
  await hub.end();
  removeDataDir(dataDir);
});

const as = (index: number) => hub.ready.tokens[WHO[index % WHO.length] ?? 'nurse'];

/** The patient left, and every bed is clean again. */
async function leave(encounterId: string): Promise<void> {
  await hub.call('encounters/discharge', { encounterId });
  const tasks = await hub.call<{ id: string }[]>('tasks/list', { kind: 'cleaning' }, 'cleaner');
  for (const { id } of tasks) await hub.call('tasks/finish', { taskId: id }, 'cleaner');
}

describe('one bed', () => {
  it(`F57 claimed by ${CLAIMS} at once, ${ROUNDS} times over the hub’s API, has one winner each time, and the others are told who`, {
    timeout: 900_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      // Another one asks first each time.
      const asking = [...people.slice(round % CLAIMS), ...people.slice(0, round % CLAIMS)];
      const claims = asking.map(({ id: patientId }, index) =>
        hub.ask('encounters/admit', { patientId, bedId }, as(index + round)),
      );
      const answers = await Promise.all(claims);
      const won = answers.flatMap(({ status }, index) => (status === 200 ? [index] : []));
      expect(won).toHaveLength(1);
      const winner = asking[won[0] ?? 0];
      const words = answers.filter(({ status }) => status !== 200).map(({ status, body }) => [status, body.message]);
      expect(words).toEqual(Array(CLAIMS - 1).fill([409, `Bed 1 is occupied by ${winner?.name}.`]));
      await leave(String(answers[won[0] ?? 0]?.body.id));
    }
  });

  it('F57 wanted by two patients who are both here goes to one, and the other stays where they are', async () => {
    const stays = await Promise.all(
      people
        .slice(0, 2)
        .map(({ id: patientId }, index) =>
          hub.call<{ id: string }>('encounters/admit', { patientId, bedId: bedIds[index + 1] }),
        ),
    );
    const moves = await Promise.all(
      stays.map(({ id: encounterId }, index) => hub.ask('encounters/move', { encounterId, bedId }, as(index))),
    );
    expect(moves.map(({ status }) => status).sort()).toEqual([200, 409]);
    const occupancy = await hub.call<{ bed: { id: string }; encounterId: string | null }[]>('encounters/occupancy');
    const lies = new Map(occupancy.flatMap(({ bed, encounterId }) => (encounterId ? [[encounterId, bed.id]] : [])));
    for (const [index, { id }] of stays.entries())
      expect(lies.get(id)).toBe(moves[index]?.status === 200 ? bedId : bedIds[index + 1]);
    for (const { id } of stays) await leave(id);
  });
});

describe('one act', () => {
  it('F60 asked for twice at once, or again after its answer was lost, is done once and answered alike', async () => {
    const patientId = people[0]?.id;
    const ask = { patientId, bedId, idempotencyKey: 'double-click-1' };
    const [first, second] = await Promise.all([
      hub.ask('encounters/admit', ask, as(0)),
      hub.ask('encounters/admit', ask, as(0)),
    ]);
    expect([first.status, second.body]).toEqual([200, first.body]);
    expect((await hub.ask('encounters/admit', ask, as(0))).body).toEqual(first.body);
    const encounterId = String(first.body.id);
    const told = async () => hub.call<{ actId: string; kind: string }[]>('flow/history', { encounterId });
    expect(await told()).toMatchObject([{ kind: 'admitted', actId: first.body.actId }]);
    const plan = { encounterId, expectedAt: null, ordered: true, idempotencyKey: 'double-click-2' };
    const plans = await Promise.all([1, 2, 3].map(() => hub.ask('flow/planDischarge', plan, as(0))));
    expect(new Set(plans.map(({ body }) => body.actId)).size).toBe(1);
    expect((await told()).map(({ kind }) => kind)).toEqual(['admitted', 'discharge-ordered']);
    await leave(encounterId);
  });
});
