import { Link } from '@tanstack/react-router';
import { useMe } from '#renderer/client/hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';

/** A board without beds: what to do about it, or whom to ask. */
export function NoBeds() {
  const { may } = useMe();
  return (
    <Blank title="No beds are set up here">
      {may('settings') ? (
        <p>
          Add wards, rooms and beds in <Link to="/settings">Settings, Places</Link>: by hand, or all at once from a CSV
          file.
        </p>
      ) : (
        <p>An administrator adds wards, rooms and beds in Settings. Ask them; then patients can be admitted here.</p>
      )}
    </Blank>
  );
}
