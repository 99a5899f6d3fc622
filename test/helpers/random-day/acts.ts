import type { CallContext } from '#contract/handlers.ts';
import { TRIAGE_CATEGORIES } from '#domain/flow/event.ts';
import type { ActId, BedId, EncounterId, PatientId } from '#domain/ids.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

/** What acts are done by and upon. */
export interface Day {
  readonly world: World;
  readonly chance: Chance;
  /** Patients people admit; the feed has its own. */
  readonly people: readonly PatientId[];
  /** Latest acts, newest last. */
  readonly done: { readonly actId: ActId; readonly by: CallContext }[];
}

const MINUTE = 60_000;

/** Every kind of act, by name; what it answers may hold the act's id. Called with things that may not fit: it refuses. */
export const ACTS: Readonly<Record<string, (day: Day) => unknown>> = {
  admit: (day) => day.world.encounters.admit({ patientId: person(day), bedId: bed(day), ...override(day) }, staff(day)),
  admitElsewhere: (day) =>
    day.world.encounters.admit({ patientId: person(day), areaId: day.chance.pick(day.world.places.areas) }, staff(day)),
  admitLate: (day) =>
    day.world.encounters.admit({ patientId: person(day), bedId: bed(day), at: earlier(day) }, staff(day)),
  expect: (day) =>
    day.world.acts.expect({ patientId: person(day), expectedAt: day.world.clock() + 60 * MINUTE }, staff(day)),
  arrive: (day) =>
    day.world.acts.arrive({ patientId: person(day), areaId: day.chance.pick(day.world.places.areas) }, staff(day)),
  triage: (day) =>
    day.world.acts.triage(
      { encounterId: stay(day), category: day.chance.pick(TRIAGE_CATEGORIES) ?? 'green', ...late(day) },
      staff(day),
    ),
  see: (day) => day.world.acts.see({ encounterId: stay(day), ...late(day) }, staff(day)),
  decideAdmission: (day) => day.world.acts.decideAdmission({ encounterId: stay(day) }, staff(day)),
  move: (day) =>
    day.world.encounters.move({ encounterId: stay(day), bedId: bed(day), ...late(day), ...override(day) }, staff(day)),
  moveOut: (day) =>
    day.world.encounters.move(
      { encounterId: stay(day), areaId: day.chance.pick(day.world.places.areas), ...late(day) },
      staff(day),
    ),
  swap: (day) =>
    day.world.acts.swap(
      { encounterId: inBed(day), withEncounterId: inBed(day), overrideReason: 'agreed with both' },
      staff(day),
    ),
  startLeave: (day) => day.world.acts.startLeave({ encounterId: stay(day) }, staff(day)),
  depart: (day) => day.world.acts.depart({ encounterId: stay(day) }, staff(day)),
  comeBack: (day) => day.world.acts.comeBack({ encounterId: stay(day) }, staff(day)),
  planDischarge: (day) =>
    day.world.acts.planDischarge(
      { encounterId: stay(day), expectedAt: null, ordered: day.chance.oneIn(2), waitingFor: 'transport' },
      staff(day),
    ),
  markReady: (day) => day.world.acts.markReady({ encounterId: stay(day) }, day.world.as('physician')),
  discharge: (day) =>
    day.world.encounters.discharge(
      { encounterId: stay(day), outcome: day.chance.oneIn(9) ? 'died' : 'home', ...late(day) },
      staff(day),
    ),
  moveLate: (day) =>
    day.world.encounters.move({ encounterId: whoLeft(day), bedId: bed(day), at: earlier(day) }, staff(day)),
  awayLate: (day) => day.world.acts.startLeave({ encounterId: whoLeft(day), at: earlier(day) }, staff(day)),
  cancelLate: (day) => day.world.acts.cancel({ encounterId: whoLeft(day), reason: 'another patient' }, staff(day)),
  cancel: (day) => day.world.acts.cancel({ encounterId: anyStay(day), reason: 'a mistake' }, staff(day)),
  undo: (day) => {
    const last = day.done[day.done.length - 1 - day.chance.below(3)];
    return day.world.acts.undo({ actId: last?.actId ?? ('none' as ActId) }, last?.by ?? staff(day));
  },
  correctTime: (day) =>
    day.world.acts.correct({ eventId: step(day), reason: 'wrong time', happenedAt: earlier(day) }, staff(day)),
  correctBed: (day) => day.world.acts.correct({ eventId: step(day), reason: 'wrong bed', bedId: bed(day) }, staff(day)),
  takeBack: (day) =>
    day.world.acts.correct({ eventId: step(day), reason: 'never happened', takeBack: true }, staff(day)),
  isolate: (day) =>
    day.world.choice.setIsolation(
      { encounterId: stay(day), isolation: day.chance.oneIn(2) ? 'contact' : null },
      staff(day),
    ),
  reserve: (day) => day.world.choice.reserve({ bedId: bed(day), encounterId: anyStay(day), hours: 1 }, staff(day)),
  requestBed: (day) =>
    day.world.choice.requestBed(
      {
        encounterId: stay(day),
        wardId: null,
        needs: { equipment: [], isolation: null },
        reason: 'needs a bed',
        urgency: 'routine',
      },
      staff(day),
    ),
  block: (day) =>
    day.world.beds.block({ bedId: bed(day), reason: 'repair', to: day.world.clock() + 20 * MINUTE }, staff(day)),
  clean: (day) => work(day, 'finish'),
  startCleaning: (day) => work(day, 'start'),
  undoCleaning: (day) => {
    const last = day.world.store.tasks.listDone(0, day.world.clock() + 1, 1, ['cleaning'])[0];
    const open = cleaning(day);
    return day.world.tasks.undo({ taskId: (day.chance.oneIn(2) ? open : last)?.id ?? ('none' as never) }, cleaner(day));
  },
  tie: (day) =>
    day.world.devices.tie(
      { device: day.chance.pick(day.world.places.devices) as never, patientId: person(day) },
      day.world.as('nurse'),
    ),
};

