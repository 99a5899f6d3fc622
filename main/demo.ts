import { fileURLToPath } from 'node:url';
import type { StartChild } from '#adapters/child.ts';
import type { Log } from '#adapters/log.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import type { OpenSessions } from '#services/open-sessions.ts';
import type { DemoUser, Passwords } from '#services/session.ts';
import type { SignInCodes } from '#services/sign-in-codes.ts';

const DEMO_PASSWORD = 'wardline-demo';
const DEMO_ROLES = [
  'nurse',
  'physician',
  'scheduler',
  'supply-manager',
  'admin',
  'cleaner',
  'porter',
  'wall',
] as const satisfies readonly Role[];

/** Who lives in the demo; their password is no secret and is shown on the sign-in screen. */
export const DEMO_USERS: readonly DemoUser[] = DEMO_ROLES.map((role) => ({
  username: role,
  role,
  password: DEMO_PASSWORD,
}));

const DISPLAY_NAMES: Record<(typeof DEMO_ROLES)[number], string> = {
  nurse: 'Noor Visser (demo nurse)',
  physician: 'Pia Lindqvist (demo physician)',
  scheduler: 'Sam Okafor (demo scheduler)',
  'supply-manager': 'Sol Marín (demo supply manager)',
  admin: 'Ada Novák (demo administrator)',
  cleaner: 'Cleo Martins (demo cleaner)',
  porter: 'Paul Adeyemi (demo porter)',
  wall: 'Wall display (demo)',
};

/** Who lives the demo beside its visitors: nobody signs in as them, so what they do is never said to be a visitor's. */
const STAFF: Readonly<Record<Exclude<(typeof DEMO_ROLES)[number], 'wall'>, string>> = {
  nurse: 'Ines Falk, nurse (simulated)',
  physician: 'Omar Reyes, physician (simulated)',
  scheduler: 'Tove Lind, scheduler (simulated)',
  'supply-manager': 'Rui Costa, supply manager (simulated)',
  admin: 'Jana Kral, administrator (simulated)',
  cleaner: 'Bea Okoro, cleaner (simulated)',
  porter: 'Dan Whelan, porter (simulated)',
};
type StaffRole = keyof typeof STAFF;

interface DemoDeps {
  readonly store: Pick<Store, 'transact' | 'users' | 'settings'>;
  readonly sessions: OpenSessions;
  readonly codes: SignInCodes;
  readonly passwords: Passwords;
  readonly clock: () => number;
  readonly log: Log;
  readonly api: string;
  readonly mqtt: string;
  /** Address of the HL7 listener; null when it is off. */
  readonly hl7: string | null;
  readonly clinic: string;
  readonly startChild: StartChild;
  /** Users and tokens only. */
  readonly bare: boolean;
}

interface DemoState {
  /** When this demo clinic began, epoch ms: its patients' courses follow from it. */
  readonly epoch: number;
  /** Whether wards, patients and history are all in. */
  readonly populated: boolean;
}

const DEMO_KEY = 'demo';

/** Users with tokens, and a child process that lives the demo clinic through the same API and broker as anyone. */
export async function startDemoClinic(deps: DemoDeps) {
  const { store, sessions, codes } = deps;
  await addDemoUsers(deps);
  const tokens = store.transact(() =>
    Object.fromEntries(DEMO_ROLES.map((role) => [role, sessions.open(demoUser(store, role), 'demo').token])),
  );
  const living = deps.bare ? null : liveClinic(deps);
  return {
    tokens,
    signInCode: () => codes.create(demoUser(store, 'nurse').id),
    close: () => living?.close(),
  };
}

function liveClinic(deps: DemoDeps) {
  const { store, sessions, log, api, mqtt, hl7, clinic, startChild } = deps;
  const tokens = store.transact(() =>
    Object.fromEntries(staffOf(store).map((user) => [user.roles[0], sessions.open(user, 'demo').token])),
  );
  const demo = { tokens, staff: Object.values(STAFF), nurseId: demoUser(store, 'nurse').id };
  const state = demoState(deps);
  const child = startChild(fileURLToPath(new URL('../simulators/run.ts', import.meta.url)), ['--demo-clinic']);
  child.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'populated' in message) {
      store.transact(() => store.settings.set(DEMO_KEY, { ...state, populated: true }));
    }
  });
  child.on('error', (error) => log.error('the demo clinic could not start', { error }));
  child.on('exit', (status) => log.info('the demo clinic ended', { status }));
  child.send({ api, mqtt, hl7, clinic, ...demo, fresh: !state.populated, epoch: state.epoch });
  return {
    close() {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
    },
  };
}

/** The simulated staff, each made when first needed. Within a transaction. */
function staffOf({ users }: DemoDeps['store']): User[] {
  return (Object.keys(STAFF) as StaffRole[]).map((role) => {
    const username = `simulated-${role}`;
    const known = users.findByUsername(username);
    if (known) return known;
    const id = `demo-${username}` as UserId;
    const user: User = { id, username, displayName: STAFF[role], roles: [role], disabled: false };
    users.save(user);
    return user;
  });
}

function demoUser(store: DemoDeps['store'], role: string) {
  const user = store.users.findByUsername(role);
  if (!user) throw new Error(`The demo has no ${role}.`);
  return user;
}

async function addDemoUsers({ store, passwords }: DemoDeps): Promise<void> {
  // A demo begun by an earlier release has fewer of them.
  const missing = DEMO_ROLES.filter((role) => store.users.findByUsername(role) === undefined);
  const demo = store.users.list().length === 0 || store.users.findByUsername('nurse')?.id === 'demo-nurse';
  if (missing.length === 0 || !demo) return;
  const hash = await passwords.hash(DEMO_PASSWORD);
  store.transact(() => {
    for (const role of missing) {
      const id = `demo-${role}` as UserId;
      store.users.save({ id, username: role, displayName: DISPLAY_NAMES[role], roles: [role], disabled: false });
      store.users.setPasswordHash(id, hash);
    }
  });
}

function demoState({ store, clock }: DemoDeps): DemoState {
  const stored = store.settings.get(DEMO_KEY);
  if (isDemoState(stored)) return stored;
  const begun = { epoch: clock(), populated: false };
  store.transact(() => store.settings.set(DEMO_KEY, begun));
  return begun;
}

function isDemoState(value: unknown): value is DemoState {
  return (
    typeof value === 'object' &&
    value !== null &&
    'epoch' in value &&
    typeof value.epoch === 'number' &&
    'populated' in value
  );
}
