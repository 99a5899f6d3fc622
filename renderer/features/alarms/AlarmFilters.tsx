import { PRIORITIES, type Priority } from '#domain/alarm/alarm.ts';
import type { WardId } from '#domain/ids.ts';
import { useWards } from '#renderer/client/hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import styles from './AlarmInbox.module.css';
import { type AlarmFilter, filtered } from './alarm-filter.ts';

export interface Filtering {
  readonly filter: AlarmFilter;
  onChoose(changes: { priority?: string; ward?: string }): void;
}

interface AlarmFiltersProps extends Filtering {
  readonly alarms: readonly { readonly priority: Priority; readonly wardId: WardId | null }[];
}

/** Chips by priority and ward; each number is how many rows choosing it shows. */
export function AlarmFilters({ alarms, filter, onChoose }: AlarmFiltersProps) {
  const wards = useWards().data ?? [];
  const count = (changes: Partial<AlarmFilter>) => filtered(alarms, { ...filter, ...changes }).length;
  return (
    <div className={styles.filters}>
      <fieldset>
        <legend className="visually-hidden">Priority</legend>
        <button
          type="button"
          aria-pressed={filter.priority === undefined}
          onClick={() => onChoose({ priority: undefined })}
        >
          All priorities <strong>{count({ priority: undefined })}</strong>
        </button>
        {PRIORITIES.map((priority) => (
          <button
            key={priority}
            type="button"
            aria-pressed={filter.priority === priority}
            onClick={() => onChoose({ priority })}
          >
            <AlarmSymbol priority={priority} size={14} /> {PRIORITY_WORDS[priority]}{' '}
            <strong>{count({ priority })}</strong>
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend className="visually-hidden">Ward</legend>
        <button type="button" aria-pressed={filter.wardId === undefined} onClick={() => onChoose({ ward: undefined })}>
          All wards <strong>{count({ wardId: undefined })}</strong>
        </button>
        {wards.map(({ id, name }) => (
          <button key={id} type="button" aria-pressed={filter.wardId === id} onClick={() => onChoose({ ward: id })}>
            {name} <strong>{count({ wardId: id })}</strong>
          </button>
        ))}
      </fieldset>
    </div>
  );
}
