import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Verification } from '#domain/ledger/entry.ts';
import { allows, type Permission, type Role } from '#domain/user/role.ts';

interface LedgerDeps extends Pick<Store, 'ledger'> {
  /** Walks file and chain, off the hub's loop where there is such a way. */
  readonly verify: () => Verification | Promise<Verification>;
}

/** Facts in entries that the role table keeps from some who may audit, by their key in `before` and `after`. */
const GUARDED: Readonly<Record<string, Permission>> = {
  name: 'see-names',
  birthDate: 'see-names',
  sex: 'see-names',
  identifiers: 'see-names',
  values: 'see-vitals',
  allergies: 'see-vitals',
  reason: 'see-vitals',
  pregnant: 'see-vitals',
  value: 'see-vitals',
  extreme: 'see-vitals',
  message: 'see-vitals',
};
const HIDDEN = '(not for this role)';

/** What anyone changed. The entry stands for all who audit; who a patient is and how they are only for those who may know. */
export function createLedger({ ledger, verify }: LedgerDeps): HandlersOf<typeof contract.ledger> {
  return {
    verify: () => verify(),
    list: (filter, { actor }) =>
      ledger.list(filter).map((entry) => ({
        ...entry,
        before: shownTo(actor.roles, entry.act, entry.before),
        after: shownTo(actor.roles, entry.act, entry.after),
      })),
  };
}

/** Places and users have names too, which are no secret: only entries about patients and their stays are guarded. */
const GUARDED_ACTS = /^(patient|encounter|observation|limit|note|alarm)\./;

function shownTo(roles: readonly Role[], act: string, fact: unknown): unknown {
  if (!GUARDED_ACTS.test(act) || typeof fact !== 'object' || fact === null || Array.isArray(fact)) return fact;
  return Object.fromEntries(
    Object.entries(fact).map(([key, value]) => {
      const permission = Object.hasOwn(GUARDED, key) ? GUARDED[key] : undefined;
      return [key, permission && !allows(roles, permission) ? HIDDEN : value];
    }),
  );
}
