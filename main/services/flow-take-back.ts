import type { FlowEvent, FlowStepKind } from '#domain/flow/event.ts';
import type { ActId, EncounterId } from '#domain/ids.ts';
import { found, refused } from './command.ts';
import type { FlowEngine, FlowEngineDeps } from './flow-engine.ts';
import type { createFlowLedger } from './flow-ledger.ts';
import type { FlowRecord } from './flow-record.ts';
import { LATER_STEPS } from './flow-words.ts';

type Parts = Pick<FlowEngineDeps, 'flow'> & {
  readonly entries: ReturnType<typeof createFlowLedger>;
  readonly record: FlowRecord;
};

/** Steps that say where a patient is: who takes one back must look at what came after. */
const PLACING: readonly FlowStepKind[] = [
  'arrived',
  'admitted',
  'transferred',
  'departed',
  'returned',
  'leave-started',
  'leave-ended',
  'discharged',
  'cancelled',
];

const placesSomebody = ({ step }: FlowEvent) => PLACING.includes(step.kind);

/** What an act told and what it voided, if it can still be taken back. */
interface Takeable {
  readonly live: readonly FlowEvent[];
  readonly voided: readonly FlowEvent[];
  readonly touched: readonly EncounterId[];
  /** Told of those encounters since, by others or in other acts. */
  readonly later: readonly FlowEvent[];
  /** The act that tells again what this one voided. */
  readonly undoId: ActId;
}

/** Takes acts back whole: their steps are void, and what they voided is told again. */
export function createTakeBack({ flow, entries, record }: Parts): FlowEngine['takeBack'] {
  return (context, { actId, reason, now }, afterCommit) => {
    const { live, voided, touched, later, undoId } = takeable(flow, actId);
    const seen = entries.before(touched);
    // What was told since must still make sense; what puzzled before the act may puzzle again.
    const since = new Set(later.map(({ id }) => id));
    const how = {
      overridden: true,
      puttingBack: true,
      stays: (encounterId: EncounterId) => flow.listAfter(actId, encounterId).some(placesSomebody),
      mayPuzzle: (eventId: string) => !since.has(eventId),
      now,
    };
    const change = () => {
      const said = flow.saidBefore(actId);
      if (said) record.say(said);
      for (const { id } of live) flow.void(id, { at: now, by: context.actor.id, reason });
      return voided.map((event) => tellAgain(event, undoId));
    };
    const applied = record.applyGuarded(context, touched, how, change, afterCommit);
    entries.append(context, { name: 'encounter.undone', steps: [], extra: { actId, reason }, now }, seen, applied);
  };

  function tellAgain({ id, voided: _, ...event }: FlowEvent, undoId: ActId): FlowEvent {
    const again = record.append({ ...event, actId: undoId });
    const met = flow.metBy(id);
    if (met) flow.keepMet(again.id, met);
    return again;
  }
}

function takeable(flow: Parts['flow'], actId: ActId): Takeable {
  const [told, voided] = [flow.listAct(actId), flow.listVoidedBy(actId)];
  const all = [...told, ...voided];
  if (all.length === 0) found(undefined, 'This act');
  const undoId = `undo-${actId}` as ActId;
  const live = told.filter((event) => event.voided === null);
  if (flow.listAct(undoId).length > 0 || (told.length > 0 && live.length === 0))
    throw refused('already-undone', 'This was taken back already. Nothing was changed.');
  const touched = [...new Set(all.map(({ encounterId }) => encounterId))];
  const later = touched.flatMap((encounterId) => flow.listAfter(actId, encounterId));
  const placedSince = all.some(placesSomebody) && later.some(placesSomebody);
  if (live.length < told.length || placedSince) throw refused('later-steps', LATER_STEPS);
  return { live, voided, touched, later, undoId };
}
