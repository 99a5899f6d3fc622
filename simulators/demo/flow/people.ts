import type { Sex } from '#domain/patient/patient.ts';
import { DAY_MS } from '#domain/time.ts';
import type { AdtPerson } from '#simulators/adt/message.ts';
import type { Random } from '#simulators/physiology/random.ts';

const FAMILIES = [
  'Abara',
  'Brandt',
  'Castellano',
  'Dvořák',
  'Eriksen',
  'Fontaine',
  'Grigorian',
  'Haddad',
  'Ivanova',
  'Jansen',
  'Kowalski',
  'Laurent',
  'Mbeki',
  'Nakamura',
  'Oyelaran',
  'Petrov',
  'Quispe',
  'Rahman',
  'Sørensen',
  'Tanaka',
  'Ueda',
  'Vasquez',
  'Weiss',
  'Xenakis',
  'Yıldız',
  'Zielinski',
  'Ashworth',
  'Birch',
  'Cole',
  'Dunmore',
] as const;
const GIVEN: Record<'female' | 'male', readonly string[]> = {
  female: [
    'Amal',
    'Beatriz',
    'Chiara',
    'Dorota',
    'Esther',
    'Freya',
    'Hana',
    'Ines',
    'Jolanta',
    'Leila',
    'Mina',
    'Nora',
  ],
  male: ['Anders', 'Bilal', 'Cem', 'Daniel', 'Emeka', 'Goran', 'Hugo', 'Idris', 'Jakub', 'Luis', 'Matteo', 'Noah'],
};
const COMPLAINTS = [
  'Chest pain',
  'Short of breath',
  'Abdominal pain',
  'Fall at home',
  'Fever',
  'Head injury',
  'Palpitations',
  'Wrist fracture',
  'Fainting',
  'Back pain',
  'Wound infection',
  'Dizziness',
] as const;

/** Somebody invented who comes to the clinic. The same number gives the same person of one chance. */
export function passerBy(random: Random, number: number, epoch: number): AdtPerson & { readonly reason: string } {
  const sex: Sex = random.chance(0.52) ? 'female' : 'male';
  const born = new Date(epoch - random.between(19, 91) * 365.25 * DAY_MS);
  return {
    mrn: `WP-${700_000 + number * 31}`,
    family: FAMILIES[(number * 7) % FAMILIES.length] ?? FAMILIES[0],
    given: random.pick(GIVEN[sex]),
    birthDate: born.toISOString().slice(0, 10),
    sex,
    reason: random.pick(COMPLAINTS),
  };
}
