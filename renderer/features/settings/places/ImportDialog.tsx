import { Button, FileButton, Modal, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import type { Records } from '#renderer/client/records.ts';
import { counted, formatNumber } from '#renderer/ui/format.ts';
import styles from './ImportDialog.module.css';
import { PLACES_CHANGED } from './place-tree.ts';
import { readTextFile } from './read-text-file.ts';

type Checked = Records['locations']['importCsv'];

const LONGEST = 2_000_000;

/** Adds and changes places from a CSV file or pasted lines, after a dry run that names every problem by its line. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [csv, setCsv] = useState('');
  const [name, setName] = useState<string>();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [unread, setUnread] = useState<string>();
  const run = useCommand((hub, input: { csv: string; dryRun: boolean }) => hub.locations.importCsv(input), {
    invalidate: PLACES_CHANGED,
  });
  const lines = checked ? checked.added + checked.changed + checked.unchanged : 0;
  const ready = checked !== null && checked.problems.length === 0 && lines > 0;

  function take(text: string, from?: string): void {
    setCsv(text);
    setName(from);
    setChecked(null);
    setUnread(undefined);
    run.reset();
  }

  async function pick(file: File | null): Promise<void> {
    if (!file) return;
    if (file.size > LONGEST * 2) return setUnread(`${file.name} is too large. Export smaller parts and import each.`);
    const text = await readTextFile(file);
    take(text, file.name);
    await check(text);
  }

  async function check(text: string): Promise<void> {
    setChecked((await run.run({ csv: text, dryRun: true })) ?? null);
  }

  async function save(): Promise<void> {
    const answer = await run.run({ csv, dryRun: false });
    if (!answer) return;
    setChecked(answer);
    if (!answer.saved) return;
    notifications.show({ message: `Imported: ${outcomeWords(answer)}.` });
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title="Import places" size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (csv.trim() !== '') void (ready ? save() : check(csv));
        }}
      >
        <p>
          One line a place, in the columns of the export. Lines add and change places; none is removed. Nothing is
          changed before you have seen what would be.
        </p>
        <div className={styles.pick}>
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void pick(file)}>
            {(props) => (
              <Button {...props} data-autofocus>
                Choose a file…
              </Button>
            )}
          </FileButton>
          <span>{name ?? 'or paste the lines below'}</span>
        </div>
        {unread && <p role="alert">{unread}</p>}
        <Textarea
          aria-label="Lines to import"
          placeholder="Paste the lines, the heading first"
          className={styles.text ?? ''}
          rows={8}
          spellCheck={false}
          value={csv}
          onChange={({ currentTarget }) => take(currentTarget.value)}
        />
        <Found checked={checked} lines={lines} />
        <ActFoot
          verb={ready ? `Import ${counted(lines, 'line')}` : 'Check the lines'}
          pending={run.pending}
          error={run.error}
          blocked={blockedBy(csv, checked)}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

function blockedBy(csv: string, checked: Checked | null): string | undefined {
  if (csv.trim() === '') return 'Choose a file or paste lines first.';
  if (csv.length > LONGEST) return `At most ${formatNumber(LONGEST, 0)} characters at a time.`;
  return checked && checked.problems.length > 0 ? 'Correct the lines named above, then check again.' : undefined;
}

function outcomeWords({ added, changed, unchanged }: Checked): string {
  return `${formatNumber(added, 0)} new, ${formatNumber(changed, 0)} changed, ${formatNumber(unchanged, 0)} as they are`;
}

/** What the dry run found. */
function Found({ checked, lines }: { readonly checked: Checked | null; readonly lines: number }) {
  if (!checked) return <p role="status" />;
  if (checked.problems.length === 0) {
    return (
      <p role="status" className={styles.found}>
        {lines === 0 ? 'There is no line with a place.' : `No problem. ${outcomeWords(checked)}.`}
      </p>
    );
  }
  return (
    <div className={styles.found}>
      <p role="alert">
        {counted(checked.problems.length, 'line has a problem', 'lines have problems')}. Nothing was changed.
      </p>
      <ol className={styles.problems} aria-label="Problems">
        {checked.problems.map(({ line, problem }) => (
          <li key={`${line} ${problem}`} value={line}>
            {problem}
          </li>
        ))}
      </ol>
    </div>
  );
}
