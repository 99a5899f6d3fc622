import { useEffect, useRef, useState } from 'react';
import { useMe } from '../hooks.ts';

const kept = new Map<string, unknown>();

interface Draft<Fields> {
  readonly fields: Fields;
  set(changes: Partial<Fields>): void;
  /** Saved, or given up: nothing is kept. */
  forget(): void;
}

/**
 * What a person has typed into the dialog `name` and not sent. It stays in this window's memory, for that person alone,
 * when the session ends or somebody else takes over; `initial` counts where nothing is kept.
 */
export function useDraft<Fields extends object>(name: string, initial: Fields): Draft<Fields> {
  const { user } = useMe();
  const key = `${user.id} ${name}`;
  const [fields, setFields] = useState<Fields>(() => ({ ...initial, ...(kept.get(key) as Partial<Fields>) }));
  const touched = useRef(kept.has(key));
  useEffect(() => {
    if (touched.current) kept.set(key, fields);
  }, [key, fields]);
  return {
    fields,
    set(changes) {
      touched.current = true;
      setFields((before) => ({ ...before, ...changes }));
    },
    forget() {
      touched.current = false;
      kept.delete(key);
    },
  };
}
