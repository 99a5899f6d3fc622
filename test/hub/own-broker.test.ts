import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMosquitto } from '#test/helpers/broker.ts';
import { makeCertificate } from '#test/helpers/certificate.ts';
import { connectDevice } from '#test/helpers/device.ts';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { eventually } from '#test/helpers/wait.ts';

interface Status {
  mqtt: { broker: string; url: string };
}

const linkOf = (hub: RunningHub) => hub.call<Status>('hub/status').then(({ mqtt }) => mqtt.broker);
const countOf = (hub: RunningHub, device: string) =>
  hub.call<unknown[]>('devices/readings', { device, metric: 'hr', from: 0, to: Date.now() + 600_000 }).then(
    ({ length }) => length,
    () => 0,
  );

describe("a clinic's own Mosquitto", () => {
  it('over TLS with the hub’s own certificate carries readings to the hub', async () => {
    const folder = makeDataDir();
    const dataDir = makeDataDir();
    const server = await makeCertificate();
    const client = await makeCertificate();
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text, { mode: 0o644 });
      return join(folder, name);
    };
    const pem = {
      serverCert: file('server.pem', server.cert),
      serverKey: file('server.key', server.key),
      hubCert: file('hub.pem', client.cert),
      hubKey: file('hub.key', client.key),
    };
    const plain = await startMosquitto();
    const tlsPort = plain.port + 1;
    await plain.close();
    const broker = await startMosquitto({
      config: [
        `listener ${tlsPort} 127.0.0.1`,
        `cafile ${pem.hubCert}`,
        `certfile ${pem.serverCert}`,
        `keyfile ${pem.serverKey}`,
        'require_certificate true',
      ],
    });
    const tls = [
      '--mqtt',
      `mqtts://127.0.0.1:${tlsPort}`,
      '--mqtt-ca',
      pem.serverCert,
      '--mqtt-cert',
      pem.hubCert,
      '--mqtt-key',
      pem.hubKey,
    ];
    const hub = await startHub(['--demo', '--bare', '--admit-all', ...tls], dataDir);
    await eventually('the link', async () => (await linkOf(hub)) === 'connected');
    expect(hub.ready.mqtt).toBe(`mqtts://127.0.0.1:${tlsPort}`);
    const monitor = await connectDevice(broker.url, 'tls-1');
    await monitor.hello();
    await monitor.send({ hr: 72 });
    await eventually('the reading', async () => (await countOf(hub, 'tls-1')) === 1);
    await monitor.close();
    await hub.end();
    await broker.close();
    for (const dir of [folder, dataDir]) removeDataDir(dir);
  });

  it('F27 stopped and back: the hub says so, comes back by itself, and counts every reading once', async () => {
    const dataDir = makeDataDir();
    const broker = await startMosquitto({ durable: true });
    const hub = await startHub(['--demo', '--bare', '--admit-all', '--mqtt', broker.url], dataDir);
    const monitor = await connectDevice(broker.url, 'back-1');
    await monitor.hello();
    for (let count = 0; count < 50; count += 1) await monitor.send({ hr: 70 });
    await eventually('the first fifty', async () => (await countOf(hub, 'back-1')) === 50);
    await broker.stop('SIGTERM');
    await eventually('the loss to be said', async () => (await linkOf(hub)) !== 'connected');
    await eventually('an alarm for the clinic', async () =>
      (await hub.call<{ rule: string }[]>('alarms/list')).some(({ rule }) => rule === 'broker-lost'),
    );
    const waiting = Array.from({ length: 50 }, () => monitor.send({ hr: 71 }));
    await broker.start();
    await Promise.all(waiting);
    await eventually('all hundred', async () => (await countOf(hub, 'back-1')) === 100, 20_000);
    await eventually('the alarm to go', async () => (await hub.call<unknown[]>('alarms/list')).length === 0);
    await monitor.close();
    await hub.end();
    await broker.close();
    removeDataDir(dataDir);
  }, 60_000);

  it('what was sent while the hub was away is there when it is back', async () => {
    const dataDir = makeDataDir();
    const broker = await startMosquitto({ config: ['max_queued_messages 0'] });
    const args = ['--demo', '--bare', '--admit-all', '--mqtt', broker.url];
    const first = await startHub(args, dataDir);
    await eventually('the link', async () => (await linkOf(first)) === 'connected');
    const monitor = await connectDevice(broker.url, 'away-1');
    await monitor.hello();
    await monitor.send({ hr: 70 });
    await eventually('the first', async () => (await countOf(first, 'away-1')) === 1);
    await first.end();
    for (let count = 0; count < 200; count += 1) await monitor.send({ hr: 71 });
    const second = await startHub(args, dataDir);
    await eventually('all of them', async () => (await countOf(second, 'away-1')) === 201);
    await monitor.close();
    await second.end();
    await broker.close();
    removeDataDir(dataDir);
  });
});
