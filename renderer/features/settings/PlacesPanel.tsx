import { useState } from 'react';
import type { WardId } from '#domain/ids.ts';
import { useCommand, useMe, useQueryOf, useWards } from '#renderer/client/hooks.ts';
import { byLabel } from '#renderer/client/live-beds.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';
import { counted } from '#renderer/ui/format.ts';
import { AddPlace } from './AddPlace.tsx';
import { BedChip } from './BedChip.tsx';
import styles from './PlacesPanel.module.css';

type Ward = Records['locations']['wards'][number];
type Room = Records['locations']['rooms'][number];
type Bed = Records['locations']['beds'][number];

const CHANGED = [recordKeys.locations, recordKeys.occupancy];

/** Wards with their rooms and beds; administrators add to them, and take out beds that were never used. */
export function PlacesPanel() {
  const { may } = useMe();
  const wards = useWards();
  const add = useCommand((hub, input: { name: string }) => hub.locations.addWard(input), { invalidate: CHANGED });
  if (wards.isPending) return <p role="status">Reading the wards…</p>;
  if (wards.isError) return <p role="alert">The wards could not be read.</p>;
  return (
    <div className={styles.panel}>
      {!may('settings') && <p>Only an administrator changes wards, rooms and beds.</p>}
      {wards.data.length === 0 && <p>No ward is set up yet.</p>}
      {may('see-beds') && wards.data.map((ward) => <WardPlaces key={ward.id} ward={ward} />)}
      {!may('see-beds') && <p>{wards.data.map(({ name }) => name).join(', ')}</p>}
      {may('settings') && (
        <AddPlace label="New ward" verb="Add ward" command={add} onAdd={(name) => add.run({ name })} maxLength={60} />
      )}
    </div>
  );
}

function WardPlaces({ ward }: { readonly ward: Ward }) {
  const { may } = useMe();
  const rooms = useQueryOf([...recordKeys.locations, 'rooms', ward.id], (hub) =>
    hub.locations.rooms({ wardId: ward.id }),
  );
  const beds = useQueryOf([...recordKeys.locations, 'beds', ward.id], (hub) => hub.locations.beds({ wardId: ward.id }));
  const add = useCommand((hub, input: { wardId: WardId; label: string }) => hub.locations.addRoom(input), {
    invalidate: CHANGED,
  });
  if (rooms.isError || beds.isError) return <p role="alert">{ward.name} could not be read.</p>;
  return (
    <section aria-label={ward.name} className={styles.ward}>
      <h2>
        {ward.name} <small>{beds.data && counted(beds.data.length, 'bed')}</small>
      </h2>
      {[...(rooms.data ?? [])].sort(byLabel).map((room) => (
        <RoomPlaces key={room.id} room={room} beds={(beds.data ?? []).filter(({ roomId }) => roomId === room.id)} />
      ))}
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

function RoomPlaces({ room, beds }: { readonly room: Room; readonly beds: readonly Bed[] }) {
  const { may } = useMe();
  const [adding, setAdding] = useState(false);
  const add = useCommand((hub, input: { roomId: Room['id']; label: string }) => hub.locations.addBed(input), {
    invalidate: CHANGED,
  });
  return (
    <div className={styles.room}>
      <span className={styles.label}>Room {room.label}</span>
      <ul className={styles.beds}>
        {[...beds].sort(byLabel).map((bed) => (
          <BedChip key={bed.id} bed={bed} removable={may('settings')} />
        ))}
        {may('settings') && !adding && (
          <li>
            <button type="button" className={styles.more} onClick={() => setAdding(true)}>
              Add a bed to room {room.label}
            </button>
          </li>
        )}
      </ul>
      {adding && (
        <AddPlace
          label={`New bed in room ${room.label}`}
          verb="Add bed"
          command={add}
          onAdd={(label) => add.run({ roomId: room.id, label })}
          maxLength={20}
          onDone={() => setAdding(false)}
        />
      )}
    </div>
  );
}
