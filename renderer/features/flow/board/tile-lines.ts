import type { BoardRequest, BoardRow, Tile } from '#renderer/client/board/board.ts';
import { BED_WORDS, type BedWord, bedWord } from '#renderer/client/board/board-lists.ts';
import { BLOCK_WORDS, doubtWords } from '#renderer/client/board/board-words.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';

/** What a bed is, in the words of its tile. */
export function statusWords({ bed }: Tile): string {
  const word: BedWord = bedWord(bed);
  if (word === 'blocked' && bed.block) return `Blocked: ${BLOCK_WORDS[bed.block.reason].toLowerCase()}`;
  if (word === 'dirty' && (bed.status === 'contaminated' || bed.cleaning?.contaminated)) return 'Dirty after isolation';
  return BED_WORDS[word];
}

/** When and whether somebody leaves: `Ready · out 14:00`; undefined where nobody has said. */
export function leavingWords(row: BoardRow, now: number, zone: string): string | undefined {
  const ready = row.medicallyReadyAt !== null && 'Ready';
  const ordered = row.dischargeOrderedAt !== null && 'Ordered';
  const out = row.expectedDischargeAt !== null && `out ${sayMoment(row.expectedDischargeAt, now, zone)}`;
  const words = [ready, ordered, out].filter(Boolean).join(' · ');
  return words === '' ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Where somebody goes next: a bed asked for, or a transfer another system announced. */
export function goingWords(
  row: BoardRow,
  request: BoardRequest | undefined,
  wardName: (id: BoardRequest['wardId']) => string,
): string | undefined {
  if (request) return `→ ${wardName(request.wardId)} ${request.state === 'accepted' ? 'accepted' : 'asked'}`;
  return row.transferPlanned === null ? undefined : `→ ${row.transferPlanned} planned`;
}

/** Whether and where somebody is away from the bed. */
export function awayWords({ away }: BoardRow, now: number, zone: string): string | undefined {
  if (!away) return undefined;
  const where = away.kind === 'leave' ? 'On leave' : `Away${away.where ? `: ${away.where}` : ''}`;
  return `${where} since ${sayMoment(away.since, now, zone)}`;
}

/** What contradicts the board about a bed. */
export function doubtLine({ bed }: Tile): string | undefined {
  const [doubt] = bed.doubts;
  if (!doubt) return undefined;
  return `Doubt: ${doubtWords(doubt)}${bed.doubts.length > 1 ? ` +${bed.doubts.length - 1}` : ''}`;
}

/** Of a bed another system named first. */
export const UNCONFIRMED = 'Named by the HL7 feed, not confirmed';

/** What a tile is called by those who listen: the bed, and who lies in it or what it is. */
export function spokenTile(tile: Tile, people: string): string {
  const { label, encounterIds, fromFeed } = tile.bed;
  const state = encounterIds.length > 0 ? 'occupied' : statusWords(tile).toLowerCase();
  return `Bed ${label}, ${people === '' ? state : people}${fromFeed ? `, ${UNCONFIRMED.toLowerCase()}` : ''}`;
}
