import type { Store } from '#domain/clinic/store.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { DeviceId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';

/** The patient's own device ties end when the stay does, and go on when that turns out not to have been. */
export function createFlowTies({ flow, devices }: Pick<Store, 'flow' | 'devices'>) {
  return {
    /** Devices whose ties changed. `guard` throws where a device was tied to something else since; without, it stays there. */
    follow(before: Encounter, after: Encounter, guard: { tiedElsewhere(deviceId: DeviceId): void } | null): DeviceId[] {
      if (ongoing(before) && !ongoing(after)) return end(after);
      return !ongoing(before) && ongoing(after) ? goOn(after, guard) : [];
    },
  };

  function end({ id: encounterId, dischargedAt, admittedAt }: Encounter): DeviceId[] {
    const open = devices
      .tiesOf({ encounterId }, LAST_MOMENT - 1, LAST_MOMENT)
      .filter(({ endedAt }) => endedAt === null);
    for (const tie of open) devices.endTie(tie.id, Math.max(tie.startedAt, dischargedAt ?? admittedAt));
    flow.replaceEndedTies(
      encounterId,
      open.map(({ id }) => id),
    );
    return open.map(({ deviceId }) => deviceId);
  }

  function goOn({ id: encounterId }: Encounter, guard: { tiedElsewhere(deviceId: DeviceId): void } | null): DeviceId[] {
    const again: DeviceId[] = [];
    for (const tieId of flow.listEndedTies(encounterId)) {
      const tie = devices.findTie(tieId);
      if (!tie) continue;
      if (devices.openTie(tie.deviceId)) guard?.tiedElsewhere(tie.deviceId);
      else {
        devices.reopenTie(tieId);
        again.push(tie.deviceId);
      }
    }
    flow.replaceEndedTies(encounterId, []);
    return again;
  }
}
