import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { type AdtEvent, adtMessage } from '#simulators/adt/message.ts';
import { connectMllp } from '#simulators/adt/mllp.ts';
import { createRandom, type Random, seedOf } from '#simulators/physiology/random.ts';
import { type Api, eachOf } from '../api.ts';
import type { ClinicPlan } from '../plan.ts';
import { passerBy } from './people.ts';
import { EMERGENCY, type FlowPlaces, SPARE, WARD_CODES } from './places.ts';

/** How far back the administration tells of earlier stays. */
const PAST_MS = 56 * DAY_MS;
const HISTORY_PART = 0.7;
const BEDS_AT_ONCE = 3;

/** People come by day more than by night, and on Mondays more than on Sundays. */
function likelyHour(random: Random, at: number): number {
  const day = at - (at % DAY_MS);
  const hour = random.chance(0.8) ? random.between(8, 20) : random.between(0, 24);
  return Math.max(at, Math.round(day + hour * HOUR_MS));
}

/** Days in bed: most stays are short, some are long. */
function stayMs(random: Random): number {
  return Math.min(30, Math.exp(random.normal() * 0.75 + 1.15)) * DAY_MS;
}

/** Leaving is for the daytime, most often in the afternoon. */
function leavingTime(random: Random, at: number): number {
  const hour = random.chance(0.22) ? random.between(9, 12) : random.between(12, 19);
  return Math.round(at - (at % DAY_MS) + hour * HOUR_MS);
}

/** The stays that went before those of the plan, over eight weeks: the messages of each visit together. */
export function pastVisits(plan: ClinicPlan): AdtEvent[][] {
  const told: AdtEvent[][] = [];
  let number = 0;
  for (const { ward, room, bed } of plan.beds) {
    const random = createRandom(seedOf(`${plan.seed} past ${bed}`));
    const until = (plan.patients.find((planned) => planned.bed === bed)?.admittedAt ?? plan.epoch) - 2 * HOUR_MS;
    const location = `${WARD_CODES[ward] ?? ward}^${room}^${bed}`;
    let at = plan.epoch - PAST_MS + random.between(0, 3 * DAY_MS);
    for (;;) {
      const admittedAt = likelyHour(random, at);
      if (admittedAt > until - DAY_MS / 2) break;
      // The last one leaves in time for whoever lies there now.
      const leftAt = Math.min(until, leavingTime(random, admittedAt + stayMs(random)));
      if (leftAt <= admittedAt) {
        at = admittedAt;
        continue;
      }
      number += 1;
      told.push(visitOf({ random, number, admittedAt, leftAt, location, plan }));
      at = leftAt + random.between(70, 400) * MINUTE_MS;
    }
  }
  return told;
}

/** Emergency patients of the last weeks, a few a day in each bay, gone home in time for the scene. */
const BAY_PAST_MS = 21 * DAY_MS;
const CLEANED_PAST_MS = 42 * DAY_MS;
/** The visits whose beds are cleaned after them have numbers from here on. */
const CLEANED_NUMBERS = 2_000;

/** A past visit and how long the bed waited for its cleaning, and that took. */
export interface CleanedVisit {
  readonly label: string;
  readonly told: readonly AdtEvent[];
  readonly leftAt: number;
  readonly startedAt: number;
  readonly doneAt: number;
}

/**
 * Past visits, by bed and in order, in beds nobody of the plan lies in: as each leaves, the bed is cleaned before the next
 * comes, as quickly as in a real house (begun after 10 to 40 minutes, done in 20 to 45).
 */
export function cleanedVisits(plan: ClinicPlan): CleanedVisit[][] {
  let number = CLEANED_NUMBERS;
  const ofBed = (label: string, from: number, next: (random: Random, at: number) => CleanedTimes) => {
    const random = createRandom(seedOf(`${plan.seed} cleaned ${label}`));
    const visits: CleanedVisit[] = [];
    for (let at = from; ; ) {
      const { arrivedAt, leftAt, told } = next(random, at);
      const startedAt = leftAt + random.whole(10, 40) * MINUTE_MS;
      const doneAt = startedAt + random.whole(20, 45) * MINUTE_MS;
      if (doneAt > plan.epoch - 5 * HOUR_MS) return visits;
      number += 1;
      visits.push({ label, told: told(number), leftAt, startedAt, doneAt });
      at = Math.max(doneAt, arrivedAt) + random.between(20, 200) * MINUTE_MS;
    }
  };
  const bays = Array.from({ length: EMERGENCY.bays }, (_none, index) =>
    ofBed(`E${index + 1}`, plan.epoch - BAY_PAST_MS, (random, at) => {
      const arrivedAt = Math.round(likelyHour(random, at + random.between(2, 14) * HOUR_MS));
      const leftAt = Math.round(arrivedAt + random.between(0.7, 5.2) * HOUR_MS);
      const location = `${EMERGENCY.code}^Majors^E${index + 1}`;
      return {
        arrivedAt,
        leftAt,
        told: (n) => bayVisit({ random, number: n, admittedAt: arrivedAt, leftAt, location, plan }),
      };
    }),
  );
  const spare = SPARE.filter(({ bed }) => bed !== 'A18').map(({ ward, room, bed }) =>
    ofBed(bed, plan.epoch - CLEANED_PAST_MS, (random, at) => {
      const arrivedAt = likelyHour(random, at);
      const leftAt = Math.max(arrivedAt + 3 * HOUR_MS, leavingTime(random, arrivedAt + stayMs(random)));
      const location = `${WARD_CODES[ward] ?? ward}^${room}^${bed}`;
      return {
        arrivedAt,
        leftAt,
        told: (n) => visitOf({ random, number: n, admittedAt: arrivedAt, leftAt, location, plan }),
      };
    }),
  );
  return [...bays, ...spare];
}

