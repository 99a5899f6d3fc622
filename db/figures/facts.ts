import type Database from 'better-sqlite3';
import { type ClinicDays, createClinicDays } from '#domain/clinic/clinic-days.ts';
import { type CensusDay, censusOf } from '#domain/flow/census.ts';
import type { AttendanceFact, BoardingFact, CleaningFact, FigureQuestion, WaitFact } from '#domain/flow/figures.ts';
import { createBedReading } from './beds.ts';
import { attendancesOf, boardingsOf, waitsOf } from './emergency.ts';
import { houseStays, type InpatientFacts, wardStays } from './inpatients.ts';
import { readPlaces } from './places.ts';
import { createStayReading } from './stays.ts';

/** What figures count, read for one question. */
export interface FactReading extends InpatientFacts {
  readonly days: ClinicDays;
  cleanings(): CleaningFact[];
  boardings(): BoardingFact[];
  waits(): WaitFact[];
  attendances(): AttendanceFact[];
  census(): CensusDay[];
}

/** Calendars by zone, remembered: they are the dear part of a question. */
export function createCalendars(): (timeZone: string) => ClinicDays {
  const calendars = new Map<string, ClinicDays>();
  return (timeZone) => {
    const days = calendars.get(timeZone) ?? createClinicDays(timeZone);
    calendars.set(timeZone, days);
    return days;
  };
}

/** Reads facts on one connection. */
export function createFactReading(
  db: Database.Database,
  daysOf: (timeZone: string) => ClinicDays,
): (question: FigureQuestion) => FactReading {
  const stays = createStayReading(db);
  const beds = createBedReading(db);
  return (question) => {
    const days = daysOf(question.policy.timeZone);
    const places = readPlaces(db);
    const { wardId } = question;
    const inpatients =
      wardId === null ? houseStays(stays, question, days) : wardStays(stays.ofWard(wardId, question), question, days);
    return {
      days,
      ...inpatients,
      cleanings: () => beds.cleanings(question),
      boardings: () => boardingsOf(stays, places, question),
      waits: () => waitsOf(stays, question),
      attendances: () => attendancesOf(stays, places, question),
      census: () => censusOf({ ...question, days, ...beds.census(question, places) }),
    };
  };
}
