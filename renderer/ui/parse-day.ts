const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A day as people type it (`12-Mar-1950`, `12 mar 1950`, `12/3/1950`, `12031950`, `1950-03-12`) as `YYYY-MM-DD`; day
 * before month. Undefined for what is no day of the calendar, or a year of two digits: that would be a guess.
 */
export function parseDay(typed: string): string | undefined {
  const plain = typed.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(plain);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const named = /^(\d{1,2})[-\s./]*([a-z]{3})[a-z]*[-\s./,]*(\d{4})$/u.exec(plain);
  if (named) return dayOf(Number(named[3]), MONTHS.indexOf(named[2] ?? '') + 1, Number(named[1]));
  const numbers = /^(\d{1,2})[-\s./](\d{1,2})[-\s./](\d{4})$/u.exec(plain) ?? /^(\d{2})(\d{2})(\d{4})$/u.exec(plain);
  return numbers ? dayOf(Number(numbers[3]), Number(numbers[2]), Number(numbers[1])) : undefined;
}

/** What is wrong with a birth date as typed; undefined when nothing is, or nothing is typed. `today`: `YYYY-MM-DD` at the clinic. */
export function birthError(typed: string, today: string): string | undefined {
  if (typed.trim() === '') return undefined;
  const day = parseDay(typed);
  if (day === undefined) return 'Enter a date such as 12-Mar-1950, or leave it empty if not known.';
  return day > today ? 'This day lies in the future: check the year.' : undefined;
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}
