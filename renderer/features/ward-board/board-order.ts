import { PRIORITIES } from '#domain/alarm/alarm.ts';
import type { BedId, UserId } from '#domain/ids.ts';
import { type BedLive, byLabel } from '#renderer/client/live-beds.ts';

/** How sure and how bad: an incomplete score below medium is its own group, never among the low. */
export const RISK_GROUPS = ['high', 'medium', 'low-medium', 'incomplete', 'low', 'unscored', 'empty'] as const;
export type RiskGroup = (typeof RISK_GROUPS)[number];

export const RISK_WORDS: Readonly<Record<RiskGroup, string>> = {
  high: 'High risk',
  medium: 'Medium risk',
  'low-medium': 'Low-medium risk',
  incomplete: 'Incomplete',
  low: 'Low risk',
  unscored: 'Not scored',
  empty: 'Empty',
};

export type BoardSort = 'risk' | 'bed';

type Scored = Pick<BedLive, 'patient' | 'score'>;

/** Which group a bed counts in; each bed counts in exactly one. */
export function riskGroup({ patient, score }: Scored): RiskGroup {
  if (!patient) return 'empty';
  if (!score || score.total === null || score.risk === null) return 'unscored';
  if (!score.complete && score.risk === 'low') return 'incomplete';
  return score.risk;
}

function worst(bed: Pick<BedLive, 'alarms'>, kind: 'physiological' | 'technical'): number {
  const ranks = bed.alarms.filter((alarm) => alarm.kind === kind).map(({ priority }) => PRIORITIES.indexOf(priority));
  return Math.min(PRIORITIES.length, ...ranks);
}

type Ranked = Pick<BedLive, 'patient' | 'score' | 'alarms' | 'label'>;

/**
 * The sickest first: by the worst alarm about the patient, then NEWS2, then trouble with devices, then bed. Occupied
 * before empty. Acknowledging changes nothing: it does not make anyone less ill.
 */
export function sickestFirst(one: Ranked, other: Ranked): number {
  return (
    Number(one.patient === null) - Number(other.patient === null) ||
    worst(one, 'physiological') - worst(other, 'physiological') ||
    (other.score?.total ?? -1) - (one.score?.total ?? -1) ||
    worst(one, 'technical') - worst(other, 'technical') ||
    byLabel(one, other)
  );
}

export interface BoardFilter {
  readonly sort: BoardSort;
  readonly risk: RiskGroup | undefined;
  /** Only patients of this nurse. */
  readonly nurse: UserId | undefined;
}

/** Beds to show, in order. `ids` come in ward and label order, which `bed` keeps. */
export function boardOrder(
  ids: readonly BedId[],
  bedOf: (id: BedId) => BedLive | undefined,
  { sort, risk, nurse }: BoardFilter,
): readonly BedId[] {
  const shown = ids
    .map(bedOf)
    .filter((bed) => bed !== undefined)
    .filter((bed) => risk === undefined || riskGroup(bed) === risk)
    .filter((bed) => nurse === undefined || bed.patient?.nurseId === nurse);
  return (sort === 'risk' ? shown.toSorted(sickestFirst) : shown).map(({ bedId }) => bedId);
}

/** How many beds each group has, by group. */
export function riskCounts(beds: readonly Scored[]): Readonly<Record<RiskGroup, number>> {
  const counts = { high: 0, medium: 0, 'low-medium': 0, incomplete: 0, low: 0, unscored: 0, empty: 0 };
  for (const bed of beds) counts[riskGroup(bed)] += 1;
  return counts;
}
