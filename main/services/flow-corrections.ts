import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { FlowEvent, FlowStep } from '#domain/flow/event.ts';
import type { ActId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import { found, refused } from './command.ts';
import type { FlowActsDeps } from './flow-acts.ts';
import { nameOf } from './flow-history.ts';
import { placeNamed } from './places-of.ts';

type Corrections = Pick<HandlersOf<typeof contract.flow>, 'undo' | 'correct'>;
type Correction = Parameters<Corrections['correct']>[0];
type AfterCommit = (tell: () => void) => void;

/** How long somebody may take back an act of theirs without a reason. */
const UNDO_MS = MINUTE_MS;

/** Taking back one's latest act, and correcting the record later. */
export function createCorrections(deps: FlowActsDeps): Corrections {
  return {
    undo: ({ actId }, context) =>
      context.commit((afterCommit) => {
        const now = deps.clock();
        refuseUndo(deps, actId, context, now);
        deps.engine.takeBack(context, { actId, reason: 'undone', now }, afterCommit);
        return { ok: true } as const;
      }),
    correct: (input, context) => context.commit((afterCommit) => correct(deps, input, context, afterCommit)),
  };
}

/**
 * Only one's own, and only within the minute. A clock set back since leaves no more than a minute either: the act then
 * lies ahead of now by more than any act of this minute could.
 */
function refuseUndo({ flow }: FlowActsDeps, actId: ActId, { actor }: CallContext, now: number): void {
  const told = flow.listAct(actId)[0];
  const voided = flow.listVoidedBy(actId)[0];
  const who = told?.actor ?? voided?.voided?.by;
  // A cancellation is written down after all else, even what another system's fast clock says.
  const written = told?.step.kind === 'cancelled' ? told.happenedAt : told?.recordedAt;
  const when = voided?.voided?.at ?? written;
  if (who === undefined || when === undefined) found(undefined, 'This act');
  if (who !== actor.id || (told && told.source !== 'console'))
    throw refused('not-yours', 'Only who did this may undo it. Correct the record instead.');
  if (Math.abs(now - (when ?? now)) > UNDO_MS)
    throw refused('too-late', 'It is too late to undo this. Correct the record instead: open the patient’s history.');
}

function correct(deps: FlowActsDeps, input: Correction, context: CallContext, afterCommit: AfterCommit) {
  const { flow, engine, clock } = deps;
  const event = found(flow.find(input.eventId), 'This step');
  if (event.voided)
    throw refused(
      'not-correctable',
      `This step was taken back already by ${nameOf(deps, event.voided.by)}. Nothing was changed.`,
    );
  const now = clock();
  if (input.happenedAt !== undefined && input.happenedAt > now)
    throw refused('in-future', 'This cannot lie in the future. Nothing was changed.');
  const step = input.takeBack ? null : corrected(deps, event, input);
  const instead = step && { step, happenedAt: input.happenedAt ?? event.happenedAt };
  const { eventId, reason } = input;
  const actId = engine.correct(context, { eventId, reason, instead, now }, afterCommit);
  return { actId, encounterId: event.encounterId };
}

/** The step as it was meant; refused where a correction does not fit the kind of step, or corrects nothing. */
function corrected(deps: FlowActsDeps, { step }: FlowEvent, input: Correction): FlowStep {
  const { bedId, areaId, category, outcome, happenedAt } = input;
  const place = placeNamed(deps, { bedId, areaId });
  const asked = [place, category, outcome, happenedAt].filter((part) => part !== undefined && part !== null);
  const fits =
    asked.length > 0 &&
    step.kind !== 'taken-back' &&
    step.kind !== 'cancelled' &&
    (!place || step.kind === 'arrived' || step.kind === 'admitted' || step.kind === 'transferred') &&
    (category === undefined || step.kind === 'triaged') &&
    (outcome === undefined || step.kind === 'discharged');
  if (!fits)
    throw refused(
      'not-correctable',
      'This cannot be corrected of this step. Take it back instead. Nothing was changed.',
    );
  if (step.kind === 'triaged' && category !== undefined) return { ...step, category };
  if (step.kind === 'discharged' && outcome !== undefined) return { ...step, outcome };
  return place && 'place' in step ? ({ ...step, place } as FlowStep) : step;
}
