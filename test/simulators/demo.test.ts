import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { contract } from '#contract';
import type { Role } from '#domain/user/role.ts';
import { allows } from '#domain/user/role.ts';
import { createApi } from '#simulators/demo/api.ts';
import { planClinic } from '#simulators/demo/plan.ts';
import { admitDevice, chartAll, fillIn, plannedCharting, populate, surveyClinic } from '#simulators/demo/populate.ts';

const EPOCH = Date.UTC(2026, 4, 12, 13, 20);
const plan = planClinic(EPOCH, 7);
const TOKENS = {
  nurse: 'nurse',
  physician: 'physician',
  scheduler: 'scheduler',
  'supply-manager': 'supply-manager',
  cleaner: 'cleaner',
  porter: 'porter',
  admin: 'admin',
};

interface Row {
  readonly id: string;
  readonly [name: string]: unknown;
}

/** A border post: checks every call against the contract's schema and roles, and keeps just enough to answer it. */
async function startBorder() {
  const calls: { procedure: string; input: Record<string, unknown> }[] = [];
  const wrong: string[] = [];
  const tables = {
    wards: [] as Row[],
    rooms: [] as Row[],
    beds: [] as Row[],
    patients: [] as Row[],
    stays: [] as Row[],
  };
  const add = (table: Row[], kind: string, row: object): Row => {
    const added = { id: `${kind}-${table.length + 1}`, ...row };
    table.push(added);
    return added;
  };
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    'locations.wards': () => tables.wards,
    'locations.rooms': ({ wardId }) => tables.rooms.filter((room) => room.wardId === wardId),
    'locations.beds': () => tables.beds,
    'locations.addWard': (input) => add(tables.wards, 'ward', input),
    'locations.addRoom': (input) => add(tables.rooms, 'room', input),
    'locations.addBed': ({ roomId, label }) =>
      add(tables.beds, 'bed', { roomId, label, wardId: tables.rooms.find(({ id }) => id === roomId)?.wardId }),
    'patients.register': (input) => add(tables.patients, 'patient', input),
    'patients.search': () =>
      tables.patients.map((patient) => ({
        ...patient,
        encounter: tables.stays.find(({ patientId }) => patientId === patient.id) ?? null,
      })),
    'encounters.admit': (input) => add(tables.stays, 'stay', input),
  };

  function check(procedure: string, role: string, input: Record<string, unknown>): void {
    const [part = '', verb = ''] = procedure.split('.');
    const described = Reflect.get(Reflect.get(contract, part) ?? {}, verb)?.['~orpc'];
    if (!described) return void wrong.push(`${procedure} is not in the contract`);
    if (!allows([role as Role], described.meta.may)) wrong.push(`${role} may not ${procedure}`);
    const parsed = (described.inputSchema as z.ZodType).safeParse(input);
    if (!parsed.success) wrong.push(`${procedure}: ${parsed.error.message}`);
  }

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => {
      body += bytes.toString();
    });
    request.on('end', () => {
      const procedure = (request.url ?? '').slice(1).replace('/', '.');
      const input = JSON.parse(body);
      check(procedure, (request.headers.authorization ?? '').replace('Bearer ', ''), input);
      calls.push({ procedure, input });
      response.end(JSON.stringify(answers[procedure]?.(input) ?? { ok: true, id: 'done' }));
    });
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    wrong,
    tables,
    api: createApi(`http://127.0.0.1:${port}`, TOKENS),
    close: () => new Promise((settle) => server.close(settle)),
  };
}

describe('the demo clinic at the hub’s border', () => {
  let close: (() => Promise<unknown>) | null = null;
  afterEach(() => close?.());

  it('makes wards, patients, devices and charting by calls that the contract and the roles allow', async () => {
    const border = await startBorder();
    close = border.close;
    const survey = await populate(border.api, plan);
    for (const device of plan.devices) await admitDevice(border.api, plan, device, survey);
    const { newest, older } = plannedCharting(plan);
    await chartAll(border.api, plan, survey, [...newest, ...older]);
    await fillIn(border.api, plan, survey, 'demo-nurse');

    expect(border.wrong).toEqual([]);
    expect(border.tables.wards.map(({ name }) => name)).toEqual(plan.wards);
    expect(border.tables.beds).toHaveLength(32);
    expect(border.tables.rooms).toHaveLength(14);
    expect(border.tables.stays).toHaveLength(32);
    const of = (procedure: string) => border.calls.filter((call) => call.procedure === procedure);
    expect(of('encounters.setScoring')).toHaveLength(1);
    expect(of('devices.admit')).toHaveLength(plan.devices.length - 1);
    expect(of('devices.tie').filter(({ input }) => input.bedId !== undefined).length).toBeGreaterThanOrEqual(32);
    expect(newest).toHaveLength(32);
    expect(of('observations.record').length).toBe(newest.length + older.length);
    const keys = border.calls.flatMap(({ input }) =>
      typeof input.idempotencyKey === 'string' ? [input.idempotencyKey] : [],
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key.length).toBeLessThanOrEqual(100);
  });

  it('taken up again half-way, makes only what is missing', async () => {
    const border = await startBorder();
    close = border.close;
    await populate(border.api, plan);
    const before = border.calls.length;
    await populate(border.api, plan);
    const again = border.calls.slice(before).map(({ procedure }) => procedure);
    for (const procedure of ['locations.addWard', 'locations.addBed', 'patients.register', 'encounters.admit']) {
      expect(again).not.toContain(procedure);
    }
    expect((await surveyClinic(border.api, plan)).patients.size).toBe(32);
  });
});
