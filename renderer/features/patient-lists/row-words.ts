import type { BoardBed, BoardRow, Tile } from '#renderer/client/board/board.ts';
import { BED_WORDS, bedWord } from '#renderer/client/board/board-lists.ts';
import { BLOCK_WORDS, doubtWords, TRIAGE_WORDS } from '#renderer/client/board/board-words.ts';
import { EQUIPMENT_WORDS } from '#renderer/client/place-words.ts';
import { PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import { formatDuration } from '#renderer/ui/format.ts';

export const CLASS_WORDS: Readonly<Record<BoardRow['class'], string>> = {
  inpatient: 'Inpatient',
  emergency: 'Emergency',
  outpatient: 'Outpatient',
  'planned-admission': 'Planned admission',
};

/** Where the encounter stands, in a word or two. */
export function standWords(row: BoardRow): string {
  if (row.status === 'planned') return 'Expected';
  if (row.away?.kind === 'leave') return 'On leave';
  if (row.away) return row.away.where ? `Away: ${row.away.where}` : 'On the way';
  if (row.medicallyReadyAt !== null) return 'Medically ready';
  if (row.dischargeOrderedAt !== null) return 'Discharge ordered';
  if (row.bedSince !== null) return 'In bed';
  if (row.seenAt !== null) return 'Being treated';
  return row.triage ? 'Waiting' : 'Waiting for triage';
}

export function triageWords({ triage }: BoardRow): string {
  if (!triage) return '';
  const { name, urgency } = TRIAGE_WORDS[triage.category];
  return `${name}, ${urgency}`;
}

/** `7, rising`; `at least 5` when the set is not complete; of a set that shows nothing yet, that. */
export function newsWords({ news }: BoardRow): string {
  if (!news || news.total === null) return '';
  if (!news.complete && news.total === 0) return 'Not complete';
  const trend = news.trend === 'rising' || news.trend === 'falling' ? `, ${news.trend}` : '';
  return `${news.complete ? '' : 'at least '}${news.total}${trend}`;
}

export function alarmWords({ alarm }: BoardRow): string {
  return alarm ? `${PRIORITY_WORDS[alarm.priority]}${alarm.count > 1 ? `, ${alarm.count} alarms` : ''}` : '';
}

/** Since the patient came, or until seen once somebody saw them. */
export function waitWords({ arrivedAt, seenAt }: BoardRow, now: number): string {
  if (arrivedAt === null) return '';
  const waited = (seenAt ?? now) - arrivedAt;
  return waited < 60_000 ? 'less than 1 min' : formatDuration(waited);
}

export function bedStateWords({ bed }: Tile): string {
  const word = BED_WORDS[bedWord(bed)];
  return bed.status === 'contaminated' ? `${word}, contaminated` : word;
}

export function blockWords({ block }: BoardBed): string {
  if (!block) return '';
  return block.note ? `${BLOCK_WORDS[block.reason]}: ${block.note}` : BLOCK_WORDS[block.reason];
}

export function equipmentWords({ equipment }: BoardBed): string {
  return equipment.map((one) => EQUIPMENT_WORDS[one]).join(', ');
}

export function doubtsWords({ doubts }: BoardBed): string {
  return doubts.map(doubtWords).join('; ');
}

/** A time limit in words: `in 8 min`, `due now`, `over by 12 min`. */
export function dueWords(due: number, now: number): string {
  if (now < due) return `in ${formatDuration(Math.max(60_000, due - now))}`;
  return now - due < 60_000 ? 'due now' : `over by ${formatDuration(now - due)}`;
}
