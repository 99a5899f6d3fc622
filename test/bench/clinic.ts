import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';
import { type Carrier, connectWebSocket } from '#renderer/client/carrier.ts';
import type { LoadOptions, LoadResult } from '#simulators/load.ts';
import type { RunningHub } from '#test/helpers/hub.ts';

/** Beds with a patient and an admitted, tied device each: `load-00001` and so on, as the load names them. */
export async function populate(hub: RunningHub, beds: number): Promise<{ wardId: string }> {
  const { id: wardId } = await hub.call<{ id: string }>('locations/addWard', { name: 'Bench' }, 'admin');
  const { id: roomId } = await hub.call<{ id: string }>('locations/addRoom', { wardId, label: '1' }, 'admin');
  for (let index = 1; index <= beds; index += 1) {
    const device = `load-${String(index).padStart(5, '0')}`;
    const { id: bedId } = await hub.call<{ id: string }>('locations/addBed', { roomId, label: String(index) }, 'admin');
    const { id: patientId } = await hub.call<{ id: string }>('patients/register', {
      name: { family: `Bench${index}`, given: ['A'] },
      birthDate: '1960-01-01',
    });
    const { id: encounterId } = await hub.call<{ id: string }>('encounters/admit', {
      patientId,
      bedId,
      at: Date.now() - 3_600_000,
    });
    await hub.call('devices/admit', { device }, 'admin');
    await hub.call('devices/tie', { device, bedId });
    await hub.call('observations/record', {
      encounterId,
      observedAt: Date.now() - 600_000,
      values: { acvpu: 'A', oxygen: false, temp: 37, 'nibp-sys': 120 },
    });
  }
  return { wardId };
}

/** Sends from a process of its own. */
export function load(options: LoadOptions): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL('../../simulators/load-process.ts', import.meta.url)));
  child.send(options);
  return answerOf<{ result?: LoadResult; problem?: string }>(child).then(({ result, problem }) => {
    if (!result) throw new Error(problem);
    return result;
  });
}

/** The first message a child sends; fails when it ends without one. */
export function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((settle, fail) => {
    child.once('message', (message) => settle(message as Answer));
    child.once('exit', (code) => fail(new Error(`A process of the measurement ended with ${code}.`)));
  });
}

/** A console that watches a ward and says it has drawn what it gets, as the renderer does. Counts parts. */
export async function watchWard(hub: RunningHub, wardId: string): Promise<{ parts(): number; close(): void }> {
  const url = `${hub.ready.console.replace('http', 'ws')}/ws`;
  const open = (address: string) => new WebSocket(address, { origin: hub.ready.console });
  const carrier: Carrier = await connectWebSocket({ url, token: hub.ready.tokens.nurse ?? '', open: open as never });
  let parts = 0;
  const reading = (async () => {
    for await (const { subscription, n } of await carrier.call.ward.watch({ wardId: wardId as never })) {
      parts += 1;
      void carrier.call.streams.drew({ subscription, n }).catch(() => undefined);
    }
  })();
  reading.catch(() => undefined);
  return { parts: () => parts, close: () => carrier.close() };
}

const TICKS_PER_SECOND = 100;

/** CPU seconds a process has used so far (Linux; elsewhere 0). */
export function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
