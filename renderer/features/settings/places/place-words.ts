import {
  AREA_KIND_WORDS,
  EQUIPMENT_WORDS,
  ISOLATION_WORDS,
  SEX_RULE_WORDS,
  WARD_KIND_WORDS,
} from '#renderer/client/place-words.ts';
import { counted } from '#renderer/ui/format.ts';
import type { BedRecord, PlaceTree, RoomRecord, WardRecord } from './place-tree.ts';

/** `Inpatient ward · Main building · code A1`. */
export function wardWords(ward: WardRecord, tree: PlaceTree): string {
  const site = tree.sites.find(({ id }) => id === ward.siteId)?.name;
  return [WARD_KIND_WORDS[ward.kind], site, codeWords(ward.code)].filter(Boolean).join(' · ');
}

/** `Women only · fit for contact, droplet isolation`. */
export function roomWords({ sexRule, isolationFor, code }: RoomRecord): string {
  const fit = isolationFor.map((kind) => ISOLATION_WORDS[kind].toLowerCase()).join(', ');
  return [SEX_RULE_WORDS[sexRule], fit && `fit for ${fit} isolation`, codeWords(code)].filter(Boolean).join(' · ');
}

export function equipmentWords({ equipment }: BedRecord): string {
  return equipment.map((one) => EQUIPMENT_WORDS[one]).join(', ') || '–';
}

/** `16 and over`, `up to 2`, `2 to 15`, or any age. */
export function ageWords({ ageFrom, ageTo }: Pick<BedRecord, 'ageFrom' | 'ageTo'>): string {
  if (ageFrom !== null && ageTo !== null)
    return ageFrom === ageTo ? `${ageFrom} years` : `${ageFrom} to ${ageTo} years`;
  if (ageFrom !== null) return `${ageFrom} years and over`;
  return ageTo === null ? 'Any' : `Up to ${ageTo} years`;
}

/** How many patients a bed holds at once. */
export function placesWords(places: number): string {
  return places === 1 ? '1' : `${counted(places, 'patient')}, shared`;
}

function codeWords(code: string | null): string | null {
  return code && `code ${code}`;
}

function choicesOf<Value extends string>(words: Readonly<Record<Value, string>>) {
  return (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));
}

export const WARD_KIND_CHOICES = choicesOf(WARD_KIND_WORDS);
export const AREA_KIND_CHOICES = choicesOf(AREA_KIND_WORDS);
export const SEX_RULE_CHOICES = choicesOf(SEX_RULE_WORDS);
export const EQUIPMENT_CHOICES = choicesOf(EQUIPMENT_WORDS);
export const ISOLATION_CHOICES = choicesOf(ISOLATION_WORDS);
