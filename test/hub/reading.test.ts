import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDevice, type TestDevice } from '#test/helpers/device.ts';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { eventually } from '#test/helpers/wait.ts';

interface Reading {
  at: number;
  value: number;
}

const readingsOf = (hub: RunningHub, device: string, metric = 'hr') =>
  hub.call<Reading[]>('devices/readings', { device, metric, from: 0, to: Date.now() + 600_000 });
const quarantineOf = (hub: RunningHub, device: string) =>
  hub.call<{ reason: string; count: number; topic: string }[]>('devices/quarantine', { device });

async function makeBed(hub: RunningHub, label: string): Promise<{ bedId: string; wardId: string }> {
  const { id: wardId } = await hub.call<{ id: string }>('locations/addWard', { name: `Ward ${label}` }, 'admin');
  const { id: roomId } = await hub.call<{ id: string }>('locations/addRoom', { wardId, label }, 'admin');
  const { id: bedId } = await hub.call<{ id: string }>('locations/addBed', { roomId, label }, 'admin');
  return { bedId, wardId };
}

async function admitTo(hub: RunningHub, bedId: string, family: string) {
  const { id: patientId } = await hub.call<{ id: string }>('patients/register', {
    name: { family, given: ['Ann'] },
    birthDate: '1960-01-01',
    sex: 'female',
  });
  const { id: encounterId } = await hub.call<{ id: string }>('encounters/admit', { patientId, bedId });
  return { patientId, encounterId };
}

/** Parts of a stream over HTTP (server-sent events), as they come. */
async function* watch(hub: RunningHub, path: string, body: object, role = 'nurse') {
  const response = await fetch(`${hub.ready.api}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.ready.tokens[role]}` },
    body: JSON.stringify(body),
  });
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice(6));
    }
  }
}

describe('the way of a reading', () => {
  const dataDir = makeDataDir();
  const devices: TestDevice[] = [];
  let hub: RunningHub;
  const device = async (id: string) => {
    const made = await connectDevice(hub.ready.mqtt, id);
    devices.push(made);
    return made;
  };
  beforeAll(async () => {
    hub = await startHub(['--demo', '--bare'], dataDir);
  });
  afterAll(async () => {
    await Promise.all(devices.map((made) => made.close()));
    await hub.end();
    removeDataDir(dataDir);
  });

  it('an unknown device waits: its readings are counted, not charted, until it is admitted', async () => {
    const monitor = await device('waiting-1');
    await monitor.hello();
    await monitor.send({ hr: 71 });
    await eventually('the waiting device', async () =>
      (await quarantineOf(hub, 'waiting-1')).some(({ reason }) => reason === 'not-admitted'),
    );
    expect(await readingsOf(hub, 'waiting-1')).toEqual([]);
    await hub.call('devices/admit', { device: 'waiting-1' }, 'admin');
    await monitor.send({ hr: 72 });
    expect(await eventually('the reading', async () => (await readingsOf(hub, 'waiting-1'))[0])).toMatchObject({
      value: 72,
    });
  });

  it('reaches the board of the patient in the bed, with its age, and is judged', async () => {
    const { bedId, wardId } = await makeBed(hub, '07');
    const { encounterId } = await admitTo(hub, bedId, 'Boardwalk');
    const monitor = await device('monitor-07');
    await monitor.hello();
    await hub.call('devices/admit', { device: 'monitor-07' }, 'admin');
    await hub.call('devices/tie', { device: 'monitor-07', bedId });
    await hub.call('observations/record', {
      encounterId,
      values: { acvpu: 'A', oxygen: false, temp: 37, 'nibp-sys': 120 },
    });
    let second = 0;
    const sending = setInterval(
      () => void monitor.send({ hr: 72, spo2: 83, rr: 14 }, { at: Date.now() + second++ - second }),
      500,
    );
    const seen = { value: false, score: false, alarm: false };
    for await (const part of watch(hub, 'ward/watch', { wardId })) {
      for (const bed of part.beds) {
        seen.value ||= bed.values.some(
          ({ code, value }: { code: string; value: number }) => code === 'spo2' && value === 83,
        );
        seen.score ||= bed.score?.complete === true && bed.score.total === 3 && bed.score.singleRed === true;
        seen.alarm ||= bed.alarms.some(
          ({ rule, priority }: { rule: string; priority: string }) => rule === 'spo2-low' && priority === 'high',
        );
      }
      if (seen.value && seen.score && seen.alarm) break;
    }
    clearInterval(sending);
    const open = await hub.call<{ id: string; rule: string; displayName: string }[]>('alarms/list', {});
    const alarm = open.find(({ rule }) => rule === 'spo2-low');
    expect(alarm).toMatchObject({ displayName: 'BOARDWALK, Ann' });
    expect(await hub.call('alarms/acknowledge', { alarmId: alarm?.id })).toMatchObject({ signal: 'ack' });
    expect(
      (await hub.ask('alarms/acknowledge', { alarmId: alarm?.id }, hub.ready.tokens.physician)).body,
    ).toMatchObject({ code: 'refused' });
  });

  it('goes to whoever had the device at that time', async () => {
    const { bedId } = await makeBed(hub, '08');
    const first = await admitTo(hub, bedId, 'First');
    const monitor = await device('monitor-08');
    await monitor.hello();
    await hub.call('devices/admit', { device: 'monitor-08' }, 'admin');
    await hub.call('devices/tie', { device: 'monitor-08', bedId });
    await monitor.send({ hr: 61 });
    await eventually('the first reading', async () => (await readingsOf(hub, 'monitor-08')).length === 1);
    await hub.call('encounters/discharge', { encounterId: first.encounterId });
    const tasks = await hub.call<{ id: string; bedId: string }[]>('tasks/list');
    await hub.call('tasks/finish', { taskId: tasks.find((task) => task.bedId === bedId)?.id }, 'cleaner');
    const second = await admitTo(hub, bedId, 'Second');
    await monitor.send({ hr: 99 });
    await eventually('the second reading', async () => (await readingsOf(hub, 'monitor-08')).length === 2);
    const trend = async (encounterId: string) => {
      const [series] = await hub.call<{ points: number[][] }[]>('observations/trend', {
        encounterId,
        codes: ['hr'],
        from: Date.now() - 3_600_000,
        to: Date.now() + 1_000,
      });
      return series?.points.map(([, mean]) => mean);
    };
    expect(await trend(first.encounterId)).toEqual([61]);
    expect(await trend(second.encounterId)).toEqual([99]);
  });

  it('history a device sends again is kept and raises nothing', async () => {
    const { bedId } = await makeBed(hub, '09');
    await admitTo(hub, bedId, 'History');
    const monitor = await device('monitor-09');
    await monitor.hello();
    await hub.call('devices/admit', { device: 'monitor-09' }, 'admin');
    await hub.call('devices/tie', { device: 'monitor-09', bedId });
    const before = Date.now() - 3_600_000;
    for (let minute = 0; minute < 30; minute += 1)
      await monitor.send({ spo2: 70 }, { at: before + minute * 60_000, replay: true });
    await eventually('the history', async () => (await readingsOf(hub, 'monitor-09', 'spo2')).length === 30);
    expect(
      (await hub.call<{ deviceId: string; rule: string }[]>('alarms/list', {})).filter(
        ({ rule }) => rule === 'spo2-low',
      ).length,
    ).toBeLessThanOrEqual(1);
  });

  it('keeps raw values exactly, in order of the device clock', async () => {
    const monitor = await device('exact-1');
    await monitor.hello();
    await hub.call('devices/admit', { device: 'exact-1' }, 'admin');
    const at = Date.now() - 20_000;
    const values = [72.123456789, 16.5, 99.1, 0.1 + 0.2 + 70];
    for (const index of [0, 2, 1, 3]) await monitor.send({ hr: values[index] }, { seq: index, at: at + index * 1_000 });
    await eventually('all four', async () => (await readingsOf(hub, 'exact-1')).length === 4);
    expect(await readingsOf(hub, 'exact-1')).toEqual(values.map((value, index) => ({ at: at + index * 1_000, value })));
  });
});

