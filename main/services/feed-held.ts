import type { Store } from '#domain/clinic/store.ts';
import type { FeedNews } from '#domain/feed/news.ts';
import type { PatientId } from '#domain/ids.ts';
import type { FeedVisits } from './feed-visits.ts';

interface FeedHeldDeps extends Pick<Store, 'feed' | 'flow' | 'patients' | 'encounters' | 'merges'> {
  readonly visits: FeedVisits;
  /** What a kept message says; undefined: it says nothing here any more. */
  readonly news: (id: string) => FeedNews | undefined;
}

/** Messages that wait for their patient or visit. */
export interface FeedHeld {
  /** Something was told of these: what waits for them may go through now. */
  stir(patients: Iterable<PatientId>, visitNumber: string | null): void;
  /**
   * Tries again what was stirred, as long as there is time; the rest stays for another turn. `attempt` answers whether the
   * message went through.
   */
  retry(attempt: (id: string) => boolean, enough: () => boolean): void;
  /** Whether a rest is left. */
  due(): boolean;
  /** What was tried was undone. */
  forget(): void;
}

const MOST_ROUNDS = 5;
const MOST_KNOWN = 10_000;

type Subject = `patient ${string}` | `visit ${string}`;
/** What a message names, and how that stood when it was last tried in vain. */
interface Tried {
  readonly names: readonly string[];
  readonly stood: string;
}

/** Tries a message again only when what it names stands otherwise than when it was last tried. */
export function createFeedHeld(deps: FeedHeldDeps): FeedHeld {
  const { feed, visits } = deps;
  const stirred = new Set<Subject>();
  const tried = new Map<string, Tried>();

  const idsOf = (subjects: readonly Subject[]): Set<string> => {
    const ids = new Set<string>();
    for (const subject of subjects) {
      const [kind = '', name] = split(subject);
      const of =
        kind === 'patient'
          ? feed.listHeld({ patientId: name as PatientId })
          : visits.numbersOf(visits.resolve(name).visitNumber).flatMap((visitNumber) => feed.listHeld({ visitNumber }));
      for (const id of of) ids.add(id);
    }
    return ids;
  };

  /** Whether to try it now; then that is noted. */
  const worthwhile = (id: string, known: Map<string, string>): boolean => {
    const before = tried.get(id);
    const names = before?.names ?? namesIn(deps.news(id));
    const stood = names.map((name) => remembered(known, name, () => standing(deps, name))).join(' ');
    if (before?.stood === stood) return false;
    if (tried.size >= MOST_KNOWN) tried.clear();
    tried.set(id, { names, stood });
    return true;
  };

  return {
    stir(patients, visitNumber) {
      for (const patientId of patients) stirred.add(`patient ${patientId}`);
      if (visitNumber !== null) stirred.add(`visit ${visitNumber}`);
    },
    retry(attempt, enough) {
      if (stirred.size > 0 && !feed.anyHeld()) stirred.clear();
      const known = new Map<string, string>();
      for (let round = 0; round < MOST_ROUNDS && stirred.size > 0; round++) {
        let went = false;
        for (const id of idsOf([...stirred])) {
          if (!worthwhile(id, known)) continue;
          if (attempt(id)) {
            tried.delete(id);
            went = true;
          }
          known.clear();
          if (enough()) return;
        }
        if (!went) break;
      }
      stirred.clear();
    },
    due: () => stirred.size > 0,
    forget: () => tried.clear(),
  };
}

function namesIn(news: FeedNews | undefined): string[] {
  if (!news) return [];
  const people = [...news.subjects.flatMap(({ person }) => person.identifiers), ...news.merged];
  const numbers = [...news.subjects.map(({ visit }) => visit), news.formerVisit];
  return [
    ...people.map(({ system, value }) => JSON.stringify([system, value])),
    ...numbers.flatMap((number) => (number === null ? [] : JSON.stringify([number]))),
  ];
}

/** Everything of a person or visit that may let a message through or hold it. */
function standing({ patients, encounters, merges, flow, visits }: FeedHeldDeps, name: string): string {
  const [one, value] = JSON.parse(name) as [string, string?];
  if (value === undefined) {
    const visit = visits.resolve(one);
    return JSON.stringify([visit, flow.findByVisit(visit.visitNumber)]);
  }
  const patient = patients.findByIdentifier({ system: one, value });
  if (!patient) return '-';
  const stays = encounters.listByPatient(patient.id).map(({ id, status }) => [id, status]);
  return JSON.stringify([patient.id, merges.survivor(patient.id), stays]);
}

function remembered(known: Map<string, string>, key: string, find: () => string): string {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

function split(subject: Subject): [string, string] {
  const at = subject.indexOf(' ');
  return [subject.slice(0, at), subject.slice(at + 1)];
}
