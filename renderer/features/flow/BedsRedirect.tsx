import { Navigate } from '@tanstack/react-router';

/** The address beds had before: leads to the board. */
export function BedsRedirect() {
  return <Navigate to="/flow" replace />;
}
