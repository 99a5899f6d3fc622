import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useHub } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { counted } from '#renderer/ui/format.ts';
import styles from './VerifyLedger.module.css';

/** Walks the whole chain again in the hub and says whether it holds. */
export function VerifyLedger() {
  const hub = useHub();
  const check = useQuery({
    queryKey: [...recordKeys.ledger, 'verify'],
    queryFn: () => hub.ledger.verify({}),
    enabled: false,
  });
  return (
    <div className={styles.verify}>
      <Button variant="filled" loading={check.isFetching} onClick={() => void check.refetch()}>
        Verify
      </Button>
      <span role="status">
        {check.isError && !check.isFetching && sayError(check.error)}
        {check.data?.ok && !check.isFetching && (
          <>
            <IconCheck size={16} aria-hidden /> {counted(check.data.rows, 'entry', 'entries')}, unbroken.
          </>
        )}
        {check.data && !check.data.ok && !check.isFetching && (
          <strong>
            <IconAlertTriangle size={16} aria-hidden /> Broken
            {check.data.firstBad === undefined ? '' : ` from entry ${check.data.firstBad}`}. {check.data.problem} Keep
            this store, stop changing it, and compare it with a backup.
          </strong>
        )}
      </span>
    </div>
  );
}
