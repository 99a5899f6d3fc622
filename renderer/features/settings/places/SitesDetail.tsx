import { useCommand, useMe } from '#renderer/client/hooks.ts';
import { counted } from '#renderer/ui/format.ts';
import { AddPlace } from './AddPlace.tsx';
import { PLACES_CHANGED, type PlaceTree } from './place-tree.ts';
import styles from './WardDetail.module.css';

/** Buildings or campuses; wards name theirs. */
export function SitesDetail({ tree }: { readonly tree: PlaceTree }) {
  const { may } = useMe();
  const add = useCommand((hub, input: { name: string }) => hub.locations.addSite(input), {
    invalidate: PLACES_CHANGED,
  });
  return (
    <section className={styles.ward} aria-label="Sites">
      <header className={styles.head}>
        <div>
          <h2>Sites</h2>
          <p>Buildings or campuses. A clinic in one building needs none.</p>
        </div>
      </header>
      <ul className={styles.plain}>
        {tree.sites.map(({ id, name }) => (
          <li key={id}>
            {name} <small>{counted(tree.wards.filter(({ siteId }) => siteId === id).length, 'ward')}</small>
          </li>
        ))}
      </ul>
      {may('settings') && (
        <AddPlace label="New site" verb="Add site" command={add} onAdd={(name) => add.run({ name })} maxLength={60} />
      )}
    </section>
  );
}
