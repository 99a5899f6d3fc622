import { IconArrowsExchange, IconBan, IconCheck, IconPencil } from '@tabler/icons-react';
import type { BedId } from '#domain/ids.ts';
import styles from './DropHint.module.css';
import { useDropWord } from './drag.ts';

interface DropHintProps {
  readonly bedId: BedId;
  /** Somebody lies here: putting down offers to swap. */
  readonly occupied: boolean;
}

/** What a bed says to the patient over it: can be had, only with a reason, or why not. */
export function DropHint({ bedId, occupied }: DropHintProps) {
  const said = useDropWord(bedId);
  if (!said || said.word === 'own' || said.word === 'looking') return null;
  const swap = said.word === 'closed' && occupied;
  const { icon: Icon, words } = swap ? SWAP : HINTS[said.word];
  return (
    <div className={styles.hint} data-word={swap ? 'swap' : said.word} data-over={said.over || undefined}>
      <Icon size={16} aria-hidden />
      <p>
        {said.word !== 'closed' || swap ? (
          <strong>{words} </strong>
        ) : (
          <span className="visually-hidden">{words}: </span>
        )}
        {said.word !== 'open' && !swap && said.why}
      </p>
    </div>
  );
}

const SWAP = { icon: IconArrowsExchange, words: 'Swap beds' };
const HINTS = {
  open: { icon: IconCheck, words: 'Can be had' },
  reason: { icon: IconPencil, words: 'With a reason' },
  closed: { icon: IconBan, words: 'Cannot be had' },
} as const;
