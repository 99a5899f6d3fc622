import { Button } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useWritable } from '#renderer/client/hooks.ts';
import styles from './ActButtons.module.css';
import type { FlowAct } from './act-list.ts';
import { useDoAct } from './use-do-act.ts';

interface ActButtonsProps {
  readonly label: string;
  readonly acts: readonly FlowAct[];
}

/** Acts as buttons, each with its key beside it; arrows walk them. */
export function ActButtons({ label, acts }: ActButtonsProps) {
  const writable = useWritable();
  const doAct = useDoAct();
  if (acts.length === 0) return null;
  return (
    <ul className={styles.acts} aria-label={label} onKeyDown={walk}>
      {acts.map((act) => (
        <li key={act.id}>
          <Button
            fullWidth
            justify="space-between"
            disabled={!writable.ok}
            title={writable.why ?? ''}
            rightSection={act.key ? <kbd>{act.key.toUpperCase()}</kbd> : undefined}
            onClick={() => doAct(act)}
            data-act={act.id}
          >
            {act.label}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [
    ...(event.currentTarget.closest('aside') ?? event.currentTarget).querySelectorAll<HTMLElement>('[data-act]'),
  ];
  const next = buttons[buttons.indexOf(event.target as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
