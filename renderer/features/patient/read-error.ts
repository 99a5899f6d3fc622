import { ClinicError } from '#domain/clinic-error.ts';
import { sayError } from '#renderer/client/say-error.ts';

/** Why something could not be read. A read keeps no entries, so a lost link is not answered with the words of a save. */
export function sayReadError(error: Error | null): string {
  const outage = error === null || (error instanceof ClinicError && error.code === 'unavailable');
  return outage ? 'The link to the hub is lost. It is read again when the link is back.' : sayError(error);
}
