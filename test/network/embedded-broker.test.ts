import { createHash } from 'node:crypto';
import { connect as dial } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type BrokerReport, type EmbeddedBroker, HUB_NAME, startEmbeddedBroker } from '#adapters/mqtt/broker.ts';
import { makeCertificate } from '#test/helpers/certificate.ts';
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
import { residentBytes } from '#test/helpers/process.ts';

const SECRET = 'only-the-hub-knows';
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Clinic {
  readonly broker: EmbeddedBroker;
  readonly reports: BrokerReport[];
  readonly exits: unknown[];
}

async function openClinic(options: Partial<Parameters<typeof startEmbeddedBroker>[0]> = {}): Promise<Clinic> {
  const reports: BrokerReport[] = [];
  const exits: unknown[] = [];
  const broker = await startEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    demo: true,
    clinic: CLINIC,
    hubSecret: SECRET,
    onReport: (report) => void reports.push(report),
    onExit: (exit) => void exits.push(exit),
    ...options,
  });
  ends.push(() => broker.close());
  return { broker, reports, exits };
}

async function openHub({ broker }: Clinic, station: Station): Promise<TestLink> {
  const link = openLink({
    url: `mqtt://127.0.0.1:${broker.port}`,
    username: HUB_NAME,
    password: SECRET,
    onMessage: (topic, payload, delivery) => station.intake.receive(topic, payload, delivery),
  });
  ends.push(() => link.close());
  await link.reaches('connected');
  return link;
}

async function device(id: string, { broker }: Clinic, options: Parameters<typeof joinAs>[2] = {}) {
  const client = await joinAs(id, broker.port, options);
  client.on('error', () => {});
  ends.push(() => client.endAsync(true));
  return client;
}

const reading = (seq: number) => JSON.stringify({ seq, at: Date.now(), values: { hr: 72 } });
const denials = ({ reports }: Clinic) => reports.flatMap((report) => report.denials);
const live = () => makeStation({ clock: Date.now });

