/** A line of a CSV file needs it so that Excel reads the file as UTF-8. */
const BOM = '\uFEFF';

/** What a spreadsheet takes for the beginning of a formula, full-width forms too. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/u;

/** The words of a cell, a quote before them when a spreadsheet would reckon with them. */
export function neutralised(words: string): string {
  return FORMULA.test(words) ? `'${words}` : words;
}

function quoted(words: string): string {
  const safe = neutralised(words);
  return /[",\r\n\0]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 with the headings as its first line, every line ended, marked as UTF-8. */
export function csvOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return BOM + [headings, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}
