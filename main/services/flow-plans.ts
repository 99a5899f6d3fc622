import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { EncounterId } from '#domain/ids.ts';
import { nameOf } from './flow-history.ts';

/** What a discharge plan says. */
interface SeenPlan {
  readonly expectedAt: number | null;
  readonly waitingFor: string | null;
  readonly ordered: boolean;
}

/** Throws a conflict when a discharge plan is not as the caller saw it; undefined: the caller does not say. */
export function refusePlannedSince(
  { flow, users }: Pick<Store, 'flow' | 'users'>,
  encounterId: EncounterId,
  seen: SeenPlan | undefined,
): void {
  const summary = flow.summary(encounterId);
  if (!seen || !summary) return;
  const ordered = summary.dischargeOrderedAt !== null;
  const { expectedDischargeAt, waitingFor } = summary;
  const same =
    expectedDischargeAt === seen.expectedAt &&
    (waitingFor ?? '') === (seen.waitingFor ?? '') &&
    ordered === seen.ordered;
  if (same) return;
  const last = flow
    .listOf(encounterId)
    .findLast(({ step }) => step.kind === 'discharge-expected' || step.kind === 'discharge-ordered');
  const by = last && nameOf({ users }, last.voided?.by ?? last.actor);
  const words = [
    ordered ? 'ordered' : 'not ordered',
    ...(expectedDischargeAt === null ? ['without a time'] : []),
    ...(waitingFor ? [`waiting for ${waitingFor}`] : []),
  ].join(', ');
  throw new ClinicError(
    'conflict',
    `${by ?? 'Somebody else'} changed this plan since you looked. It is now ${words}. Nothing was changed.`,
    'changed-since',
  );
}
