import { PRIORITIES, type Priority } from '#domain/alarm/alarm.ts';
import type { WardId } from '#domain/ids.ts';

interface Placed {
  readonly priority: Priority;
  readonly wardId: WardId | null;
}

/** Undefined: all. */
export interface AlarmFilter {
  readonly priority: Priority | undefined;
  readonly wardId: WardId | undefined;
}

/** Alarms a filter lets through, in the order given. */
export function filtered<Row extends Placed>(
  alarms: readonly Row[],
  { priority, wardId }: AlarmFilter,
): readonly Row[] {
  return alarms.filter(
    (alarm) =>
      (priority === undefined || alarm.priority === priority) && (wardId === undefined || alarm.wardId === wardId),
  );
}

/** A filter out of an address; what it does not know counts as all. */
export function filterOf(search: { priority?: unknown; ward?: unknown }): AlarmFilter {
  return {
    priority: PRIORITIES.find((priority) => priority === search.priority),
    wardId: typeof search.ward === 'string' ? (search.ward as WardId) : undefined,
  };
}
