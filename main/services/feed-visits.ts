import type { Store } from '#domain/clinic/store.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { FeedVisit, Word } from '#domain/feed/feed.ts';
import { plainNumber } from '#domain/feed/visit-number.ts';
import { isLater } from '#domain/feed/word.ts';
import type { EncounterClass } from '#domain/flow/event.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import type { ClinicChanges } from './changes.ts';
import type { FlowEngine } from './flow-engine.ts';
import { expectedAbout } from './stay-opening.ts';

type AfterCommit = (tell: () => void) => void;

export interface FeedVisitsDeps extends Pick<Store, 'feed' | 'flow' | 'encounters' | 'merges' | 'ledger'> {
  readonly engine: FlowEngine;
  readonly changed: ClinicChanges;
}

export interface Opening {
  readonly patientId: PatientId;
  readonly class: EncounterClass;
  readonly reason: string | null;
  /** When what is told happened. */
  readonly at: number;
}

/** The visit a message means, and those whose messages must be gone through again. */
interface Meant {
  readonly visitNumber: string;
  readonly stale: readonly string[];
}

const MOST_ALIASES = 50;

/** Visits of the feed: which encounter each is, and whose. */
export function createFeedVisits(deps: FeedVisitsDeps) {
  const { feed, flow, encounters, merges, engine } = deps;

  const visit = (visitNumber: string): FeedVisit =>
    feed.visit(visitNumber) ?? { visitNumber, encounterId: null, told: null, moved: null, aliasOf: null };

  /** The visit a number stands for now, through any number of merged accounts. */
  const resolve = (visitNumber: string): FeedVisit => {
    let found = visit(visitNumber);
    for (let steps = 0; found.aliasOf !== null && steps < MOST_ALIASES; steps++) found = visit(found.aliasOf);
    return found;
  };

  const owner = ({ told, moved }: FeedVisit): PatientId | null => {
    const patientId = moved?.patientId ?? told?.patientId;
    return patientId === undefined ? null : merges.survivor(patientId);
  };

  /** Visits of a number, by who gave it. */
  const givenAs = (plain: string): string[] => feed.listWords(`visit ${plain}`).map(({ fact }) => fact);
  const owned = (visitNumber: string, patientId: PatientId) => owner(resolve(visitNumber)) === patientId;

  /** Makes one visit part of another, unless that would go in a circle. */
  const alias = (from: string, to: string): boolean => {
    const target = resolve(to);
    const source = resolve(from);
    if (source.visitNumber === target.visitNumber) return false;
    const taken = target.encounterId === null ? source.encounterId : null;
    if (taken !== null) renumber(taken, target.visitNumber);
    feed.saveVisit({ ...target, encounterId: taken ?? target.encounterId });
    feed.saveVisit({
      ...source,
      encounterId: taken === null ? source.encounterId : null,
      aliasOf: target.visitNumber,
    });
    return true;
  };

  /** The number told by its giver is the one of the same patient told without. */
  const meantByGiver = (visitNumber: string, patientId: PatientId, word: Word): Meant => {
    const plain = plainNumber(visitNumber);
    const given = givenAs(plain);
    if (given.includes(visitNumber)) return { visitNumber, stale: [] };
    const { recordedAt, tieBreak } = word;
    const known = feed.listWords(`visit ${plain}`);
    feed.saveWords(`visit ${plain}`, [...known, { fact: visitNumber, recordedAt, tieBreak, value: true }]);
    const alone = feed.visit(plain);
    if (!alone || alone.aliasOf !== null || !owned(plain, patientId)) return { visitNumber, stale: [] };
    alias(plain, visitNumber);
    const target = resolve(visitNumber);
    feed.saveVisit({ ...target, told: target.told ?? alone.told, moved: target.moved ?? alone.moved });
    return { visitNumber, stale: [target.visitNumber] };
  };

  return {
    resolve,
    owner,
    alias,

    /** The visit a message of a patient means: a number told without who gave it is that patient's one. */
    meant(visitNumber: string, patientId: PatientId, word: Word): Meant {
      if (plainNumber(visitNumber) !== visitNumber) return meantByGiver(visitNumber, patientId, word);
      if (feed.visit(visitNumber) && owned(visitNumber, patientId)) return { visitNumber, stale: [] };
      const theirs = givenAs(visitNumber).filter((each) => owned(each, patientId));
      const [only] = theirs;
      if (theirs.length !== 1 || only === undefined) return { visitNumber, stale: [] };
      if (!feed.visit(visitNumber)) alias(visitNumber, only);
      return { visitNumber: only, stale: [] };
    },

    /** A number as it was told before, with who gave it or without. */
    standingFor(visitNumber: string): string {
      const plain = plainNumber(visitNumber);
      const known = [visitNumber, plain].find((each) => feed.visit(each));
      const [only, other] = givenAs(plain);
      return known ?? (only !== undefined && other === undefined ? only : visitNumber);
    },

    /** The number the feed knows an encounter by. */
    numberOf(encounterId: EncounterId): string | undefined {
      const plain = flow.summary(encounterId)?.visitNumber;
      if (plain === undefined || plain === null) return undefined;
      return [plain, ...givenAs(plain)].find((each) => feed.visit(each)?.encounterId === encounterId);
    },

    /** A visit that was part of another is one of its own again. */
    part(visitNumber: string, patientId: PatientId, now: number): void {
      const found = visit(visitNumber);
      const opening = { patientId, visitNumber: plainNumber(visitNumber), class: 'outpatient', reason: null } as const;
      feed.saveVisit({ ...found, aliasOf: null, encounterId: found.encounterId ?? engine.open(opening, now) });
    },

    /** All numbers a visit goes by, its own first. */
    numbersOf(visitNumber: string): string[] {
      const numbers = [visitNumber];
      for (let at = 0; at < numbers.length && numbers.length < MOST_ALIASES; at++)
        numbers.push(...feed.listAliases(numbers[at] ?? '').filter((alias) => !numbers.includes(alias)));
      return numbers;
    },

    /** Whether a message of this patient may speak of the visit: its owner's, or whose it was before it was moved. */
    mayTell(found: FeedVisit, patientId: PatientId): boolean {
      const whose = owner(found);
      if (whose === null || whose === patientId) return true;
      return found.moved !== null && found.told !== null && merges.survivor(found.told.patientId) === patientId;
    },

    /** Notes who told of a visit; the earliest word says whose it is. Answers whether that changed whose it is. */
    tell(found: FeedVisit, patientId: PatientId, word: Word): { visit: FeedVisit; changed: boolean } {
      if (found.told && !isLater(found.told, word)) return { visit: found, changed: false };
      const after = { ...found, told: { ...word, patientId } };
      feed.saveVisit(after);
      const before = found.told === null ? patientId : merges.survivor(found.told.patientId);
      return { visit: after, changed: before !== patientId };
    },

    /** Notes that the visit became another patient's; the latest word stands. */
    move(found: FeedVisit, patientId: PatientId, word: Word): FeedVisit {
      if (found.moved && !isLater(word, found.moved)) return found;
      const after = { ...found, moved: { ...word, patientId } };
      feed.saveVisit(after);
      return after;
    },

    /** The encounter of a visit: known here, entered at a console under the same number, or opened now. */
    encounterOf(found: FeedVisit, opening: Opening, now: number): EncounterId {
      if (found.encounterId !== null) return found.encounterId;
      const { visitNumber } = found;
      const plain = plainNumber(visitNumber);
      const others = new Set([plain, ...givenAs(plain)].map((each) => feed.visit(each)?.encounterId));
      const entered = flow.findByVisit(plain).find((encounterId) => !others.has(encounterId));
      const patientId = entered && encounters.find(entered)?.patientId;
      if (entered && patientId) {
        // Who entered it here said first whose it is.
        feed.saveVisit({ ...found, encounterId: entered, told: { patientId, recordedAt: 0, tieBreak: '' } });
        return entered;
      }
      const encounterId =
        adopted(opening, visitNumber) ??
        engine.open(
          { patientId: opening.patientId, visitNumber: plain, class: opening.class, reason: opening.reason },
          now,
        );
      feed.saveVisit({ ...found, encounterId });
      return encounterId;
    },

    /** Makes the encounter its owner's. */
    handOver(found: FeedVisit, now: number, afterCommit: AfterCommit): void {
      const whose = owner(found);
      const encounter = found.encounterId === null ? undefined : encounters.find(found.encounterId);
      if (!encounter || whose === null || encounter.patientId === whose) return;
      encounters.save({ ...encounter, patientId: whose });
      deps.ledger.append({
        at: now,
        actor: 'feed',
        station: null,
        act: 'encounter.handedOver',
        subject: encounter.id,
        before: { patientId: encounter.patientId },
        after: { patientId: whose },
      });
      engine.refold([encounter.id], now, afterCommit);
      afterCommit(() => {
        deps.changed.patient(encounter.patientId);
        deps.changed.patient(whose);
      });
    },

    /** Of several visits without a number the feed cannot know which is meant: the only open one, else undefined. */
    onlyOpen(patientId: PatientId): EncounterId | undefined {
      const open = encounters.listByPatient(patientId).filter(({ status }) => OPEN.has(status));
      return open.length === 1 ? open[0]?.id : undefined;
    },
  };

  /** A patient whom people here admitted or expect without a number is the feed's too: one stay, not two. */
  function adopted({ patientId, at }: Opening, visitNumber: string): EncounterId | undefined {
    const unnumbered = encounters.listByPatient(patientId).filter(({ id }) => flow.summary(id)?.visitNumber === null);
    const here = unnumbered.filter(ongoing);
    const only = here.length === 0 ? expectedAbout({ flow }, unnumbered, at) : here.length === 1 ? here[0] : undefined;
    if (only) renumber(only.id, visitNumber);
    return only?.id;
  }

  function renumber(encounterId: EncounterId, visitNumber: string): void {
    const summary = flow.summary(encounterId);
    if (summary) flow.saveSummary({ ...summary, visitNumber: plainNumber(visitNumber) });
  }
}

const OPEN: ReadonlySet<string> = new Set(['planned', 'in-progress', 'on-hold']);

export type FeedVisits = ReturnType<typeof createFeedVisits>;
