import type { MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import {
  deviceAcl,
  type Mosquitto,
  type MosquittoOptions,
  mosquittoPath,
  startMosquitto,
} from '#test/helpers/broker.ts';
import {
  CLINIC,
  joinAs,
  makeStation,
  openLink,
  type Station,
  sayUntilHeard,
  type TestLink,
  topicOf,
  until,
} from '#test/helpers/network.ts';
import { startWire, type Wire } from '#test/helpers/proxy.ts';

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function openBroker(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const broker = await startMosquitto(options);
  ends.push(() => broker.close());
  return broker;
}

async function openWire(toPort: number): Promise<Wire> {
  const wire = await startWire(toPort);
  ends.push(() => wire.close());
  return wire;
}

async function openHub(
  port: number,
  station: Station,
  options: Partial<Parameters<typeof openLink>[0]> = {},
): Promise<TestLink> {
  const link = openLink({
    url: `mqtt://127.0.0.1:${port}`,
    onMessage: (topic, payload, delivery) => station.intake.receive(topic, payload, delivery),
    ...options,
  });
  ends.push(() => link.close());
  await link.reaches('connected');
  return link;
}

async function device(id: string, port: number, options: Parameters<typeof joinAs>[2] = {}): Promise<MqttClient> {
  const client = await joinAs(id, port, { clean: false, ...options });
  client.on('error', () => {});
  ends.push(() => client.endAsync(true));
  return client;
}

const pause = (ms: number) => new Promise((settle) => setTimeout(settle, ms));
const live = () => makeStation({ clock: Date.now });
const reading = (seq: number, hr = 72) => JSON.stringify({ seq, at: Date.now(), values: { hr } });

const send = (monitor: MqttClient, id: string, seq: number, hr = 72) =>
  sayUntilHeard(monitor, topicOf(id, 'readings'), reading(seq, hr));
const lost = (station: Station) =>
  station.intake
    .quarantineRows()
    .filter(({ reason }) => reason === 'gap')
    .reduce((sum, { detail }) => sum + Number(detail?.split(' ')[0]), 0);

// A station without Mosquitto says so in the name and runs the rest; `npm test` installs it where it can.
describe.runIf(mosquittoPath !== undefined)('a real Mosquitto', () => {
  it.each([4, 5] as const)('carries readings to the hub by protocol version %i', async (protocolVersion) => {
    const broker = await openBroker();
    const station = live();
    await openHub(broker.port, station, { protocolVersion });
    const monitor = await device('monitor-1', broker.port);
    await send(monitor, 'monitor-1', 0);
    await until(() => station.readings.length === 1);
  });

  it('F04 whose connections are cut ten times loses nothing and doubles nothing', async () => {
    const broker = await openBroker();
    const nearDevice = await openWire(broker.port);
    const nearHub = await openWire(broker.port);
    const station = live();
    await openHub(nearHub.port, station);
    const monitor = await device('monitor-1', nearDevice.port);
    const sent: Promise<unknown>[] = [];
    for (let cut = 0; cut < 10; cut += 1) {
      for (let seq = cut * 200; seq < (cut + 1) * 200; seq += 1) sent.push(send(monitor, 'monitor-1', seq));
      await pause(30);
      nearDevice.cut();
      if (cut % 3 === 0) nearHub.cut();
    }
    await Promise.all(sent);
    await until(() => station.readings.length >= 2_000);
    await pause(200);
    expect(station.readings).toHaveLength(2_000);
    expect(new Set(station.intake.known().map(({ messages }) => messages >= 2_000))).toEqual(new Set([true]));
  });

  it('F04 delivers behind the CONNACK what came while the hub was away', async () => {
    const broker = await openBroker();
    const nearHub = await openWire(broker.port);
    const station = live();
    const link = await openHub(nearHub.port, station);
    const monitor = await device('monitor-1', broker.port);
    nearHub.refuse(true);
    nearHub.cut();
    await link.reaches('lost');
    await Promise.all(Array.from({ length: 500 }, (_, seq) => send(monitor, 'monitor-1', seq)));
    expect(station.readings).toHaveLength(0);
    nearHub.refuse(false);
    await until(() => station.readings.length === 500);
    expect(link.states.slice(0, 3)).toEqual(['connecting', 'connected', 'lost']);
  });

  it('F18 with the documented access list lets no device speak for another', async () => {
    const broker = await openBroker({ acl: deviceAcl(CLINIC, 'wardline-hub') });
    const station = live();
    await openHub(broker.port, station, { username: 'wardline-hub' });
    for (const protocolVersion of [4, 5] as const) {
      const spoof = await device('monitor-1', broker.port, { protocolVersion });
      await spoof.publishAsync(topicOf('monitor-2', 'readings'), reading(0), { qos: 1 }).catch(() => {});
      await spoof.publishAsync(topicOf('monitor-1', 'command'), '{}', { qos: 1 }).catch(() => {});
      await send(spoof, 'monitor-1', protocolVersion);
      await spoof.endAsync(true);
    }
    await until(() => station.readings.length === 2);
    expect(station.intake.known().map(({ deviceId }) => deviceId)).toEqual(['monitor-1']);
  });

  it('F19 with the documented access list tells a device its own commands and nothing else', async () => {
    const broker = await openBroker({ acl: deviceAcl(CLINIC, 'wardline-hub') });
    const station = live();
    const link = await openHub(broker.port, station, { username: 'wardline-hub' });
    const curious = await device('monitor-1', broker.port);
    const heard: string[] = [];
    curious.on('message', (topic) => void heard.push(topic));
    for (const filter of ['#', '$SYS/#', topicOf('+', 'command')])
      await curious.subscribeAsync(filter, { qos: 1 }).catch(() => {});
    const monitor = await device('monitor-2', broker.port);
    await send(monitor, 'monitor-2', 0);
    await link.sendCommand('monitor-2', { id: 'c-1', kind: 'identify', body: {} });
    await link.sendCommand('monitor-1', { id: 'c-2', kind: 'identify', body: {} });
    await until(() => heard.length > 0 && station.readings.length === 1);
    expect(new Set(heard)).toEqual(new Set([topicOf('monitor-1', 'command')]));
  });

  it('F20 two clients with one id are one at a time, and their readings still count once', async () => {
    const broker = await openBroker();
    const station = live();
    await openHub(broker.port, station);
    const first = await device('monitor-1', broker.port, { reconnectPeriod: 0 });
    await send(first, 'monitor-1', 0);
    const second = await device('monitor-1', broker.port, { reconnectPeriod: 0 });
    await until(() => !first.connected);
    await send(second, 'monitor-1', 0);
    await send(second, 'monitor-1', 1);
    await until(() => station.intake.known()[0]?.messages === 3);
    expect(station.readings).toHaveLength(2);
    expect(station.counted('duplicate')).toBe(1);
  });

  it('F21 hands over a retained false value as history', async () => {
    const broker = await openBroker();
    const monitor = await device('monitor-1', broker.port);
    const false31 = JSON.stringify({ seq: 0, at: Date.now(), values: { spo2: 31 } });
    await monitor.publishAsync(topicOf('monitor-1', 'readings'), false31, { qos: 1, retain: true });
    const station = live();
    await openHub(broker.port, station);
    await until(() => station.readings.length === 1);
    expect(station.readings[0]?.history).toBe(true);
  });

  it('F22 sends the Last Will of a device whose line broke', async () => {
    const broker = await openBroker();
    const station = live();
    await openHub(broker.port, station);
    const will = {
      topic: topicOf('monitor-1', 'status'),
      payload: Buffer.from('{"online":false}'),
      qos: 1 as const,
      retain: true,
    };
    const monitor = await device('monitor-1', broker.port, { will, reconnectPeriod: 0 });
    await send(monitor, 'monitor-1', 0);
    monitor.stream.destroy();
    await until(() => station.intake.known()[0]?.messages === 2);
  });

  it('F27 stopped and started again: the link shows it and every reading is stored exactly once', async () => {
    const broker = await openBroker();
    const station = live();
    const link = await openHub(broker.port, station);
    const monitor = await device('monitor-1', broker.port);
    const sent = Array.from({ length: 300 }, (_, seq) => send(monitor, 'monitor-1', seq));
    await until(() => station.readings.length > 50);
    await broker.stop('SIGTERM');
    await link.reaches('lost');
    for (let seq = 300; seq < 600; seq += 1) sent.push(send(monitor, 'monitor-1', seq));
    await pause(300);
    await broker.start();
    await link.reaches('connected');
    await Promise.all(sent);
    await until(() => station.readings.length >= 600);
    expect(station.readings).toHaveLength(600);
    expect(link.states).toContain('connecting');
  });

  it('F28 killed: the hub subscribes anew though its session is gone, and what the broker lost is a gap', async () => {
    const broker = await openBroker();
    const station = live();
    const link = await openHub(broker.port, station);
    const monitor = await device('monitor-1', broker.port);
    const sent = Array.from({ length: 300 }, (_, seq) => send(monitor, 'monitor-1', seq));
    await until(() => station.readings.length > 50);
    await broker.stop('SIGKILL');
    await link.reaches('lost');
    for (let seq = 300; seq < 600; seq += 1) sent.push(send(monitor, 'monitor-1', seq));
    await broker.start();
    await link.reaches('connected');
    await Promise.all(sent);
    // The last one marks the end of the count: what is missing below it is lost, not late.
    await send(monitor, 'monitor-1', 600, 99);
    await until(() => station.readings.some(({ values }) => values[0] === 99));
    expect(station.readings.length).toBeLessThanOrEqual(601);
    station.intake.settleGaps();
    expect(lost(station)).toBeGreaterThanOrEqual(601 - station.readings.length);
  });

  it('is found dead when the line swallows everything, and found again', async () => {
    const broker = await openBroker();
    const wire = await openWire(broker.port);
    const station = live();
    const link = await openHub(wire.port, station, { keepalive: 1 });
    wire.swallow(true);
    await link.reaches('lost');
    wire.swallow(false);
    await link.reaches('connected');
  });

  it('that is not there yet is waited for: the order of start does not matter', async () => {
    const broker = await openBroker();
    await broker.stop('SIGTERM');
    const station = live();
    const link = openLink({
      url: broker.url,
      onMessage: (topic, payload, delivery) => station.intake.receive(topic, payload, delivery),
    });
    ends.push(() => link.close());
    await link.reaches('lost');
    expect(link.details.at(-1)).toBe('ECONNREFUSED');
    await broker.start();
    await link.reaches('connected');
  });
});

it(mosquittoPath ? 'Mosquitto is installed' : 'Mosquitto is not installed: its tests did not run', () => {
  expect(mosquittoPath ?? '').toMatch(/^$|mosquitto$/);
});
