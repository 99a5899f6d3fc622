import { createRootRoute, createRoute, createRouter, Navigate, Outlet } from '@tanstack/react-router';
import { useMe } from '#renderer/client/hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Frame } from './Frame.tsx';
import { lastBoard } from './place.ts';
import { railOf } from './Rail.tsx';
import { ScreenDoor } from './ScreenDoor.tsx';
import { screens } from './screens.ts';

/** The screen a person begins with: one all their roles begin with, else the first in their rail. */
function Beginning() {
  const { roles } = useMe().user;
  const rail = railOf(roles);
  const own = rail.find(({ begins }) => roles.length > 0 && roles.every((role) => begins?.includes(role)));
  const first = (own ?? rail[0])?.to ?? '/home';
  return <Navigate to={first === '/ward' ? lastBoard() : first} replace />;
}

function NotFound() {
  return (
    <Blank title="There is no such screen">
      <p>The address may be old. Choose a screen on the left, or find what you need with Ctrl K.</p>
    </Blank>
  );
}

/** Routes behind sign-in, one a screen, inside the frame. Addresses of sign-in and set-up lead on once they are done. */
export function createConsoleRouter() {
  const root = createRootRoute({
    component: () => (
      <Frame>
        <Outlet />
      </Frame>
    ),
    notFoundComponent: NotFound,
  });
  const beginnings = ['/', '/sign-in', '/setup'].map((path) =>
    createRoute({ getParentRoute: () => root, path, component: Beginning }),
  );
  const routes = screens.map((screen) =>
    createRoute({ getParentRoute: () => root, path: screen.path, component: () => <ScreenDoor screen={screen} /> }),
  );
  return createRouter({ routeTree: root.addChildren([...beginnings, ...routes]), defaultPreload: false });
}
