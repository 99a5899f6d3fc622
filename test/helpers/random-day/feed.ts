import type { FlowStep, Place } from '#domain/flow/event.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import type { ToldStep } from '#services/flow-engine.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;

interface Message {
  readonly due: number;
  readonly visitNumber: string;
  readonly patientId: PatientId;
  readonly step: Omit<ToldStep, 'encounterId'>;
}

/** Another system that tells of visits of its own, late, out of order, twice, and taking things back. */
export function createFeed(world: World, chance: Chance, people: readonly PatientId[]) {
  let told = 0;
  let queue: Message[] = [];

  const place = (): Place => {
    const bed = chance.oneIn(5) ? undefined : chance.pick(world.places.beds);
    return bed ? { wardId: bed.wardId, roomId: bed.roomId, bedId: bed.id, areaId: null } : NOWHERE;
  };

  /** A visit as it went, each step with a message that comes some events later. */
  const visit = (tick: number): void => {
    told += 1;
    const visitNumber = `V${told}`;
    const patientId = chance.pick(people) as PatientId;
    let at = world.clock() - chance.below(240 * MINUTE);
    const say = (step: FlowStep): void => {
      at += 1 + chance.below(40 * MINUTE);
      const message = {
        visitNumber,
        patientId,
        step: {
          step,
          happenedAt: at,
          recordedAt: at + chance.below(MINUTE),
          source: 'feed',
          tieBreak: `${told}-${queue.length}`,
        },
      } as const;
      queue.push({ ...message, due: tick + chance.below(60) });
      if (chance.oneIn(8)) queue.push({ ...message, due: tick + chance.below(60) });
    };
    if (chance.oneIn(3)) say({ kind: 'arrived', place: null, class: 'emergency' });
    say({ kind: 'admitted', place: place(), class: 'inpatient' });
    for (let moves = chance.below(3); moves > 0; moves -= 1) {
      say({ kind: 'transferred', place: place() });
      if (chance.oneIn(4)) say({ kind: 'taken-back', of: ['transferred'] });
    }
    if (chance.oneIn(12)) say({ kind: 'taken-back', of: ['admitted', 'arrived'] });
    if (!chance.oneIn(6)) say({ kind: 'discharged', outcome: 'home' });
    if (chance.oneIn(8)) say({ kind: 'taken-back', of: ['discharged'] });
    if (chance.oneIn(2)) say({ kind: 'discharged', outcome: 'home' });
  };

  const encounterOf = ({ visitNumber, patientId, step }: Message): EncounterId =>
    world.store.flow.findByVisit(visitNumber)[0] ??
    world.engine.open({ patientId, visitNumber, class: 'inpatient', reason: null }, step.happenedAt);

  return {
    visit,
    /** Gives what is due; answers whose encounters it told of. */
    deliver(tick: number): EncounterId[] {
      const due = queue.filter((message) => message.due <= tick);
      if (due.length === 0) return [];
      queue = queue.filter((message) => message.due > tick);
      return world.store.transact((afterCommit) =>
        due.map((message) => {
          const encounterId = encounterOf(message);
          world.engine.take([{ ...message.step, encounterId }], world.clock(), afterCommit);
          return encounterId;
        }),
      );
    },
  };
}
