import { useEffect, useRef } from 'react';
import { createScanReader, SCAN_GAP_MS } from './scan-reader.ts';

/** What came of a scan: its text, or why there is none. */
export type Scanned = { readonly code: string } | { readonly fault: 'incomplete' | 'too-long' };

const REPLAYED = new WeakSet<Event>();
const PRESSED_BY_SPACE = 'button, summary, [role="button"], input[type="checkbox"], input[type="radio"]';
/** In a text field people too press Enter soon after a letter: only more letters in a row than this are a scan. */
const BY_HAND = 3;

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('textarea, input:not([type="checkbox"], [type="radio"])');
}

/** Gives the page a key that was held back and turned out to be typed by hand. */
function replay(key: string): void {
  const target = document.activeElement ?? document.body;
  if (key === ' ' && target instanceof HTMLElement && target.matches(PRESSED_BY_SPACE)) {
    target.click();
    return;
  }
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  REPLAYED.add(event);
  target.dispatchEvent(event);
}

/** Listens to every key before the page does; answers how to stop. */
function listen(tell: (scanned: Scanned) => void): () => void {
  const reader = createScanReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = 0;
  let typing = false;

  function settle(): void {
    clearTimeout(timer);
    const rest = reader.rest();
    if (typing || rest === null) return;
    if (rest === 'incomplete') tell({ fault: 'incomplete' });
    else for (const key of rest.typed) replay(key);
  }

  function pressed(event: KeyboardEvent): void {
    const { key, timeStamp: at, repeat, target } = event;
    if (REPLAYED.has(event) || event.isComposing) return;
    if (target instanceof HTMLElement && target.closest('[data-scan]')) return;
    if (at - lastAt > SCAN_GAP_MS) settle();
    lastAt = at;
    typing = isTextField(target);
    const answer = reader.press({ key, at, repeat, modified: event.ctrlKey || event.altKey || event.metaKey });
    if (answer === 'pass') return;
    clearTimeout(timer);
    if (answer === 'hold' || answer === 'drop') timer = setTimeout(settle, SCAN_GAP_MS);
    else if (typing && answer.code !== null && answer.code.length <= BY_HAND) return;
    if (typing && answer === 'hold') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (typing || answer === 'hold' || answer === 'drop') return;
    tell(answer.code === null ? { fault: 'too-long' } : { code: answer.code });
  }

  addEventListener('keydown', pressed, { capture: true });
  return () => {
    clearTimeout(timer);
    removeEventListener('keydown', pressed, { capture: true });
  };
}

/**
 * Hears a scanner that types, wherever the focus is; keys typed by hand reach the page a moment later. In a text field
 * letters go in as they come and only the Enter of a scan is taken away. A field that reads scans itself is marked
 * `data-scan`.
 */
export function useScans(onScan: (scanned: Scanned) => void): void {
  const told = useRef(onScan);
  told.current = onScan;
  useEffect(() => listen((scanned) => told.current(scanned)), []);
}
