import { useLocation } from '@tanstack/react-router';
import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useMe } from '#renderer/client/hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import type { Screen } from './screens.ts';

/** Lets in whom the role table lets in; a screen that breaks takes nothing down but itself. */
export function ScreenDoor({ screen: { label, may: needed, view: View } }: { screen: Screen }) {
  const { may } = useMe();
  const { pathname } = useLocation();
  if (!may(needed)) {
    return (
      <Blank title={`${label} is not part of your role`}>
        <p>Your screens are on the left. An administrator can change your roles.</p>
      </Blank>
    );
  }
  return (
    <ErrorBoundary
      resetKeys={[pathname]}
      fallbackRender={({ resetErrorBoundary }) => (
        <Fault
          title="This screen broke"
          detail="Everything saved is safe, and monitoring goes on in the hub. The other screens work."
          action="Open it again"
          onAction={resetErrorBoundary}
        />
      )}
    >
      <Suspense fallback={<p role="status" className="visually-hidden">{`Opening ${label}…`}</p>}>
        <View />
      </Suspense>
    </ErrorBoundary>
  );
}
