import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

/** The address beds had before: leads to the board. */
export function BedsRedirect() {
  const navigate = useNavigate();
  useEffect(() => void navigate({ to: '/flow', replace: true }), [navigate]);
  return null;
}
