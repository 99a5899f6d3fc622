import type { EncounterClass, FlowStepKind } from '../flow/event.ts';
import { DAY_MS } from '../time.ts';
import type { Verdict } from './ack.ts';
import { readAppointment } from './appointment.ts';
import type { FeedLocation } from './feed.ts';
import { error } from './header.ts';
import { locationOf, wayOf } from './location.ts';
import type { Message, Segment } from './message.ts';
import { localDay, momentOf, momentWithin } from './moment.ts';
import type { FeedNews, ToldFlow, ToldPerson, ToldSubject } from './news.ts';
import { outcomeOf } from './outcome.ts';
import { identifiersOf, personOf } from './person.ts';
import { STATED_IN, unreadableTime } from './times.ts';
import { visitNumberOf } from './visit-number.ts';

export interface ReadingContext {
  /** IANA name: times without a zone are of it. */
  readonly timeZone: string;
  readonly receivedAt: number;
}

/** One person's segments in a message; A17 has two of them. */
export interface Group {
  readonly pid: Segment;
  readonly pv1: Segment | undefined;
  readonly pv2: Segment | undefined;
}

/** What is read the same way for every event. */
export interface Times extends ReadingContext {
  /** EVN-2, else MSH-7, else when it happened; when it came where no time can be read, and then nothing is told. */
  readonly recordedAt: number;
  /** EVN-6 as it says. */
  readonly occurredAt: number | undefined;
}

type Reading = FeedNews | Verdict;

/** Whether a reading is the reason it could not be read. */
export function isVerdict(reading: Reading): reading is Verdict {
  return 'code' in reading;
}

/** What a message of a supported event says, or which field it lacks. No time is guessed: without one it says nothing. */
export function readNews(message: Message, event: string, context: ReadingContext): Reading {
  const times = timesOf(message, event, context);
  const reading = readTold(message, event, times);
  if (isVerdict(reading)) return reading;
  const unreadable = unreadableTime(message, event, context.timeZone) ?? yetToCome(reading, context);
  if (unreadable === undefined) return reading;
  return { event, recordedAt: times.recordedAt, unreadable, subjects: [], merged: [], formerVisit: null, bed: null };
}

/** Nothing has happened that lies ahead of when it was told; clocks that differ by hours are told from slips by a day. */
function yetToCome({ subjects, bed }: FeedNews, { receivedAt, timeZone }: ReadingContext): string | undefined {
  const told = subjects.filter(({ steps }) => steps.some(({ kind }) => kind !== 'expected'));
  const at = Math.max(...told.map(({ happenedAt }) => happenedAt), bed?.at ?? 0, 0);
  if (at <= receivedAt + DAY_MS) return undefined;
  return `It is said to have happened on ${localDay(at, timeZone)}, which is still to come.`;
}

function readTold(message: Message, event: string, times: Times): Reading {
  if (event === 'A20') return readBedStatus(message, times);
  const groups = groupsOf(message);
  const [group] = groups;
  if (!group) return error('PID (patient identification) is missing.', 'PID', 101);
  const people: ToldPerson[] = [];
  for (const { pid } of groups) {
    const person = personOf(pid, message);
    if (!person) return error('PID-3 (patient identifier list) is missing.', 'PID-3', 101);
    people.push(person);
  }
  const told = (subjects: readonly ToldSubject[]): FeedNews => ({
    event,
    recordedAt: times.recordedAt,
    subjects,
    merged: [],
    formerVisit: null,
    bed: null,
  });
  const [person] = people as [ToldPerson];
  if (event.startsWith('S')) {
    const appointment = readAppointment(message, group, event, times);
    return 'code' in appointment ? appointment : told([{ ...appointment, person }]);
  }
  switch (event) {
    case 'A40':
    case 'A47':
      return readMerge(message, told([about(person, group, times)]));
    case 'A41':
    case 'A45':
      return readVisitChange(message, event, group, told([about(person, group, times)]));
    case 'A17':
      return readSwap(groups, people, times, told);
    case 'A24':
      return told([about(person, group, times)]);
    default:
      return readMovement(event, person, group, times, told);
  }
}

function timesOf(message: Message, event: string, context: ReadingContext): Times {
  const evn = message.first('EVN');
  const moment = (segment: Segment | undefined, field: number) =>
    momentOf(segment?.value(field) ?? '', context.timeZone);
  const written = moment(evn, 2) ?? moment(message.first('MSH'), 7);
  const occurredAt = momentWithin(evn?.value(6) ?? '', context.timeZone, written);
  const stated = moment(message.first('PV1'), STATED_IN[event] ?? 0);
  const recordedAt = written ?? occurredAt ?? stated ?? context.receivedAt;
  return { ...context, recordedAt, occurredAt };
}

