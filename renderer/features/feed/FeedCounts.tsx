import type { ReactNode } from 'react';
import { useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { counted, formatNumber, formatRecent } from '#renderer/ui/format.ts';
import styles from './FeedCounts.module.css';
import type { FeedStatus } from './use-feed.ts';

/** Whether messages come in and go out, what waits now, and how many of each kind came since the hub started. */
export function FeedCounts({ status }: { readonly status: FeedStatus }) {
  const zone = useZone();
  const now = useNow(60_000);
  const startedAt = useQueryOf(recordKeys.hub, (hub) => hub.hub.status({})).data?.startedAt;
  const { url, connections, outgoing, lastRejection } = status;
  const { lastGivenUp } = outgoing;
  const recent = (words: string, at: number | null) => at !== null && `${words} ${formatRecent(at, now, zone)}`;
  return (
    <header className={styles.head}>
      <h1>HL7 feed</h1>
      <section className={styles.part} aria-label="Coming in">
        <p className={styles.where}>
          {url === null ? (
            <>
              <strong>Off.</strong> Start the hub with <code>--hl7-port</code> to receive messages.
            </>
          ) : (
            <>
              <strong>Listening</strong> on <code>{url}</code>, {counted(connections, 'connection')}
            </>
          )}
        </p>
        <div className={styles.groups}>
          <div>
            <p className={styles.since}>Now</p>
            <dl className={styles.counts}>
              <Count name="To be looked at" count={status.waiting} />
            </dl>
          </div>
          <div>
            <p className={styles.since}>
              Since the hub started{startedAt !== undefined && `, ${formatRecent(startedAt, now, zone)}`}
            </p>
            <dl className={styles.counts}>
              <Count name="Received" count={status.received} more={recent('last', status.lastReceivedAt)} />
              <Count name="Accepted" count={status.applied} />
              <Count name="Came twice" count={status.doubled} />
              <Count
                name="Refused"
                count={status.rejected}
                more={lastRejection && `${formatRecent(lastRejection.at, now, zone)}: ${lastRejection.why}`}
              />
            </dl>
          </div>
        </div>
      </section>
      <section className={styles.part} aria-label="Going out">
        <p className={styles.where}>
          {outgoing.url === null ? (
            <>
              <strong>Nothing is sent.</strong> An administrator sets the receiving system in Settings.
            </>
          ) : (
            <>
              <strong>Sending</strong> to <code>{outgoing.url}</code>
            </>
          )}
        </p>
        <dl className={styles.counts}>
          <Count name="Waiting to be sent" count={outgoing.unsent} more={recent('last sent', outgoing.lastSentAt)} />
          {lastGivenUp && (
            <Count
              name="Given up"
              count={outgoing.givenUp}
              more={`${lastGivenUp.type.replace('^', ' ')} of ${formatRecent(lastGivenUp.at, now, zone)}: ${lastGivenUp.why}`}
            />
          )}
        </dl>
        {outgoing.problem !== null && (
          <p className={styles.problem}>
            <strong>Not going out:</strong> {outgoing.problem} Messages are kept and sent when it answers again.
          </p>
        )}
      </section>
    </header>
  );
}

interface CountProps {
  readonly name: string;
  readonly count: number;
  readonly more?: ReactNode;
}

function Count({ name, count, more }: CountProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{formatNumber(count, 0)}</strong>
        {more && <small>{more}</small>}
      </dd>
    </div>
  );
}
