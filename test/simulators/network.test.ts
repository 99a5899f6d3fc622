import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import { deviceTypeOf } from '#simulators/devices/index.ts';
import { runLoad } from '#simulators/load.ts';
import { createMqttDevice } from '#simulators/mqtt-device.ts';
import { runScenario } from '#simulators/scenario-run.ts';
import { badFirmware } from '#simulators/scenarios/bad-firmware.ts';
import { sensorOff } from '#simulators/scenarios/sensor-off.ts';
import { type Mosquitto, mosquittoPath, startMosquitto } from '#test/helpers/broker.ts';
import { type Listener, listen } from '#test/helpers/listener.ts';
import { eventually } from '#test/helpers/wait.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const RECORDING = `${DATA}numerics/mimic2_s25047_numerics_1min.csv`;
const ECG = `${DATA}ecg/scipy_ecg208_360hz_adu.csv`;

/** Runs the command line as a person would. */
function simulate(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, ['simulators/run.ts', ...args], { cwd: ROOT });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.on('exit', (code) => settle({ code, said }));
  });
}

function valuesOf(message: Record<string, unknown> | undefined): Record<string, unknown> {
  return (message?.values ?? {}) as Record<string, unknown>;
}

describe('the command line without a broker', () => {
  it('explains itself and ends with 0', async () => {
    const { code, said } = await simulate(['--help']);
    expect(code).toBe(0);
    expect(said).toContain('--replay FILE');
  });

  it.each([
    [['--nonsense'], '--nonsense'],
    [['--replay', 'no-such-file.csv', '--map', 'A=hr', '--mqtt', 'mqtt://127.0.0.1:9'], 'There is no file'],
  ])('ends with 2 and says why: %j', async (args, words) => {
    const { code, said } = await simulate(args);
    expect(code).toBe(2);
    expect(said).toContain(words);
  });

  it('is not for people where the hub should start it', async () => {
    const { code, said } = await simulate(['--demo-clinic']);
    expect(code).toBe(1);
    expect(said).toContain('child process');
  });
});

