import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { BedNeeds, BedRequest } from '#domain/flow/bed-state.ts';
import { cancelRequest, current, decideRequest, reopenRequest } from '#domain/flow/holds.ts';
import type { EncounterId, RequestId, WardId } from '#domain/ids.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';

type Deps = Pick<Store, 'encounters' | 'users' | 'bedStates' | 'locations' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};
type AfterCommit = (tell: () => void) => void;

interface Requesting {
  readonly encounterId: EncounterId;
  readonly wardId: WardId | null;
  readonly needs: BedNeeds;
  readonly reason: string;
  readonly urgency: BedRequest['urgency'];
}

/** Asks a ward, or any, for a bed. */
export function askForBed(deps: Deps, input: Requesting, context: CallContext, afterCommit: AfterCommit) {
  const { bedStates, encounters, locations, clock, newId } = deps;
  const { encounterId, wardId, needs, reason, urgency } = input;
  const encounter = found(encounters.find(encounterId), 'This stay');
  if (wardId !== null) found(locations.findWard(wardId), 'This ward');
  if (!current(encounter)) throw refused('not-in-progress', 'This stay is over. Nothing was changed.');
  if (bedStates.requestOf(encounterId))
    throw refused('already-requested', 'A bed is already asked for. Cancel that request first.');
  const request: BedRequest = {
    id: newId() as RequestId,
    encounterId,
    wardId,
    needs: { ...needs, equipment: [...new Set(needs.equipment)] },
    reason,
    urgency,
    requestedAt: clock(),
    requestedBy: context.actor.id,
    state: 'requested',
    decidedAt: null,
    decidedBy: null,
    answer: null,
    doneBy: null,
    was: null,
  };
  saveRequest(deps, null, request, 'bed.requested', context, afterCommit);
  return { requestId: request.id };
}

interface Deciding {
  readonly requestId: RequestId;
  readonly accept: boolean;
  readonly answer?: string | undefined;
}

export function decide(deps: Deps, input: Deciding, context: CallContext, afterCommit: AfterCommit): { ok: true } {
  const request = found(deps.bedStates.findRequest(input.requestId), 'This request');
  const answer = input.answer || null;
  const { actor } = context;
  const decision = decideRequest(request, { accept: input.accept, answer, by: actor.id, at: deps.clock() });
  if (!decision.ok) {
    if (decision.refusal === 'answer-missing')
      throw refused(decision.refusal, 'Say why there is no bed: the other ward has to plan with it.');
    throw refused(decision.refusal, decidedWords(deps, request));
  }
  const act = input.accept ? 'bed.requestAccepted' : 'bed.requestDeclined';
  saveRequest(deps, request, decision.value, act, context, afterCommit);
  return { ok: true };
}

export function cancel(
  deps: Deps,
  { requestId, seen }: { readonly requestId: RequestId; readonly seen: 'requested' | 'accepted' },
  context: CallContext,
  afterCommit: AfterCommit,
): { ok: true } {
  const request = found(deps.bedStates.findRequest(requestId), 'This request');
  const decision = cancelRequest(request, { seen, by: context.actor.id, at: deps.clock() });
  if (!decision.ok) throw refused(decision.refusal, decidedWords(deps, request));
  saveRequest(deps, request, decision.value, 'bed.requestCancelled', context, afterCommit);
  return { ok: true };
}

/** What a decision or a withdrawal changed is put back. */
export function reopen(
  deps: Deps,
  { requestId, seen }: { readonly requestId: RequestId; readonly seen: 'accepted' | 'declined' | 'cancelled' },
  context: CallContext,
  afterCommit: AfterCommit,
): { ok: true } {
  const request = found(deps.bedStates.findRequest(requestId), 'This request');
  const decision = reopenRequest(request, seen);
  if (!decision.ok) throw refused(decision.refusal, decidedWords(deps, request));
  const { encounterId } = request;
  if (!current(found(deps.encounters.find(encounterId), 'This stay')))
    throw refused('not-in-progress', 'This stay is over. Nothing was changed.');
  if (request.state !== 'accepted' && deps.bedStates.requestOf(encounterId))
    throw refused('already-requested', 'A bed is asked for again already. Nothing was changed.');
  saveRequest(deps, request, decision.value, 'bed.requestReopened', context, afterCommit);
  return { ok: true };
}

function decidedWords({ users }: Deps, { state, decidedBy }: BedRequest): string {
  const by = decidedBy === null ? undefined : users.find(decidedBy)?.displayName;
  const told = state === 'done' ? 'answered with a bed' : state;
  const whom = by && state !== 'done' ? ` by ${by}` : '';
  if (state === 'requested') return 'This request is open: nobody has accepted it. Nothing was changed.';
  return `This request was already ${told}${whom}. Nothing was changed.`;
}

function saveRequest(
  { bedStates, ledger, clock, changed }: Deps,
  before: BedRequest | null,
  after: BedRequest,
  act: string,
  context: CallContext,
  afterCommit: AfterCommit,
): void {
  bedStates.saveRequest(after);
  const facts = ({ encounterId, wardId, needs, urgency, state, answer }: BedRequest) => ({
    encounterId,
    wardId,
    needs,
    urgency,
    state,
    answer,
  });
  const change = { act, subject: after.id, before: before && facts(before), after: facts(after) };
  ledger.append(entryBy(context, clock(), change));
  afterCommit(() => changed.bedRequest(after.id));
}
