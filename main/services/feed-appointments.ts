import type { Store } from '#domain/clinic/store.ts';
import { isAppointment } from '#domain/feed/appointment.ts';
import type { Word } from '#domain/feed/feed.ts';
import { localDay } from '#domain/feed/moment.ts';
import type { ToldSubject } from '#domain/feed/news.ts';
import { isLater } from '#domain/feed/word.ts';
import type { PatientId } from '#domain/ids.ts';
import type { FeedVisits } from './feed-visits.ts';
import type { FlowEngine } from './flow-engine.ts';

export interface FeedAppointmentsDeps extends Pick<Store, 'feed' | 'encounters'> {
  readonly visits: FeedVisits;
  readonly engine: FlowEngine;
  readonly timeZone: () => string;
}

/** A visit and when its patient came. */
interface Coming {
  readonly visitNumber: string;
  readonly at: number;
}

/** Keeps the last word on when an appointment is; null: it is off. */
export function noteAppointment({ feed }: FeedAppointmentsDeps, { visit, steps }: ToldSubject, word: Word): void {
  if (visit === null || !isAppointment(visit)) return;
  const [step] = steps;
  const value = step?.kind === 'expected' ? step.expectedAt : null;
  const { recordedAt, tieBreak } = word;
  if (isLater(word, feed.listWords(visit)[0]))
    feed.saveWords(visit, [{ fact: 'expectedAt', recordedAt, tieBreak, value }]);
}

/**
 * Makes each appointment part of the visit its patient came for: on that day, the nearest in time, one appointment a
 * visit. One that was moved, called off, or nearer to another visit is parted again, so that the order of arrival does
 * not matter. Answers the visits whose messages must be gone through again. `told`: what is only being told of.
 */
export function settleAppointments(
  deps: FeedAppointmentsDeps,
  patientId: PatientId,
  now: number,
  told: { readonly appointment?: string | undefined; readonly coming?: Coming | undefined } = {},
): string[] {
  const { feed, visits } = deps;
  const known = deps.encounters.listByPatient(patientId).flatMap(({ id }) => visits.numberOf(id) ?? []);
  const all = new Set(known.flatMap((number) => [number, ...feed.listAliases(number)]));
  if (told.appointment !== undefined) all.add(told.appointment);
  const appointments = [...all].filter(isAppointment);
  if (appointments.length === 0) return [];
  const meant = matched(deps, appointments, comings(deps, known, told.coming));
  const stale = new Set<string>();
  for (const appointment of appointments) {
    const before = feed.visit(appointment)?.aliasOf ?? null;
    const after = meant.get(appointment) ?? null;
    if (before === after) continue;
    if (before !== null) visits.part(appointment, patientId, now);
    if (after !== null) visits.alias(appointment, after);
    for (const number of [before, after, appointment])
      if (number !== null) stale.add(visits.resolve(number).visitNumber);
  }
  return [...stale];
}

function comings({ visits, engine }: FeedAppointmentsDeps, known: readonly string[], told?: Coming): Coming[] {
  const came = known.flatMap((visitNumber): Coming[] => {
    const { encounterId } = visits.resolve(visitNumber);
    if (isAppointment(visitNumber) || encounterId === null) return [];
    const { status, arrivedAt, admittedAt } = engine.journey(encounterId);
    const at = Math.min(arrivedAt ?? Number.POSITIVE_INFINITY, admittedAt ?? Number.POSITIVE_INFINITY);
    return status === 'cancelled' || !Number.isFinite(at) ? [] : [{ visitNumber, at }];
  });
  return told && !known.includes(told.visitNumber) ? [...came, told] : came;
}

/** The nearest first. */
function matched(
  { feed, timeZone }: FeedAppointmentsDeps,
  appointments: readonly string[],
  came: readonly Coming[],
): Map<string, string> {
  const day = (at: number) => localDay(at, timeZone());
  const pairs = appointments.flatMap((appointment) => {
    const expectedAt = feed.listWords(appointment)[0]?.value;
    if (typeof expectedAt !== 'number') return [];
    return came
      .filter(({ at }) => day(at) === day(expectedAt))
      .map(({ visitNumber, at }) => ({ appointment, visitNumber, away: Math.abs(at - expectedAt) }));
  });
  const key = ({ appointment, visitNumber }: (typeof pairs)[number]) => `${appointment} ${visitNumber}`;
  pairs.sort((one, other) => one.away - other.away || (key(one) < key(other) ? -1 : 1));
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const { appointment, visitNumber } of pairs) {
    if (found.has(appointment) || taken.has(visitNumber)) continue;
    found.set(appointment, visitNumber);
    taken.add(visitNumber);
  }
  return found;
}
