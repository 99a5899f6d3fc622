import { openStore } from '#db/open.ts';
import type { DeviceId } from '#domain/ids.ts';
import { NOW } from './clinic.ts';

// Works like a hub until it is killed: sends samples from a number on, flushes, and answers how many are on disk.
const [dataDir = '', key = '', from = '0'] = process.argv.slice(2);
const store = openStore({ dataDir, key: Buffer.from(key, 'hex'), ballastBytes: 0 });
const base = { receivedAt: NOW, history: false };
const [fast, slow] = ['fast' as DeviceId, 'slow' as DeviceId];

function batch(start: number, length: number): void {
  store.transact(() => {
    for (let index = start; index < start + length; index++) {
      const at = NOW + index * 10;
      store.numerics.append({ ...base, deviceId: fast, at, codes: ['hr'], values: [60 + (index % 7)] });
      if (index % 40 !== 0) continue;
      store.numerics.append({ ...base, deviceId: slow, at, codes: ['temp'], values: [36.6] });
      store.ledger.append({
        at,
        actor: 'hub',
        station: null,
        act: 'x.y',
        subject: `${index}`,
        before: null,
        after: null,
      });
    }
    store.numerics.flush();
  });
}

function work(start: number): void {
  const length = 1 + ((start * 31) % 37);
  batch(start, length);
  process.send?.(start + length, undefined, undefined, () => setImmediate(() => work(start + length)));
}

work(Number(from));
