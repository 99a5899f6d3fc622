import { allow, type Decision, refuse } from '../decision.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { momentAfter, ongoing } from '../encounter/stay.ts';
import type { BedId, EncounterId } from '../ids.ts';
import type { Device, DeviceTie } from './device.ts';

/** What a device is tied to: a bed, whoever lies in it, or one stay, wherever it goes. */
export type TieTarget =
  | { readonly bedId: BedId; readonly encounterId: null }
  | { readonly bedId: null; readonly encounterId: EncounterId };

export type TieRefusal = 'not-admitted' | 'retired' | 'no-open-encounter' | 'in-future' | 'tied-since';

/** What happens to a tie: nothing, or the new one begins at `at` and the one before it ends then. */
export type TieOutcome = { readonly kind: 'same' } | { readonly kind: 'new'; readonly at: number };

interface TieQuestion {
  readonly device: Device;
  readonly target: TieTarget;
  /** The stay of an encounter target, if the patient has one. */
  readonly stay: Encounter | null;
  /** When it happened, if someone said; null for now. */
  readonly at: number | null;
  readonly now: number;
  /** The device's ties that were not over at `at`. */
  readonly later: readonly DeviceTie[];
}

/**
 * Whether a device may be tied. Entered late, a tie may end the one that was going on, but not reach into one that
 * began or ended after it: whose values those were is already on record.
 */
export function tieDevice({ device, target, stay, at, now, later }: TieQuestion): Decision<TieOutcome, TieRefusal> {
  if (device.retiredAt !== null) return refuse('retired');
  if (device.admittedAt === null) return refuse('not-admitted');
  if (target.encounterId !== null && !(stay && ongoing(stay))) return refuse('no-open-encounter');
  if (at !== null && at > now) return refuse('in-future');
  const open = later.find((tie) => tie.endedAt === null);
  const same = open?.bedId === target.bedId && open?.encounterId === target.encounterId;
  if (open && same && (at === null || open.startedAt <= at)) return allow({ kind: 'same' });
  if (at === null) {
    const ended = later.flatMap((tie) => tie.endedAt ?? []);
    return allow({
      kind: 'new',
      at: momentAfter(now, open ? [open.startedAt] : [], [...ended, stay?.admittedAt ?? 0]),
    });
  }
  if (stay && at < stay.admittedAt) return refuse('no-open-encounter');
  const blocked = later.some((tie) => tie.endedAt !== null || tie.startedAt >= at);
  return blocked ? refuse('tied-since') : allow({ kind: 'new', at });
}
