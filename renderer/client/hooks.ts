import {
  type keepPreviousData,
  type QueryKey,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { ClinicError } from '#domain/clinic-error.ts';
import { allows, type Permission } from '#domain/user/role.ts';
import { useClinic, useSeat } from './context.ts';
import type { HubClient } from './hub.ts';
import type { LinkState } from './link.ts';
import type { SignedInUser } from './session.ts';

export function useHub(): HubClient {
  return useClinic().hub;
}

/**
 * A record of the hub; read again by `invalidate` of its key, by a reconnect, and never by time alone. What others change
 * without a stream that tells takes `staleTime`, ms: older than that it is read again by whoever shows it next.
 */
export function useQueryOf<Output>(
  key: QueryKey,
  ask: (hub: HubClient) => Promise<Output>,
  options: { enabled?: boolean; staleTime?: number; placeholderData?: typeof keepPreviousData } = {},
): UseQueryResult<Output, Error> {
  const hub = useHub();
  return useQuery<Output, Error>({ queryKey: key, queryFn: () => ask(hub), ...options });
}

/** Fields of a command before it gets its key. */
type Unkeyed<Input> = Input & { idempotencyKey: string };

export interface Command<Input, Output> {
  /** Sends it; a refusal is in `error`, not thrown. Answers undefined when it failed. */
  run(input: Input): Promise<Output | undefined>;
  readonly pending: boolean;
  readonly error: Error | null;
  reset(): void;
}

/**
 * A change asked of the hub. The idempotency key belongs to the act: it is kept while the same input is tried again
 * after an unknown outcome, so that trying again is safe.
 */
export function useCommand<Input extends object, Output>(
  act: (hub: HubClient, input: Unkeyed<Input>) => Promise<Output>,
  options: { onDone?: (output: Output, input: Input) => void; invalidate?: readonly QueryKey[] } = {},
): Command<Input, Output> {
  const hub = useHub();
  const queries = useQueryClient();
  const open = useRef<{ input: string; key: string } | null>(null);
  const mutation = useMutation<Output, Error, Input>({
    async mutationFn(input) {
      const said = JSON.stringify(input);
      if (open.current?.input !== said) open.current = { input: said, key: crypto.randomUUID() };
      try {
        const output = await act(hub, { ...input, idempotencyKey: open.current.key });
        open.current = null;
        return output;
      } catch (error) {
        if (error instanceof ClinicError && error.code !== 'unavailable' && error.code !== 'internal') {
          open.current = null;
        }
        throw error;
      }
    },
    async onSuccess(output, input) {
      options.onDone?.(output, input);
      await Promise.all((options.invalidate ?? []).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const { mutateAsync } = mutation;
  const run = useCallback((input: Input) => mutateAsync(input).catch(() => undefined), [mutateAsync]);
  return { run, pending: mutation.isPending, error: mutation.error, reset: mutation.reset };
}

/** The link as a screen needs it; `hubNow()` goes on counting while the hub is silent. */
export function useLink(): LinkState & { hubNow(): number } {
  const { link } = useClinic();
  const state = useSyncExternalStore(link.subscribe, link.state);
  return { ...state, hubNow: link.clock.now };
}

/** Whether a change can be asked for now, and if not, why: put `why` beside or on the disabled control. */
export function useWritable(): { ok: boolean; why?: string } {
  const { state } = useLink();
  if (state === 'live') return { ok: true };
  if (state === 'connecting') return { ok: false, why: 'Not connected to the hub yet.' };
  return { ok: false, why: 'The link to the hub is lost: nothing can be saved until it is back.' };
}

export function useMe(): { user: SignedInUser; may(permission: Permission): boolean; signOut(): void } {
  const { user } = useClinic().session;
  const { signOut } = useSeat();
  return { user, may: (permission) => allows(user.roles, permission), signOut };
}

/** The clinic's settings; undefined until read. */
export function useSettings() {
  return useQueryOf(['settings'], (hub) => hub.settings.get({})).data;
}

/** The clinic's time zone; the machine's own until the settings are read. */
export function useZone(): string {
  return useSettings()?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function useWards() {
  return useQueryOf(['locations', 'wards'], (hub) => hub.locations.wards({}), { staleTime: 2_000 });
}
