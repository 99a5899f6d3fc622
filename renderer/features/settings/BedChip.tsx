import { CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { BedId } from '#domain/ids.ts';
import { useCommand, useWritable } from '#renderer/client/hooks.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import styles from './BedChip.module.css';

interface BedChipProps {
  readonly bed: Records['locations']['beds'][number];
  readonly removable: boolean;
}

/** A bed in the list of places. The hub removes only beds that nobody and nothing was ever in. */
export function BedChip({ bed, removable }: BedChipProps) {
  const writable = useWritable();
  const remove = useCommand((hub, input: { bedId: BedId }) => hub.locations.removeBed(input), {
    invalidate: [recordKeys.locations, recordKeys.occupancy],
    onDone: () => notifications.show({ message: `Bed ${bed.label} is removed.` }),
  });
  return (
    <li className={styles.chip}>
      Bed {bed.label}
      {removable && (
        <CloseButton
          size="sm"
          aria-label={`Remove bed ${bed.label}`}
          disabled={!writable.ok || remove.pending}
          title={writable.why ?? `Remove bed ${bed.label}`}
          onClick={() => void remove.run({ bedId: bed.id })}
        />
      )}
      {remove.error && <span role="alert">{sayError(remove.error)}</span>}
    </li>
  );
}
