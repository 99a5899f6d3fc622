import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { AreaId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { byLabel } from '#renderer/client/live-beds.ts';
import { AREA_KIND_WORDS } from '#renderer/client/place-words.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { AreaDialog } from './AreaDialog.tsx';
import { type AreaRecord, PLACES_CHANGED, type PlaceTree } from './place-tree.ts';
import rows from './RoomRows.module.css';
import styles from './WardDetail.module.css';

/** Places people wait or are treated in that have no beds. */
export function AreasDetail({ tree }: { readonly tree: PlaceTree }) {
  const { may } = useMe();
  const writable = useWritable();
  const [open, setOpen] = useState<AreaRecord | 'new' | null>(null);
  const areas = [...tree.areas].sort((one, other) => byLabel({ label: one.name }, { label: other.name }));
  return (
    <section className={styles.ward} aria-label="Places without beds">
      <header className={styles.head}>
        <div>
          <h2>Places without beds</h2>
          <p>
            Waiting rooms, treatment areas, theatres, imaging, and homes: a patient can be there and no bed is used.
          </p>
        </div>
        {may('settings') && (
          <div className={styles.acts}>
            <Button disabled={!writable.ok} title={writable.why ?? ''} onClick={() => setOpen('new')}>
              Add a place…
            </Button>
          </div>
        )}
      </header>
      {areas.length === 0 ? (
        <p>None is set up yet. A waiting room lets patients arrive before they have a bed.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className="visually-hidden">Places without beds</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Kind</th>
                <th scope="col">Ward</th>
                <th scope="col">Code</th>
                <th scope="col">
                  <span className="visually-hidden">What can be done</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {areas.map((area) => (
                <AreaRow key={area.id} area={area} tree={tree} onChange={() => setOpen(area)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && <AreaDialog tree={tree} area={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </section>
  );
}

interface AreaRowProps {
  readonly area: AreaRecord;
  readonly tree: PlaceTree;
  readonly onChange: () => void;
}

function AreaRow({ area, tree, onChange }: AreaRowProps) {
  const { may } = useMe();
  const writable = useWritable();
  const remove = useCommand((hub, input: { areaId: AreaId }) => hub.locations.removeArea(input), {
    invalidate: PLACES_CHANGED,
    onDone: () => notifications.show({ message: `${area.name} is removed.` }),
  });
  const rest = { disabled: !writable.ok || remove.pending, title: writable.why ?? '' };
  return (
    <tr className={rows.bed}>
      <th scope="row">
        {area.name}
        {remove.error && (
          <span role="alert" className={rows.error}>
            {sayError(remove.error)}
          </span>
        )}
      </th>
      <td>{AREA_KIND_WORDS[area.kind]}</td>
      <td>{tree.wards.find(({ id }) => id === area.wardId)?.name ?? 'The house'}</td>
      <td>{area.code ?? '–'}</td>
      <td className={rows.acts}>
        {may('settings') && (
          <>
            <button type="button" {...rest} aria-label={`Change ${area.name}…`} onClick={onChange}>
              Change…
            </button>
            <button
              type="button"
              {...rest}
              aria-label={`Remove ${area.name}`}
              onClick={() => void remove.run({ areaId: area.id })}
            >
              Remove
            </button>
          </>
        )}
      </td>
    </tr>
  );
}
