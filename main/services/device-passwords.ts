import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Secrets } from './open-sessions.ts';

const KEY = 'device-passwords';

/** Digests of device passwords by device id, as the embedded broker checks them: `sha256:` and hex. */
export type DevicePasswords = Readonly<Record<string, string>>;

/** Passwords are 256 random bits, so that a plain digest is as good as a slow one. */
export function readDevicePasswords(settings: Store['settings']): DevicePasswords {
  const stored = settings.get(KEY);
  return typeof stored === 'object' && stored !== null ? (stored as DevicePasswords) : {};
}

interface DevicePasswordsDeps {
  readonly store: Pick<Store, 'settings' | 'ledger'>;
  readonly secrets: Pick<Secrets, 'newToken' | 'digest'>;
  readonly clock: () => number;
  /** Tells the broker; called after the commit. */
  changed(passwords: DevicePasswords): void;
}

/** Makes the password a device signs in to the embedded broker with. It is told once. */
export function createDevicePasswords({
  store,
  secrets,
  clock,
  changed,
}: DevicePasswordsDeps): Pick<HandlersOf<typeof contract.devices>, 'issuePassword'> {
  return {
    issuePassword: ({ device }, { actor, station, commit }) =>
      commit((afterCommit) => {
        const password = secrets.newToken();
        const before = readDevicePasswords(store.settings);
        const after = { ...before, [device]: `sha256:${secrets.digest(password)}` };
        store.settings.set(KEY, after);
        store.ledger.append({
          at: clock(),
          actor: actor.id,
          station,
          act: 'device.passwordIssued',
          subject: device,
          before: { hadPassword: device in before },
          after: { hadPassword: true },
        });
        afterCommit(() => changed(after));
        return { password };
      }),
  };
}