describe('the embedded broker', () => {
  it('brings a device to the hub, and a command to the device', async () => {
    const clinic = await openClinic();
    const station = live();
    const link = await openHub(clinic, station);
    const monitor = await device('monitor-1', clinic);
    const commands: string[] = [];
    monitor.on('message', (topic, payload) => void commands.push(`${topic} ${payload}`));
    await monitor.subscribeAsync(topicOf('monitor-1', 'command'), { qos: 1 });
    await monitor.publishAsync(
      topicOf('monitor-1', 'hello'),
      JSON.stringify({ at: Date.now(), type: 'bedside-monitor' }),
      { qos: 1, retain: true },
    );
    await monitor.publishAsync(topicOf('monitor-1', 'readings'), reading(0), { qos: 1 });
    expect(station.readings).toHaveLength(1);
    await link.sendCommand('monitor-1', { id: 'c-1', kind: 'identify', body: {} });
    await until(() => commands.length === 1);
    expect(commands[0]).toContain('"kind":"identify"');
  });

  it('tells a hub that comes later what devices said of themselves, but no value as new', async () => {
    const clinic = await openClinic();
    const first = live();
    const link = await openHub(clinic, first);
    const monitor = await device('monitor-1', clinic);
    await monitor.publishAsync(topicOf('monitor-1', 'hello'), JSON.stringify({ at: 1_700_000_000_000, type: 'cgm' }), {
      qos: 1,
      retain: true,
    });
    await monitor.publishAsync(topicOf('monitor-1', 'readings'), reading(0), { qos: 1, retain: true });
    await link.close();
    const second = live();
    await openHub(clinic, second);
    await until(() => second.intake.known().length === 1);
    second.intake.flush()();
    expect(second.heard).toMatchObject([{ type: 'cgm', helloAt: 1_700_000_000_000 }]);
    expect(second.readings).toEqual([]);
  });

  it('acknowledges a device only after the hub has the message', async () => {
    const clinic = await openClinic();
    const monitor = await device('monitor-1', clinic);
    let acknowledged = false;
    const sent = monitor.publishAsync(topicOf('monitor-1', 'readings'), reading(0), { qos: 1 }).then(() => {
      acknowledged = true;
    });
    await monitor.publishAsync(topicOf('monitor-1', 'wave'), 'x', { qos: 0 });
    await new Promise((settle) => setTimeout(settle, 300));
    expect(acknowledged).toBe(false);
    const station = live();
    await openHub(clinic, station);
    await sent;
    expect(station.readings).toHaveLength(1);
  });

  it('lets a device keep its message when the hub stays away', async () => {
    const clinic = await openClinic({ patienceMs: 200 });
    const monitor = await device('monitor-1', clinic);
    let closed = 0;
    monitor.on('close', () => {
      closed += 1;
    });
    const sent = monitor.publishAsync(topicOf('monitor-1', 'readings'), reading(0), { qos: 1 });
    await until(() => closed > 0);
    const station = live();
    await openHub(clinic, station);
    await sent;
    expect(station.readings).toHaveLength(1);
  });

  it('F02 drops a 30 MB publish at its first bytes and its memory stays flat', async () => {
    const clinic = await openClinic();
    const station = live();
    await openHub(clinic, station);
    const before = residentBytes(clinic.broker.pid);
    const monitor = await device('monitor-1', clinic, { reconnectPeriod: 0 });
    const closed = new Promise<void>((settle) => monitor.once('close', () => settle()));
    monitor.publish(topicOf('monitor-1', 'readings'), Buffer.alloc(30_000_000), { qos: 0 });
    await closed;
    const after = residentBytes(clinic.broker.pid);
    if (before !== null && after !== null) expect(after - before).toBeLessThan(10_000_000);
    expect(station.intake.known()).toEqual([]);
    await until(() => denials(clinic).some(({ what }) => what === 'packet too long'));
  });

  it('F02 hands a 100 KB payload on to be refused and counted', async () => {
    const clinic = await openClinic();
    const station = live();
    await openHub(clinic, station);
    const monitor = await device('monitor-1', clinic);
    await monitor.publishAsync(topicOf('monitor-1', 'readings'), Buffer.alloc(100_000, 'x'), { qos: 1 });
    expect(station.counted('too-large')).toBe(1);
  });

  it('F02 drops a client that announces a huge first packet, or nothing at all that is MQTT', async () => {
    const clinic = await openClinic();
    for (const bytes of [
      [0x10, 0xff, 0xff, 0xff, 0x7f],
      [0x10, 0xff, 0xff, 0xff, 0xff],
      [0x47, 0x45, 0x54, 0x20],
    ]) {
      const socket = dial(clinic.broker.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(Buffer.from(bytes));
      await new Promise<void>((settle) => socket.once('close', () => settle()));
    }
    const monitor = await device('monitor-1', clinic);
    expect(monitor.connected).toBe(true);
  });

  it('F18 closes on a device that speaks for another, and the hub hears nothing', async () => {
    const clinic = await openClinic();
    const station = live();
    await openHub(clinic, station);
    for (const topic of [
      topicOf('monitor-2', 'readings'),
      topicOf('monitor-1', 'command'),
      topicOf('monitor-1', 'other'),
      'clinic/other/device/monitor-1/readings',
      '$SYS/x',
      'x',
    ]) {
      const spoof = await device('monitor-1', clinic, { reconnectPeriod: 0 });
      const closed = new Promise<void>((settle) => spoof.once('close', () => settle()));
      spoof.publish(topic, reading(0), { qos: 1 });
      await closed;
    }
    expect(station.intake.known()).toEqual([]);
    await until(() =>
      denials(clinic).some(({ act, what }) => act === 'publish' && what === topicOf('monitor-2', 'readings')),
    );
  });

  it('F18 refuses a Will in the name of another, a borrowed user name and a name that is no id', async () => {
    const clinic = await openClinic();
    const refused = (options: Parameters<typeof joinAs>[2]) =>
      expect(joinAs('monitor-1', clinic.broker.port, { reconnectPeriod: 0, ...options })).rejects.toThrow();
    await refused({
      will: { topic: topicOf('monitor-2', 'status'), payload: Buffer.from('{"online":false}'), qos: 1 },
    });
    await refused({ username: 'monitor-2' });
    await refused({ clientId: 'Monitor/1', username: 'Monitor/1' });
    await refused({ clientId: HUB_NAME, username: HUB_NAME, password: 'guess' });
  });

  it('F19 lets a device listen to its own commands and to nothing else', async () => {
    const clinic = await openClinic();
    const monitor = await device('monitor-1', clinic);
    for (const filter of [
      '#',
      '$SYS/#',
      '+/+/+/+/+',
      topicOf('+', 'readings'),
      topicOf('monitor-2', 'command'),
      topicOf('monitor-1', '#'),
    ]) {
      await expect(monitor.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
    }
    await expect(monitor.subscribeAsync(topicOf('monitor-1', 'command'))).resolves.toBeDefined();
    await until(() => denials(clinic).filter(({ act }) => act === 'subscribe').length === 6);
  });

  it('F20 gives one id to the latest client, reports it, and guards against a fight', async () => {
    const clinic = await openClinic();
    const first = await device('monitor-1', clinic, { reconnectPeriod: 0 });
    const closed = new Promise<void>((settle) => first.once('close', () => settle()));
    await device('monitor-1', clinic, { reconnectPeriod: 0 });
    await closed;
    await until(() => clinic.reports.some(({ takeovers }) => takeovers.some(({ client }) => client === 'monitor-1')));
    for (let times = 0; times < 4; times += 1) await device('monitor-1', clinic, { reconnectPeriod: 0 });
    await expect(device('monitor-1', clinic, { reconnectPeriod: 0 })).rejects.toThrow();
  });

  it('F22 forwards a Last Will', async () => {
    const clinic = await openClinic();
    const station = live();
    await openHub(clinic, station);
    const will = {
      topic: topicOf('monitor-1', 'status'),
      payload: Buffer.from('{"online":false}'),
      qos: 1 as const,
      retain: true,
    };
    const monitor = await device('monitor-1', clinic, { will, reconnectPeriod: 0 });
    monitor.stream.destroy();
    await until(() => station.intake.known().length === 1);
  });

  it('outside the demo asks a device for the password whose hash it was given', async () => {
    const credentials = { 'monitor-1': `sha256:${createHash('sha256').update('open sesame').digest('hex')}` };
    const clinic = await openClinic({ demo: false, credentials });
    const join = (id: string, password: string) => device(id, clinic, { password, reconnectPeriod: 0 });
    await expect(join('monitor-1', 'wrong')).rejects.toThrow();
    await expect(join('monitor-2', 'open sesame')).rejects.toThrow();
    expect((await join('monitor-1', 'open sesame')).connected).toBe(true);
    clinic.broker.setCredentials({});
    await expect(join('monitor-1', 'open sesame')).rejects.toThrow();
  });

  it('tells a hub whose subscription was refused, instead of a silence that looks like peace', async () => {
    const clinic = await openClinic();
    const link = openLink({
      url: `mqtt://127.0.0.1:${clinic.broker.port}`,
      clientId: 'monitor-1',
      username: 'monitor-1',
      onMessage: () => {},
    });
    ends.push(() => link.close());
    await link.reaches('lost');
    expect(link.details.at(-1)).toMatch(/refused the subscription/);
    expect(link.states).not.toContain('connected');
  });

  it('speaks TLS where it was given a certificate, and not to a hub that does not trust it', async () => {
    const tls = await makeCertificate();
    const clinic = await openClinic({ tls });
    const url = `mqtts://127.0.0.1:${clinic.broker.port}`;
    const who = { url, username: HUB_NAME, password: SECRET, onMessage: () => {} };
    const link = openLink({ ...who, tls: { ca: tls.cert } });
    ends.push(() => link.close());
    await link.reaches('connected');
    const distrustful = openLink(who);
    ends.push(() => distrustful.close());
    await distrustful.reaches('lost');
    expect(distrustful.details.at(-1)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('refuses to start where the port is taken', async () => {
    const { broker } = await openClinic();
    await expect(openClinic({ port: broker.port })).rejects.toThrow(/EADDRINUSE/);
  });

  it('F28 killed in the middle is back on the same port and every reading is stored exactly once', async () => {
    const clinic = await openClinic();
    const station = live();
    const link = await openHub(clinic, station);
    const monitors = await Promise.all(Array.from({ length: 5 }, (_, index) => device(`monitor-${index}`, clinic)));
    const sent: Promise<unknown>[] = [];
    const speak = (from: number, to: number) => {
      for (let seq = from; seq < to; seq += 1) {
        for (const [index, monitor] of monitors.entries()) {
          sent.push(sayUntilHeard(monitor, topicOf(`monitor-${index}`, 'readings'), reading(seq)));
        }
      }
    };
    speak(0, 200);
    await until(() => station.readings.length > 100);
    const { pid } = clinic.broker;
    if (pid !== null) process.kill(pid, 'SIGKILL');
    await link.reaches('lost');
    speak(200, 400);
    await link.reaches('connected');
    speak(400, 500);
    await Promise.all(sent);
    expect(station.readings).toHaveLength(2_500);
    expect(clinic.exits).toHaveLength(1);
    expect(clinic.broker.pid).not.toBe(pid);
  });

  it('ends with the hub that started it', async () => {
    const { broker } = await openClinic();
    const { pid } = broker;
    await broker.close();
    expect(() => process.kill(pid ?? 0, 0)).toThrow();
  });
});
