import type { Alarm } from '#domain/alarm/alarm.ts';
import { AlarmBook } from '#domain/alarm/alarm-book.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { AlarmId } from '#domain/ids.ts';

interface AlarmKeeperDeps {
  readonly store: Pick<Store, 'transact' | 'alarms'>;
  newId(): string;
  /** A save that failed; the alarm is shown all the same and saved with the next one. */
  failed(error: unknown): void;
}

/** The alarm book, with every change of it on disk before anyone is told. */
export interface AlarmKeeper {
  readonly book: AlarmBook;
  /** Saves and tells what changed since the last call; one transaction, never the batch of numerics. */
  commit(): void;
  on(listener: (alarm: Alarm) => void): () => void;
}

export function createAlarmKeeper({ store, newId, failed }: AlarmKeeperDeps): AlarmKeeper {
  const listeners = new Set<(alarm: Alarm) => void>();
  let unsaved = new Map<AlarmId, Alarm>();
  let untold: Alarm[] = [];
  const book = new AlarmBook({
    newId: () => newId() as AlarmId,
    changed(alarm) {
      unsaved.set(alarm.id, alarm);
      untold.push(alarm);
    },
  });
  book.restore(store.alarms.listOpen());
  return {
    book,
    commit() {
      // What a full disk kept from being saved is tried again at each commit, once a second at least.
      if (unsaved.size === 0) return;
      const saving = unsaved;
      const telling = untold;
      unsaved = new Map();
      untold = [];
      try {
        store.transact(() => store.alarms.save([...saving.values()]));
      } catch (error) {
        unsaved = new Map([...saving, ...unsaved]);
        failed(error);
      }
      for (const alarm of telling) for (const listener of listeners) listener(alarm);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
