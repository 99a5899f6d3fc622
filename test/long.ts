import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { randomDay } from './helpers/random-day/run.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
  },
});
/** Events of one clinic; then another one begins, as a clinic is opened anew. Its seed is the first plus its number. */
const DAY_EVENTS = 5_000;

interface Result {
  readonly events: number;
  readonly undone: number;
  readonly violations: number;
}

const [events, seed, jobs] = [Number(values.events), Number(values.seed), Number(values.jobs)];
const startedAt = performance.now();
const minutes = (): number => Number(((performance.now() - startedAt) / 60_000).toFixed(1));
const result = jobs > 1 && events > DAY_EVENTS ? await shared() : await days();
process.stdout.write(`${JSON.stringify({ seed, ...result, minutes: minutes() })}\n`);
process.exit(result.violations === 0 ? 0 : 1);

async function days(): Promise<Result> {
  let [done, undone, violations] = [0, 0, 0];
  while (done < events && violations === 0) {
    const day = await randomDay(seed + done / DAY_EVENTS, Math.min(DAY_EVENTS, events - done));
    done += day.events;
    undone += day.undone;
    violations = day.violations.length;
    for (const line of [...day.trail, ...day.violations]) process.stderr.write(`${line}\n`);
    process.stderr.write(`seed ${day.seed}: ${done} of ${events} events, ${minutes()} min\n`);
  }
  return { events: done, undone, violations };
}

/** The same days, some in each of several processes. */
async function shared(): Promise<Result> {
  const all = Math.ceil(events / DAY_EVENTS);
  const each = Math.ceil(all / jobs);
  const parts = Array.from({ length: jobs }, (_, job) => ({
    first: job * each,
    part: Math.min(each * DAY_EVENTS, events - job * each * DAY_EVENTS),
  })).filter(({ part }) => part > 0);
  const results = await Promise.all(parts.map(({ first, part }) => child(seed + first, part)));
  const sum = (count: (one: Result) => number) => results.reduce((total, one) => total + count(one), 0);
  return {
    events: sum((one) => one.events),
    undone: sum((one) => one.undone),
    violations: sum((one) => one.violations),
  };
}

async function child(first: number, part: number): Promise<Result> {
  const args = [import.meta.filename, '--seed', `${first}`, '--events', `${part}`, '--jobs', '1'];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await text(running.stdout);
  return JSON.parse(said);
}
