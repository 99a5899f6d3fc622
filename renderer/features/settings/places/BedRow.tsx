import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BedId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { BedDialog } from './BedDialog.tsx';
import { FeedMark } from './FeedMark.tsx';
import { type BedRecord, PLACES_CHANGED } from './place-tree.ts';
import { ageWords, equipmentWords, placesWords } from './place-words.ts';
import styles from './RoomRows.module.css';

/** One bed with what it is good for. The hub removes only beds that nobody and nothing was ever in. */
export function BedRow({ bed }: { readonly bed: BedRecord }) {
  const { may } = useMe();
  const writable = useWritable();
  const [editing, setEditing] = useState(false);
  const confirm = useCommand((hub, input: { bedId: BedId }) => hub.locations.saveBed(input), {
    invalidate: PLACES_CHANGED,
  });
  const remove = useCommand((hub, input: { bedId: BedId }) => hub.locations.removeBed(input), {
    invalidate: PLACES_CHANGED,
    onDone: () => notifications.show({ message: `Bed ${bed.label} is removed.` }),
  });
  const rest = { disabled: !writable.ok || confirm.pending || remove.pending, title: writable.why ?? '' };
  const error = confirm.error ?? remove.error;
  return (
    <tr className={styles.bed}>
      <th scope="row">
        Bed {bed.label} {bed.fromFeed && <FeedMark />}
        {error && (
          <span role="alert" className={styles.error}>
            {sayError(error)}
          </span>
        )}
      </th>
      <td className={styles.wide}>{equipmentWords(bed)}</td>
      <td>{ageWords(bed)}</td>
      <td>{placesWords(bed.places)}</td>
      <td>{bed.code ?? '–'}</td>
      <td className={styles.acts}>
        {may('settings') && (
          <>
            {bed.fromFeed && (
              <button type="button" {...rest} onClick={() => void confirm.run({ bedId: bed.id })}>
                Confirm bed {bed.label}
              </button>
            )}
            <button type="button" {...rest} aria-label={`Change bed ${bed.label}…`} onClick={() => setEditing(true)}>
              Change…
            </button>
            <button
              type="button"
              {...rest}
              aria-label={`Remove bed ${bed.label}`}
              onClick={() => void remove.run({ bedId: bed.id })}
            >
              Remove
            </button>
          </>
        )}
        {editing && <BedDialog bed={bed} onClose={() => setEditing(false)} />}
      </td>
    </tr>
  );
}
