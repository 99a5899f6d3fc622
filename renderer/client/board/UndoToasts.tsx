import { Button, CloseButton } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useClinic } from '../context.ts';
import { useWritable } from '../hooks.ts';
import styles from './UndoToasts.module.css';
import type { UndoOffer } from './undo.ts';

/** How long a way back is offered, ms; it waits while a hand or the focus is on it. */
const OFFERED_MS = 10_000;
const SHOWN = 3;

/** What was just done, each with its way back: by press, or Ctrl Z for the newest. */
export function UndoToasts() {
  const { undo } = useClinic();
  const offers = useSyncExternalStore(undo.subscribe, undo.offers);
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing) return;
      if (!undo.offers().some(({ state }) => state === 'offered')) return;
      event.preventDefault();
      void undo.take();
    }
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [undo]);
  return (
    <ul className={styles.toasts} aria-label="What was done">
      {offers.slice(0, SHOWN).map((offer) => (
        <Toast key={offer.id} offer={offer} />
      ))}
    </ul>
  );
}

function Toast({ offer }: { readonly offer: UndoOffer }) {
  const { undo } = useClinic();
  const writable = useWritable();
  const [held, setHeld] = useState(false);
  const left = useRef(OFFERED_MS);
  const { id, words, state, why } = offer;
  useEffect(() => {
    if (held || state === 'taking') return;
    if (state === 'refused') left.current = Math.max(left.current, OFFERED_MS);
    const began = performance.now();
    const timer = setTimeout(() => undo.withdraw(id), state === 'taken' ? 4_000 : left.current);
    return () => {
      left.current = Math.max(2_000, left.current - (performance.now() - began));
      clearTimeout(timer);
    };
  }, [held, state, undo, id]);
  return (
    <li
      className={styles.toast}
      data-state={state}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <IconCheck size={18} aria-hidden className={styles.mark} />
      <p role="status">
        {state === 'taken' ? <s>{words}</s> : words} {state === 'taken' && 'Undone.'}
        {state === 'refused' && <strong className={styles.why}>Not undone. {why}</strong>}
      </p>
      {state !== 'taken' && (
        <Button
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={state === 'taking'}
          disabled={!writable.ok}
          title={writable.why ?? 'Ctrl Z'}
          onClick={() => void undo.take(id)}
        >
          {state === 'refused' ? 'Try again' : 'Undo'}
        </Button>
      )}
      <CloseButton aria-label="Dismiss" onClick={() => undo.withdraw(id)} />
    </li>
  );
}
