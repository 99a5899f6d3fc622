import { Button, CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import type { DeviceId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { AdminActions } from './AdminActions.tsx';
import styles from './DeviceDrawer.module.css';
import { batteryWords, type DeviceRecord, heardWords, STANDING_WORDS, skewWords, standingOf } from './device-record.ts';
import { TieDialog } from './TieDialog.tsx';

interface DeviceDrawerProps {
  readonly device: DeviceRecord;
  readonly onClose: () => void;
}

/** One device beside the list: what is known of it, and what may be done with it. */
export function DeviceDrawer({ device, onClose }: DeviceDrawerProps) {
  const zone = useZone();
  const now = useNow(1_000);
  const standing = standingOf(device);
  return (
    <aside className={styles.drawer} aria-label={`Device ${device.id}`}>
      <header className={styles.head}>
        <h2>{device.id}</h2>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      <p className={styles.standing}>{STANDING_WORDS[standing]}</p>
      <dl className={styles.facts}>
        <Fact label="Type">{device.typeLabel}</Fact>
        <Fact label="Model">{device.model ?? 'Not said'}</Fact>
        <Fact label="Serial">{device.serial ?? 'Not said'}</Fact>
        <Fact label="Firmware">{device.firmware ?? 'Not said'}</Fact>
        <Fact label="Tied to">
          {device.tiedTo ? `${device.tiedTo.label}, since ${formatDateTime(device.tiedTo.since, zone)}` : 'Nothing'}
        </Fact>
        <Fact label="Last message">{heardWords(device, now)}</Fact>
        <Fact label="Battery">{batteryWords(device.battery)}</Fact>
        <Fact label="Clock">{skewWords(device)}</Fact>
        <Fact label="Messages since start">{device.messages}</Fact>
        <Fact label="Refused since start">{device.refused}</Fact>
        <Fact label="First heard">{formatDateTime(device.firstSeenAt, zone)}</Fact>
        <Fact label="Admitted">{device.admittedAt === null ? 'Not yet' : formatDateTime(device.admittedAt, zone)}</Fact>
        {device.retiredAt !== null && <Fact label="Retired">{formatDateTime(device.retiredAt, zone)}</Fact>}
      </dl>
      <WardActions device={device} />
      <AdminActions device={device} />
    </aside>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Tie, untie and identify: for those at the bedside. Others read who may. */
function WardActions({ device }: { readonly device: DeviceRecord }) {
  const { may } = useMe();
  const writable = useWritable();
  const [tying, setTying] = useState(false);
  const untie = useCommand((hub, input: { device: DeviceId }) => hub.devices.untie(input), {
    onDone: () => notifications.show({ message: `${device.id} is tied to nothing now.` }),
  });
  const identify = useCommand((hub, input: { device: DeviceId; kind: 'identify' }) => hub.devices.command(input), {
    onDone: ({ answered }) =>
      notifications.show({
        message: answered ? `${device.id} is showing itself.` : `${device.id} did not answer within 10 s.`,
      }),
  });
  if (!may('tie-devices'))
    return <p className={styles.note}>Nurses and physicians tie devices to beds and patients.</p>;
  if (standingOf(device) === 'retired') return null;
  if (device.admittedAt === null) {
    return (
      <p className={styles.note}>An administrator admits the device; then it can be tied to a bed or a patient.</p>
    );
  }
  const error = untie.error ?? identify.error;
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <div className={styles.actions}>
      <Button variant="filled" {...rest} onClick={() => setTying(true)}>
        {device.tiedTo ? 'Tie elsewhere' : 'Tie to a bed or patient'}
      </Button>
      {device.tiedTo && (
        <Button {...rest} loading={untie.pending} onClick={() => void untie.run({ device: device.id })}>
          Untie
        </Button>
      )}
      <Button
        {...rest}
        loading={identify.pending}
        onClick={() => void identify.run({ device: device.id, kind: 'identify' })}
      >
        Let it show itself
      </Button>
      {error && <p role="alert">{sayError(error)}</p>}
      {tying && <TieDialog device={device} onClose={() => setTying(false)} />}
    </div>
  );
}
