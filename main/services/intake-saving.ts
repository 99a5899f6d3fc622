import type { DeviceStore, PresenceStore, QuarantineStore, SequenceStore } from '#domain/device/device.ts';
import type { IntakeSink } from '#domain/device/intake.ts';
import { presenceDiffers } from '#domain/device/presence.ts';
import { type Sequence, toMark } from '#domain/device/sequence.ts';
import type { Quarantine } from './intake-quarantine.ts';
import type { DeviceState, Registry } from './intake-registry.ts';

/** The time of the last message is stored this often when nothing else of a device's presence changed. */
const RESTORE_MS = 60_000;

interface SavingDeps {
  readonly devices: DeviceStore;
  readonly sequences: SequenceStore;
  readonly presence: PresenceStore;
  readonly quarantine: QuarantineStore;
  readonly sink: IntakeSink;
  readonly registry: Registry;
  readonly quarantined: Quarantine;
}

/** What waits to be stored. It is forgotten only after the commit, so a failed transaction loses nothing. */
export interface Saving {
  counted(sequence: Sequence): void;
  /** All counts of a device began anew. */
  countsChanged(state: DeviceState): void;
  presenceTold(state: DeviceState): void;
  flush(): () => void;
}

export function createSaving(deps: SavingDeps): Saving {
  const { devices, sequences, presence, quarantine, sink, registry, quarantined } = deps;
  const counts = new Dirty<Sequence>();
  const presences = new Dirty<DeviceState>();

  function flush(): () => void {
    const changed = [...registry.changed];
    for (const state of changed) {
      state.device = registry.merged(state);
      devices.save(state.device);
    }
    sequences.saveAll(counts.take().map(toMark));
    for (const state of presences.take()) presence.save(state.id, state.told);
    const rows = quarantined.take();
    if (rows.length > 0) quarantine.add(rows);
    const saved = changed.map(({ device }) => device);
    return () => {
      for (const [index, state] of changed.entries()) {
        if (state.device === saved[index]) registry.changed.delete(state);
        sink.device(state.device);
      }
      counts.confirm();
      for (const state of presences.confirm()) state.stored = state.told;
      quarantined.confirm();
    };
  }

  return {
    flush,
    counted: (sequence) => counts.add(sequence),
    countsChanged(state) {
      for (const sequence of Object.values(state.sequences))
        if (sequence && sequence.highest >= 0) counts.add(sequence);
    },
    presenceTold(state) {
      const moved = (state.told.lastMessageAt ?? 0) - (state.stored.lastMessageAt ?? 0);
      if (moved >= RESTORE_MS || presenceDiffers(state.stored, state.told)) presences.add(state);
    },
  };
}

/** Things to be saved: taken for a transaction, forgotten when it is confirmed, taken again when it was not. */
class Dirty<Thing> {
  #waiting = new Set<Thing>();
  #saving = new Set<Thing>();

  add(thing: Thing): void {
    this.#waiting.add(thing);
  }

  take(): Thing[] {
    for (const thing of this.#saving) this.#waiting.add(thing);
    this.#saving = this.#waiting;
    this.#waiting = new Set();
    return [...this.#saving];
  }

  confirm(): Thing[] {
    const saved = [...this.#saving];
    this.#saving = new Set();
    return saved;
  }
}
