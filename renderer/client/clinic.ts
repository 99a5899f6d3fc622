import { QueryClient } from '@tanstack/react-query';
import { ClinicError } from '#domain/clinic-error.ts';
import { createLiveBoards, type LiveBoards } from './board/live-board.ts';
import { createUndo, type Undo } from './board/undo.ts';
import type { Carrier } from './carrier.ts';
import { createHub, type HubClient } from './hub.ts';
import { createLink, type Link } from './link.ts';
import { createLiveAlarms, type LiveAlarms } from './live-alarms.ts';
import { createLiveBeds, type LiveBeds } from './live-beds.ts';
import { sayError } from './say-error.ts';
import type { SignedIn } from './session.ts';

/** All a signed-in console holds of the hub: made at sign-in, closed at sign-out, never shared between users. */
export interface Clinic {
  readonly session: SignedIn;
  readonly hub: HubClient;
  readonly link: Link;
  readonly beds: LiveBeds;
  readonly alarms: LiveAlarms;
  readonly boards: LiveBoards;
  readonly undo: Undo;
  readonly queries: QueryClient;
  close(): void;
}

const RETRIES = 2;

function worthAskingAgain(failures: number, error: unknown): boolean {
  if (failures >= RETRIES) return false;
  return !(error instanceof ClinicError) || error.code === 'internal';
}

/** Records do not go stale by time: streams and commands say when they changed, a reconnect re-reads them all. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        retry: worthAskingAgain,
        retryDelay: 300,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

interface ClinicParts {
  readonly session: SignedIn;
  readonly connect: (token: string) => Promise<Carrier>;
  readonly onSignedOut: () => void;
}

export function createClinic({ session, connect, onSignedOut }: ClinicParts): Clinic {
  const link = createLink({ connect: () => connect(session.token), onSignedOut });
  const hub = createHub(link);
  const queries = createQueries();
  const beds = createLiveBeds(hub, link);
  const alarms = createLiveAlarms(hub, link);
  const boards = createLiveBoards(hub, link);
  const stopReading = link.subscribe(() => {
    if (link.state().state === 'live') void queries.invalidateQueries();
  });
  return {
    session,
    hub,
    link,
    beds,
    alarms,
    boards,
    undo: createUndo(hub, sayError),
    queries,
    close() {
      stopReading();
      beds.close();
      alarms.close();
      boards.close();
      link.close();
      queries.clear();
    },
  };
}
