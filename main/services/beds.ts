import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { labelCode } from '#domain/flow/bed-label.ts';
import type { BedBlock, BlockReason } from '#domain/flow/bed-state.ts';
import { type BlockRefusal, blockBed, endBlock } from '#domain/flow/holds.ts';
import type { BedId, WardId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { BedDoubts } from './bed-doubts.ts';
import { BLOCK_WORDS } from './bed-words.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';

export type BedsDeps = Pick<Store, 'assignments' | 'bedStates' | 'locations' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
  readonly doubts: Pick<BedDoubts, 'find' | 'settled' | 'reopened'>;
};

type AfterCommit = (tell: () => void) => void;

/** Beds out of use, doubts settled, and labels. */
export function createBeds(deps: BedsDeps): HandlersOf<typeof contract.beds> {
  return {
    block: (input, context) => context.commit((afterCommit) => block(deps, input, context, afterCommit)),
    unblock: (input, context) => context.commit((afterCommit) => unblock(deps, input, context, afterCommit)),
    settleDoubt: (input, context) => context.commit((afterCommit) => settle(deps, input, context, afterCommit)),
    reopenDoubt: (input, context) => context.commit((afterCommit) => unsettle(deps, input, context, afterCommit)),
    labels: (asked) => labels(deps, asked),
  };
}

interface Blocking {
  readonly bedId: BedId;
  readonly reason: BlockReason;
  readonly note?: string | undefined;
  readonly at?: number | undefined;
  readonly to?: number | null | undefined;
}

function block(deps: BedsDeps, input: Blocking, context: CallContext, afterCommit: AfterCommit) {
  const { bedStates, locations, clock, newId } = deps;
  const { bedId, reason } = input;
  const bed = found(locations.findBed(bedId), 'This bed');
  const now = clock();
  const to = input.to ?? null;
  const from = input.at ?? now;
  const standing = bedStates.blocksBetween(bedId, from, to);
  const occupied = deps.assignments.listOf({ bedId }, from, to ?? LAST_MOMENT).length > 0;
  const decision = blockBed({ occupied, standing, from, to, now });
  if (!decision.ok) throw refused(decision.refusal, blockWords(decision.refusal, bed, standing[0], from < now));
  // One whose time has run out is written down as ended first: the bed has one block at a time.
  for (const over of bedStates.listDue(now).blocks.filter((one) => one.bedId === bedId))
    bedStates.saveBlock({ ...over, endedAt: over.to ?? now });
  const made: BedBlock = {
    id: newId(),
    bedId,
    reason,
    note: input.note || null,
    from,
    to,
    by: context.actor.id,
    endedAt: to !== null && to <= now ? to : null,
  };
  saveBlock(deps, null, made, 'bed.blocked', context, afterCommit);
  return { blockId: made.id };
}

function unblock(
  deps: BedsDeps,
  { blockId }: { readonly blockId: string },
  context: CallContext,
  afterCommit: AfterCommit,
): { ok: true } {
  const standing = found(deps.bedStates.findBlock(blockId), 'This block');
  const decision = endBlock(standing, deps.clock());
  if (!decision.ok) throw refused(decision.refusal, 'This bed is no longer blocked. Nothing was changed.');
  saveBlock(deps, standing, decision.value, 'bed.unblocked', context, afterCommit);
  return { ok: true };
}

function saveBlock(
  { bedStates, ledger, clock, changed }: BedsDeps,
  before: BedBlock | null,
  after: BedBlock,
  act: string,
  context: CallContext,
  afterCommit: AfterCommit,
): void {
  bedStates.saveBlock(after);
  const facts = ({ bedId, reason, note, from, to, endedAt }: BedBlock) => ({ bedId, reason, note, from, to, endedAt });
  const change = { act, subject: after.id, before: before && facts(before), after: facts(after) };
  ledger.append(entryBy(context, clock(), change));
  afterCommit(() => changed.bedState(after.bedId));
}

function blockWords(refusal: BlockRefusal, bed: Bed, standing: BedBlock | undefined, late: boolean): string {
  const words: Record<BlockRefusal, string> = {
    'bed-occupied': late
      ? `Somebody was in bed ${bed.label} in that time.`
      : `Bed ${bed.label} is occupied: move the patient first.`,
    'already-blocked': `Bed ${bed.label} is already blocked${standing ? `: ${BLOCK_WORDS[standing.reason]}` : ''}.`,
    'in-future': 'A block begins now, or began before.',
    'in-past': 'A block ends after it began, or when somebody ends it.',
  };
  return `${words[refusal]} Nothing was changed.`;
}

interface Settling {
  readonly doubtId: string;
  readonly note?: string | undefined;
}

function settle(deps: BedsDeps, input: Settling, context: CallContext, afterCommit: AfterCommit): { ok: true } {
  const { bedStates, ledger, clock, changed, doubts } = deps;
  const { id, bedId, kind, encounterId } = found(doubts.find(input.doubtId), 'This doubt');
  const now = clock();
  bedStates.settleDoubt({ id, at: now, by: context.actor.id });
  const after = { bedId, kind, encounterId, note: input.note || null };
  ledger.append(entryBy(context, now, { act: 'bed.doubtSettled', subject: id, before: null, after }));
  afterCommit(() => {
    doubts.settled(id);
    changed.bedState(bedId);
  });
  return { ok: true };
}

function unsettle(
  deps: BedsDeps,
  { doubtId }: Pick<Settling, 'doubtId'>,
  context: CallContext,
  afterCommit: AfterCommit,
): { ok: true } {
  const { bedStates, ledger, clock, changed, doubts } = deps;
  const { id, bedId, kind, encounterId } = found(doubts.find(doubtId), 'This doubt');
  bedStates.unsettleDoubts([id]);
  const after = { bedId, kind, encounterId };
  ledger.append(entryBy(context, clock(), { act: 'bed.doubtReopened', subject: id, before: null, after }));
  afterCommit(() => {
    doubts.reopened(id);
    changed.bedState(bedId);
  });
  return { ok: true };
}

function labels(
  { locations }: BedsDeps,
  { wardId, bedId }: { readonly wardId?: WardId | undefined; readonly bedId?: BedId | undefined },
) {
  if (wardId !== undefined) found(locations.findWard(wardId), 'This ward');
  const beds = bedId === undefined ? locations.listBeds(wardId) : [found(locations.findBed(bedId), 'This bed')];
  return beds
    .filter((bed) => wardId === undefined || bed.wardId === wardId)
    .map((bed) => ({
      bedId: bed.id,
      code: labelCode(bed.id),
      bedLabel: bed.label,
      roomLabel: locations.findRoom(bed.roomId)?.label ?? '',
      wardName: locations.findWard(bed.wardId)?.name ?? '',
    }));
}