function groupsOf({ segments }: Message): Group[] {
  const groups: { pid: Segment; pv1: Segment | undefined; pv2: Segment | undefined }[] = [];
  for (const segment of segments) {
    const last = groups.at(-1);
    if (segment.name === 'PID') groups.push({ pid: segment, pv1: undefined, pv2: undefined });
    else if (last && segment.name === 'PV1') last.pv1 ??= segment;
    else if (last && segment.name === 'PV2') last.pv2 ??= segment;
  }
  return groups;
}

/** A subject to whom nothing happened but what the message is about. */
function about(person: ToldPerson, group: Group, times: Times): ToldSubject {
  return {
    person,
    visit: visitOf(group),
    class: CLASSES[classWord(group)] ?? 'inpatient',
    reason: reasonOf(group),
    steps: [],
    happenedAt: times.occurredAt ?? times.recordedAt,
    believed: null,
  };
}

function visitOf({ pid, pv1 }: Group): string | null {
  return (pv1 && visitNumberOf(pv1, 19)) ?? visitNumberOf(pid, 18);
}

function reasonOf({ pv2 }: Group): string | null {
  return (pv2?.value(3, 2) || pv2?.value(3))?.slice(0, 200) || null;
}

/** HL7 table 0004. */
const CLASSES: Readonly<Record<string, EncounterClass>> = {
  I: 'inpatient',
  B: 'inpatient',
  E: 'emergency',
  O: 'outpatient',
  R: 'outpatient',
  P: 'planned-admission',
};

function classWord({ pv1 }: Group): string {
  return pv1?.value(2).toUpperCase() ?? '';
}

/** Somebody who was admitted is no plan any more, whatever PV1-2 still says; words of no table are taken for the usual. */
function admittedClass(group: Group): EncounterClass {
  const told = CLASSES[classWord(group)] ?? 'inpatient';
  return told === 'planned-admission' ? 'inpatient' : told;
}

function arrivedClass(group: Group): EncounterClass {
  const told = CLASSES[classWord(group)] ?? 'outpatient';
  return told === 'planned-admission' ? 'outpatient' : told;
}

const NEEDS_PLACE = new Set(['A02']);
/** Events of a person that need no visit. */
const OF_PERSON = new Set(['A08', 'A28', 'A29', 'A31', 'A60']);

function readMovement(
  event: string,
  person: ToldPerson,
  group: Group,
  times: Times,
  told: (subjects: readonly ToldSubject[]) => FeedNews,
): Reading {
  if (!group.pv1 && !OF_PERSON.has(event)) return error('PV1 (patient visit) is missing.', 'PV1', 101);
  const place = locationOf(group.pv1, 3);
  if (NEEDS_PLACE.has(event) && !place) return error('PV1-3 (assigned location) is missing.', 'PV1-3', 101);
  const subject = about(person, group, times);
  const own = (field: number) => momentWithin(group.pv1?.value(field) ?? '', times.timeZone, times.recordedAt);
  const happenedAt = times.occurredAt ?? (STATED_IN[event] ? own(STATED_IN[event]) : undefined) ?? times.recordedAt;
  return told([
    {
      ...subject,
      class: event === 'A04' ? arrivedClass(group) : classOf(event, group),
      happenedAt,
      steps: stepsOf(event, group, place, times),
      believed: event === 'A08' ? place : null,
    },
  ]);
}

function classOf(event: string, group: Group): EncounterClass {
  if (event === 'A05' || event === 'A14') return CLASSES[classWord(group)] ?? 'planned-admission';
  return event === 'A07' ? 'outpatient' : admittedClass(group);
}

