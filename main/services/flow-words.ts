import type { Actor } from '#contract/handlers.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { WhyNot } from '#domain/flow/bed-state.ts';
import type { Unexplained } from '#domain/flow/event.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { allows } from '#domain/user/role.ts';
import { whyNotWords } from './bed-words.ts';

type Deps = Pick<Store, 'encounters' | 'patients' | 'locations'>;

/** A patient's name for those who may see names, else null. */
function nameFor(
  { encounters, patients }: Deps,
  encounterId: EncounterId,
  { roles }: Pick<Actor, 'roles'>,
): string | null {
  const encounter = encounters.find(encounterId);
  const patient = encounter && patients.find(encounter.patientId);
  return patient && allows(roles, 'see-names') ? formalName(patient.name) : null;
}

export function bedWords({ locations }: Pick<Store, 'locations'>, bedId: BedId): string {
  const bed = locations.findBed(bedId);
  return bed ? `Bed ${bed.label}` : 'The bed';
}

/** Why a bed cannot be had; by whom only for those who may see names. */
export function occupiedBy(
  deps: Deps,
  holder: { readonly bedId: BedId; readonly encounterId: EncounterId; readonly over: boolean },
  actor: Pick<Actor, 'roles'>,
): string {
  const was = holder.over ? 'was occupied at that time' : 'is occupied';
  const name = nameFor(deps, holder.encounterId, actor);
  return `${bedWords(deps, holder.bedId)} ${was}${name ? ` by ${name}` : ''}.`;
}

const REFUSALS = {
  occupied: 'bed-occupied',
  reserved: 'bed-reserved',
  blocked: 'bed-blocked',
  dirty: 'bed-not-ready',
  cleaning: 'bed-not-ready',
  sex: 'sex-mix',
  isolation: 'isolation',
  equipment: 'equipment',
  age: 'age',
} as const satisfies Record<WhyNot['kind'], string>;

/** The contract's word for what stands against a bed, and a sentence for a person. */
export function standsAgainst(
  deps: Deps & { settings(): Pick<ClinicSettings, 'timeZone'> },
  bedId: BedId,
  why: WhyNot,
  { actor, now }: { readonly actor: Pick<Actor, 'roles'>; readonly now: number },
): { readonly refusal: string; readonly words: string } {
  const { timeZone } = deps.settings();
  const nameOf = (encounterId: EncounterId) => nameFor(deps, encounterId, actor);
  const words = whyNotWords(why, { nameOf, timeZone, now });
  return { refusal: REFUSALS[why.kind], words: `${bedWords(deps, bedId)}: ${words}. Nothing was changed.` };
}

/** Why a step cannot be understood, for a person. */
export const UNEXPLAINED_WORDS: Readonly<Record<Unexplained, string>> = {
  'not-here-then': 'The patient was not here then.',
  'left-before': 'The patient had left by then.',
  'already-left': 'The patient had already left, at another time.',
  'nothing-to-take-back': 'There is nothing to take back.',
  'not-on-leave': 'The patient was not away then.',
  'bed-held-by-another': 'Somebody else held the bed then.',
  'place-unknown': 'The place is not known here.',
};

export const LATER_STEPS = 'Later steps of this stay depend on it. Take those back first. Nothing was changed.';
