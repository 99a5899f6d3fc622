import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMe, useWards } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { AreasDetail } from './AreasDetail.tsx';
import { PlacesFiles } from './PlacesFiles.tsx';
import { PlacesNav } from './PlacesNav.tsx';
import styles from './PlacesPanel.module.css';
import { type PlaceTree, usePlaceTree } from './place-tree.ts';
import { SitesDetail } from './SitesDetail.tsx';
import { WardDetail } from './WardDetail.tsx';

/** Sites, wards, rooms, beds and places without beds: changed by administrators, read by everyone who sees the board. */
export function PlacesPanel() {
  return useMe().may('see-flow') ? <Places /> : <WardNames />;
}

function WardNames() {
  const wards = useWards().data ?? [];
  return <p className={styles.names}>{wards.map(({ name }) => name).join(', ') || 'No ward is set up yet.'}</p>;
}

function Places() {
  const { may } = useMe();
  const tree = usePlaceTree();
  const search = useSearch({ strict: false }) as { place?: string };
  const navigate = useNavigate();
  if (tree.isPending) return <p role="status">Reading the places…</p>;
  if (tree.isError && !tree.data) {
    return (
      <Fault
        title="The places could not be read."
        detail={sayError(tree.error)}
        action="Try again"
        onAction={() => void tree.refetch()}
      />
    );
  }
  const open = openPlace(tree.data, search.place);
  return (
    <div className={styles.panel}>
      <div className={styles.top}>
        {!may('settings') && <p>Only an administrator changes places. You can read them.</p>}
        <PlacesFiles />
      </div>
      <PlacesNav
        tree={tree.data}
        open={open}
        onOpen={(place) => void navigate({ to: '.', search: { ...search, place }, replace: true })}
      />
      <Detail tree={tree.data} open={open} />
    </div>
  );
}

/** The place the address names, else the first ward. */
function openPlace({ wards }: PlaceTree, named: string | undefined): string {
  const known = named === 'areas' || named === 'sites' || wards.some(({ id }) => id === named);
  return known && named !== undefined ? named : (wards[0]?.id ?? 'areas');
}

function Detail({ tree, open }: { readonly tree: PlaceTree; readonly open: string }) {
  const ward = tree.wards.find(({ id }) => id === open);
  if (ward) return <WardDetail key={ward.id} tree={tree} ward={ward} />;
  if (open === 'sites') return <SitesDetail tree={tree} />;
  if (tree.wards.length === 0 && tree.areas.length === 0) {
    return (
      <Blank title="No ward is set up yet">
        <p>Add the first ward on the left, or import a list of places as CSV.</p>
      </Blank>
    );
  }
  return <AreasDetail tree={tree} />;
}
