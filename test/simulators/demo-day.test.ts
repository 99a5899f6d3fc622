import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import type { Api } from '#simulators/demo/api.ts';
import { startDay } from '#simulators/demo/flow/day.ts';
import { cleanedVisits } from '#simulators/demo/flow/past.ts';
import { planClinic } from '#simulators/demo/plan.ts';

const EPOCH = Date.UTC(2026, 4, 12, 13, 20);
const plan = planClinic(EPOCH, 7);
const STAFF = 'Ines Falk, nurse (simulated)';
const VISITOR = 'Noor Visser (demo nurse)';

beforeEach(() => {
  vi.useFakeTimers({ now: EPOCH + HOUR_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

const bed = (bedId: string, wardId: string, given: object = {}) => ({
  ...{ bedId, wardId, status: 'unoccupied', block: null, reservation: null },
  ...given,
});

/** Somebody triaged yellow who has waited for two hours. */
const waiting = (encounterId: string, given: object = {}) => ({
  ...{ encounterId, patientId: `of ${encounterId}`, class: 'emergency', place: null, reason: 'Fall at home' },
  ...{ arrivedAt: EPOCH - HOUR_MS, triage: { at: EPOCH - HOUR_MS, category: 'yellow' }, seenAt: null },
  ...{ admissionDecidedAt: null, admittedAt: null, bedSince: null, dischargeOrderedAt: null },
  ...given,
});

interface House {
  readonly beds?: readonly object[];
  readonly encounters?: readonly object[];
  readonly requests?: readonly object[];
  readonly tasks?: readonly object[];
  /** Who told of an encounter; else the staff alone. */
  readonly told?: Readonly<Record<string, readonly string[]>>;
}

/** What the staff do in ten minutes of a house that does not change. */
async function doneIn({ beds = [], encounters = [], requests = [], tasks = [], told = {} }: House) {
  const done: { procedure: string; input: Record<string, unknown> }[] = [];
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    'tasks.list': () => tasks,
    'flow.board': () => ({ beds, encounters, requests }),
    'flow.history': ({ encounterId }) => (told[String(encounterId)] ?? [STAFF]).map((by) => ({ by })),
    'flow.bedsFor': () => beds.map((one) => ({ assignable: true, ...one })),
  };
  const api: Api = {
    call: async (_caller, procedure, input) => answers[procedure]?.({ ...input }),
    command: async (_caller, procedure, _key, input) => {
      done.push({ procedure, input: { ...input } });
      return { id: 'made' };
    },
  };
  const tree = { wards: [{ id: 'ward-a', name: plan.wards[0] ?? '' }], rooms: [], beds: [], areas: [] };
  const places = { tree, emergencyId: 'ed', areas: new Map<string, string>() };
  const day = startDay({ api, plan, places, now: () => Date.now(), staying: new Set(), staff: [STAFF] });
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
  day.stop();
  return done.filter(({ procedure }) => procedure !== 'patients.register' && procedure !== 'flow.arrive');
}

describe('the staff of the demo', () => {
  it('bring their own patients to a bay of the emergency ward, never to another ward', async () => {
    const beds = [bed('a1', 'ward-a'), bed('e1', 'ed')];
    const done = await doneIn({ beds, encounters: [waiting('theirs')] });
    const moved = done.find(({ procedure }) => procedure === 'encounters.move');
    expect(moved?.input).toMatchObject({ encounterId: 'theirs', bedId: 'e1' });
    expect(await doneIn({ beds: beds.slice(0, 1), encounters: [waiting('theirs')] })).toEqual([]);
  });

  it('leave alone whom a visitor registered, moved or keeps a bed for', async () => {
    const beds = [bed('e1', 'ed'), bed('e2', 'ed', { reservation: { encounterId: 'kept' } })];
    const encounters = [waiting('registered'), waiting('moved'), waiting('kept')];
    const told = { registered: [VISITOR], moved: [STAFF, VISITOR] };
    expect(await doneIn({ beds, encounters, told })).toEqual([]);
  });

  it('take no bed a visitor keeps, and leave cleanings a visitor has in hand, or of a bed they blocked', async () => {
    const beds = [bed('e1', 'ed', { reservation: { encounterId: 'another' } }), bed('b1', 'ward-a', { block: {} })];
    const task = {
      ...{ id: 't', kind: 'cleaning', state: 'requested', encounterId: null, startedAt: null, assigneeName: null },
      requestedAt: EPOCH,
    };
    const tasks = [
      { ...task, bedId: 'b1' },
      { ...task, bedId: 'x', state: 'started', startedAt: EPOCH, assigneeName: 'Cleo Martins (demo cleaner)' },
    ];
    expect(await doneIn({ beds, encounters: [waiting('theirs')], tasks })).toEqual([]);
    const own = await doneIn({ tasks: [{ ...task, bedId: 'x' }] });
    expect(own[0]).toMatchObject({ procedure: 'tasks.start', input: { taskId: 't' } });
  });

  it('admit whom they give a ward’s bed', async () => {
    const request = {
      ...{ requestId: 'r', encounterId: 'theirs', wardId: 'ward-a', state: 'accepted' },
      ...{ requestedAt: EPOCH, decidedAt: EPOCH },
    };
    const lying = waiting('theirs', { seenAt: EPOCH, bedSince: EPOCH, place: { wardId: 'ed', bedId: 'e1' } });
    const done = await doneIn({ beds: [bed('a1', 'ward-a')], encounters: [lying], requests: [request] });
    expect(done[0]).toMatchObject({
      procedure: 'encounters.admit',
      input: { patientId: 'of theirs', encounterId: 'theirs', bedId: 'a1' },
    });
  });

  it('move nobody on who has not lain in a bay for hours, nor send home who came to a ward today', async () => {
    const encounters = [
      waiting('bay', { seenAt: EPOCH, bedSince: EPOCH, place: { wardId: 'ed', bedId: 'e1' } }),
      waiting('ward', { admittedAt: EPOCH, bedSince: EPOCH, place: { wardId: 'ward-a', bedId: 'a1' } }),
    ];
    expect(await doneIn({ beds: [bed('a2', 'ward-a'), bed('e2', 'ed')], encounters })).toEqual([]);
  });
});

describe('the past of beds that are cleaned', () => {
  it('has a bed empty and clean before the next patient, in the times a real house takes', () => {
    const beds = cleanedVisits(plan);
    expect(beds).toHaveLength(9);
    for (const visits of beds) {
      expect(visits.length).toBeGreaterThan(4);
      for (const [index, { told, leftAt, startedAt, doneAt }] of visits.entries()) {
        const response = (startedAt - leftAt) / MINUTE_MS;
        const clean = (doneAt - startedAt) / MINUTE_MS;
        expect(response).toBeGreaterThanOrEqual(10);
        expect(response).toBeLessThanOrEqual(40);
        expect(clean).toBeGreaterThanOrEqual(20);
        expect(clean).toBeLessThanOrEqual(45);
        expect(doneAt).toBeLessThan(EPOCH);
        const took = told.find(({ event }) => event === (told.at(-1)?.class === 'E' ? 'A04' : 'A01'))?.happenedAt ?? 0;
        expect(took).toBeGreaterThan(visits[index - 1]?.doneAt ?? 0);
        expect(took).toBeLessThan(leftAt);
      }
    }
  });
});
