import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { BedId, RoomId, WardId } from '#domain/ids.ts';
import type { OpenSessions, Secrets } from './open-sessions.ts';
import type { Passwords } from './session.ts';
import { addUser } from './users.ts';

export interface SetupDeps {
  readonly store: Pick<Store, 'transact' | 'users' | 'locations' | 'ledger'>;
  readonly sessions: OpenSessions;
  readonly passwords: Passwords;
  readonly secrets: Pick<Secrets, 'newId'>;
  readonly clock: () => number;
  /** Writes these settings over the defaults; called inside the transaction. */
  readonly saveSettings: (first: { clinicName: string; brokerUrl: string | null }) => void;
  /** Called after the commit: there are wards now. */
  readonly changed?: () => void;
}

/** A bay holds this many beds when a clinic is first laid out. */
const BEDS_A_ROOM = 4;

/** First use. Everything is made in one transaction, and only where there is no user yet. */
export function createSetup(deps: SetupDeps): HandlersOf<typeof contract.setup> {
  const { store, passwords, sessions } = deps;
  return {
    async complete(input) {
      refuseSecondTime(deps);
      checkBroker(input.broker.url);
      checkWardNames(input.wards);
      const hash = await passwords.hash(input.administrator.password);
      return store.transact((afterCommit) => {
        refuseSecondTime(deps);
        const { username, displayName } = input.administrator;
        const station = input.station.name;
        const user = addUser(deps, { username, displayName, roles: ['admin'] }, hash, {
          actor: { id: 'setup' },
          station,
        });
        deps.saveSettings({ clinicName: input.clinicName, brokerUrl: input.broker.url });
        for (const ward of input.wards) layOut(deps, ward);
        store.ledger.append({
          at: deps.clock(),
          actor: user.id,
          station,
          act: 'clinic.setUp',
          subject: 'clinic',
          before: null,
          after: { clinicName: input.clinicName, wards: input.wards, embeddedBroker: input.broker.url === null },
        });
        afterCommit(() => deps.changed?.());
        return sessions.open(user, station);
      });
    },
  };
}

function refuseSecondTime({ store }: Pick<SetupDeps, 'store'>): void {
  if (store.users.list().length > 0) {
    throw new ClinicError('refused', 'This clinic is set up already. Sign in instead.', 'already-set-up');
  }
}

function checkBroker(url: string | null): void {
  if (url !== null && !/^mqtts?:\/\/[^\s/]+/.test(url)) {
    throw new ClinicError('invalid-input', 'broker.url: Must begin with mqtt:// or mqtts:// and name a host.');
  }
}

function checkWardNames(wards: readonly { readonly name: string }[]): void {
  const names = new Set(wards.map(({ name }) => name.toLowerCase()));
  if (names.size < wards.length) throw new ClinicError('invalid-input', 'wards: Two wards have the same name.');
}

/** Beds are labelled 01, 02, … through the ward, four to a room. */
function layOut({ store, secrets }: Pick<SetupDeps, 'store' | 'secrets'>, ward: { name: string; beds: number }): void {
  const wardId = secrets.newId() as WardId;
  store.locations.saveWard({ id: wardId, name: ward.name });
  const width = Math.max(2, String(ward.beds).length);
  let roomId = '' as RoomId;
  for (let bed = 0; bed < ward.beds; bed += 1) {
    if (bed % BEDS_A_ROOM === 0) {
      roomId = secrets.newId() as RoomId;
      store.locations.saveRoom({ id: roomId, wardId, label: `Bay ${bed / BEDS_A_ROOM + 1}` });
    }
    const label = String(bed + 1).padStart(width, '0');
    store.locations.saveBed({ id: secrets.newId() as BedId, wardId, roomId, label });
  }
}
