import mqtt from 'mqtt';

/**
 * The yardstick: mqtt.js that subscribes at QoS 1 and does nothing with what it gets. Takes `{url, topic, messages}`,
 * answers `{subscribed}`, then `{seconds, cpuSeconds}` from the first message to the last.
 */
process.once('message', (asked) => {
  const { url, topic, messages } = asked as { url: string; topic: string; messages: number };
  const client = mqtt.connect(url, { clientId: 'bare-subscriber', username: 'bare-subscriber', clean: true });
  let got = 0;
  let startedAt = 0;
  let cpu = process.cpuUsage();
  client.on('message', (at) => {
    if (!at.endsWith('/readings')) return;
    if (got === 0) {
      startedAt = performance.now();
      cpu = process.cpuUsage();
    }
    got += 1;
    if (got !== messages) return;
    const { user, system } = process.cpuUsage(cpu);
    process.send?.({ seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: (user + system) / 1e6 });
    client.end(true, () => process.exit(0));
  });
  client.subscribe(topic, { qos: 1 }, () => process.send?.({ subscribed: true }));
});
