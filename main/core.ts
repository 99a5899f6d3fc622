import type { Log } from '#adapters/log.ts';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import { secrets } from '#adapters/secrets.ts';
import { type ClinicSettings, DEFAULT_SETTINGS, dayAt } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { createAlarmKeeper } from '#services/alarm-keeper.ts';
import { createBedDoubts } from '#services/bed-doubts.ts';
import { createBedKeeping } from '#services/bed-keeping.ts';
import { createBedUpkeep } from '#services/bed-upkeep.ts';
import { createChanges } from '#services/changes.ts';
import { createSeriesOf } from '#services/encounter-series.ts';
import { tellingEngine } from '#services/feed-telling.ts';
import { createFlowEngine } from '#services/flow-engine.ts';
import { createIntake } from '#services/intake.ts';
import { createLiveState } from '#services/live-state.ts';
import { newsHistory } from '#services/news-history.ts';
import { readSettings, writeSettings } from '#services/settings.ts';
import { createStreams } from '#services/streams.ts';
import { startNightlyCheck } from './nightly-check.ts';
import { startRhythm } from './rhythm.ts';

interface CoreDeps {
  readonly store: Store;
  readonly log: Log;
  readonly clock: () => number;
  readonly newId?: () => string;
  /** The `{clinic}` segment of device topics. */
  readonly clinic: string;
  readonly demo: boolean;
  readonly admitAll: boolean;
  /** IANA name to keep as the clinic's; undefined: it stays as it is. */
  readonly zone?: string | undefined;
  /** Since when the broker cannot be reached; null while it can. */
  brokerLostSince(): number | null;
}

export type Core = ReturnType<typeof startCore>;

/** What goes on whether or not anyone looks: messages come in, are judged and kept, alarms begin and end. */
export function startCore(deps: CoreDeps) {
  const { store, log, clock, newId = secrets.newId, clinic, demo, admitAll, zone, brokerLostSince } = deps;
  firstSettings(store, demo);
  if (zone !== undefined) keepZone(store, zone, clock());
  let current = readSettings(store.settings);
  const settings = () => current;
  const changes = createChanges();
  changes.on({
    settings: () => {
      current = readSettings(store.settings);
    },
  });
  const keeping = createBedKeeping({ ...store, clock, newId, settings, changed: changes });
  const telling = { ...store, newId, settings, clock, changed: changes };
  const engine = tellingEngine(createFlowEngine({ ...store, newId, settings, changed: changes, keeping }), telling);
  const alarms = createAlarmKeeper({ store, newId, failed: (error) => log.error('alarm not saved', { error }) });
  const seriesOf = createSeriesOf(store);
  const history = { store, seriesOf, dateOf: (at: number) => dayAt(at, settings().timeZone) };
  const live = createLiveState({
    store,
    alarms,
    changes,
    clock,
    settings,
    troubles: () => ({ brokerLostSince: brokerLostSince(), storeProblem: nightly.problem() }),
    totalAt(encounterId, at) {
      const score = newsHistory(history, encounterId, [at])[0]?.score;
      // What is only a least says nothing of rising or falling.
      return score?.complete ? score.total : null;
    },
    badData: (deviceId) => intake.knownOf(deviceId)?.badData ?? false,
  });
  const doubts = createBedDoubts({ ...store, alarms, changes, clock });
  const upkeep = createBedUpkeep({ ...store, changed: changes });
  const intake = createIntake({
    ...store,
    decode: decodeNative,
    clock,
    clinic,
    admitAll,
    sink: {
      ...live.sink,
      reading(accepted) {
        live.sink.reading(accepted);
        doubts.sink.reading(accepted);
      },
      event(happened) {
        live.sink.event(happened);
        doubts.sink.event(happened);
      },
    },
    onFault: (error) => log.error('message lost by a fault of the hub', { error }),
  });
  changes.on({ device: intake.reload });
  const nightly = startNightlyCheck({ store, clock, log });
  const rhythm = startRhythm({ store, intake, live, upkeep, doubts, clock, settings, log });
  return {
    settings,
    changes,
    keeping,
    doubts,
    engine,
    streams: createStreams({ clock, newId }),
    alarms,
    seriesOf,
    history,
    live,
    intake,
    rhythm,
  };
}

/** The zone named at the start is the clinic's from then on. */
function keepZone(store: Store, timeZone: string, at: number): void {
  const before = readSettings(store.settings);
  if (before.timeZone === timeZone) return;
  store.transact(() => {
    writeSettings(store.settings, { ...before, timeZone });
    const change = { before: { timeZone: before.timeZone }, after: { timeZone } };
    store.ledger.append({ at, actor: 'hub', station: null, act: 'settings.saved', subject: 'settings', ...change });
  });
}

/** A new clinic keeps the time of the machine it is set up on until somebody decides otherwise. */
function firstSettings(store: Store, demo: boolean): void {
  if (store.settings.get('clinic') !== undefined && store.settings.get('clinic') !== null) return;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const first: ClinicSettings = {
    ...DEFAULT_SETTINGS,
    timeZone,
    clinicName: demo ? 'Demo clinic' : DEFAULT_SETTINGS.clinicName,
  };
  store.transact(() => writeSettings(store.settings, first));
}
