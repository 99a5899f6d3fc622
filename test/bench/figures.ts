import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '#db/connection.ts';
import { readKeyFile } from '#db/key.ts';
import { storePaths } from '#db/paths.ts';
import { DAY_MS, HOUR_MS } from '#domain/time.ts';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { percentile } from './clinic.ts';

export interface FiguresBench {
  readonly stays: number;
  /** Of the command, from start to end. */
  readonly importSeconds: number;
  /** Three years of the house, of a ward, and the last month of the house, asked over the API, ms. */
  readonly houseP50Ms: number;
  readonly houseP95Ms: number;
  readonly wardP95Ms: number;
  readonly monthP95Ms: number;
  readonly forecastP95Ms: number;
  /** Yardstick: one SQL sum over the rows of the same stays, ms. */
  readonly sumP50Ms: number;
  /** House p95 over the yardstick. */
  readonly ratio: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WARDS = 8;
const BEDS_A_WARD = 25;
const YEARS_MS = 3 * 365 * DAY_MS;
const ASKED = 60;

/** Three years of a 200-bed clinic, brought in as a clinic would, then asked for as a console does. */
export async function measureFigures(stays = 60_000): Promise<FiguresBench> {
  const dataDir = makeDataDir();
  const folder = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  try {
    const file = join(folder, 'stays.csv');
    await writeStays(file, stays, Date.now());
    const importSeconds = await runImport(file, dataDir);
    const hub = await startHub(['--demo', '--bare'], dataDir);
    try {
      const asked = await askAll(hub);
      const sumP50Ms = yardstick(dataDir);
      return { stays, importSeconds, ...asked, sumP50Ms, ratio: asked.houseP95Ms / sumP50Ms };
    } finally {
      await hub.end();
    }
  } finally {
    removeDataDir(dataDir);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeStays(path: string, count: number, now: number): Promise<void> {
  const chance = seeded(7);
  const out = createWriteStream(path);
  out.write('visit,patient,ward,from,to,outcome\n');
  const time = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const ward = () => `Bench ${Math.floor(chance() * WARDS) + 1}`;
  for (let index = 0; index < count; index++) {
    const from = now - Math.floor(chance() * YEARS_MS) - HOUR_MS;
    const to = Math.min(now - 60_000, from + Math.floor(-Math.log(1 - chance()) * 3.3 * DAY_MS));
    const outcome = chance() < 0.02 ? 'died' : 'home';
    const [visit, patient] = [`V${index}`, `P${index % Math.ceil(count / 2)}`];
    if (chance() < 0.85) out.write(`${visit},${patient},${ward()},${time(from)},${time(to)},${outcome}\n`);
    else {
      const moved = from + Math.floor((to - from) * chance());
      out.write(`${visit},${patient},${ward()},${time(from)},${time(moved)},\n`);
      out.write(`${visit},${patient},${ward()},${time(moved)},${time(to)},${outcome}\n`);
    }
  }
  out.end();
  await finished(out);
}

function runImport(file: string, dataDir: string): Promise<number> {
  const map = 'visit=visit,patient=patient,ward=ward,from=from,to=to,outcome=outcome';
  const began = performance.now();
  const args = ['main/import.ts', '--stays', file, '--data', dataDir, '--map', map, '--zone', 'UTC'];
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
    child.on('exit', (code) => {
      if (code === 0) settle((performance.now() - began) / 1_000);
      else fail(new Error(`The import ended with ${code}.`));
    });
  });
}

async function askAll(hub: RunningHub) {
  const wards = await hub.call<{ id: string; name: string }[]>('locations/wards', {}, 'admin');
  const mine = wards.filter(({ name }) => name.startsWith('Bench '));
  for (const { id: wardId } of mine) {
    const room = await hub.call<{ id: string }>('locations/addRoom', { wardId, label: '1' }, 'admin');
    for (let bed = 1; bed <= BEDS_A_WARD; bed++) {
      await hub.call('locations/addBed', { roomId: room.id, label: String(bed) }, 'admin');
    }
  }
  const now = Date.now();
  // Another period each time: nothing may be answered from memory.
  const kpis = (from: number, ward?: string) => (turn: number) =>
    hub.call('flow/kpis', { from: from + turn, to: now, ...(ward ? { ward } : {}) });
  const house = await timed(kpis(now - YEARS_MS));
  return {
    houseP50Ms: percentile(house, 0.5),
    houseP95Ms: percentile(house, 0.95),
    wardP95Ms: percentile(await timed(kpis(now - YEARS_MS, mine[0]?.name)), 0.95),
    monthP95Ms: percentile(await timed(kpis(now - 30 * DAY_MS)), 0.95),
    forecastP95Ms: percentile(await timed(() => hub.call('flow/forecast', { hours: 72 })), 0.95),
  };
}

/** Milliseconds of each of many asks, after a few to warm up. */
async function timed(ask: (turn: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = -5; turn < ASKED; turn++) {
    const began = performance.now();
    await ask(turn);
    if (turn >= 0) times.push(performance.now() - began);
  }
  return times;
}

function yardstick(dataDir: string): number {
  const key = readKeyFile(join(dataDir, 'wardline.key'));
  const db = connect(storePaths(dataDir).store, key, { readOnly: true });
  const sum = db.prepare('SELECT sum(discharged_at - admitted_at), count(outcome) FROM flow_summary');
  const times = Array.from({ length: 25 }, () => {
    const began = performance.now();
    sum.get();
    return performance.now() - began;
  });
  db.close();
  return percentile(times, 0.5);
}

function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
