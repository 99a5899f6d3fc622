import type { z } from 'zod';
import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { hubLink } from '#contract/schemas.ts';
import type { Store } from '#domain/clinic/store.ts';
import { maskPassword } from './broker-url.ts';
import { entryBy } from './command.ts';

interface HubStatusDeps extends Pick<Store, 'ledger'> {
  readonly version: string;
  readonly startedAt: number;
  readonly demo: boolean;
  /** The `{clinic}` segment of topics. */
  readonly clinic: string;
  readonly keyKeeping: string;
  readonly link: () => z.infer<typeof hubLink>;
  readonly storeBytes: () => number;
  /** Delay of the hub's loop over the last minute, ms. */
  readonly loopDelay: () => { p50: number; p99: number; max: number };
  /** Writes an encrypted copy into a folder, off the hub's loop where there is such a way. */
  readonly backup: (toFolder: string) => Promise<{ path: string; bytes: number }>;
  readonly clock: () => number;
}

/** How the hub itself is, and copies of its store. */
export function createHubStatus(deps: HubStatusDeps): HandlersOf<typeof contract.hub> {
  const { version, startedAt, demo, clinic, keyKeeping, ledger, clock } = deps;
  return {
    status: () => {
      const link = deps.link();
      const mqtt = { ...link, url: maskPassword(link.url) };
      return {
        version,
        now: clock(),
        startedAt,
        demo,
        clinic,
        mqtt,
        keyKeeping,
        storeBytes: deps.storeBytes(),
        loopDelay: deps.loopDelay(),
      };
    },
    backup: async ({ to }, context) => {
      // A copy cannot be made inside a transaction: only its entry is.
      const copy = await deps.backup(to);
      return context.commit(() => {
        ledger.append(
          entryBy(context, clock(), { act: 'store.backedUp', subject: 'store', before: null, after: copy }),
        );
        return copy;
      });
    },
  };
}
