import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { memo } from 'react';
import type { EncounterId, UserId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import styles from './BedCard.module.css';
import { CARD_MINE } from './use-board-keys.ts';

interface MineButtonProps {
  readonly encounterId: EncounterId;
  readonly displayName: string;
  readonly nurseId: UserId | null;
}

/** The star: whether the patient is mine, and the way to change it. Nothing for those who have no patients. */
export const MineButton = memo(function MineButton({ encounterId, displayName, nurseId }: MineButtonProps) {
  const { user, may } = useMe();
  const writable = useWritable();
  const assign = useCommand((hub, input: { encounterId: EncounterId; userId: UserId | null }) =>
    hub.encounters.assignNurse(input),
  );
  if (!may('enter-observations')) return null;
  const mine = nurseId === user.id;
  const words = mine ? 'My patient. Make no longer mine' : 'Make this my patient';
  const mark = { [CARD_MINE]: '' };
  return (
    <button
      type="button"
      className={styles.mine}
      aria-pressed={mine}
      aria-label={`${words}, ${displayName}`}
      title={writable.why ?? `${words} (M)`}
      disabled={!writable.ok || assign.pending}
      onClick={() => void assign.run({ encounterId, userId: mine ? null : user.id })}
      {...mark}
    >
      {mine ? <IconStarFilled size={16} aria-hidden /> : <IconStar size={16} stroke={1.5} aria-hidden />}
    </button>
  );
});
