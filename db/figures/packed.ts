/** Numbers that SQLite joined with commas: years of rows come over as one text, far cheaper than cell by cell. */
export function unpack(text: string | null | undefined): number[] {
  return JSON.parse(`[${text ?? ''}]`) as number[];
}
