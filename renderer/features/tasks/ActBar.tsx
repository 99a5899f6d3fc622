import { IconScan } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useWritable } from '#renderer/client/hooks.ts';
import styles from './ActBar.module.css';
import { verbOf } from './task-words.ts';
import type { TaskActs } from './use-task-acts.ts';

/** The line under the list: scan here, what was done last with its undo, or what a scan asks. */
export function ActBar({ acts }: { readonly acts: TaskActs }) {
  const { said } = acts;
  return (
    <footer className={styles.bar} data-kind={said?.kind ?? 'none'}>
      <ScanField onScan={(code) => acts.scan({ code })} />
      <p className={styles.said} role="status">
        {said?.words ?? 'Scan a bed’s label anywhere on this screen: work there starts. Scan it again when it is done.'}
      </p>
      <Answers acts={acts} />
    </footer>
  );
}

function Answers({ acts }: { readonly acts: TaskActs }) {
  const { said, busy } = acts;
  const writable = useWritable();
  const yes = useRef<HTMLButtonElement>(null);
  const asked = said?.kind === 'ask' ? said.task.id : null;
  useEffect(() => {
    if (asked !== null) yes.current?.focus();
  }, [asked]);
  if (said?.kind === 'ask') {
    return (
      <div className={styles.answers}>
        <button type="button" onClick={() => acts.say(null)}>
          Not yet
        </button>
        <button
          type="button"
          ref={yes}
          className={styles.yes}
          disabled={!writable.ok || busy !== null}
          title={writable.why ?? ''}
          onKeyDown={(event) => event.repeat && event.preventDefault()}
          onClick={acts.confirm}
        >
          {verbOf(said.task)}
        </button>
      </div>
    );
  }
  const undone = said?.kind === 'done' ? said.undo : null;
  if (!undone) return null;
  return (
    <div className={styles.answers}>
      <button
        type="button"
        disabled={!writable.ok || busy !== null}
        title={writable.why ?? ''}
        onClick={() => acts.undo(undone)}
      >
        Undo
      </button>
    </div>
  );
}

function ScanField({ onScan }: { readonly onScan: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <form
      className={styles.scan}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') onScan(code.trim().slice(0, 5_000));
        setCode('');
      }}
    >
      <IconScan size={22} stroke={1.5} aria-hidden />
      <input
        data-scan
        aria-label="Code or name of a bed"
        placeholder="Scan, or type: Bed 4"
        autoComplete="off"
        spellCheck={false}
        value={code}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
    </form>
  );
}
