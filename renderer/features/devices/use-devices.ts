import { useEffect, useState } from 'react';
import { useClinic } from '#renderer/client/context.ts';
import { follow } from '#renderer/client/follow.ts';
import type { Records } from '#renderer/client/records.ts';
import { byStanding, type DeviceRecord } from './device-record.ts';

type DeviceStream = Records['devices']['watch'];
type DevicePart = DeviceStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;

interface DevicesHeard {
  /** Undefined until the hub has told. */
  readonly devices: readonly DeviceRecord[] | undefined;
  readonly trouble: string | undefined;
}

/** At most this often the list is drawn again, however busy the network is. Ms. */
const DRAW_EVERY_MS = 500;

/** Every device of the clinic, kept current as long as the component is on screen. */
export function useDevices(): DevicesHeard {
  const { hub, link } = useClinic();
  const [heard, setHeard] = useState<DevicesHeard>({ devices: undefined, trouble: undefined });
  useEffect(() => {
    const byId = new Map<string, DeviceRecord>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    function draw(): void {
      timer = undefined;
      setHeard({ devices: [...byId.values()].sort(byStanding), trouble: undefined });
    }
    const end = follow<DevicePart>({
      hub,
      link,
      open: (signal) => hub.devices.watch({}, { signal }),
      apply({ kind, devices }) {
        if (kind === 'whole') byId.clear();
        for (const device of devices) byId.set(device.id, device);
        if (kind === 'whole') draw();
        else timer ??= setTimeout(draw, DRAW_EVERY_MS);
      },
      onTrouble: (error) =>
        setHeard((before) => ({
          ...before,
          trouble: error instanceof Error ? error.message : 'The hub did not answer.',
        })),
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [hub, link]);
  return heard;
}
