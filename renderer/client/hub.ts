import { createORPCClient } from '@orpc/client';
import { ClinicError } from '#domain/clinic-error.ts';
import type { HubClient } from './carrier.ts';
import type { Link } from './link.ts';

export type { HubClient } from './carrier.ts';

type Callable = (input: unknown, options: unknown) => Promise<unknown>;

/** One client for the life of a session: each call goes over whatever connection there is, or is refused at once. */
export function createHub(link: Pick<Link, 'calls'>): HubClient {
  return createORPCClient<HubClient>({
    async call(path, input, options) {
      const calls = link.calls();
      if (!calls) throw new ClinicError('unavailable', 'The link to the hub is lost. Nothing was sent.');
      let step: unknown = calls;
      for (const name of path) step = (step as Record<string, unknown>)[name];
      return (step as Callable)(input, { signal: options.signal });
    },
  });
}
