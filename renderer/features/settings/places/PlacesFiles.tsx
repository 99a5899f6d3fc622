import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useClinic } from '#renderer/client/context.ts';
import { useHub, useMe, useWritable, useZone } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { formatDate } from '#renderer/ui/format.ts';
import { saveFile } from '#renderer/ui/grid/save-file.ts';
import { ImportDialog } from './ImportDialog.tsx';
import styles from './PlacesPanel.module.css';

/** All places as a CSV file, out and in. */
export function PlacesFiles() {
  const hub = useHub();
  const { link } = useClinic();
  const { may } = useMe();
  const writable = useWritable();
  const zone = useZone();
  const [importing, setImporting] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function exportAll(): Promise<void> {
    try {
      const { csv } = await hub.locations.exportCsv({});
      saveFile(
        new Blob([`\uFEFF${csv}`], { type: 'text/csv;charset=utf-8' }),
        `Places ${formatDate(link.clock.now(), zone)}.csv`,
      );
      setProblem(undefined);
    } catch (error) {
      setProblem(sayError(error instanceof Error ? error : new Error()));
    }
  }
  return (
    <div className={styles.files}>
      {problem && <span role="alert">{problem}</span>}
      {may('see-beds') && <Link to="/labels">Print bed labels</Link>}
      <Button onClick={() => void exportAll()}>Export CSV</Button>
      {may('settings') && (
        <Button disabled={!writable.ok} title={writable.why ?? ''} onClick={() => setImporting(true)}>
          Import CSV…
        </Button>
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </div>
  );
}
