import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';

const run = promisify(execFile);
const hubCommand = (...args: string[]) =>
  run(process.execPath, ['main/node.ts', ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

describe('the hub under plain Node', () => {
  const dataDir = makeDataDir();
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startHub(['--demo', '--bare'], dataDir);
  });
  afterAll(async () => {
    await hub.end();
    removeDataDir(dataDir);
  });

  it('says in one line where it is', () => {
    const { console: address, api, mqtt, clinic, pid, tokens } = hub.ready;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(api).toBe(`${address}/api`);
    expect(mqtt).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/);
    expect(clinic).toBe('demo');
    expect(pid).toBe(hub.child.pid);
    const roles = ['admin', 'cleaner', 'nurse', 'physician', 'porter', 'scheduler', 'supply-manager', 'wall'];
    expect(Object.keys(tokens).sort()).toEqual(roles);
  });

  it('keeps its files to itself', () => {
    for (const file of ['wardline.db', 'wardline.key']) expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
  });

  it('F54 refuses a second hub on the same store and says who holds it', async () => {
    const second = await hubCommand('--data', dataDir, '--demo', '--bare');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(String(hub.ready.pid));
    expect(await hub.call('session/whoami')).toMatchObject({ username: 'nurse' });
  });

  it('describes its API', async () => {
    const document = (await (await fetch(`${hub.ready.api}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/patients/register', '/devices/readings', '/monitoring/score']),
    );
  });

  it('scores a set for a script', async () => {
    const set = { rr: 22, spo2: 98, oxygen: false, sbp: 105, pulse: 100, acvpu: 'A', temp: 38.5 };
    expect(await hub.call('monitoring/score', set)).toEqual({
      parts: { rr: 2, spo2: 0, oxygen: 0, sbp: 1, pulse: 1, acvpu: 0, temp: 1 },
      total: 5,
      singleRed: false,
      risk: 'medium',
      monitoring: '1h',
      complete: true,
      missing: [],
    });
    expect(await hub.call('monitoring/score', { rr: 16, temp: null })).toMatchObject({
      complete: false,
      total: 0,
      missing: ['spo2', 'oxygen', 'sbp', 'pulse', 'acvpu', 'temp'],
    });
  });

  it('verifies its ledger while it runs', async () => {
    expect(await hub.call('ledger/verify', {}, 'admin')).toMatchObject({ ok: true });
  });

  it('admits, moves and discharges a patient for a script', async () => {
    const { id: wardId } = await hub.call<{ id: string }>('locations/addWard', { name: 'Ward 1' }, 'admin');
    const { id: roomId } = await hub.call<{ id: string }>('locations/addRoom', { wardId, label: '1' }, 'admin');
    const beds = await Promise.all(
      ['1', '2'].map((label) => hub.call<{ id: string }>('locations/addBed', { roomId, label }, 'admin')),
    );
    const { id } = await hub.call<{ id: string }>('patients/register', {
      name: { family: 'Ødegård', given: ['Åse'] },
      birthDate: '1950-02-03',
      sex: 'female',
    });
    const stay = await hub.call<{ id: string; status: string }>('encounters/admit', {
      patientId: id,
      bedId: beds[0]?.id,
    });
    expect(stay.status).toBe('in-progress');
    await hub.call('encounters/move', { encounterId: stay.id, bedId: beds[1]?.id });
    expect(await hub.call('patients/get', { id })).toMatchObject({ bed: { label: '2' }, encounter: { id: stay.id } });
    expect(await hub.call<object[]>('patients/search', { query: 'ødeg' })).toHaveLength(1);
    expect(await hub.call('encounters/discharge', { encounterId: stay.id })).toMatchObject({ status: 'discharged' });
    expect(await hub.call('patients/get', { id })).toMatchObject({ bed: null, encounter: null });
  });
});

describe('the command line of the hub', () => {
  it('explains each option', async () => {
    const { code, stdout } = await hubCommand('--help');
    expect(code).toBe(0);
    for (const option of [
      '--data',
      '--mqtt',
      '--mqtt-port',
      '--mqtt-ca',
      '--mqtt-cert',
      '--mqtt-key',
      '--host',
      '--port',
      '--tls-cert',
      '--tls-key',
      '--demo',
      '--admit-all',
      '--key-file',
    ]) {
      expect(stdout).toContain(option);
    }
  });

  it.each([
    [['--data', 'x', '--nonsense'], /nonsense/],
    [['--data', 'x', '--port', '99999'], /port from 0 to 65535/],
    [['--data', 'x', '--mqtt', 'http://broker'], /mqtt:\/\/host/],
    [['--data', 'x', '--tls-cert', 'a'], /go together/],
    [['--data', 'x', 'stray'], /stray/],
  ])('refuses %j in words', async (args, words) => {
    const { code, stderr } = await hubCommand(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('refuses another address than loopback without a certificate', async () => {
    const dataDir = makeDataDir();
    const { code, stderr } = await hubCommand('--data', dataDir, '--demo', '--bare', '--host', '0.0.0.0');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/--tls-cert/);
    removeDataDir(dataDir);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s flushes, closes and exits 0', async (signal) => {
    const hub = await startHub(['--demo', '--bare']);
    expect(await hub.end(signal)).toBe(0);
    removeDataDir(hub.dataDir);
  });

  it('a clinic that is no demo prints no tokens and asks for its set-up', async () => {
    const hub = await startHub([]);
    expect(hub.ready.tokens).toBeUndefined();
    expect(hub.ready.clinic).toBe('clinic');
    expect((await hub.ask('session/welcome')).body).toMatchObject({ needsSetup: true, demo: false, demoUsers: [] });
    await hub.end();
    removeDataDir(hub.dataDir);
  });
});
