import { allow, type Decision, refuse } from '#domain/decision.ts';

/** What stands in for a password a console may not see. */
const MASK = '***';

function parsed(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits =
    url && ['mqtt:', 'mqtts:'].includes(url.protocol) && url.hostname !== '' && url.search === '' && url.hash === '';
  return fits ? url : undefined;
}

/** A broker's address fit to be shown, logged and kept in the ledger; what is no such address is not shown at all. */
export function maskPassword(text: string): string {
  const url = parsed(text);
  if (!url) return '';
  if (url.password !== '') url.password = MASK;
  return url.href;
}

/**
 * The broker as it will be saved. A console sends back the masked address it was given: the password then stays the
 * stored one, but only for the same broker and user, so that it cannot be sent to another.
 */
export function brokerAsSaved(
  given: string | null,
  stored: string | null,
): Decision<string | null, 'not-a-broker-url' | 'password-needed'> {
  if (given === null || given.trim() === '') return allow(null);
  const url = parsed(given.trim());
  if (!url) return refuse('not-a-broker-url');
  if (url.password !== MASK) return allow(url.href);
  return stored !== null && maskPassword(stored) === url.href ? allow(stored) : refuse('password-needed');
}
