import type { Identifier, Patient, Sex } from '../patient/patient.ts';
import { DELETED, type Message, type Segment } from './message.ts';
import { dayOf } from './moment.ts';
import type { ToldPerson } from './news.ts';

const LONGEST = 100;
/** Numbers of accounts and visits are no numbers of people. */
const NOT_OF_PEOPLE = new Set(['AN', 'VN', 'ANON']);

/** What a PID says of a person; undefined where it names no identifier. */
export function personOf(pid: Segment, message: Message): ToldPerson | undefined {
  const listed = identifiersOf(pid, 3);
  const identifiers = listed.length > 0 ? listed : identifiersOf(pid, 2);
  if (identifiers.length === 0) return undefined;
  const name = nameOf(pid);
  const birthDate = birthDateOf(pid.value(7));
  const sex = pid.value(8) === DELETED ? 'unknown' : SEX[pid.value(8).toUpperCase()];
  const allergies = allergiesOf(message);
  return {
    identifiers,
    ...(name ? { name } : {}),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex ? { sex } : {}),
    ...(allergies.length > 0 ? { allergies } : {}),
  };
}

const SEX: Readonly<Record<string, Sex>> = { F: 'female', M: 'male', O: 'other', A: 'other', N: 'other', U: 'unknown' };

/** Identifiers of people in a field: who gave them and of what kind, then the value. Each once, in order. */
export function identifiersOf(segment: Segment, field: number): Identifier[] {
  const found = new Map<string, Identifier>();
  for (const repetition of segment.repetitions(field)) {
    const value = segment.part(repetition, 1);
    const kind = segment.part(repetition, 5).toUpperCase();
    if (value === '' || value === DELETED || value.length > LONGEST || NOT_OF_PEOPLE.has(kind)) continue;
    const authority = segment.part(repetition, 4) || segment.part(repetition, 4, 2);
    const system = systemOf(authority, kind);
    found.set(JSON.stringify([system, value]), { system, value });
  }
  return [...found.values()];
}

/** Names the clinic's own kinds as people here do; others by who gave them and their kind. */
function systemOf(authority: string, kind: string): string {
  if (kind === 'NH' || kind === 'NHS' || authority.toUpperCase() === 'NHS') return 'nhs';
  if (authority === '') return kind === '' || kind === 'MR' || kind === 'PI' ? 'mrn' : kind.slice(0, LONGEST);
  return [authority, kind].filter(Boolean).join(' ').slice(0, LONGEST);
}

/** The first: where there are several it is the legal one by the standard. */
function nameOf(pid: Segment): Patient['name'] | undefined {
  const whole = (component: number) => {
    const word = pid.value(5, component).slice(0, LONGEST);
    return word === DELETED ? '' : word;
  };
  const family = whole(1);
  const given = [whole(2), whole(3)].filter(Boolean);
  return family === '' && given.length === 0 ? undefined : { family, given };
}

function birthDateOf(text: string): string | null | undefined {
  if (text === '') return undefined;
  return text === DELETED ? null : dayOf(text);
}

/** IAM: what to add, or to take off. */
function allergiesOf({ segments }: Message): { name: string; stands: boolean }[] {
  return segments
    .filter(({ name }) => name === 'IAM')
    .flatMap((iam) => {
      const name = (iam.value(3, 2) || iam.value(3)).slice(0, LONGEST);
      return name === '' || name === DELETED ? [] : [{ name, stands: iam.value(6).toUpperCase() !== 'D' }];
    });
}
