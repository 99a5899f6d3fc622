import { linesOf } from './message.ts';

/** Events whose message may speak of several merges or moved visits, each with an MRG segment of its own. */
const REPEATING: ReadonlySet<string> = new Set(['A40', 'A41', 'A45', 'A47']);
const MOST_PARTS = 200;

/**
 * A message that repeats its group as that many messages, each with the header and the person its group is about; any
 * other as it is. Beyond 200 groups it is left whole.
 */
export function partsOf(text: string, event: string): string[] {
  if (!REPEATING.has(event)) return [text];
  const head: string[] = [];
  let person: string[] = [];
  const groups: { readonly person: string[]; readonly rest: string[] }[] = [];
  let group: string[] | undefined;
  for (const line of linesOf(text)) {
    const name = line.slice(0, 3);
    if (name === 'PID') {
      person = [line];
      group = undefined;
    } else if (name === 'MRG') {
      group = [line];
      groups.push({ person, rest: group });
    } else (group ?? (person.length > 0 ? person : head)).push(line);
  }
  if (groups.length < 2 || groups.length > MOST_PARTS) return [text];
  return groups.map(({ person: who, rest }) => [...head, ...who, ...rest].map((line) => `${line}\r`).join(''));
}
