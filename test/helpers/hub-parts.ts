import { createPasswords } from '#adapters/passwords.ts';
import { secrets } from '#adapters/secrets.ts';
import { contract } from '#contract';
import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { BedId, EncounterId, PatientId, UserId, WardId } from '#domain/ids.ts';
import { ROLES, type Role } from '#domain/user/role.ts';
import { createCommandRunner } from '#services/command-runner.ts';
import { createDevicePasswords } from '#services/device-passwords.ts';
import { createOpenSessions } from '#services/open-sessions.ts';
import { createSession } from '#services/session.ts';
import { createSetup } from '#services/setup.ts';
import { createSignInCodes } from '#services/sign-in-codes.ts';
import { createStreams } from '#services/streams.ts';
import { createUsers } from '#services/users.ts';
import { type AllHandlers, createRouter } from '#transports/door.ts';
import type { LinkParts } from '#transports/link.ts';
import { describeApi } from '#transports/openapi.ts';
import { makePatient, NOON } from './makers.ts';
import { openTestStore, type TestStore } from './store.ts';

/** A bed card's worth of live state, with one number to tell it apart by. */
export interface TestBed {
  readonly bedId: string;
  readonly pulse: number;
}

export type TestHub = Awaited<ReturnType<typeof createTestHub>>;

/**
 * A small hub: the real store, sessions, users, door and streams; of the clinic only a ward whose beds a test changes
 * by hand (`beds.set`), and patients that count how often they were registered. Its clock stands still until told.
 */
export async function createTestHub({
  users = true,
  opened = openTestStore(),
}: {
  users?: boolean;
  opened?: TestStore;
} = {}) {
  const { store } = opened;
  let now = NOON;
  const clock = () => now;
  const passwords = createPasswords();
  const sessions = createOpenSessions({ sessions: store.sessions, users: store.users, secrets, clock });
  const codes = createSignInCodes({ secrets, clock });
  const streams = createStreams({ clock, newId: secrets.newId });
  const settings = { clinicName: 'Test clinic', brokerUrl: null as string | null };
  const ward = createTestWard(streams);
  const patients = createTestPatients(store);
  const account = { store, sessions, passwords, secrets, clock };
  const handlers = {
    ...unfinished(),
    session: createSession({
      ...account,
      codes,
      clinicName: () => settings.clinicName,
      version: '0.0.0',
      demoUsers: null,
    }),
    users: createUsers(account),
    setup: createSetup({ ...account, saveSettings: (first) => Object.assign(settings, first) }),
    streams: streams.handlers,
    ward: { ...unfinished().ward, watch: ward.watch },
    patients: { ...unfinished().patients, ...patients.handlers },
    devices: {
      ...unfinished().devices,
      ...createDevicePasswords({ store, secrets, clock, changed: () => undefined }),
    },
  } satisfies AllHandlers;
  const lines: { what: string; facts: object }[] = [];
  const say = (what: string, facts: object = {}) => {
    lines.push({ what, facts });
  };
  const log = { debug: say, info: say, warn: say, error: say };
  const run = createCommandRunner({ store, clock, digest: secrets.digest });
  const router = createRouter({ contract, handlers, sessions, run, log, clock });
  const link: LinkParts = { router, sessions, log, clock };
  const tokens = users ? giveTokens(store, sessions) : ({} as Record<Role, string>);
  return {
    opened,
    store,
    clock,
    passwords,
    sessions,
    codes,
    streams,
    settings,
    beds: ward,
    registered: patients.registered,
    lines,
    link,
    tokens,
    openapi: await describeApi(contract, '0.0.0'),
    pass: (ms: number) => {
      now += ms;
    },
    async close() {
      await passwords.close();
      opened.remove();
    },
  };
}

