import type { Store } from '#domain/clinic/store.ts';
import type { FactWord, Word } from '#domain/feed/feed.ts';
import { localDay } from '#domain/feed/moment.ts';
import type { ToldPerson } from '#domain/feed/news.ts';
import { isLater } from '#domain/feed/word.ts';
import type { PatientId } from '#domain/ids.ts';
import type { Patient } from '#domain/patient/patient.ts';
import { distinctIdentifiers, tidyName } from '#domain/patient/registration.ts';
import type { ClinicChanges } from './changes.ts';
import { mergePatients } from './patient-merge.ts';

type AfterCommit = (tell: () => void) => void;

export interface FeedPeopleDeps extends Pick<Store, 'patients' | 'encounters' | 'merges' | 'feed' | 'ledger'> {
  readonly newId: () => string;
  readonly changed: ClinicChanges;
  readonly timeZone: () => string;
}

export interface Met {
  readonly patientId: PatientId;
  /** The identifiers named belong to more than one patient whom people here know: nothing was taken. */
  readonly several: boolean;
  /** Records found by that to be this patient's. */
  readonly joined: readonly PatientId[];
}

export interface FeedPeople {
  /**
   * Who a message means: found by any identifier, else registered; told what it says of them if it is the latest word.
   * Records that only the feed made are one where a message says so, as they would be had it come first.
   */
  meet(person: ToldPerson, word: Word, now: number, afterCommit: AfterCommit): Met;
  /** Once two records are one: the later word of either stands. */
  join(survivorId: PatientId, retiredId: PatientId, now: number, afterCommit: AfterCommit): void;
}

const UNNAMED = 'Unknown';

/** People as the feed tells of them. What was said last is kept by fact, so that the order of arrival does not matter. */
export function createFeedPeople(deps: FeedPeopleDeps): FeedPeople {
  const { patients, feed, ledger, newId, changed } = deps;

  const saved = (act: string, before: Patient | null, after: Patient, now: number, afterCommit: AfterCommit): void => {
    const facts = ({ name, birthDate, sex, identifiers, allergies }: Patient) => ({
      name,
      birthDate,
      sex,
      identifiers,
      ...(allergies === null ? {} : { allergies }),
    });
    patients.save(after);
    ledger.append({
      at: now,
      actor: 'feed',
      station: null,
      act,
      subject: after.id,
      before: before && facts(before),
      after: facts(after),
    });
    afterCommit(() => changed.patient(after.id));
  };

  /** The patient with the words that are later than those known, which are kept. */
  const told = (patient: Patient, words: readonly FactWord[]): Patient => {
    if (words.length === 0) return patient;
    const known = new Map(feed.listWords(patient.id).map((word) => [word.fact, word]));
    let after = patient;
    let later = false;
    for (const word of words) {
      const last = known.get(word.fact);
      if (!isLater(word, last)) continue;
      known.set(word.fact, word);
      later = true;
      // Somebody here corrected it since; the feed only repeats itself.
      if (last && same(last.value, word.value)) continue;
      after = withFact(after, word);
    }
    if (later) feed.saveWords(patient.id, [...known.values()]);
    return after;
  };

  const join: FeedPeople['join'] = (survivorId, retiredId, now, afterCommit) => {
    const survivor = patients.find(survivorId);
    if (!survivor) return;
    const after = told(survivor, feed.listWords(retiredId));
    if (!same(after, survivor)) saved('patient.updated', survivor, after, now, afterCommit);
  };

  /** Makes all one; undefined: people here know more than one of them, or parted them. */
  const oneOf = (holders: readonly Patient[], now: number, afterCommit: AfterCommit): Patient | undefined => {
    const ids = holders.map(({ id }) => id);
    const here = ids.filter((id) => isKnownHere(ledger, id));
    const [survivorId = ids[0]] = here;
    if (survivorId === undefined || here.length > 1 || ids.some((id) => wasParted(ledger, id))) return undefined;
    const teller = { actor: 'feed', station: null, at: now, reason: 'The feed named identifiers of both as one’s.' };
    for (const retiredId of ids.filter((id) => id !== survivorId)) {
      if (!mergePatients(deps, { survivorId, retiredId, evenInCare: true }, teller, afterCommit).ok) return undefined;
      join(survivorId, retiredId, now, afterCommit);
    }
    return patients.find(survivorId);
  };

  return {
    meet(person, word, now, afterCommit) {
      const holders = holdersOf(patients, person.identifiers);
      const words = wordsOf(person, word, localDay(now, deps.timeZone()));
      const [first] = holders;
      if (!first) {
        const blank = newPatient(newId() as PatientId, person);
        const patient = told(blank, words);
        saved('patient.registered', null, patient, now, afterCommit);
        return { patientId: patient.id, several: false, joined: [] };
      }
      const holder = holders.length > 1 ? oneOf(holders, now, afterCommit) : first;
      if (!holder) return { patientId: first.id, several: true, joined: [] };
      const unheld = person.identifiers.filter((each) => !patients.findByIdentifier(each));
      const identifiers = unheld.length === 0 ? holder.identifiers : [...holder.identifiers, ...unheld];
      const after = told({ ...holder, identifiers }, words);
      if (!same(after, holder)) saved('patient.updated', holder, after, now, afterCommit);
      const joined = holders.map(({ id }) => id).filter((id) => id !== holder.id);
      return { patientId: holder.id, several: false, joined };
    },

    join,
  };
}

