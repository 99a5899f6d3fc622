import type { Store } from '#domain/clinic/store.ts';
import type { PatientId, WardId } from '#domain/ids.ts';
import { sameLabel } from '#domain/location/place.ts';
import { pastStay } from './past-stay.ts';
import type { Visit } from './visit.ts';

/** Visits written in one transaction. */
const BATCH = 500;
const ACTOR = 'import';

interface WritingDeps {
  readonly store: Store;
  readonly newId: () => string;
  readonly clock: () => number;
  readonly patientSystem: string;
  /** Name of the file, for the ledger. */
  readonly file: string;
}

export interface Writing {
  add(visit: Visit): void;
  /** Writes what is left. */
  finish(): { readonly visits: number; readonly patients: number };
}

/** Writes visits in batches, each with its entry in the ledger: a batch is there whole or not at all. */
export function createWriting({ store, newId, clock, patientSystem, file }: WritingDeps): Writing {
  const importId = newId();
  const wards = new Map<string, WardId>();
  let batch: Visit[] = [];
  let [visits, patients] = [0, 0];

  const ledger = (act: string, subject: string, after: unknown) =>
    store.ledger.append({ at: clock(), actor: ACTOR, station: null, act, subject, before: null, after });
  const wardOf = (name: string): WardId => {
    const known = wards.get(name) ?? knownWard(store, name) ?? makeWard(name);
    wards.set(name, known);
    return known;
  };
  const makeWard = (name: string): WardId => {
    const ward = { id: newId() as WardId, name };
    store.locations.saveWard(ward);
    store.areas.saveWardAttributes(ward.id, { kind: 'inpatient', siteId: null, code: null, fromFeed: true });
    ledger('ward.added', ward.id, ward);
    return ward.id;
  };
  const patientOf = ({ patient, visit }: Visit): PatientId => {
    // Whom the file does not name is known by the visit alone.
    const identifier = patient === '' ? { system: 'visit', value: visit } : { system: patientSystem, value: patient };
    const known = store.patients.findByIdentifier(identifier);
    if (known) return store.merges.survivor(known.id);
    const id = newId() as PatientId;
    patients += 1;
    store.patients.save({
      id,
      name: { family: 'Imported', given: [identifier.value] },
      birthDate: null,
      sex: 'unknown',
      identifiers: [identifier],
      allergies: null,
      allergiesRecordedAt: null,
    });
    return id;
  };
  const write = (visit: Visit): void => {
    const now = clock();
    const { encounter, events, summary, places } = pastStay({
      visit,
      patientId: patientOf(visit),
      wardOf,
      newId,
      now,
    });
    store.encounters.save(encounter);
    for (const event of events) store.flow.append(event);
    store.flow.saveSummary(summary);
    store.flow.replacePlaceStays(encounter.id, places);
  };
  const flush = (): void => {
    if (batch.length === 0) return;
    store.transact(() => {
      for (const visit of batch) write(visit);
      ledger('stays.imported', importId, {
        file,
        visits: batch.length,
        from: batch[0]?.visit,
        to: batch.at(-1)?.visit,
      });
    });
    visits += batch.length;
    batch = [];
  };
  return {
    add: (visit) => {
      batch.push(visit);
      if (batch.length >= BATCH) flush();
    },
    finish: () => {
      flush();
      return { visits, patients };
    },
  };
}

/** A ward by its name, or by its code in messages, however it is spelled. */
export function knownWard(store: Pick<Store, 'locations' | 'areas'>, name: string): WardId | undefined {
  const wards = store.locations.listWards();
  const found =
    wards.find((ward) => sameLabel(ward.name, name)) ??
    wards.find((ward) => sameLabel(store.areas.wardAttributes(ward.id).code ?? '', name));
  return found?.id;
}
