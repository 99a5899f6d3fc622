import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { useCommand, useMe, useQueryOf, useWritable, useZone } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import styles from './NotesPanel.module.css';

interface NotesPanelProps {
  readonly encounterId: EncounterId;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** Notes of a stay, newest first. A note is never changed; a correction is another note. */
export function NotesPanel({ encounterId, field }: NotesPanelProps) {
  const { may } = useMe();
  const zone = useZone();
  const notes = useQueryOf(recordKeys.notes(encounterId), (hub) => hub.notes.list({ encounterId }));
  return (
    <section aria-label="Notes" className={styles.panel}>
      <h2>Notes</h2>
      {may('enter-observations') && <NewNote encounterId={encounterId} field={field} />}
      {notes.isPending && <p role="status">Reading the notes…</p>}
      {notes.isError && <p role="alert">The notes could not be read.</p>}
      {notes.data?.length === 0 && <p className={styles.none}>No notes in this stay.</p>}
      <ol className={styles.list}>
        {notes.data?.map(({ id, text, writtenAt, writtenBy }) => (
          <li key={id}>
            <p className={styles.about}>
              {formatDateTime(writtenAt, zone)} · {writtenBy}
            </p>
            <p className={styles.text}>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function NewNote({ encounterId, field }: NotesPanelProps) {
  const [text, setText] = useState('');
  const writable = useWritable();
  const add = useCommand((hub, input: { encounterId: EncounterId; text: string }) => hub.notes.add(input), {
    invalidate: [recordKeys.notes(encounterId)],
    onDone: () => setText(''),
  });
  const ready = text.trim() !== '' && writable.ok && !add.pending;
  function saveByKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) void add.run({ encounterId, text });
    if (event.key === 'Escape') field.current?.blur();
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void add.run({ encounterId, text });
      }}
    >
      <Textarea
        ref={field}
        aria-label="New note"
        placeholder="Write a note (N). Ctrl+Enter saves."
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4_000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={saveByKey}
      />
      {text.trim() !== '' && (
        <div className={styles.row}>
          <span>{writable.why}</span>
          <Button type="submit" variant="filled" disabled={!ready} loading={add.pending}>
            Save note
          </Button>
        </div>
      )}
      {add.error && <p role="alert">The note was not saved; your text is still here. {sayError(add.error)}</p>}
    </form>
  );
}