function stepsOf(event: string, group: Group, location: FeedLocation | null, times: Times): ToldFlow[] {
  const { pid, pv1, pv2 } = group;
  const moment = (segment: Segment | undefined, field: number) =>
    momentOf(segment?.value(field) ?? '', times.timeZone) ?? null;
  const pending = locationOf(pv1, 42);
  switch (event) {
    case 'A01':
      return [{ kind: 'admitted', location, class: admittedClass(group) }];
    case 'A06':
      return [{ kind: 'admitted', location, class: 'inpatient' }];
    case 'A07':
      return [{ kind: 'admitted', location, class: 'outpatient' }];
    case 'A04':
      return [{ kind: 'arrived', location, class: arrivedClass(group) }];
    case 'A02':
      return [{ kind: 'transferred', location, ...wayOf(pv1) }];
    case 'A03':
      return [{ kind: 'discharged', outcome: outcomeOf(pv1?.value(36) ?? '', pid.value(30)) }];
    case 'A05':
    case 'A14':
      return [
        {
          kind: 'expected',
          expectedAt: moment(pv2, 8) ?? moment(pv1, 44),
          location: event === 'A14' ? (pending ?? location) : location,
          reason: reasonOf(group),
        },
      ];
    case 'A09':
      return [{ kind: 'departed', location: locationOf(pv1, 11) }];
    case 'A10':
      return [{ kind: 'returned' }];
    case 'A15':
      return [{ kind: 'transfer-planned', location: pending }];
    case 'A16':
      return [{ kind: 'discharge-ordered', expectedAt: moment(pv2, 9), waitingFor: null }];
    case 'A21':
      return [{ kind: 'leave-started', returnExpectedAt: moment(pv2, 47) }];
    case 'A22':
      return [{ kind: 'leave-ended' }];
    case 'A23':
      return [{ kind: 'cancelled', reason: 'The visit was deleted by the other system.' }];
    default:
      return TAKES_BACK[event]
        ? [{ kind: 'taken-back', of: TAKES_BACK[event], ...(event === 'A12' ? wayOf(pv1) : {}) }]
        : [];
  }
}

/** What a cancel takes back. Its PV1-3 alone says nothing to be relied on. */
const TAKES_BACK: Readonly<Record<string, readonly FlowStepKind[]>> = {
  A11: ['admitted', 'arrived'],
  A12: ['transferred'],
  A13: ['discharged'],
  A25: ['discharge-ordered'],
  A26: ['transfer-planned'],
  A27: ['expected'],
};

function readMerge(message: Message, news: FeedNews): Reading {
  const mrg = message.first('MRG');
  const merged = mrg ? identifiersOf(mrg, 1) : [];
  if (merged.length === 0) return error('MRG-1 (prior patient identifier list) is missing.', 'MRG-1', 101);
  return { ...news, merged };
}

/**
 * A41: the prior account's visit is now this account's, or, where visits are named, the prior visit this visit's. A45:
 * the visit is now this patient's.
 */
function readVisitChange(message: Message, event: string, group: Group, news: FeedNews): Reading {
  const mrg = message.first('MRG');
  const [subject] = news.subjects;
  if (!mrg || !subject) return error('MRG (merge information) is missing.', 'MRG', 101);
  const priorVisit = visitNumberOf(mrg, 5);
  if (event === 'A45') {
    const formerVisit = priorVisit ?? subject.visit;
    if (formerVisit === null) return error('PV1-19 (visit number) is missing.', 'PV1-19', 101);
    return { ...news, formerVisit };
  }
  if (priorVisit !== null) return { ...news, formerVisit: priorVisit };
  const formerVisit = visitNumberOf(mrg, 3);
  if (formerVisit === null) return error('MRG-3 (prior patient account number) is missing.', 'MRG-3', 101);
  return {
    ...news,
    subjects: [{ ...subject, visit: visitNumberOf(group.pid, 18) ?? subject.visit }],
    formerVisit,
  };
}

function readSwap(
  groups: readonly Group[],
  people: readonly ToldPerson[],
  times: Times,
  told: (subjects: readonly ToldSubject[]) => FeedNews,
): Reading {
  if (groups.length < 2) return error('PID of the second patient is missing.', 'PID', 101);
  const subjects: ToldSubject[] = [];
  for (const [index, group] of groups.slice(0, 2).entries()) {
    const location = locationOf(group.pv1, 3);
    const person = people[index];
    if (!location || !person) return error('PV1-3 (assigned location) is missing.', 'PV1-3', 101);
    subjects.push({ ...about(person, group, times), steps: [{ kind: 'transferred', location, ...wayOf(group.pv1) }] });
  }
  return told(subjects);
}

/** HL7 table 0116. */
const BED_WORDS = {
  O: 'occupied',
  U: 'unoccupied',
  H: 'housekeeping',
  K: 'contaminated',
  C: 'closed',
  I: 'isolated',
} as const;

function readBedStatus(message: Message, times: Times): Reading {
  const npu = message.first('NPU');
  const location = locationOf(npu, 1);
  if (!location?.bed) return error('NPU-1 (bed location) is missing.', 'NPU-1', 101);
  const status = BED_WORDS[npu?.value(2).toUpperCase() as keyof typeof BED_WORDS];
  if (!status) return error('NPU-2 (bed status) is not of table 0116.', 'NPU-2', 102);
  const at = times.occurredAt ?? times.recordedAt;
  const bed = { location, status, at };
  return { event: 'A20', recordedAt: times.recordedAt, subjects: [], merged: [], formerVisit: null, bed };
}
