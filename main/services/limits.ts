import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { PersonalLimit } from '#domain/alarm/alarm.ts';
import {
  BOUNDS,
  type Bounds,
  checkBounds,
  type EffectiveLimits,
  limitCodeOf,
  limitRowOf,
  limitsFor,
  mergeBounds,
} from '#domain/alarm/limits.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { EncounterId } from '#domain/ids.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { HOUR_MS } from '#domain/time.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import { readSettings } from './settings.ts';

type LimitsDeps = Pick<Store, 'encounters' | 'limits' | 'settings' | 'users' | 'ledger'> & {
  readonly clock: () => number;
  readonly changed: ClinicChanges;
};

/** When a patient's values become alarms: the clinic's limits, and the patient's own in their place. */
export function createLimits(deps: LimitsDeps): HandlersOf<typeof contract.limits> {
  const { encounters, limits, settings, users, ledger, clock, changed } = deps;

  const namedSetter = (own: PersonalLimit) => ({
    reason: own.reason,
    setBy: users.find(own.setBy)?.displayName ?? own.setBy,
    setAt: own.setAt,
    reviewAt: own.reviewAt,
  });
  const shown = (inForce: EffectiveLimits) => ({
    ...inForce,
    personal: inForce.personal && namedSetter(inForce.personal),
  });

  return {
    get: ({ encounterId }) => {
      const { spo2Scale } = found(encounters.find(encounterId), 'This stay');
      const rows = readSettings(settings).limits;
      const personal = limits.list(encounterId);
      const codes = [...new Set(rows.map(({ code }) => code))];
      // The upper SpO2 bound of scale 2 is shown also on air: it holds as soon as oxygen is given.
      return codes
        .map((code) => limitsFor({ code, spo2Scale, onOxygen: true, rows, personal }))
        .filter((inForce) => inForce !== undefined)
        .map(shown);
    },
    set: (input, context) =>
      context.commit((afterCommit) => {
        const own = decideLimit(deps, input, context);
        const before = limits.list(own.encounterId).find(({ code }) => code === own.code);
        limits.save(own);
        const change = { before: before ? facts(before) : null, after: facts(own) };
        ledger.append(entryBy(context, clock(), { act: 'limit.set', subject: own.encounterId, ...change }));
        afterCommit(() => changed.limits(own.encounterId));
        return { ok: true };
      }),
    clear: ({ encounterId, code }, context) =>
      context.commit((afterCommit) => {
        found(encounters.find(encounterId), 'This stay');
        const before = limits.list(encounterId).find((own) => own.code === limitCodeOf(code));
        if (!before) return { ok: true };
        limits.remove(encounterId, before.code);
        const change = { before: facts(before), after: null };
        ledger.append(entryBy(context, clock(), { act: 'limit.cleared', subject: encounterId, ...change }));
        afterCommit(() => changed.limits(encounterId));
        return { ok: true };
      }),
  };
}

interface WantedLimit extends Bounds {
  readonly encounterId: EncounterId;
  readonly code: string;
  readonly reason: string;
  readonly reviewInHours: number;
}

function decideLimit(
  { encounters, settings, clock }: LimitsDeps,
  input: WantedLimit,
  { actor }: CallContext,
): PersonalLimit {
  const encounter = found(encounters.find(input.encounterId), 'This stay');
  if (!ongoing(encounter)) throw refused('not-in-progress', 'This stay is over. Nothing was changed.');
  const base = limitRowOf(readSettings(settings).limits, input.code, encounter.spo2Scale);
  if (!base) throw refused('no-limits-for-metric', `${input.code} has no limits. Nothing was changed.`);
  if (BOUNDS.every((name) => input[name] === null)) {
    throw refused('no-bound-given', 'Give at least one bound, or go back to the clinic’s limits.');
  }
  const decision = checkBounds(base.code, mergeBounds(base, input));
  if (!decision.ok) throw refused(decision.refusal, boundWords(decision.refusal, base, input));
  const { encounterId, highLow, mediumLow, mediumHigh, highHigh, reason } = input;
  const setAt = clock();
  const reviewAt = setAt + Math.round(input.reviewInHours * HOUR_MS);
  const bounds = { highLow, mediumLow, mediumHigh, highHigh };
  return { encounterId, code: base.code, ...bounds, reason, setBy: actor.id, setAt, reviewAt };
}

function boundWords(refusal: string, base: Bounds & { readonly code: string }, input: Bounds): string {
  const metric = metricOf(base.code);
  const [least, greatest] = metric?.plausible ?? [0, 0];
  if (refusal === 'limit-implausible') {
    return `Limits of ${metric?.label ?? base.code} must lie from ${least} to ${greatest}. Nothing was changed.`;
  }
  const merged = mergeBounds(base, input);
  const order = BOUNDS.map((name) => merged[name] ?? '–').join(' < ');
  return `With the clinic’s own where none is given, limits must rise: ${order} does not. Nothing was changed.`;
}

function facts({ code, highLow, mediumLow, mediumHigh, highHigh, reason, reviewAt }: PersonalLimit) {
  return { code, highLow, mediumLow, mediumHigh, highHigh, reason, reviewAt };
}
