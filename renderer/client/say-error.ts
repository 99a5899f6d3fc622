import { ClinicError } from '#domain/clinic-error.ts';

/** What went wrong and what to do, in words. A refusal's own words come from the hub. */
export function sayError(error: Error): string {
  if (!(error instanceof ClinicError)) return 'The hub did not answer. It is safe to try again.';
  if (error.code === 'unavailable')
    return 'The link to the hub is lost. Your entries are kept; try again when it is back.';
  if (error.code === 'internal') return 'The hub could not answer. It is safe to try again.';
  return error.message;
}
