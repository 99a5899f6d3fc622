import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { FlowEvent, FlowStep, Place } from '#domain/flow/event.ts';
import type { UserId } from '#domain/ids.ts';
import { found } from './command.ts';
import type { FlowActsDeps } from './flow-acts.ts';
import { UNEXPLAINED_WORDS } from './flow-words.ts';
import { placeCode, placeWords } from './places-of.ts';

type History = Pick<HandlersOf<typeof contract.flow>, 'history' | 'stays'>;

/** What was told of an encounter, and where its patient was. */
export function createFlowHistory(deps: FlowActsDeps): History {
  const { encounters, engine, flow, assignments, locations } = deps;
  return {
    history: ({ encounterId }) => {
      found(encounters.find(encounterId), 'This stay');
      const why = new Map(engine.journey(encounterId).unexplained.map((each) => [each.eventId, each.why]));
      return [...engine.events(encounterId)]
        .sort((one, other) => one.happenedAt - other.happenedAt || one.recordedAt - other.recordedAt)
        .map((event) => {
          const unexplained = why.get(event.id);
          return {
            eventId: event.id,
            actId: event.actId,
            kind: event.step.kind,
            words: stepWords(deps, event.step),
            happenedAt: event.happenedAt,
            recordedAt: event.recordedAt,
            source: event.source,
            by: whoSaid(deps, event),
            voided: event.voided && { ...event.voided, by: nameOf(deps, event.voided.by) },
            unexplained: unexplained ? UNEXPLAINED_WORDS[unexplained] : null,
          };
        });
    },
    stays: ({ visitNumber }) => {
      const spans = flow.findByVisit(visitNumber).flatMap((encounterId) => [
        ...assignments.listByEncounter(encounterId).map(({ bedId, startedAt, endedAt }) => {
          const bed = locations.findBed(bedId);
          const place = { wardId: bed?.wardId ?? null, roomId: bed?.roomId ?? null, bedId, areaId: null };
          return { location: placeCode(deps, place), from: startedAt, to: endedAt };
        }),
        ...flow.listPlaceStays(encounterId).map(({ place, startedAt, endedAt }) => ({
          location: placeCode(deps, place),
          from: startedAt,
          to: endedAt,
        })),
      ]);
      return spans.sort((one, other) => one.from - other.from);
    },
  };
}

function whoSaid(deps: FlowActsDeps, { source, actor }: FlowEvent): string {
  if (source === 'feed') return 'HL7 feed';
  return source === 'import' ? 'Import of past stays' : nameOf(deps, actor);
}

/** Who did something, for a person: a user, another system, or the hub itself. */
export function nameOf({ users }: Pick<FlowActsDeps, 'users'>, actor: string): string {
  if (actor === 'hub') return 'Before this record began';
  if (actor === 'feed') return 'HL7 feed';
  return users.find(actor as UserId)?.displayName ?? actor;
}

const OUTCOME_WORDS = {
  home: 'home',
  'other-facility': 'to another facility',
  'against-advice': 'against advice',
  'left-unseen': 'without having been seen',
  died: 'died',
  other: 'otherwise',
} as const;

/** A step in words for a person. */
function stepWords(deps: Pick<FlowActsDeps, 'locations' | 'areas'>, step: FlowStep): string {
  const to = (place: Place | null, word: string) => {
    const words = place ? placeWords(deps, place) : '';
    return words === '' ? '' : ` ${word} ${words}`;
  };
  switch (step.kind) {
    case 'expected':
      return `Expected${to(step.place, 'in')}${step.reason ? `: ${step.reason}` : ''}`;
    case 'arrived':
      return `Arrived${to(step.place, 'in')}`;
    case 'triaged':
      return `Triaged ${step.category}`;
    case 'seen':
      return 'Seen';
    case 'admission-decided':
      return 'Admission decided';
    case 'admitted':
      return `Admitted${to(step.place, 'to')}`;
    case 'transferred':
      return `Moved${to(step.place, 'to') || ' out of the bed'}`;
    case 'discharged':
      return step.outcome === 'died' ? 'Died' : `Left, ${OUTCOME_WORDS[step.outcome]}`;
    default:
      return otherWords(step, to);
  }
}

function otherWords(step: FlowStep, to: (place: Place | null, word: string) => string): string {
  switch (step.kind) {
    case 'leave-started':
      return 'Went on leave';
    case 'leave-ended':
      return 'Came back from leave';
    case 'departed':
      return `Left the bed for a while${to(step.place, 'for')}`;
    case 'returned':
      return 'Came back';
    case 'transfer-planned':
      return `Move planned${to(step.place, 'to')}`;
    case 'discharge-expected':
      return `Discharge expected${step.waitingFor ? `, waiting for ${step.waitingFor}` : ''}`;
    case 'discharge-ordered':
      return `Discharge ordered${step.waitingFor ? `, waiting for ${step.waitingFor}` : ''}`;
    case 'medically-ready':
      return 'Medically ready to leave';
    case 'cancelled':
      return `Cancelled${step.reason ? `: ${step.reason}` : ''}`;
    case 'taken-back':
      return 'Taken back by the other system';
    default:
      return step.kind;
  }
}
