import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#contract';
import { type HttpServer, serveHttp } from '#transports/http.ts';
import { createTestHub, type TestHub } from '../helpers/hub-parts.ts';

const roles = ['nurse', 'physician', 'scheduler', 'supply-manager', 'admin', 'cleaner', 'porter', 'wall'] as const;
type Who = (typeof roles)[number];

const everyone: readonly Who[] = roles;
/** See names, vitals, alarms and notes; register, admit, move, tie, observe; acknowledge; personal limits. */
const clinicians: readonly Who[] = ['nurse', 'physician'];
/** See names; register, admit, move, discharge. */
const namesAndBeds: readonly Who[] = ['nurse', 'physician', 'scheduler'];
const physicians: readonly Who[] = ['physician'];
/** Devices admitted and retired, settings, users, backup, audit. */
const admins: readonly Who[] = ['admin'];
/** The clinicians, and a wall: board without names. */
const board: readonly Who[] = ['nurse', 'physician', 'wall'];
/** Everyone who has to do with beds: a cleaner and a porter see bed and initials; an administrator lays beds out. */
const beds: readonly Who[] = ['nurse', 'physician', 'scheduler', 'admin', 'cleaner', 'porter'];
/** The flow board: names, initials or none as far as the reader may; a supply manager has nothing to do with it. */
const flow: readonly Who[] = ['nurse', 'physician', 'scheduler', 'admin', 'cleaner', 'porter', 'wall'];
/** Cleaning and transport: a cleaner and a porter do their own. */
const tasks: readonly Who[] = ['nurse', 'physician', 'scheduler', 'cleaner', 'porter'];
/** Figures name nobody by themselves; their lists follow who may see names. */
const figures: readonly Who[] = ['nurse', 'physician', 'scheduler', 'supply-manager', 'admin'];
/** Lists of one's own: everyone but a wall. */
const lists: readonly Who[] = ['nurse', 'physician', 'scheduler', 'supply-manager', 'admin', 'cleaner', 'porter'];
/** How the HL7 feed is doing; what it could not explain is for those who see names. */
const feedState: readonly Who[] = ['nurse', 'physician', 'scheduler', 'admin'];
/** Devices at the bedside, and those who admit devices. */
const devices: readonly Who[] = ['nurse', 'physician', 'admin'];

/** The clinic's role table, procedure by procedure, written out by hand: who gets in. What is not here is refused. */
const table: Readonly<Record<string, readonly Who[] | 'anyone'>> = {
  'session.signIn': 'anyone',
  'session.exchange': 'anyone',
  'session.welcome': 'anyone',
  'session.whoami': everyone,
  'session.signOut': everyone,
  'session.changePassword': everyone,
  'session.list': everyone,
  'setup.complete': 'anyone',
  'users.list': admins,
  'users.add': admins,
  'users.setRoles': admins,
  'users.setDisabled': admins,
  'users.setPassword': admins,
  'settings.get': everyone,
  'settings.save': admins,
  'locations.wards': everyone,
  'locations.rooms': beds,
  'locations.beds': beds,
  'locations.addWard': admins,
  'locations.addRoom': admins,
  'locations.addBed': admins,
  'locations.removeBed': admins,
  'locations.tree': flow,
  'locations.addSite': admins,
  'locations.addArea': admins,
  'locations.saveWard': admins,
  'locations.saveRoom': admins,
  'locations.saveBed': admins,
  'locations.saveArea': admins,
  'locations.removeArea': admins,
  'locations.exportCsv': flow,
  'locations.importCsv': admins,
  'hub.status': everyone,
  'hub.backup': admins,
  'ledger.verify': admins,
  'ledger.list': admins,
  'patients.register': namesAndBeds,
  'patients.get': namesAndBeds,
  'patients.search': namesAndBeds,
  'patients.update': namesAndBeds,
  'patients.merge': namesAndBeds,
  'patients.unmerge': namesAndBeds,
  'patients.merges': namesAndBeds,
  'patients.recordAllergies': clinicians,
  'encounters.admit': namesAndBeds,
  'encounters.move': namesAndBeds,
  'encounters.discharge': namesAndBeds,
  'encounters.get': namesAndBeds,
  'encounters.list': namesAndBeds,
  'encounters.assignNurse': clinicians,
  'encounters.setScoring': physicians,
  'encounters.occupancy': beds,
  'flow.expect': namesAndBeds,
  'flow.arrive': namesAndBeds,
  'flow.triage': clinicians,
  'flow.see': clinicians,
  'flow.decideAdmission': namesAndBeds,
  'flow.swap': namesAndBeds,
  'flow.startLeave': namesAndBeds,
  'flow.depart': namesAndBeds,
  'flow.comeBack': namesAndBeds,
  'flow.planDischarge': namesAndBeds,
  'flow.markReady': physicians,
  'flow.cancel': namesAndBeds,
  'flow.setIsolation': namesAndBeds,
  'flow.undo': namesAndBeds,
  'flow.correct': namesAndBeds,
  'flow.history': namesAndBeds,
  'flow.stays': namesAndBeds,
  'flow.board': flow,
  'flow.watch': flow,
  'flow.bedsFor': namesAndBeds,
  'flow.reserve': namesAndBeds,
  'flow.release': namesAndBeds,
  'flow.requestBed': namesAndBeds,
  'flow.decideRequest': namesAndBeds,
  'flow.cancelRequest': namesAndBeds,
  'flow.reopenRequest': namesAndBeds,
  'flow.kpis': figures,
  'flow.kpiList': figures,
  'flow.kpiSeries': figures,
  'flow.forecast': figures,
  'beds.block': namesAndBeds,
  'beds.unblock': namesAndBeds,
  'beds.settleDoubt': namesAndBeds,
  'beds.reopenDoubt': namesAndBeds,
  'beds.labels': beds,
  'tasks.watch': tasks,
  'tasks.list': tasks,
  'tasks.done': tasks,
  'tasks.start': tasks,
  'tasks.finish': tasks,
  'tasks.undo': tasks,
  'tasks.handOver': tasks,
  'tasks.scan': tasks,
  'tasks.workers': tasks,
  'tasks.requestCleaning': namesAndBeds,
  'tasks.requestTransport': namesAndBeds,
  'tasks.void': namesAndBeds,
  'feed.status': feedState,
  'feed.watch': feedState,
  'feed.review': namesAndBeds,
  'feed.messages': namesAndBeds,
  'feed.message': namesAndBeds,
  'feed.dismiss': namesAndBeds,
  'feed.retry': namesAndBeds,
  'views.list': lists,
  'views.save': lists,
  'views.noteExport': lists,
  'views.remove': lists,
  'observations.record': clinicians,
  'observations.trend': clinicians,
  'limits.get': clinicians,
  'limits.set': clinicians,
  'limits.clear': clinicians,
  'notes.list': clinicians,
  'notes.add': clinicians,
  'streams.drew': everyone,
  'monitoring.score': everyone,
  'monitoring.history': clinicians,
  'ward.watch': board,
  'ward.waves': clinicians,
  'alarms.list': clinicians,
  'alarms.watch': clinicians,
  'alarms.acknowledge': clinicians,
  'devices.list': devices,
  'devices.watch': devices,
  'devices.admit': admins,
  'devices.retire': admins,
  'devices.issuePassword': admins,
  'devices.tie': clinicians,
  'devices.untie': clinicians,
  'devices.command': clinicians,
  'devices.readings': clinicians,
  'devices.quarantine': devices,
};

