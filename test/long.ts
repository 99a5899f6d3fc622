import { parseArgs } from 'node:util';
import { randomDay } from './helpers/random-day/run.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
/** Events of one clinic; then another one begins, as a clinic is opened anew. */
const DAY_EVENTS = 5_000;

const [events, seed] = [Number(values.events), Number(values.seed)];
const startedAt = performance.now();
let done = 0;
let undone = 0;
let violations: readonly string[] = [];
while (done < events && violations.length === 0) {
  const day = await randomDay(seed + done / DAY_EVENTS, Math.min(DAY_EVENTS, events - done));
  done += day.events;
  undone += day.undone;
  violations = day.violations;
  for (const line of [...day.trail, ...violations]) process.stderr.write(`${line}\n`);
  process.stderr.write(`${done} of ${events} events, ${minutes()} min\n`);
}
process.stdout.write(
  `${JSON.stringify({ seed, events: done, undone, violations: violations.length, minutes: minutes() })}\n`,
);
process.exit(violations.length === 0 ? 0 : 1);

function minutes(): number {
  return Number(((performance.now() - startedAt) / 60_000).toFixed(1));
}
