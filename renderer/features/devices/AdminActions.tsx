import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { DeviceId } from '#domain/ids.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import styles from './DeviceDrawer.module.css';
import type { DeviceRecord } from './device-record.ts';

/** Admission, password and retirement: for administrators alone. */
export function AdminActions({ device }: { readonly device: DeviceRecord }) {
  const { may } = useMe();
  const writable = useWritable();
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState<string | null>(null);
  const admit = useCommand((hub, input: { device: DeviceId }) => hub.devices.admit(input), {
    onDone: () =>
      notifications.show({ message: `${device.id} is admitted. It can now be tied to a bed or a patient.` }),
  });
  const issue = useCommand((hub, input: { device: DeviceId }) => hub.devices.issuePassword(input), {
    onDone: (output) => setPassword(output.password),
  });
  if (!may('admit-devices')) return null;
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  const inside = device.admittedAt !== null && device.retiredAt === null;
  const error = admit.error ?? issue.error;
  return (
    <div className={styles.actions}>
      {!inside && (
        <Button
          variant="filled"
          {...rest}
          loading={admit.pending}
          onClick={() => void admit.run({ device: device.id })}
        >
          Admit
        </Button>
      )}
      {inside && (
        <Button {...rest} loading={issue.pending} onClick={() => void issue.run({ device: device.id })}>
          New broker password
        </Button>
      )}
      {inside && (
        <Button {...rest} onClick={() => setAsking(true)}>
          Retire
        </Button>
      )}
      {error && <p role="alert">{sayError(error)}</p>}
      {asking && <RetireDialog device={device} onClose={() => setAsking(false)} />}
      {password !== null && (
        <Modal opened onClose={() => setPassword(null)} title={`Broker password of ${device.id}`}>
          <p>
            <code>{password}</code>
          </p>
          <p>Enter it on the device now: it is shown this once. The user name and client id are the device’s name.</p>
          <Button onClick={() => setPassword(null)}>Done</Button>
        </Modal>
      )}
    </div>
  );
}

function RetireDialog({ device, onClose }: { readonly device: DeviceRecord; readonly onClose: () => void }) {
  const retire = useCommand((hub, input: { device: DeviceId }) => hub.devices.retire(input), { onDone: onClose });
  return (
    <Modal opened onClose={onClose} title={`Retire ${device.id}?`}>
      <p>
        Its messages are refused from now on, and its tie ends{device.tiedTo ? ` (${device.tiedTo.label})` : ''}. What
        it measured stays on record. It can be admitted again.
      </p>
      <ActFoot
        verb="Retire"
        danger
        pending={retire.pending}
        error={retire.error}
        onCancel={onClose}
        onRun={() => void retire.run({ device: device.id })}
      />
    </Modal>
  );
}
