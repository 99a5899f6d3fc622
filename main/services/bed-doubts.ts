import type { Store } from '#domain/clinic/store.ts';
import type { AcceptedReading, DeviceEvent } from '#domain/device/intake.ts';
import type { Doubt } from '#domain/flow/bed-state.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import type { AlarmKeeper } from './alarm-keeper.ts';
import { holdersOf } from './bed-facts.ts';
import { type Contradiction, createBedSensors } from './bed-sensors.ts';
import type { ChangeEmitter } from './changes.ts';
import { createLocationTags } from './location-tags.ts';

export type BedDoubtsDeps = Pick<
  Store,
  | 'areas'
  | 'assignments'
  | 'bedStates'
  | 'devices'
  | 'encounters'
  | 'flow'
  | 'locations'
  | 'numerics'
  | 'tasks'
  | 'transact'
> & {
  readonly alarms: Pick<AlarmKeeper, 'book' | 'on'>;
  readonly changes: ChangeEmitter;
  readonly clock: () => number;
};

export interface DoubtListener {
  /** The doubts about a bed may have changed. */
  bed?(bedId: BedId): void;
  /** A patient's call, or where their tag is. */
  encounter?(encounterId: EncounterId): void;
}

/** Where devices contradict the board, and what patients themselves tell: shown, and never acted on. */
export interface BedDoubts {
  /** Those nobody has settled. */
  listOf(bedId: BedId): Doubt[];
  find(doubtId: string): Doubt | undefined;
  /** Since when a patient has been calling and nobody acknowledged it. */
  callOf(encounterId: EncounterId): { readonly since: number } | null;
  /** Where a patient's tag was last heard, when that is not their place. */
  tagOf(encounterId: EncounterId): string | null;
  on(listener: DoubtListener): () => void;
  /** A person settled one, and that is on disk. */
  settled(doubtId: string): void;
  /** A person took that back, and that is on disk. */
  reopened(doubtId: string): void;
  /** Takes in what devices say, after the intake has accepted it. */
  readonly sink: { reading(accepted: AcceptedReading): void; event(happened: DeviceEvent): void };
  /** Lets time pass: call about once a second. */
  tick(now: number): void;
}

const CALL_RULE = 'button';

export function createBedDoubts(deps: BedDoubtsDeps): BedDoubts {
  const { alarms, assignments, bedStates, changes, transact } = deps;
  const listeners = new Set<DoubtListener>();
  const tellBed = (bedId: BedId) => {
    for (const listener of listeners) listener.bed?.(bedId);
  };
  const tellEncounter = (encounterId: EncounterId) => {
    for (const listener of listeners) listener.encounter?.(encounterId);
  };
  const settled = new Set(bedStates.listSettledDoubts());
  const reopened = new Set<string>();
  // What a person settled stays so only until what contradicts changes.
  const reopen = (doubtId: string) => {
    if (settled.delete(doubtId)) reopened.add(doubtId);
  };
  const sensors = createBedSensors({
    ...deps,
    changed(bedId, over) {
      if (over) reopen(sensorId(bedId, over));
      tellBed(bedId);
    },
  });
  const tags = createLocationTags({
    ...deps,
    moved(encounterId, deviceId) {
      const held = assignments.current({ encounterId });
      if (held) {
        reopen(doubtId('tag-elsewhere', held.bedId, deviceId, encounterId));
        tellBed(held.bedId);
      }
      tellEncounter(encounterId);
    },
  });
  const followTies = () => {
    sensors.rewire();
    tags.rewire();
  };
  changes.on({
    device: followTies,
    bed: sensors.review,
    bedState: sensors.review,
    flow(encounterId) {
      const held = assignments.current({ encounterId });
      if (held) sensors.review(held.bedId);
    },
  });
  alarms.on(({ rule, encounterId }) => {
    if (rule === CALL_RULE && encounterId !== null) tellEncounter(encounterId);
  });
  const all = (bedId: BedId) => doubtsOf(deps, bedId, sensors.lasting(bedId), tags.elsewhere);
  return {
    listOf: (bedId) => all(bedId).filter(({ id }) => !settled.has(id)),
    find: (id) => all(bedIn(id)).find((doubt) => doubt.id === id),
    callOf(encounterId) {
      const calls = alarms.book
        .open()
        .filter((alarm) => alarm.rule === CALL_RULE && alarm.encounterId === encounterId)
        .filter(({ signal }) => signal === 'on' || signal === 'latched');
      return calls.length > 0 ? { since: Math.min(...calls.map(({ beganAt }) => beganAt)) } : null;
    },
    tagOf: (encounterId) => tags.elsewhere(encounterId)?.place ?? null,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled(id) {
      settled.add(id);
      reopened.delete(id);
      tellBed(bedIn(id));
    },
    reopened(id) {
      settled.delete(id);
      tellBed(bedIn(id));
    },
    sink: { reading: sensors.reading, event: tags.event },
    tick(now) {
      sensors.tick(now);
      const heard = tags.takeUnsaved();
      if (heard.length + reopened.size === 0) return;
      const ids = [...reopened];
      reopened.clear();
      transact(() => {
        for (const tag of heard) bedStates.saveHeardTag(tag);
        bedStates.unsettleDoubts(ids);
      });
    },
  };
}

