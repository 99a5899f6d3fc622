import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '#contract';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import { follow } from './follow.ts';
import type { HubClient } from './hub.ts';
import type { Link } from './link.ts';
import { createSharedWatch } from './shared-watch.ts';

type AlarmStream = InferContractRouterOutputs<Contract>['alarms']['watch'];
type AlarmPart = AlarmStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;
export type OpenAlarm = AlarmPart['alarms'][number];

/** Unanswered before acknowledged, then by priority, then the newest first: what must be looked at stands on top. */
export function byUrgency(one: OpenAlarm, other: OpenAlarm): number {
  const answered = Number(one.signal === 'ack') - Number(other.signal === 'ack');
  const priority = PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority);
  return answered || priority || other.beganAt - one.beganAt || one.id.localeCompare(other.id);
}

/** Every open alarm the hub has told of; undefined until it has. */
export interface LiveAlarms {
  watch(): () => void;
  open(): readonly OpenAlarm[] | undefined;
  subscribe(listener: () => void): () => void;
  close(): void;
}

export function createLiveAlarms(hub: HubClient, link: Link): LiveAlarms {
  const listeners = new Set<() => void>();
  const byId = new Map<string, OpenAlarm>();
  let sorted: readonly OpenAlarm[] | undefined;

  function apply(part: AlarmPart) {
    if (part.kind === 'whole') byId.clear();
    else if (part.alarms.length === 0) return;
    for (const alarm of part.alarms) {
      if (alarm.signal === 'off') byId.delete(alarm.id);
      else byId.set(alarm.id, alarm);
    }
    sorted = [...byId.values()].sort(byUrgency);
    for (const listener of listeners) listener();
  }

  const shared = createSharedWatch(() =>
    follow<AlarmPart>({ hub, link, open: (signal) => hub.alarms.watch({}, { signal }), apply }),
  );
  return {
    watch: shared.use,
    open: () => sorted,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: shared.end,
  };
}