interface CleanedTimes {
  readonly arrivedAt: number;
  readonly leftAt: number;
  readonly told: (number: number) => AdtEvent[];
}

interface PastVisit {
  readonly random: Random;
  readonly number: number;
  readonly admittedAt: number;
  readonly leftAt: number;
  readonly location: string;
  readonly plan: ClinicPlan;
}

function visitOf(past: PastVisit): AdtEvent[] {
  const { random, admittedAt, leftAt } = past;
  const told = teller(past);
  const emergency = random.chance(HISTORY_PART);
  const arrivedAt = Math.round(admittedAt - random.between(1.5, 7) * HOUR_MS);
  const waiting = `${EMERGENCY.code}^^`;
  return [
    ...(emergency ? [told('A04', arrivedAt, { class: 'E', location: waiting })] : []),
    told('A01', admittedAt, emergency ? { prior: waiting } : {}),
    told('A03', leftAt, { disposition: random.chance(0.03) ? '20' : '01' }),
  ];
}

function bayVisit(past: PastVisit): AdtEvent[] {
  const told = teller(past);
  return [told('A04', past.admittedAt, { class: 'E' }), told('A03', past.leftAt, { class: 'E', disposition: '01' })];
}

function teller({ random, number, location, plan }: PastVisit) {
  const person = passerBy(random, number, plan.epoch);
  const visit = `V${plan.epoch.toString(36).slice(-4).toUpperCase()}${String(number).padStart(5, '0')}`;
  return (event: string, happenedAt: number, rest: Partial<AdtEvent> = {}): AdtEvent => ({
    event,
    controlId: `${visit}-${event}`,
    happenedAt,
    recordedAt: happenedAt + 2 * MINUTE_MS,
    person,
    visit,
    class: 'I',
    location,
    ...rest,
  });
}

interface CleanedPast {
  readonly url: string;
  readonly api: Api;
  readonly plan: ClinicPlan;
  readonly places: FlowPlaces;
}

interface OpenCleaning {
  readonly id: string;
  readonly bedId: string | null;
}

/** Tells of the past of beds that are cleaned after each visit, and cleans them. Told again it finds nothing to clean. */
export async function tellCleanedPast({ url, api, plan, places }: CleanedPast): Promise<void> {
  const sender = await connectMllp(url);
  const bedOf = (label: string) => places.tree.beds.find((bed) => bed.label === label)?.id;
  const clean = async ({ label, startedAt, doneAt }: CleanedVisit): Promise<void> => {
    const open = (await api.call('cleaner', 'tasks.list', { kind: 'cleaning' })) as readonly OpenCleaning[];
    const taskId = open.find(({ bedId }) => bedId === bedOf(label))?.id;
    if (taskId === undefined) return;
    await api.command('cleaner', 'tasks.start', `${taskId} past start`, { taskId, at: startedAt });
    await api.command('cleaner', 'tasks.finish', `${taskId} past finish`, { taskId, at: doneAt });
  };
  try {
    await eachOf(cleanedVisits(plan), BEDS_AT_ONCE, async (visits) => {
      for (const visit of visits) {
        await Promise.all(visit.told.map((message) => sender.send(adtMessage(message))));
        await clean(visit);
      }
    });
  } finally {
    sender.close();
  }
}

/** Tells the hub's HL7 listener of the past. The same messages told again change nothing. */
export async function tellPast(url: string, plan: ClinicPlan): Promise<void> {
  const sender = await connectMllp(url);
  try {
    // A whole visit at once: half of one would be somebody who never left.
    for (const visit of pastVisits(plan)) await Promise.all(visit.map((message) => sender.send(adtMessage(message))));
  } finally {
    sender.close();
  }
}
