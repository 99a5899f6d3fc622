import { ClinicError } from '#domain/clinic-error.ts';
import type { ActId, EncounterId, PatientId } from '#domain/ids.ts';
import { ACTS, type Day, WEIGHTS } from './acts.ts';
import { createChance } from './chance.ts';
import { checkBeds, checkBoard, checkEncounter, checkPast, snapshot } from './checks.ts';
import { createFeed } from './feed.ts';
import { DAWN, newPatient, openWorld, type World } from './world.ts';

export interface RandomDay {
  readonly seed: number;
  readonly events: number;
  /** How often each act was done, and refused. */
  readonly tally: Readonly<Record<string, { done: number; refused: number }>>;
  /** Undone at once, and found to be exactly as before. */
  readonly undone: number;
  readonly violations: readonly string[];
  /** The ledger's latest entries when something was violated, oldest first. */
  readonly trail: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Events that share a transaction: each is a part of its own in it, undone whole when refused. */
const BATCH = 100;
const PEOPLE = 16;
/** Events after which all the past is looked at again. */
const WHOLE = 2_000;

/** Random acts of people and another system upon a clinic; after each what must always hold is looked at. */
export async function randomDay(seed: number, events: number): Promise<RandomDay> {
  const world = openWorld();
  const chance = createChance(seed);
  const people: PatientId[] = [];
  for (let number = 0; number < PEOPLE; number += 1) people.push(newPatient(world, number));
  const day: Day = { world, chance, people, done: [] };
  const run = {
    seed,
    events,
    tally: {} as RandomDay['tally'] & object,
    undone: 0,
    violations: [] as string[],
    trail: [] as string[],
  };
  const feed = createFeed(
    world,
    chance,
    Array.from({ length: 6 }, (_, number) => newPatient(world, 1_000_000 + number)),
  );
  const names = Object.keys(ACTS).flatMap((name) => Array<string>(WEIGHTS[name] ?? 2).fill(name));
  let now = DAWN;
  try {
    for (let tick = 0; tick < events && run.violations.length === 0; ) {
      const until = Math.min(events, tick + BATCH);
      world.store.transact(() => {
        for (; tick < until && run.violations.length === 0; tick += 1) {
          now += chance.oneIn(40) ? -90_000 : chance.below(4 * MINUTE);
          world.setClock(now);
          if (chance.oneIn(30)) feed.visit(tick);
          const told = feed.deliver(tick);
          const touched = one(day, chance.pick(names) ?? 'admit', run);
          for (const id of [...told, ...touched]) run.violations.push(...checkEncounter(world, id).map(named(tick)));
          run.violations.push(...checkBeds(world).map(named(tick)));
        }
      });
      const whole = [...(await checkBoard(world)), ...checkAll(world)];
      if (tick % WHOLE < BATCH) whole.push(...checkPast(world));
      run.violations.push(...whole.map(named(tick)));
      renew(day, world, tick);
    }
    if (run.violations.length > 0) run.trail = trailOf(world);
  } finally {
    world.close();
  }
  return run;
}

function trailOf({ store }: World): string[] {
  const entries = store.ledger.list({ limit: 30 }).reverse();
  return entries.map(
    ({ at, actor, act, subject, after }) => `${at} ${actor} ${act} ${subject} ${JSON.stringify(after)}`,
  );
}

const named = (tick: number) => (violation: string) => `event ${tick}: ${violation}`;

function checkAll(world: World): string[] {
  return world.store.flow.listOpenSummaries().flatMap(({ encounterId }) => checkEncounter(world, encounterId));
}

/** Does one act, one in four of those that can be is undone at once; answers whose encounters it touched. */
function one(day: Day, name: string, run: { tally: RandomDay['tally']; undone: number; violations: string[] }) {
  const { world, chance } = day;
  const since = world.clock() - 6 * HOUR;
  const tally = run.tally[name] ?? { done: 0, refused: 0 };
  (run.tally as Record<string, typeof tally>)[name] = tally;
  const undoing = chance.oneIn(4);
  const before = undoing ? snapshot(world, since) : '';
  const by: { context?: Day['done'][number]['by'] } = {};
  const answer = attempt(() => ACTS[name]?.({ ...day, world: watched(world, by) }));
  if (answer instanceof ClinicError) {
    tally.refused += 1;
    if (undoing && snapshot(world, since) !== before) run.violations.push(`${name} was refused and changed something`);
    return [];
  }
  tally.done += 1;
  const { actId, encounterId, id } = answer as { actId?: ActId; encounterId?: EncounterId; id?: EncounterId };
  if (actId && by.context) {
    if (undoing) {
      const context = by.context;
      const taken = attempt(() => world.acts.undo({ actId }, context));
      if (taken instanceof ClinicError) run.violations.push(`${name} could not be undone at once: ${taken.message}`);
      const after = snapshot(world, since);
      if (after !== before) run.violations.push(`${name} was undone, but not exactly: ${difference(before, after)}`);
      run.undone += 1;
    } else {
      day.done.push({ actId, by: by.context });
      if (day.done.length > 5) day.done.shift();
    }
  }
  const touched = encounterId ?? (actId ? id : undefined);
  return touched ? [touched] : [];
}

/** The same world, that notes whom it acted as. */
function watched(world: World, by: { context?: Day['done'][number]['by'] }): World {
  return {
    ...world,
    as(role) {
      by.context = world.as(role);
      return by.context;
    },
  };
}

/** Refusals are part of the day; anything else is a fault. */
function attempt(call: () => unknown): unknown {
  try {
    return call() ?? {};
  } catch (error) {
    if (error instanceof ClinicError && ['refused', 'not-found'].includes(error.code)) return error;
    throw error;
  }
}

/** What only one of two snapshots has. */
function difference(before: string, after: string): string {
  const [was, is] = [itemsOf(before), itemsOf(after)];
  const only = (one: Set<string>, other: Set<string>) => [...one].filter((item) => !other.has(item)).join(' ');
  return `was ${only(was, is)}, is ${only(is, was)}`;
}

function itemsOf(snapshot: string): Set<string> {
  const parts: Record<string, readonly unknown[]> = JSON.parse(snapshot);
  return new Set(
    Object.entries(parts).flatMap(([name, items]) => items.map((item) => `${name} ${JSON.stringify(item)}`)),
  );
}

/** People with a long past go, new ones come: a day stays a day. */
function renew({ people }: Day, world: World, tick: number): void {
  for (const [index, id] of people.entries())
    if (world.store.encounters.listByPatient(id).length > 30)
      (people as PatientId[])[index] = newPatient(world, tick * PEOPLE + index + PEOPLE);
}