/** Ids name the bed second, and all that must stay the same for it to be the same doubt. */
function doubtId(kind: Doubt['kind'], bedId: BedId, ...rest: readonly string[]): string {
  return [kind, bedId, ...rest].join(':');
}

function bedIn(id: string): BedId {
  return (id.split(':')[1] ?? '') as BedId;
}

function sensorId(bedId: BedId, { kind, deviceId, encounterId }: Contradiction): string {
  return doubtId(kind, bedId, deviceId, encounterId ?? 'nobody');
}

function doubtsOf(
  deps: BedDoubtsDeps,
  bedId: BedId,
  sensed: readonly Contradiction[],
  elsewhere: ReturnType<typeof createLocationTags>['elsewhere'],
): Doubt[] {
  const holders = holdersOf(deps, bedId);
  return [
    ...sensed.map((one) => sensorDoubt(bedId, one)),
    ...holders.flatMap((encounterId) => tagDoubt(deps, bedId, encounterId, elsewhere)),
    ...dirtDoubts(deps, bedId, holders),
    ...claimDoubts(deps, bedId),
  ];
}

function sensorDoubt(bedId: BedId, contradiction: Contradiction): Doubt {
  const { kind, deviceId, encounterId, since } = contradiction;
  const says = kind === 'sensor-says-empty' ? 'that nobody lies in the bed' : 'that somebody lies in the bed';
  return {
    id: sensorId(bedId, contradiction),
    bedId,
    kind,
    what: `Bed sensor ${deviceId} says ${says}`,
    encounterId,
    since,
  };
}

function tagDoubt(
  { flow }: BedDoubtsDeps,
  bedId: BedId,
  encounterId: EncounterId,
  elsewhere: ReturnType<typeof createLocationTags>['elsewhere'],
): Doubt[] {
  const tag = elsewhere(encounterId);
  if (!tag || flow.summary(encounterId)?.away) return [];
  const id = doubtId('tag-elsewhere', bedId, tag.deviceId, encounterId);
  const what = `Tag ${tag.deviceId} was last heard in ${tag.place}`;
  return [{ id, bedId, kind: 'tag-elsewhere', what, encounterId, since: tag.at }];
}

/** A patient placed by the feed in a bed that was dirty, or come back while it was being cleaned. */
function dirtDoubts({ tasks, flow }: BedDoubtsDeps, bedId: BedId, holders: readonly EncounterId[]): Doubt[] {
  const placed = tasks.listSupersededOn(bedId).flatMap((task): Doubt[] => {
    const event = task.supersededBy === null ? undefined : flow.find(task.supersededBy);
    if (!event || event.source === 'console' || !holders.includes(event.encounterId)) return [];
    const id = doubtId('placed-while-dirty', bedId, task.id);
    const what = 'The feed placed a patient here while the bed was dirty';
    return [{ id, bedId, kind: 'placed-while-dirty', what, encounterId: event.encounterId, since: event.happenedAt }];
  });
  const [holder] = holders;
  const cleaning = tasks.openCleaning(bedId);
  if (!holder || cleaning?.startedAt == null) return placed;
  const what = 'The patient came back while the bed was being cleaned';
  const id = doubtId('returned-while-cleaning', bedId, cleaning.id);
  const since = cleaning.startedAt;
  return [...placed, { id, bedId, kind: 'returned-while-cleaning', what, encounterId: holder, since }];
}

function claimDoubts({ flow }: BedDoubtsDeps, bedId: BedId): Doubt[] {
  return flow
    .listClaims({ bedId })
    .filter(({ to }) => to === null)
    .map(({ encounterId, from }) => ({
      id: doubtId('claimed-by-another', bedId, encounterId),
      bedId,
      kind: 'claimed-by-another',
      what: 'The feed says that another patient lies here',
      encounterId,
      since: from,
    }));
}
