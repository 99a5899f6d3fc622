import type { Store } from '#domain/clinic/store.ts';
import type { BedId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { BedKeeping } from './bed-keeping.ts';
import { causeOf } from './flow-bed-diff.ts';

export type DirtDeps = Pick<Store, 'assignments' | 'flow' | 'tasks'> & { readonly keeping: BedKeeping };

/**
 * A free bed is dirty from its last leaving on, whoever that was in the end: an open cleaning follows from that one. Where
 * somebody never was (`gone`), the one before them made it dirty after all.
 */
export function settleDirt(
  { keeping, assignments, flow, tasks }: DirtDeps,
  bedId: BedId,
  gone: boolean,
  afterCommit: (tell: () => void) => void,
): void {
  const open = tasks.openCleaning(bedId);
  if (open ? open.eventId === null : !gone) return;
  if (assignments.listOf({ bedId }, LAST_MOMENT - 1, LAST_MOMENT).length > 0) return;
  const last = assignments.lastOver(bedId);
  const event = last?.leftBy ? flow.find(last.leftBy) : undefined;
  if (!last || last.endedAt === null || !event) return;
  const { encounterId, endedAt: at } = last;
  const { id: eventId, source } = event;
  const leaving = { bedId, encounterId, eventId, at, source, cause: causeOf(event.step) };
  if (!open) keeping.left(leaving, afterCommit);
  else if (open.requestedAt !== at && (open.startedAt ?? at) >= at) keeping.leftOtherwise(open, leaving, afterCommit);
}
