import mqtt, { type MqttClient } from 'mqtt';

export interface TestDevice {
  readonly id: string;
  readonly client: MqttClient;
  hello(fields?: object): Promise<unknown>;
  /** Readings with the next `seq` unless `seq` is given; settles when the broker acknowledged. */
  send(values: object, fields?: object): Promise<unknown>;
  raw(ending: string, payload: string | Buffer, options?: { retain?: boolean; qos?: 0 | 1 }): Promise<unknown>;
  close(): Promise<void>;
}

/** A device of the clinic as one would be built: one connection under its own name. */
export async function connectDevice(url: string, id: string, clinic = 'demo'): Promise<TestDevice> {
  const client = await mqtt.connectAsync(url, {
    clientId: id,
    username: id,
    password: 'any',
    reconnectPeriod: 200,
    clean: false,
  });
  const topic = (ending: string) => `clinic/${clinic}/device/${id}/${ending}`;
  let seq = 0;
  const publish = (ending: string, payload: object) =>
    client.publishAsync(topic(ending), JSON.stringify(payload), { qos: 1, retain: ending === 'hello' });
  return {
    id,
    client,
    hello: (fields = {}) => {
      seq = 0;
      return publish('hello', {
        at: Date.now(),
        type: 'bedside-monitor',
        serial: `SN-${id}`,
        model: 'M1',
        firmware: '1.0',
        metrics: ['hr', 'spo2', 'rr'],
        ...fields,
      });
    },
    send: (values, fields = {}) => publish('readings', { seq: seq++, at: Date.now(), values, ...fields }),
    raw: (ending, payload, { retain = false, qos = 1 } = {}) =>
      client.publishAsync(topic(ending), payload, { qos, retain }),
    close: () => client.endAsync(true),
  };
}
