export const SHEET_COLUMNS = [
  'kind',
  'site',
  'ward',
  'room',
  'bed',
  'area',
  'name',
  'code',
  'wardKind',
  'areaKind',
  'sexRule',
  'isolationFor',
  'equipment',
  'ageFrom',
  'ageTo',
  'places',
] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];
export const SHEET_KINDS = ['site', 'ward', 'room', 'bed', 'area'] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];

/** One line of a sheet of places; a column the sheet does not have is not in `cells`. Lines count from 1, the heading. */
export interface SheetLine {
  readonly line: number;
  readonly cells: ReadonlyMap<SheetColumn, string>;
}

export interface LineProblem {
  readonly line: number;
  readonly problem: string;
}
