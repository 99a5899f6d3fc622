import { type ClinicDays, createClinicDays } from '#domain/clinic/clinic-days.ts';

const calendars = new Map<string, ClinicDays>();

/** The calendar of a zone; one is kept for each, since it remembers what it worked out. */
export function daysIn(zone: string): ClinicDays {
  const known = calendars.get(zone) ?? createClinicDays(zone);
  calendars.set(zone, known);
  return known;
}

/** The first moment of the day an instant lies in. Days may have 23 or 25 hours. */
export function dayStart(at: number, zone: string): number {
  return dayStartAfter(at, 0, zone);
}

/** The first moment of the day `days` after the one an instant lies in. */
export function dayStartAfter(at: number, days: number, zone: string): number {
  const calendar = daysIn(zone);
  return calendar.startOf(calendar.dayOf(at) + days);
}
