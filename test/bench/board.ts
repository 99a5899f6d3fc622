import { setTimeout as wait } from 'node:timers/promises';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { type BoardClinic, openBoard, populateBoard } from './board-clinic.ts';
import { type BoardPage, measureBoardPage } from './board-page.ts';
import { cpuSeconds, percentile } from './clinic.ts';

export interface BoardMeasure extends BoardPage {
  readonly beds: number;
  readonly boards: number;
  readonly eventsPerSecond: number;
  readonly events: number;
  /** Boards an event never reached within 10 s, over all events. */
  readonly missed: number;
  /** From sending the command to its being at the last of the boards. */
  readonly lastBoardP50Ms: number;
  readonly lastBoardP99Ms: number;
  readonly hubCpuShare: number;
}

const BEDS = 200;
const BOARDS = 8;
const RATE = 50;
const MISSED_MS = 10_000;

/** 200 beds, 50 acts a second over the API, 8 consoles with the whole house open, and a real browser with it too. */
export async function measureBoard(seconds = 30): Promise<BoardMeasure> {
  const dataDir = makeDataDir();
  const hub = await startHub(['--demo', '--bare'], dataDir);
  try {
    const clinic = await populateBoard(hub, BEDS);
    const stream = await measureStream(hub, clinic, seconds);
    const stop = startActs(hub, clinic, () => undefined);
    const page = await measureBoardPage(hub, BEDS);
    await stop();
    return { beds: BEDS, boards: BOARDS, ...stream, ...page };
  } finally {
    await hub.end();
    removeDataDir(dataDir);
  }
}

async function measureStream(hub: RunningHub, clinic: BoardClinic, seconds: number) {
  const sentAt = new Map<number, number>();
  const seen = new Map<number, number[]>();
  const boards = await Promise.all(
    Array.from({ length: BOARDS }, () =>
      openBoard(hub, (part) => {
        const at = performance.now();
        for (const { expectedDischargeAt } of part.encounters) {
          if (expectedDischargeAt !== null && sentAt.has(expectedDischargeAt)) {
            const times = seen.get(expectedDischargeAt) ?? [];
            seen.set(expectedDischargeAt, [...times, at]);
          }
        }
      }),
    ),
  );
  const before = { cpu: cpuSeconds(hub.ready.pid), at: performance.now() };
  const stop = startActs(hub, clinic, (mark) => sentAt.set(mark, performance.now()));
  await wait(seconds * 1_000);
  await stop();
  const passed = (performance.now() - before.at) / 1_000;
  const cpu = cpuSeconds(hub.ready.pid) - before.cpu;
  await wait(1_500);
  for (const board of boards) board.close();
  const delays: number[] = [];
  let missed = 0;
  for (const [mark, at] of sentAt) {
    const times = seen.get(mark) ?? [];
    missed += Math.max(0, BOARDS - times.length);
    delays.push(times.length < BOARDS ? MISSED_MS : Math.max(...times) - at);
  }
  return {
    events: sentAt.size,
    eventsPerSecond: sentAt.size / passed,
    missed,
    lastBoardP50Ms: percentile(delays, 0.5),
    lastBoardP99Ms: percentile(delays, 0.99),
    hubCpuShare: cpu / passed,
  };
}

/**
 * Fifty acts a second until stopped: plans of discharge, each with a time of its own to know it by, in turn over all
 * encounters, so that no act overtakes one of the same patient.
 */
function startActs(hub: RunningHub, { encounters }: BoardClinic, sent: (mark: number) => void): () => Promise<void> {
  const open = new Set<Promise<unknown>>();
  const base = Date.now() + 86_400_000;
  const began = performance.now();
  let count = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1_000) * RATE;
    for (; count < due; count += 1) {
      const mark = base + count;
      const encounterId = encounters[count % encounters.length];
      sent(mark);
      const call = hub
        .call('flow/planDischarge', { encounterId, expectedAt: mark, ordered: false })
        .catch(() => undefined)
        .finally(() => open.delete(call));
      open.add(call);
    }
  }, 10);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
  };
}
