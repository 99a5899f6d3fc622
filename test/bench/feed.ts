import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeDataDir, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { answered, connectMllp } from '#test/helpers/mllp.ts';
import { answerOf, cpuSeconds } from './clinic.ts';

/** Admissions, moves and discharges of a 300-bed hospital, through the hub's own process and through the yardstick. */
export interface FeedBench {
  readonly messages: number;
  readonly connections: number;
  readonly barePerSecond: number;
  readonly hubPerSecond: number;
  /** hubPerSecond / barePerSecond. */
  readonly ratio: number;
  readonly bareCpuMicroseconds: number;
  readonly hubCpuMicroseconds: number;
  /** One connection that waits for each answer before it sends the next message. */
  readonly oneByOnePerSecond: number;
  /** Answers that were not AA, and messages without one. */
  readonly failed: number;
  /** Visits whose stays are not what their messages say. */
  readonly wrongStays: number;
}

const CONNECTIONS = 8;
/** Messages a connection sends ahead of their answers. */
const AHEAD = 25;
const WARDS = 10;
const BEDS = 30;

export async function measureFeed(messages = 6_000): Promise<FeedBench> {
  const bare = await measureBare(messages);
  const dataDir = makeDataDir();
  const hub = await startHub(['--demo', '--bare', '--hl7-port', '0', '--zone', 'Europe/London'], dataDir);
  try {
    const url = hub.ready.hl7 ?? '';
    // The hospital's places are known after its first days.
    await sendAll(url, WARDS * BEDS * 3, 'warm');
    const cpuBefore = cpuSeconds(hub.ready.pid);
    const { seconds, failed } = await sendAll(url, messages, 'run');
    const cpu = cpuSeconds(hub.ready.pid) - cpuBefore;
    const oneByOne = await sendAll(url, Math.min(900, messages), 'single', 1, 1);
    return {
      messages,
      connections: CONNECTIONS,
      barePerSecond: messages / bare.seconds,
      hubPerSecond: messages / seconds,
      ratio: bare.seconds / seconds,
      bareCpuMicroseconds: (bare.cpuSeconds * 1e6) / messages,
      hubCpuMicroseconds: (cpu * 1e6) / messages,
      oneByOnePerSecond: oneByOne.sent / oneByOne.seconds,
      failed: failed + oneByOne.failed,
      wrongStays: await countWrong(hub, messages),
    };
  } finally {
    await hub.end();
    removeDataDir(dataDir);
  }
}

async function measureBare(messages: number) {
  const server = fork(fileURLToPath(new URL('./bare-mllp.ts', import.meta.url)));
  const { port } = await answerOf<{ port: number }>(server);
  const cpu = async () => {
    const answer = answerOf<{ cpuSeconds: number }>(server);
    server.send({});
    return (await answer).cpuSeconds;
  };
  const before = await cpu();
  const { seconds } = await sendAll(`mllp://127.0.0.1:${port}`, messages, 'bare');
  const cpuUsed = (await cpu()) - before;
  server.kill();
  return { seconds, cpuSeconds: cpuUsed };
}

/** From the first byte sent to the last answer. */
async function sendAll(url: string, messages: number, run: string, connections = CONNECTIONS, ahead = AHEAD) {
  const clients = await Promise.all(Array.from({ length: connections }, () => connectMllp(url)));
  const each = Math.floor(messages / connections / 3) * 3;
  let failed = 0;
  const startedAt = performance.now();
  await Promise.all(
    clients.map(async (client, connection) => {
      let open = 0;
      const settle = async () => {
        if (answered(await client.next()).code !== 'AA') failed += 1;
        open -= 1;
      };
      for (let index = 0; index < each; index++) {
        client.send(`\x0b${messageAt(run, connection, index)}\x1c\r`);
        open += 1;
        while (open >= ahead) await settle();
      }
      while (open > 0) await settle();
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const client of clients) client.close();
  return { seconds, failed, sent: each * connections };
}

const EVENTS = ['A01', 'A02', 'A03'] as const;

/** Three messages a visit: in, to another bed, out; the beds of a day are those of the day before. */
function messageAt(run: string, connection: number, index: number): string {
  const visit = Math.floor(index / 3);
  const step = index % 3;
  const event = EVENTS[step] ?? 'A01';
  const id = `${run}${connection}x${visit}`;
  const at = new Date(Date.UTC(2026, 0, 1, 8 + step) + Math.floor(visit / BEDS) * 86_400_000);
  const stamp = at.toISOString().replace(/\D/g, '').slice(0, 14);
  return [
    `MSH|^~\\&|HIS|CITY|WARDLINE|CITY|${stamp}||ADT^${event}|${run}-${connection}-${index}|P|2.5`,
    `EVN|${event}|${stamp}||||${stamp}`,
    `PID|1||${id}^^^CITY^MR||Okafor^Ann^${id}||19610517|F|||1 Long Lane^^Town||555 0100`,
    `PV1|1|I|W${connection % WARDS}^${visit % BEDS}^${step === 1 ? 'B' : 'A'}||||0210^Heal^Anna||||||||||||${id}`,
    '',
  ].join('\r');
}

async function countWrong(hub: Awaited<ReturnType<typeof startHub>>, messages: number): Promise<number> {
  const visits = Math.floor(messages / CONNECTIONS / 3);
  let wrong = 0;
  for (let visit = 0; visit < visits; visit += Math.ceil(visits / 50)) {
    const stays = await hub.call<unknown[]>('flow/stays', { visitNumber: `run0x${visit}` }, 'nurse');
    if (stays.length !== 2) wrong += 1;
  }
  return wrong;
}
