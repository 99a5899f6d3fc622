/** A statement's value for a flag. */
export function bit(flag: boolean): 0 | 1 {
  return flag ? 1 : 0;
}

/** A list of texts kept as JSON, read back. The column's CHECK holds its shape. */
export function texts(json: string): string[] {
  return JSON.parse(json) as string[];
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Order in which people count labels: 2 before 10. Equal-looking labels keep a fixed order by their letters. */
export function naturally(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}
