import { ActionIcon, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { HistoryDialog } from '#renderer/client/acts/HistoryDialog.tsx';
import { useCommand, useMe, useQueryOf, useWritable, useZone } from '#renderer/client/hooks.ts';
import type { Records } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { counted, formatDateTime } from '#renderer/ui/format.ts';
import { DismissDialog } from './DismissDialog.tsx';
import { stateWords } from './feed-words.ts';
import styles from './MessagePane.module.css';
import { MessageText } from './MessageText.tsx';

type WholeMessage = Records['feed']['message'];

interface MessagePaneProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One message as it came, what became of it, and how a person settles it. */
export function MessagePane({ id, onClose }: MessagePaneProps) {
  const message = useQueryOf(['feed', 'message', id], (hub) => hub.feed.message({ id }), { staleTime: 0 });
  return (
    <aside className={styles.pane} aria-label="Message">
      <ActionIcon className={styles.close} aria-label="Close" onClick={onClose}>
        <IconX size={18} aria-hidden />
      </ActionIcon>
      {message.isPending && <p role="status">Reading the message…</p>}
      {message.isError && <Fault title="The message could not be read." detail={sayError(message.error)} />}
      {message.data && <Whole message={message.data} />}
    </aside>
  );
}

function Whole({ message }: { readonly message: WholeMessage }) {
  const { may } = useMe();
  const zone = useZone();
  const [history, setHistory] = useState(false);
  const { type, sender, receivedAt, copies, controlId, why, settledBy, settleReason, patientId, encounterId } = message;
  const name = message.displayName ?? 'The patient';
  return (
    <>
      <h2 className={styles.title}>
        {type.replace('^', ' ')} <small>from {sender}</small>
      </h2>
      <p className={styles.fact}>
        Received {formatDateTime(receivedAt, zone)}, control id {controlId}
        {copies > 1 && `, came ${counted(copies, 'time')}`}
      </p>
      <p className={styles.state}>
        <strong>{stateWords(message)}</strong>
        {why !== null && `: ${why}`}
        {message.state === 'dismissed' && `: ${settleReason ?? ''}${settledBy ? ` (${settledBy})` : ''}`}
      </p>
      {message.state === 'waiting' && <Settle message={message} />}
      {may('see-names') && (patientId || encounterId) && (
        <p className={styles.ways}>
          {patientId && (
            <Link className={styles.way} to={`/patient/${patientId}`}>
              Open {name}
            </Link>
          )}
          {encounterId && <Button onClick={() => setHistory(true)}>History of the stay</Button>}
        </p>
      )}
      <MessageText text={message.text} />
      {history && encounterId && (
        <HistoryDialog encounterId={encounterId} displayName={name} onClose={() => setHistory(false)} />
      )}
    </>
  );
}

function Settle({ message }: { readonly message: WholeMessage }) {
  const writable = useWritable();
  const [dismissing, setDismissing] = useState(false);
  const retry = useCommand((hub, input: { id: string }) => hub.feed.retry(input), {
    invalidate: [['feed']],
    onDone: ({ state, why }) =>
      notifications.show({
        message: state === 'waiting' ? `It still waits: ${why ?? ''}` : 'The message is in force now.',
      }),
  });
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <div className={styles.settle}>
      <Button variant="filled" {...rest} loading={retry.pending} onClick={() => void retry.run({ id: message.id })}>
        Try again
      </Button>
      <Button {...rest} onClick={() => setDismissing(true)}>
        Dismiss…
      </Button>
      {retry.error && <span role="alert">{sayError(retry.error)}</span>}
      {dismissing && <DismissDialog id={message.id} onClose={() => setDismissing(false)} />}
    </div>
  );
}
