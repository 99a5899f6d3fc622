/** A step of the order rows stand in. */
export interface SortStep {
  readonly column: string;
  readonly descending: boolean;
}

/** A column on show; `width` in CSS px when a person set it. */
export interface ShownColumn {
  readonly column: string;
  readonly width: number | null;
}

/** What was asked of a list: kept in the address, so that a copied link shows the same. */
export interface ListAsk {
  readonly search: string;
  /** Empty: the order the rows came in. */
  readonly sort: readonly SortStep[];
  /** In order; null: as the list is made. */
  readonly shown: readonly ShownColumn[] | null;
  /** By column, the words a row may have there. */
  readonly only: Readonly<Record<string, readonly string[]>>;
}

export type SearchParams = Readonly<Record<string, unknown>>;

const ONLY = 'is.';
/** Signs an address carries as they are. */
const BETWEEN = '.';
const WIDE = '*';
const ID = /^[\w-]{1,40}$/u;

/** Reads the address; what does not fit is left out, for anybody may have written it. */
export function readListAsk(params: SearchParams): ListAsk {
  const only = Object.entries(params).flatMap(([name, value]) => {
    const words = name.startsWith(ONLY) ? wordsOf(value) : [];
    return words.length > 0 ? [[name.slice(ONLY.length), words] as const] : [];
  });
  const shown = listOf(params.show).flatMap((part) => shownColumn(part) ?? []);
  return {
    search: plain(params.q),
    sort: listOf(params.sort).flatMap((part) => sortStep(part) ?? []),
    shown: shown.length > 0 ? shown : null,
    only: Object.fromEntries(only),
  };
}

/** The address with another ask: what the screen keeps there besides stays. */
export function writeListAsk(params: SearchParams, ask: ListAsk): Record<string, unknown> {
  const rest = Object.entries(params).filter(([name]) => !isListParam(name));
  const sort = ask.sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(BETWEEN);
  const shown = ask.shown
    ?.map(({ column, width }) => (width === null ? column : `${column}${WIDE}${width}`))
    .join(BETWEEN);
  return {
    ...Object.fromEntries(rest),
    ...(ask.search === '' ? {} : { q: ask.search }),
    ...(sort === '' ? {} : { sort }),
    ...(shown ? { show: shown } : {}),
    ...Object.fromEntries(Object.entries(ask.only).map(([column, words]) => [ONLY + column, [...words]])),
  };
}

/** Whether a part of the address belongs to the list rather than to its screen. */
export function isListParam(name: string): boolean {
  return name === 'q' || name === 'sort' || name === 'show' || name.startsWith(ONLY);
}

/** The router reads `7` and `true` as what they look like. */
function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function listOf(value: unknown): string[] {
  return plain(value).split(BETWEEN).filter(Boolean).slice(0, 60);
}

function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string').slice(0, 200) : [];
}

function sortStep(part: string): SortStep | undefined {
  const column = part.replace(/^-/u, '');
  return ID.test(column) ? { column, descending: part.startsWith('-') } : undefined;
}

function shownColumn(part: string): ShownColumn | undefined {
  const [column = '', width] = part.split(WIDE);
  if (!ID.test(column)) return undefined;
  const px = Number(width);
  return { column, width: width !== undefined && px >= 30 && px <= 2_000 ? Math.round(px) : null };
}