/** Each once, in the order of the identifiers. */
function holdersOf(patients: Store['patients'], identifiers: ToldPerson['identifiers']): Patient[] {
  const holders = identifiers.flatMap((identifier) => patients.findByIdentifier(identifier) ?? []);
  return [...new Map(holders.map((holder) => [holder.id, holder])).values()];
}

const MOST_ENTRIES = 1_000;

/** Whether anything of the record was said by others than the feed. */
function isKnownHere(ledger: Store['ledger'], subject: PatientId): boolean {
  const entries = ledger.list({ subject, limit: MOST_ENTRIES });
  return entries.length === 0 || entries.length === MOST_ENTRIES || entries.some(({ actor }) => actor !== 'feed');
}

function wasParted(ledger: Store['ledger'], subject: PatientId): boolean {
  return ledger.list({ subject, act: 'patient.unmerged', limit: 1 }).length > 0;
}

function newPatient(id: PatientId, { identifiers }: ToldPerson): Patient {
  return {
    id,
    name: { family: UNNAMED, given: [] },
    birthDate: null,
    sex: 'unknown',
    identifiers: distinctIdentifiers(identifiers),
    allergies: null,
    allergiesRecordedAt: null,
  };
}

function wordsOf({ name, birthDate, sex, allergies = [] }: ToldPerson, word: Word, today: string): FactWord[] {
  const words: FactWord[] = [];
  if (name) words.push({ ...word, fact: 'name', value: tidyName(name) });
  // A birth still to come is a slip of the pen.
  if (birthDate === null || (birthDate !== undefined && birthDate <= today))
    words.push({ ...word, fact: 'birthDate', value: birthDate });
  if (sex) words.push({ ...word, fact: 'sex', value: sex });
  for (const { name: allergy, stands } of allergies)
    words.push({ ...word, fact: `allergy ${allergy.toLowerCase()}`, value: stands ? allergy : null });
  return words;
}

/** What was kept under a fact's name was put there by `wordsOf`. */
function withFact(patient: Patient, { fact, value, recordedAt }: FactWord): Patient {
  switch (fact) {
    case 'name':
      return { ...patient, name: value as Patient['name'] };
    case 'birthDate':
      return { ...patient, birthDate: value as Patient['birthDate'] };
    case 'sex':
      return { ...patient, sex: value as Patient['sex'] };
    default:
      return withAllergy(patient, fact, value as string | null, recordedAt);
  }
}

function withAllergy(patient: Patient, fact: string, named: string | null, recordedAt: number): Patient {
  const others = (patient.allergies ?? []).filter((entry) => `allergy ${entry.toLowerCase()}` !== fact);
  const allergies = named === null ? others : [...others, named].sort();
  return {
    ...patient,
    allergies,
    allergiesRecordedAt: Math.max(recordedAt, patient.allergiesRecordedAt ?? 0),
  };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
