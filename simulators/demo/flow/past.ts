import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { type AdtEvent, adtMessage } from '#simulators/adt/message.ts';
import { connectMllp } from '#simulators/adt/mllp.ts';
import { createRandom, type Random, seedOf } from '#simulators/physiology/random.ts';
import type { ClinicPlan } from '../plan.ts';
import { passerBy } from './people.ts';
import { EMERGENCY, WARD_CODES } from './places.ts';

/** How far back the administration tells of earlier stays. */
const PAST_MS = 56 * DAY_MS;
const HISTORY_PART = 0.7;

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

interface PastVisit {
  readonly random: Random;
  readonly number: number;
  readonly admittedAt: number;
  readonly leftAt: number;
  readonly location: string;
  readonly plan: ClinicPlan;
}

function visitOf({ random, number, admittedAt, leftAt, location, plan }: PastVisit): AdtEvent[] {
  const person = passerBy(random, number, plan.epoch);
  const visit = `V${plan.epoch.toString(36).slice(-4).toUpperCase()}${String(number).padStart(5, '0')}`;
  const told = (event: string, happenedAt: number, rest: Partial<AdtEvent> = {}): AdtEvent => ({
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
  const emergency = random.chance(HISTORY_PART);
  const arrivedAt = Math.round(admittedAt - random.between(1.5, 7) * HOUR_MS);
  const waiting = `${EMERGENCY.code}^^`;
  return [
    ...(emergency ? [told('A04', arrivedAt, { class: 'E', location: waiting })] : []),
    told('A01', admittedAt, emergency ? { prior: waiting } : {}),
    told('A03', leftAt, { disposition: random.chance(0.03) ? '20' : '01' }),
  ];
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
