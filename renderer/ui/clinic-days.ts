import { TZDate } from '@date-fns/tz';
import { addDays as addCalendarDays, startOfDay, startOfQuarter } from 'date-fns';

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** The first moment of the day an instant lies in, on a zone's wall clock. Days may have 23 or 25 hours. */
export function dayStart(at: number, zone: string): number {
  return startOfDay(new TZDate(at, zone)).getTime();
}

/** The first moment of the day `days` after the one an instant lies in. */
export function dayStartAfter(at: number, days: number, zone: string): number {
  return startOfDay(addCalendarDays(startOfDay(new TZDate(at, zone)), days)).getTime();
}

/** The first moment of the calendar quarter an instant lies in. */
export function quarterStart(at: number, zone: string): number {
  return startOfQuarter(new TZDate(at, zone)).getTime();
}

/** The first moment of a day written `YYYY-MM-DD`; undefined when it is no day. */
export function startOfIsoDay(day: string, zone: string): number | undefined {
  if (!DAY.test(day)) return undefined;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const start = new TZDate(year, month - 1, date, zone);
  return start.getMonth() === month - 1 && start.getDate() === date ? start.getTime() : undefined;
}
