import type { PersonalLimit } from '#domain/alarm/alarm.ts';
import type { AlarmBook } from '#domain/alarm/alarm-book.ts';
import { limitsFor } from '#domain/alarm/limits.ts';
import { type ClinicSettings, dayAt } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import type { MonitoringInterval } from '#domain/observation/news2.ts';
import { PatientState } from '#domain/observation/patient-state.ts';
import { ageInYears, type Patient } from '#domain/patient/patient.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { recall } from './live-recall.ts';

/** One stay that is going on, with everything known of it now. */
export interface Watched {
  encounter: Encounter;
  patient: Patient;
  bedId: BedId | null;
  readonly state: PatientState;
  personal: readonly PersonalLimit[];
  /** NEWS2 total an hour ago; null when there was none. */
  totalBefore: number | null;
  totalBeforeReadAt: number;
  scoredAt: number;
  /** New values since the last score. */
  dirty: boolean;
}

interface StaysDeps {
  readonly store: Store;
  readonly book: AlarmBook;
  readonly clock: () => number;
  settings(): ClinicSettings;
  /** NEWS2 total of a stay at a past moment, from the store. */
  totalAt(encounterId: EncounterId, at: number): number | null;
}

const INTERVALS_KEY = 'monitoring-intervals';
const BASELINE_EVERY_MS = 5 * MINUTE_MS;
/** Where an hour ago said nothing, its history may just be coming in. */
const BASELINE_RETRY_MS = 20 * SECOND_MS;
/** Read at once: an hour ago comes from the store, and no tick may wait for all stays. */
const BASELINES_A_TICK = 3;

/** The stays that are going on, by encounter, each as it is in the store and as its values say. */
export class LiveStays {
  readonly #stays = new Map<EncounterId, Watched>();
  readonly #deps: StaysDeps;

  #intervalsChanged = false;

  constructor(deps: StaysDeps, bedOf: ReadonlyMap<EncounterId, BedId>) {
    this.#deps = deps;
    for (const encounter of deps.store.encounters.listOpen()) {
      this.#stays.set(encounter.id, this.#open(encounter, bedOf.get(encounter.id) ?? null));
    }
  }

  get(encounterId: EncounterId): Watched | undefined {
    return this.#stays.get(encounterId);
  }

  all(): IterableIterator<Watched> {
    return this.#stays.values();
  }

  /** Reads a stay again after it changed; undefined when it is over or unknown. */
  follow(encounterId: EncounterId, bedId: BedId | null): Watched | undefined {
    const encounter = this.#deps.store.encounters.find(encounterId);
    const known = this.#stays.get(encounterId);
    if (encounter?.status !== 'in-progress') {
      this.#stays.delete(encounterId);
      return undefined;
    }
    if (known) this.#refresh(known, encounter, bedId);
    else this.#stays.set(encounterId, this.#open(encounter, bedId));
    return this.#stays.get(encounterId);
  }

  /** The clinic's limits changed. */
  refreshAll(): void {
    for (const watched of this.#stays.values()) this.#refresh(watched, watched.encounter, watched.bedId);
  }

  /** Works the score out anew; remembers that its monitoring interval changed, which decides what still counts. */
  score(watched: Watched, now: number): void {
    const before = watched.state.interval;
    watched.state.evaluate(now);
    watched.scoredAt = now;
    watched.dirty = false;
    this.#intervalsChanged ||= watched.state.interval !== before;
  }

  /** Saves the monitoring intervals if one changed, so that a restart does not let expired values count again. */
  keepIntervals(): void {
    if (!this.#intervalsChanged) return;
    const { store } = this.#deps;
    const intervals = Object.fromEntries([...this.#stays].map(([id, { state }]) => [id, state.interval]));
    store.transact(() => store.settings.set(INTERVALS_KEY, intervals));
    this.#intervalsChanged = false;
  }

  /** Brings the totals of an hour ago up to date, a few stays at a time. */
  readBaselines(now: number): void {
    const dueAt = ({ totalBefore, totalBeforeReadAt }: Watched) =>
      totalBeforeReadAt + (totalBefore === null ? BASELINE_RETRY_MS : BASELINE_EVERY_MS);
    const due = [...this.#stays.values()].filter((watched) => now >= dueAt(watched)).slice(0, BASELINES_A_TICK);
    for (const watched of due) {
      watched.totalBefore = this.#deps.totalAt(watched.encounter.id, now - HOUR_MS);
      watched.totalBeforeReadAt = now;
    }
  }

  #open(encounter: Encounter, bedId: BedId | null): Watched {
    const { store, book, clock, settings } = this.#deps;
    const patient = store.patients.find(encounter.patientId) as Patient;
    const watched: Watched = {
      encounter,
      patient,
      bedId,
      personal: store.limits.list(encounter.id),
      state: new PatientState(this.#factsOf(encounter, patient), (code, onOxygen) =>
        limitsFor({
          code,
          onOxygen,
          spo2Scale: watched.encounter.spo2Scale,
          rows: settings().limits,
          personal: watched.personal,
        }),
      ),
      totalBefore: null,
      totalBeforeReadAt: 0,
      scoredAt: 0,
      dirty: true,
    };
    watched.state.interval = this.#intervalOf(encounter.id);
    recall(watched, store, book, clock());
    return watched;
  }

  #intervalOf(encounterId: EncounterId): MonitoringInterval {
    const kept = this.#deps.store.settings.get(INTERVALS_KEY);
    const intervals = typeof kept === 'object' && kept !== null ? (kept as Record<string, MonitoringInterval>) : {};
    return intervals[encounterId] ?? '12h';
  }

  #refresh(watched: Watched, encounter: Encounter, bedId: BedId | null): void {
    const { store } = this.#deps;
    watched.encounter = encounter;
    watched.patient = store.patients.find(encounter.patientId) ?? watched.patient;
    watched.bedId = bedId;
    watched.personal = store.limits.list(encounter.id);
    watched.state.facts = this.#factsOf(encounter, watched.patient);
    watched.state.refreshLimits();
    watched.dirty = true;
  }

  #factsOf({ spo2Scale, pregnant }: Encounter, { birthDate }: Patient) {
    const { clock, settings } = this.#deps;
    return { spo2Scale, pregnant, ageYears: ageInYears(birthDate, dayAt(clock(), settings().timeZone)) };
  }
}
