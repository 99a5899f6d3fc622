import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useCommand, useMe, useQueryOf, useWritable, useZone } from '#renderer/client/hooks.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { formatDateTime, formatNumber } from '#renderer/ui/format.ts';
import styles from './HubPanel.module.css';

type Status = Records['hub']['status'];

const LINK_WORDS: Readonly<Record<Status['mqtt']['broker'], string>> = {
  connected: 'Connected',
  connecting: 'Connecting',
  lost: 'Lost: devices cannot be heard',
};

/** How the hub is: version, store, key, broker; and a backup for those who may. */
export function HubPanel() {
  const zone = useZone();
  const status = useQueryOf(recordKeys.hub, (hub) => hub.hub.status({}));
  if (status.isPending) return <p role="status">Asking the hub…</p>;
  if (status.isError) return <p role="alert">{sayError(status.error)}</p>;
  const facts = statusFacts(status.data, zone);
  const report = facts.map(([label, words]) => `${label}: ${words}`).join('\n');
  return (
    <div className={styles.panel}>
      <dl className={styles.facts}>
        {facts.map(([label, words]) => (
          <Fact key={label} label={label}>
            {words}
          </Fact>
        ))}
      </dl>
      <div className={styles.row}>
        <Button loading={status.isFetching} onClick={() => void status.refetch()}>
          Ask again
        </Button>
        <Button onClick={() => void navigator.clipboard.writeText(report)}>Copy report</Button>
      </div>
      <Backup />
    </div>
  );
}

function statusFacts(status: Status, zone: string): (readonly [string, string])[] {
  return [
    ['Version', status.version],
    ['Running since', formatDateTime(status.startedAt, zone)],
    ['Kind', status.demo ? 'Demonstration: invented patients' : 'Clinic'],
    ['Topic segment', status.clinic],
    ['Broker', status.mqtt.url],
    ['Broker link', `${LINK_WORDS[status.mqtt.broker]}, since ${formatDateTime(status.mqtt.since, zone)}`],
    ['Store', `${formatNumber(status.storeBytes / 1_048_576, 1)} MiB, encrypted`],
    ['Key', status.keyKeeping],
  ];
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Backup() {
  const { may } = useMe();
  const writable = useWritable();
  const [folder, setFolder] = useState('');
  const backup = useCommand((hub, input: { to: string }) => hub.hub.backup(input));
  const why = writable.ok ? (folder.trim() === '' ? 'Enter a folder first.' : undefined) : writable.why;
  const whyId = useId();
  const [done, setDone] = useState<Records['hub']['backup'] | null>(null);
  if (!may('backup')) return <p>Only an administrator makes backups.</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setDone(null);
        void backup.run({ to: folder.trim() }).then((made) => setDone(made ?? null));
      }}
    >
      <h2 className={styles.title}>Backup</h2>
      <p>An encrypted copy of the store; it opens with the same key, so keep the key apart from it.</p>
      <div className={styles.row}>
        <TextInput
          aria-label="Folder on the hub’s machine"
          placeholder="Folder on the hub’s machine"
          value={folder}
          maxLength={500}
          w={360}
          onChange={({ currentTarget }) => setFolder(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="filled"
          disabled={why !== undefined}
          title={why ?? ''}
          aria-describedby={whyId}
          loading={backup.pending}
        >
          Back up now
        </Button>
        <span id={whyId}>{why}</span>
      </div>
      <p role="status">{done && `Written: ${done.path}, ${formatNumber(done.bytes / 1_048_576, 1)} MiB.`}</p>
      {backup.error && <p role="alert">No backup was made. {sayError(backup.error)}</p>}
    </form>
  );
}