describe.runIf(mosquittoPath !== undefined)('devices on a real Mosquitto', () => {
  let broker: Mosquitto;
  let listener: Listener;
  beforeAll(async () => {
    broker = await startMosquitto({ durable: true });
    listener = await listen(broker.url, 'demo');
  });
  afterAll(async () => {
    await listener.close();
    await broker.close();
  });

  it('replays a recorded patient: now, at the speed asked for, absent never zero, not as history', async (context) => {
    if (!existsSync(RECORDING)) return context.annotate('../shared/data is not here: the recording was not replayed.');
    const map = 'HR=hr,PULSE=pr,RESP=rr,SpO2=spo2,NBPSys=nibp-sys,NBPDias=nibp-dia,NBPMean=nibp-mean';
    const began = Date.now();
    const { code, said } = await simulate([
      ...['--replay', RECORDING, '--map', map, '--absent', '0', '--speed', '3000', '--mqtt', broker.url],
      ...['--device', 'recorded'],
    ]);
    expect(said).toContain('Alarm delays are not scaled');
    expect(code).toBe(0);
    const rows = await eventually('72 rows', () => {
      const all = listener.said('recorded', 'readings');
      return all.length >= 72 && all;
    });
    expect(rows).toHaveLength(72);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, index) => index));
    expect(valuesOf(rows[0])).toEqual({
      hr: 101.3,
      pr: { v: null, why: 'no-value' },
      rr: 16.5,
      spo2: { v: null, why: 'no-value' },
    });
    expect(valuesOf(rows[41])).toMatchObject({ spo2: 42.9 });
    const times = rows.map(({ at }) => Number(at));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(began);
    expect((times[71] ?? 0) - (times[0] ?? 0)).toBe(71 * 20);
    expect(rows.some(({ replay }) => replay === true)).toBe(false);
    expect(rows.flatMap((row) => Object.values(valuesOf(row)))).not.toContain(0);
    expect(listener.said('recorded', 'hello')[0]).toMatchObject({ type: 'bedside-monitor' });
    expect(listener.said('recorded', 'status').at(-1)).toEqual({ online: false });
  });

  it('replays a recorded ECG in quarter seconds whose samples are the recording', async (context) => {
    if (!existsSync(ECG)) return context.annotate('../shared/data is not here: the ECG was not replayed.');
    const { code } = await simulate([
      ...['--replay', ECG, '--wave', 'ecg-ii', '--rate', '360', '--gain', '5', '--offset', '-5120', '--unit', 'uV'],
      ...['--speed', '4', '--for', '1.5', '--mqtt', broker.url, '--device', 'strip'],
    ]);
    expect(code).toBe(0);
    const pieces = await eventually('waves', () => {
      const all = listener.heard.filter(({ device, ending }) => device === 'strip' && ending === 'wave');
      return all.length > 5 && all;
    });
    const first = decodeNative('wave', pieces[0]?.payload ?? Buffer.alloc(0), 'strip');
    expect(first).toMatchObject({ kind: 'wave', seq: 0, wave: 'ecg-ii', rate: 360, unit: 'uV' });
    if (first.kind !== 'wave') throw new Error('No wave.');
    expect(first.samples).toHaveLength(90);
    expect(first.samples[0]).toBeCloseTo((975 - 1_024) * 5, 3);
  });

  it('says nothing to the network about a broken file', async () => {
    const before = listener.heard.length;
    const { code, said } = await simulate(['--replay', 'package.json', '--map', 'HR=hr', '--mqtt', broker.url]);
    expect(code).toBe(2);
    expect(said).toContain('package.json');
    expect(listener.heard).toHaveLength(before);
  });

  it('F27 a device loses nothing it said while the broker was away, in order, and introduces itself again', async () => {
    const device = createMqttDevice(
      {
        url: broker.url,
        clinic: 'demo',
        id: 'patient-link',
        type: deviceTypeOf('pulse-oximeter'),
        serial: 'P-1',
        startedAt: Date.now(),
        retryMs: 100,
      },
      () => Date.now(),
    );
    await device.connected();
    const say = (hr: number) => device.sendAcked({ kind: 'readings', at: Date.now(), values: { pr: hr } });
    await say(60);
    await broker.stop('SIGKILL');
    const queued = Array.from({ length: 40 }, (_none, index) => say(61 + index));
    await broker.start();
    await Promise.all(queued);
    const seqs = await eventually('41 readings', () => {
      const all = new Set(listener.said('patient-link', 'readings').map(({ seq }) => Number(seq)));
      return all.size >= 41 && [...all];
    });
    expect(seqs).toEqual(Array.from({ length: 41 }, (_none, index) => index));
    const hellos = new Set(listener.said('patient-link', 'hello').map(({ at }) => at));
    expect(hellos.size).toBe(1);
    await device.close();
  });

  it('a device that starts again says a later hello and counts from 0', async () => {
    const startedAt = Date.now() - 60_000;
    const type = deviceTypeOf('thermometer');
    const device = createMqttDevice(
      { url: broker.url, clinic: 'demo', id: 'restarted', type, serial: 'T-1', startedAt },
      () => Date.now(),
    );
    await device.sendAcked({ kind: 'readings', at: Date.now(), values: { temp: 36.6 } });
    device.restart(startedAt + 50_000);
    await device.sendAcked({ kind: 'readings', at: Date.now(), values: { temp: 36.7 } });
    const said = await eventually('two readings', () => {
      const all = listener.said('restarted', 'readings');
      return all.length >= 2 && all;
    });
    expect(said.map(({ seq }) => seq)).toEqual([0, 0]);
    expect(listener.said('restarted', 'hello').map(({ at }) => at)).toEqual([startedAt, startedAt + 50_000]);
    await device.close();
  });

  it('a device asked to identify itself answers with the same id', async () => {
    const type = deviceTypeOf('bedside-monitor');
    const device = createMqttDevice(
      { url: broker.url, clinic: 'demo', id: 'asked', type, serial: 'M-1', startedAt: Date.now() },
      () => Date.now(),
    );
    await device.connected();
    const answer = await eventually('an answer', async () => {
      await listener.publish('clinic/demo/device/asked/command', '{"id":"c-7","kind":"identify","body":{}}');
      return listener.said('asked', 'event')[0];
    });
    expect(answer).toMatchObject({ kind: 'command-result', detail: { id: 'c-7', kind: 'identify', ok: true } });
    await device.close();
  });

  it('the scenario "sensor off" takes leads off and puts them on again, absent with the reason', async () => {
    const run = runScenario({
      scenario: sensorOff,
      url: broker.url,
      clinic: 'demo',
      seed: 3,
      speed: 40,
      patients: 1,
      now: () => Date.now(),
    });
    await run.connected;
    const id = 'sim-sensor-off-001';
    const words = await eventually('leads off and on', () => {
      const all = listener.said(id, 'readings').map((message) => JSON.stringify(valuesOf(message).hr));
      const off = all.indexOf('{"v":null,"why":"lead-off"}');
      return off > 0 && all.slice(off).some((word) => /^\d+$/.test(word)) && all;
    });
    expect(words[0]).toMatch(/^\d+$/);
    expect(words).not.toContain('0');
    await run.stop();
    expect(run.counts().dropped).toBe(0);
  });

  it('the scenario "bad firmware" sends garbage between good readings and keeps its count', async () => {
    const run = runScenario({
      scenario: badFirmware,
      url: broker.url,
      clinic: 'demo',
      seed: 3,
      speed: 30,
      patients: 1,
      now: () => Date.now(),
    });
    const id = 'sim-bad-firmware-001';
    const kinds = await eventually('every kind of garbage', () => {
      const all = listener.heard.filter(({ device }) => device === id);
      const decoded = all.map(({ ending, payload }) => decodeNative(ending, payload, id));
      const reasons = new Set<string>(decoded.map((one) => (one.kind === 'undecoded' ? one.reason : one.kind)));
      return (
        ['not-json', 'too-large', 'schema', 'wrong-device', 'readings'].every((kind) => reasons.has(kind)) && reasons
      );
    });
    expect(kinds.size).toBeGreaterThanOrEqual(5);
    await run.stop();
  });

  it('measured load arrives whole: every message with the schema, its own number and its own time', async () => {
    const result = await runLoad({
      mqtt: broker.url,
      clinic: 'demo',
      devices: 4,
      ratePerDevice: 'max',
      messages: 2_000,
      prefix: 'measured',
    });
    expect(result).toMatchObject({ sent: 2_000, acked: 2_000, problems: [] });
    await eventually('2,000 messages', () => {
      const count = listener.heard.filter(
        ({ device, ending }) => device.startsWith('measured') && ending === 'readings',
      ).length;
      return count >= 2_000;
    });
    for (const id of result.deviceIds) {
      const said = listener.heard.filter(({ device, ending }) => device === id && ending === 'readings');
      const decoded = said.map(({ payload }) => decodeNative('readings', payload, id));
      expect(decoded.map((message) => (message.kind === 'readings' ? message.seq : message))).toEqual(
        said.map((_one, index) => index),
      );
      for (const message of decoded) {
        if (message.kind === 'readings') expect(message.codes).toEqual(['hr', 'pr', 'rr', 'spo2', 'temp', 'etco2']);
      }
    }
  });

  it('measured load at a rate sends no more often than it is told, with waves', async () => {
    const options = { mqtt: broker.url, clinic: 'demo', devices: 10, ratePerDevice: 5, values: 3, waves: 2 };
    const result = await runLoad({ ...options, seconds: 2, prefix: 'paced' });
    expect(result.sent).toBeGreaterThan(10);
    expect(result.sent).toBeLessThanOrEqual(110);
    expect(result.acked).toBe(result.sent);
    expect(result.waves).toBeGreaterThan(2);
    const wave = listener.heard.find(({ device, ending }) => device === 'paced-00001' && ending === 'wave');
    expect(decodeNative('wave', wave?.payload ?? Buffer.alloc(0), 'paced-00001')).toMatchObject({
      kind: 'wave',
      rate: 250,
    });
  });

  it('load that cannot connect says so', async () => {
    const nowhere = { mqtt: 'mqtt://127.0.0.1:9', clinic: 'demo', devices: 1, ratePerDevice: 1, seconds: 1 };
    await expect(runLoad(nowhere)).rejects.toThrow('ECONNREFUSED');
  });
});
