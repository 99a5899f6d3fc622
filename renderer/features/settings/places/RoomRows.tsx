import { useState } from 'react';
import type { RoomId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { AddPlace } from './AddPlace.tsx';
import { BedRow } from './BedRow.tsx';
import { FeedMark } from './FeedMark.tsx';
import { type BedRecord, PLACES_CHANGED, type RoomRecord } from './place-tree.ts';
import { roomWords } from './place-words.ts';
import { RoomDialog } from './RoomDialog.tsx';
import styles from './RoomRows.module.css';

interface RoomRowsProps {
  readonly room: RoomRecord;
  readonly beds: readonly BedRecord[];
}

const COLUMNS = 6;

/** A room and the beds in it, as rows of the ward's table. */
export function RoomRows({ room, beds }: RoomRowsProps) {
  const [adding, setAdding] = useState(false);
  const add = useCommand((hub, input: { roomId: RoomId; label: string }) => hub.locations.addBed(input), {
    invalidate: PLACES_CHANGED,
  });
  return (
    <tbody>
      <tr className={styles.room}>
        <th scope="rowgroup" colSpan={COLUMNS}>
          <RoomHead room={room} onAdd={() => setAdding(true)} />
        </th>
      </tr>
      {beds.map((bed) => (
        <BedRow key={bed.id} bed={bed} />
      ))}
      {beds.length === 0 && !adding && (
        <tr>
          <td colSpan={COLUMNS} className={styles.none}>
            No bed in this room yet.
          </td>
        </tr>
      )}
      {adding && (
        <tr>
          <td colSpan={COLUMNS}>
            <AddPlace
              label={`New bed in room ${room.label}`}
              verb="Add bed"
              command={add}
              onAdd={(label) => add.run({ roomId: room.id, label })}
              maxLength={20}
              onDone={() => setAdding(false)}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function RoomHead({ room, onAdd }: { readonly room: RoomRecord; readonly onAdd: () => void }) {
  const { may } = useMe();
  const writable = useWritable();
  const [editing, setEditing] = useState(false);
  const confirm = useCommand((hub, input: { roomId: RoomId }) => hub.locations.saveRoom(input), {
    invalidate: PLACES_CHANGED,
  });
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <div className={styles.head}>
      <span>
        <strong>Room {room.label}</strong> <span className={styles.facts}>{roomWords(room)}</span>{' '}
        {room.fromFeed && <FeedMark />}
        {confirm.error && <span role="alert">{sayError(confirm.error)}</span>}
      </span>
      {may('settings') && (
        <span className={styles.acts}>
          {room.fromFeed && (
            <button type="button" {...rest} onClick={() => void confirm.run({ roomId: room.id })}>
              Confirm room {room.label}
            </button>
          )}
          <button type="button" {...rest} aria-label={`Change room ${room.label}…`} onClick={() => setEditing(true)}>
            Change…
          </button>
          <button type="button" {...rest} aria-label={`Add a bed to room ${room.label}`} onClick={onAdd}>
            Add a bed
          </button>
        </span>
      )}
      {editing && <RoomDialog room={room} onClose={() => setEditing(false)} />}
    </div>
  );
}