/** One user for each role, named after it, and a token for each. Passwords are set by the tests that need them. */
function giveTokens(store: Store, sessions: ReturnType<typeof createOpenSessions>): Record<Role, string> {
  const tokens = {} as Record<Role, string>;
  for (const role of ROLES) {
    const user = {
      id: `user-${role}` as UserId,
      username: role,
      displayName: `A ${role}`,
      roles: [role],
      disabled: false,
    };
    store.transact(() => {
      store.users.save(user);
      tokens[role] = sessions.open(user, 'test station').token;
    });
  }
  return tokens;
}

function createTestWard(streams: ReturnType<typeof createStreams>) {
  const beds = new Map<string, TestBed>();
  const listeners = new Set<(bedId: string) => void>();
  const ended: string[] = [];
  const link = { broker: 'connected' as const, since: NOON, url: 'mqtt://127.0.0.1' };
  return {
    set(bedId: string, pulse: number) {
      beds.set(bedId, { bedId, pulse });
      for (const listener of listeners) listener(bedId);
    },
    readers: () => listeners.size,
    /** Wards whose stream has run its `finally`. */
    ended,
    async *watch({ wardId }: { wardId: WardId }, context: CallContext) {
      try {
        yield* streams.latest({
          context,
          whole: () => ({
            kind: 'whole' as const,
            ward: { id: wardId, name: 'North' },
            beds: [...beds.values()].map(toBedLive),
            link,
          }),
          subscribe(push: (bedId: string) => void) {
            listeners.add(push);
            return () => listeners.delete(push);
          },
          keyOf: (bedId) => bedId,
          changes: (changed) => ({
            kind: 'changes' as const,
            beds: changed.map((id) => toBedLive(beds.get(id))),
            removed: [],
            link,
          }),
        });
      } finally {
        ended.push(wardId);
      }
    },
  };
}

function toBedLive(bed: TestBed = { bedId: '', pulse: 0 }) {
  return {
    bedId: bed.bedId as BedId,
    label: bed.bedId,
    roomLabel: 'Bay 1',
    patient: null,
    values: [{ code: 'pr', value: bed.pulse, why: null, at: NOON, source: 'test' }],
    score: null,
    others: [],
    alarms: [],
    devices: [],
  };
}

function createTestPatients(store: Store) {
  let registered = 0;
  return {
    registered: () => registered,
    handlers: {
      register: (_input: unknown, { commit, actor, station }: CallContext) =>
        commit(() => {
          registered += 1;
          const id = `patient-${registered}` as PatientId;
          const subject = `patient:${id}`;
          const entry = { at: NOON, actor: actor.id, station, act: 'patient.registered', subject };
          store.ledger.append({ ...entry, before: null, after: null });
          return { id };
        }),
      get: ({ id }: { id: PatientId }): never => {
        if (id === 'broken') throw new Error('SECRET: Ann Example fell through the floor');
        throw new ClinicError('not-found', 'There is no such patient.');
      },
      // As many people as asked for, most of them the same.
      search: ({ query }: { query: string }) => Array.from({ length: Number(query) || 0 }, (_, n) => makeFound(n)),
      recordAllergies: (): never => {
        throw new ClinicError('refused', 'Not for this patient.', 'not-in-progress');
      },
    },
  };
}

function makeFound(n: number) {
  return {
    ...makePatient({ id: `patient-${n}` as PatientId }),
    identifiers: [],
    encounter: null,
    bed: null,
    secret: 'not in the contract',
  };
}

/** Handlers for all the rest: they answer that they are not here, which proves that the door let the call through. */
function unfinished(): AllHandlers {
  const absent = () => {
    throw new ClinicError('unavailable', 'Not in this test.');
  };
  const parts = Object.entries(contract).map(([part, verbs]) => [
    part,
    Object.fromEntries(Object.keys(verbs).map((verb) => [verb, absent])),
  ]);
  return Object.fromEntries(parts) as AllHandlers;
}

export const WARD = 'ward-1' as WardId;
export const NO_PATIENT = 'nobody' as PatientId;
export const NO_STAY = 'no-stay' as EncounterId;