describe('nothing acknowledged is lost, nothing counts twice', () => {
  it('F08 a message taken before a restart of the hub is not taken again after it', async () => {
    const dataDir = makeDataDir();
    const first = await startHub(['--demo', '--bare', '--admit-all'], dataDir);
    const monitor = await connectDevice(first.ready.mqtt, 'again-1');
    const at = Date.now();
    await monitor.hello({ at });
    for (let seq = 0; seq < 20; seq += 1) await monitor.send({ hr: 60 + seq }, { at: at + seq });
    await eventually('twenty', async () => (await readingsOf(first, 'again-1')).length === 20);
    await monitor.close();
    await first.end();
    const second = await startHub(['--demo', '--bare', '--admit-all'], dataDir);
    const again = await connectDevice(second.ready.mqtt, 'again-1');
    await again.hello({ at });
    for (let seq = 0; seq < 25; seq += 1) await again.send({ hr: 60 + seq }, { seq, at: at + seq });
    await eventually('twenty-five', async () => (await readingsOf(second, 'again-1')).length === 25);
    expect(await quarantineOf(second, 'again-1')).toContainEqual(
      expect.objectContaining({ reason: 'duplicate', count: 20 }),
    );
    await again.close();
    await second.end();
    removeDataDir(dataDir);
  });

  it('F37 a killed hub keeps all but the last quarter of a second, and its store and ledger are whole', async () => {
    const dataDir = makeDataDir();
    const hub = await startHub(['--demo', '--bare', '--admit-all'], dataDir);
    const monitor = await connectDevice(hub.ready.mqtt, 'killed-1');
    await monitor.hello();
    let sent = 0;
    const sendMore = async () => {
      for (let count = 0; count < 300; count += 1) await monitor.send({ hr: 60 + (sent++ % 100) });
    };
    await sendMore();
    await eventually('the first three hundred', async () => (await readingsOf(hub, 'killed-1')).length === 300);
    await new Promise((resolve) => setTimeout(resolve, 400));
    void sendMore().catch(() => undefined);
    await hub.end('SIGKILL');
    await monitor.close();
    const verify = await promisify(execFile)(process.execPath, ['main/verify.ts', '--data', dataDir, '--json']);
    expect(JSON.parse(verify.stdout)).toMatchObject({ ok: true });
    const after = await startHub(['--demo', '--bare', '--admit-all'], dataDir);
    const kept = await readingsOf(after, 'killed-1');
    expect(kept.length).toBeGreaterThanOrEqual(300);
    expect(kept.slice(0, 300).map(({ value }) => value)).toEqual(
      Array.from({ length: 300 }, (_, index) => 60 + (index % 100)),
    );
    await after.end();
    removeDataDir(dataDir);
  });
});