/** Acts and how often they come; cleaning keeps beds to be had. */
export const WEIGHTS: Readonly<Record<string, number>> = {
  admit: 14,
  move: 10,
  discharge: 10,
  clean: 18,
  startCleaning: 5,
  undo: 5,
  swap: 3,
  arrive: 3,
};

function staff({ world, chance }: Day): CallContext {
  return world.as(chance.pick(['nurse', 'physician', 'scheduler'] as const) ?? 'nurse');
}

const cleaner = ({ world }: Day): CallContext => world.as('cleaner');

function person({ chance, people }: Day): PatientId {
  return chance.pick(people) as PatientId;
}

function bed({ chance, world }: Day): BedId {
  return chance.pick(world.places.beds)?.id as BedId;
}

function override({ chance }: Day): { overrideReason?: string } {
  return chance.oneIn(2) ? { overrideReason: 'no other bed' } : {};
}

function earlier({ chance, world }: Day): number {
  return world.clock() - chance.below(90 * MINUTE);
}

function late(day: Day): { at?: number } {
  return day.chance.oneIn(6) ? { at: earlier(day) } : {};
}

/** Somebody who is here; now and then somebody who is not. */
function stay(day: Day): EncounterId {
  const { world, chance } = day;
  const open = world.store.encounters.listOpen();
  return chance.oneIn(40) ? anyStay(day) : (chance.pick(open)?.id ?? ('none' as EncounterId));
}

/** Somebody who left lately. */
function whoLeft({ world, chance }: Day): EncounterId {
  const left = world.store.flow.listRecent(60).filter(({ step, voided }) => step.kind === 'discharged' && !voided);
  return chance.pick(left)?.encounterId ?? ('none' as EncounterId);
}

function anyStay({ world, chance }: Day): EncounterId {
  return chance.pick(world.store.flow.listOpenSummaries())?.encounterId ?? ('none' as EncounterId);
}

function inBed({ world, chance }: Day): EncounterId {
  return chance.pick(world.store.assignments.listCurrent())?.encounterId ?? ('none' as EncounterId);
}

/** A step that was told lately, of anybody. */
function step({ world, chance }: Day): string {
  return chance.pick(world.store.flow.listRecent(40))?.id ?? 'none';
}

function cleaning({ world, chance }: Day) {
  return chance.pick(world.store.tasks.listOpen().filter(({ kind }) => kind === 'cleaning'));
}

function work(day: Day, what: 'start' | 'finish') {
  return day.world.tasks[what]({ taskId: cleaning(day)?.id ?? ('none' as never) }, cleaner(day));
}
