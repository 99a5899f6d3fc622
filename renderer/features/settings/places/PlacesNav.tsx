import { useCommand, useMe } from '#renderer/client/hooks.ts';
import { counted } from '#renderer/ui/format.ts';
import { AddPlace } from './AddPlace.tsx';
import { FeedMark } from './FeedMark.tsx';
import styles from './PlacesNav.module.css';
import { PLACES_CHANGED, type PlaceTree, unconfirmedIn } from './place-tree.ts';

interface PlacesNavProps {
  readonly tree: PlaceTree;
  /** A ward's id, `areas` or `sites`. */
  readonly open: string;
  readonly onOpen: (place: string) => void;
}

/** The wards, places without beds and sites, each with how many it holds. */
export function PlacesNav({ tree, open, onOpen }: PlacesNavProps) {
  const { may } = useMe();
  const add = useCommand((hub, input: { name: string }) => hub.locations.addWard(input), {
    invalidate: PLACES_CHANGED,
    onDone: ({ id }) => onOpen(id),
  });
  const entry = (place: string, name: string, holds: string, unconfirmed = 0) => (
    <li key={place}>
      <button type="button" aria-current={open === place ? 'true' : undefined} onClick={() => onOpen(place)}>
        <span>{name}</span>
        <small>{holds}</small>
        {unconfirmed > 0 && <FeedMark count={unconfirmed} />}
      </button>
    </li>
  );
  return (
    <nav className={styles.nav} aria-label="Places">
      <h2>Wards</h2>
      <ul>
        {tree.wards.map((ward) =>
          entry(
            ward.id,
            ward.name,
            counted(tree.beds.filter(({ wardId }) => wardId === ward.id).length, 'bed'),
            unconfirmedIn(tree, ward),
          ),
        )}
      </ul>
      {may('settings') && (
        <AddPlace label="New ward" verb="Add ward" command={add} onAdd={(name) => add.run({ name })} maxLength={60} />
      )}
      <h2>Other places</h2>
      <ul>
        {entry('areas', 'Without beds', counted(tree.areas.length, 'place'))}
        {entry('sites', 'Sites', counted(tree.sites.length, 'site'))}
      </ul>
    </nav>
  );
}
