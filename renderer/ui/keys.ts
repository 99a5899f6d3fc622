import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One key of the screen on show. `key` as KeyboardEvent.key; letters match in either case. */
export interface KeyBinding {
  readonly key: string;
  /** What it does, for the list of keys; none: not listed. */
  readonly label?: string;
  /** Answers false when there was nothing to do: the key then keeps its usual meaning. */
  run(event: KeyboardEvent): unknown;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

const groups = new Set<{ current: KeyGroup }>();
const listeners = new Set<() => void>();
let listed: readonly KeyGroup[] = [];

function tell() {
  listed = [...groups].map(({ current }) => current);
  for (const listener of listeners) listener();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null;
}

function matches(binding: KeyBinding, event: KeyboardEvent): boolean {
  return binding.key.length === 1 ? binding.key.toLowerCase() === event.key.toLowerCase() : binding.key === event.key;
}

function pressed(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  for (const { current } of [...groups].reverse()) {
    for (const binding of current.bindings) {
      if (!matches(binding, event) || binding.run(event) === false) continue;
      event.preventDefault();
      return;
    }
  }
}

/**
 * Gives the screen its keys while it is shown; they rest while someone types or a dialog is open. The screen shown last
 * goes first. `title` heads them in the list of keys.
 */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const group = useRef<KeyGroup>({ title, bindings });
  group.current = { title, bindings };
  useEffect(() => {
    const own = group;
    if (groups.size === 0) addEventListener('keydown', pressed);
    groups.add(own);
    tell();
    return () => {
      groups.delete(own);
      if (groups.size === 0) removeEventListener('keydown', pressed);
      tell();
    };
  }, []);
}

/** The keys in force, for the list that `?` shows. */
export function useKeyGroups(): readonly KeyGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => listed,
  );
}
