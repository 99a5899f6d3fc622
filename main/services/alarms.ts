import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Alarm } from '#domain/alarm/alarm.ts';
import { compareAlarms } from '#domain/alarm/alarm-state.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { AlarmId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import type { AlarmKeeper } from './alarm-keeper.ts';
import type { Streams } from './streams.ts';

interface AlarmsDeps {
  readonly store: Store;
  readonly alarms: AlarmKeeper;
  readonly streams: Streams;
  readonly clock: () => number;
}

type Handlers = HandlersOf<typeof contract.alarms>;
type AlarmRow = Awaited<ReturnType<Handlers['list']>>[number];

/** Alarms as staff see them, and the one act that answers them. */
export function createAlarms({ store, alarms, streams, clock }: AlarmsDeps): Handlers {
  const row = (alarm: Alarm): AlarmRow => {
    const bed = alarm.bedId ? store.locations.findBed(alarm.bedId) : undefined;
    const encounter = alarm.encounterId ? store.encounters.find(alarm.encounterId) : undefined;
    const patient = encounter ? store.patients.find(encounter.patientId) : undefined;
    return {
      ...alarm,
      bedLabel: bed?.label ?? null,
      wardId: bed?.wardId ?? null,
      displayName: patient ? formalName(patient.name) : null,
    };
  };
  return {
    list({ ended, ...filter }) {
      if (ended) return store.alarms.listEnded(filter).map(row);
      const { wardId, encounterId, limit } = filter;
      return alarms.book
        .open()
        .sort(compareAlarms)
        .map(row)
        .filter((alarm) => (!wardId || alarm.wardId === wardId) && (!encounterId || alarm.encounterId === encounterId))
        .slice(0, limit);
    },
    watch: (_input, context) =>
      streams.latest({
        context,
        keyOf: (id: AlarmId) => id,
        subscribe: (push) => alarms.on((alarm) => push(alarm.id)),
        whole: () => ({ kind: 'whole' as const, alarms: alarms.book.open().sort(compareAlarms).map(row) }),
        changes: (ids) => ({
          kind: 'changes' as const,
          alarms: ids.flatMap((id) => {
            const alarm = alarms.book.find(id) ?? store.alarms.find(id);
            return alarm ? [row(alarm)] : [];
          }),
        }),
      }),
    acknowledge({ alarmId, reason }, context) {
      return context.commit((afterCommit) => {
        const now = clock();
        const decision = alarms.book.acknowledge(alarmId, context.actor.id, now);
        if (!decision.ok) throw refusalOf(decision.refusal, alarms.book.find(alarmId), store);
        const before = alarms.book.find(alarmId);
        store.alarms.save([decision.value]);
        store.ledger.append({
          at: now,
          actor: context.actor.id,
          station: context.station,
          act: 'alarm.acknowledged',
          subject: `alarm:${alarmId}`,
          before: { signal: before?.signal },
          after: {
            signal: decision.value.signal,
            rule: decision.value.rule,
            priority: decision.value.priority,
            reason: reason ?? null,
          },
        });
        afterCommit(() => {
          alarms.book.accept(decision.value);
          alarms.commit();
        });
        return decision.value;
      });
    },
  };
}

function refusalOf(refusal: 'not-open' | 'already-acknowledged', alarm: Alarm | undefined, store: Store): ClinicError {
  if (refusal === 'not-open') return new ClinicError('refused', 'This alarm is no longer open.', refusal);
  const by = alarm?.acknowledgedBy ? store.users.find(alarm.acknowledgedBy)?.displayName : undefined;
  return new ClinicError('refused', `Already acknowledged by ${by ?? 'someone else'}.`, refusal);
}
