import type { AreaId, WardId } from '../ids.ts';

/** A building or campus; HL7 PV1-3.4. */
export interface Site {
  readonly id: string;
  readonly name: string;
}

/** `virtual`: patients at home. */
export const WARD_KINDS = ['inpatient', 'emergency', 'day', 'outpatient', 'virtual'] as const;
export type WardKind = (typeof WARD_KINDS)[number];

/**
 * Whether who waits is admitted by being given a bed of such a ward. Beds of an emergency department or of outpatients are
 * where people are treated who are not.
 */
export function admitsToBeds(kind: WardKind): boolean {
  return kind !== 'emergency' && kind !== 'outpatient';
}

export interface WardAttributes {
  readonly kind: WardKind;
  readonly siteId: string | null;
  /** Name of the ward in messages (PV1-3.1); null: its name. */
  readonly code: string | null;
  /** Made because the feed or an import named it. */
  readonly fromFeed: boolean;
}

export const AREA_KINDS = ['waiting', 'treatment', 'theatre', 'imaging', 'home', 'other'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** A place people wait or are treated in that has no beds: only a bed can be dirty. */
export interface Area {
  readonly id: AreaId;
  readonly wardId: WardId | null;
  readonly name: string;
  readonly kind: AreaKind;
  readonly code: string | null;
}

export interface AreaStore {
  listSites(): Site[];
  saveSite(site: Site): void;
  wardAttributes(wardId: WardId): WardAttributes;
  saveWardAttributes(wardId: WardId, attributes: WardAttributes): void;
  listWardAttributes(): ReadonlyMap<WardId, WardAttributes>;
  listAreas(): Area[];
  findArea(id: AreaId): Area | undefined;
  saveArea(area: Area): void;
  /** Whether any encounter was, is or was to be there: slow. */
  everUsed(id: AreaId): boolean;
  removeArea(id: AreaId): void;
}
