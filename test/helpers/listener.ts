import { connectAsync, type MqttClient } from 'mqtt';
import type { Ending } from '#domain/device/message.ts';

/** One message as a subscriber heard it. */
export interface Heard {
  readonly device: string;
  readonly ending: Ending;
  readonly retain: boolean;
  readonly payload: Buffer;
}

export interface Listener {
  readonly heard: Heard[];
  /** Payloads of one device and ending, parsed. */
  said(device: string, ending: Ending): Record<string, unknown>[];
  publish(topic: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

/** Hears everything devices of a clinic say, across losses of the broker, each QoS 1 message as often as it comes. */
export async function listen(url: string, clinic: string): Promise<Listener> {
  const heard: Heard[] = [];
  const client: MqttClient = await connectAsync(url, { clientId: 'listener', clean: false, reconnectPeriod: 100 });
  client.on('message', (topic, payload, { retain }) => {
    const [, , , device = '', ending = ''] = topic.split('/');
    heard.push({ device, ending: ending as Ending, retain, payload });
  });
  await client.subscribeAsync(`clinic/${clinic}/device/+/+`, { qos: 1 });
  return {
    heard,
    said: (device, ending) =>
      heard
        .filter((one) => one.device === device && one.ending === ending)
        .map(({ payload }) => JSON.parse(payload.toString())),
    publish: async (topic, payload) => void (await client.publishAsync(topic, payload, { qos: 1 })),
    close: () => client.endAsync(true),
  };
}
