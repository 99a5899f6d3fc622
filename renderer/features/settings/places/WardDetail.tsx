import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WardId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { counted } from '#renderer/ui/format.ts';
import { AddPlace } from './AddPlace.tsx';
import { FeedMark } from './FeedMark.tsx';
import { PLACES_CHANGED, type PlaceTree, roomsOf, type WardRecord } from './place-tree.ts';
import { wardWords } from './place-words.ts';
import { RoomRows } from './RoomRows.tsx';
import styles from './WardDetail.module.css';
import { WardDialog } from './WardDialog.tsx';

interface WardDetailProps {
  readonly tree: PlaceTree;
  readonly ward: WardRecord;
}

/** One ward: what it is, its rooms and their beds. */
export function WardDetail({ tree, ward }: WardDetailProps) {
  const { may } = useMe();
  const rooms = roomsOf(tree, ward.id);
  const beds = rooms.reduce((sum, { beds: inRoom }) => sum + inRoom.length, 0);
  const add = useCommand((hub, input: { wardId: WardId; label: string }) => hub.locations.addRoom(input), {
    invalidate: PLACES_CHANGED,
  });
  return (
    <section className={styles.ward} aria-label={ward.name}>
      <WardHead tree={tree} ward={ward} size={`${counted(rooms.length, 'room')}, ${counted(beds, 'bed')}`} />
      {rooms.length === 0 ? (
        <p>This ward has no rooms yet.{may('settings') && ' Add the first below; beds stand in rooms.'}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className="visually-hidden">Rooms and beds of {ward.name}</caption>
            <thead>
              <tr>
                <th scope="col">Bed</th>
                <th scope="col">Equipment</th>
                <th scope="col">Age of patients</th>
                <th scope="col">Patients</th>
                <th scope="col">Code</th>
                <th scope="col">
                  <span className="visually-hidden">What can be done</span>
                </th>
              </tr>
            </thead>
            {rooms.map(({ room, beds: inRoom }) => (
              <RoomRows key={room.id} room={room} beds={inRoom} />
            ))}
          </table>
        </div>
      )}
      {may('settings') && (
        <AddPlace
          label={`New room in ${ward.name}`}
          verb="Add room"
          command={add}
          onAdd={(label) => add.run({ wardId: ward.id, label })}
          maxLength={20}
        />
      )}
    </section>
  );
}

function WardHead({ tree, ward, size }: WardDetailProps & { readonly size: string }) {
  const { may } = useMe();
  const writable = useWritable();
  const [editing, setEditing] = useState(false);
  const confirm = useCommand((hub, input: { wardId: WardId }) => hub.locations.saveWard(input), {
    invalidate: PLACES_CHANGED,
  });
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <header className={styles.head}>
      <div>
        <h2>
          {ward.name} {ward.fromFeed && <FeedMark />}
        </h2>
        <p>
          {wardWords(ward, tree)} · {size}
        </p>
        {confirm.error && <p role="alert">{sayError(confirm.error)}</p>}
      </div>
      {may('settings') && (
        <div className={styles.acts}>
          {ward.fromFeed && (
            <Button {...rest} loading={confirm.pending} onClick={() => void confirm.run({ wardId: ward.id })}>
              Confirm {ward.name}
            </Button>
          )}
          <Button {...rest} onClick={() => setEditing(true)}>
            Change ward…
          </Button>
        </div>
      )}
      {editing && <WardDialog tree={tree} ward={ward} onClose={() => setEditing(false)} />}
    </header>
  );
}