const procedures = Object.entries(contract).flatMap(([part, verbs]) => Object.keys(verbs).map((v) => `${part}.${v}`));

let hub: TestHub;
let server: HttpServer;
beforeAll(async () => {
  hub = await createTestHub();
  server = await serveHttp({ ...hub.link, host: '127.0.0.1', port: 0, openapi: hub.openapi });
});
afterAll(async () => {
  await server.close();
  await hub.close();
});

/** How the door answers: an input that fits no schema gets no further than the schema, so nothing is changed. */
async function knock(procedure: string, token: string | undefined): Promise<'in' | 'not-signed-in' | 'not-allowed'> {
  const response = await fetch(`${server.url}/api/${procedure.replace('.', '/')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: '"no input of any procedure"',
  });
  const { code } = await response.json();
  if (response.status === 401 && code === 'not-signed-in') return code;
  if (response.status === 403 && code === 'not-allowed') return code;
  expect([procedure, response.status, code]).toEqual([procedure, 400, 'invalid-input']);
  return 'in';
}

describe('the role table', () => {
  it('has a line for every procedure of the contract, and for no other', () => {
    expect(Object.keys(table).sort()).toEqual([...procedures].sort());
  });

  it.each(procedures)('%s lets in who may, and no one else', async (procedure) => {
    const line = table[procedure] ?? [];
    expect(await knock(procedure, undefined), 'nobody').toBe(line === 'anyone' ? 'in' : 'not-signed-in');
    expect(await knock(procedure, 'a-token-nobody-holds'), 'a stranger').toBe(
      line === 'anyone' ? 'in' : 'not-signed-in',
    );
    for (const role of roles) {
      const expected = line === 'anyone' || line.includes(role) ? 'in' : 'not-allowed';
      expect(await knock(procedure, hub.tokens[role]), role).toBe(expected);
    }
  });

  it('lets somebody with two roles do what either may', async () => {
    const nurse = hub.store.users.findByUsername('nurse') ?? expect.fail();
    const both = { ...nurse, id: 'user-both' as typeof nurse.id, username: 'both', roles: ['wall', 'admin'] as const };
    const { token } = hub.store.transact(() => {
      hub.store.users.save(both);
      return hub.sessions.open(both, null);
    });
    expect(await knock('ward.watch', token)).toBe('in');
    expect(await knock('users.list', token)).toBe('in');
    expect(await knock('notes.list', token)).toBe('not-allowed');
  });

  it('lets nobody in where a procedure names no permission', async () => {
    const { oc } = await import('@orpc/contract');
    const { call } = await import('@orpc/server');
    const { createRouter } = await import('#transports/door.ts');
    const { z } = await import('zod');
    const parts = { ...hub.link, run: Object.assign(() => expect.fail(), { answered: () => undefined }) };
    const forgotten = { session: { whoami: oc.input(z.object({})) } };
    const handlers = { session: { whoami: () => 'in' } } as unknown as Parameters<typeof createRouter>[0]['handlers'];
    const router = createRouter({ ...parts, contract: forgotten, handlers });
    const procedure = router.session?.whoami ?? expect.fail();
    const context = { carrier: 'http', tokenHash: hub.sessions.hashOf(hub.tokens.admin) } as const;
    await expect(call(procedure, {}, { context })).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
