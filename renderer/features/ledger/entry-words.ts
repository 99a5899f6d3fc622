/** What an act is called: `bed.assigned` as "Bed assigned". */
export function actWords(act: string): string {
  const words = act
    .replace('.', ' ')
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase();
  return words.replace(/^./u, (first) => first.toUpperCase());
}

/** Facts of an entry as lines `name: value`, what is unchanged left out. Empty when there is nothing to say. */
export function changeLines(before: unknown, after: unknown, moment: (at: number) => string): string[] {
  const [was, is] = [asFacts(before), asFacts(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => {
      const [old, now] = [factWords(name, was[name], moment), factWords(name, is[name], moment)];
      return name in was && name in is ? `${name}: ${old} → ${now}` : `${name}: ${name in is ? now : `${old} (gone)`}`;
    });
}

function asFacts(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value };
}

/** Names that end in `At` are times, epoch ms. */
function factWords(name: string, value: unknown, moment: (at: number) => string): string {
  if (typeof value === 'number' && name.endsWith('At')) return moment(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
}
