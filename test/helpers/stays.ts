import type { Store } from '#domain/clinic/store.ts';
import type { FlowEvent, FlowStep, Place } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { ActId, AreaId, BedId, EncounterId, RoomId, WardId } from '#domain/ids.ts';
import { makePatient, sequentialIds } from './makers.ts';

const newId = sequentialIds('stay');

/** One step and when it happened. */
export type Told = readonly [at: number, step: FlowStep];

/** A ward of as many beds, labelled from 1. */
export function keepWard(store: Store, name: string, beds: number): { wardId: WardId; beds: readonly Place[] } {
  const wardId = newId() as WardId;
  const roomId = newId() as RoomId;
  return store.transact(() => {
    store.locations.saveWard({ id: wardId, name });
    store.locations.saveRoom({ id: roomId, wardId, label: '1' });
    const places = Array.from({ length: beds }, (_, index): Place => {
      const bedId = newId() as BedId;
      store.locations.saveBed({ id: bedId, wardId, roomId, label: String(index + 1) });
      return { wardId, roomId, bedId, areaId: null };
    });
    return { wardId, beds: places };
  });
}

/** An area without beds that belongs to no ward. */
export function keepArea(store: Store, name: string, kind: 'waiting' | 'treatment' | 'imaging'): Place {
  const areaId = newId() as AreaId;
  store.transact(() => store.areas.saveArea({ id: areaId, wardId: null, name, kind, code: null }));
  return { ...NOWHERE, areaId };
}

/** A stay as these steps make it, kept as the hub keeps it: encounter, events, what follows from them, and bed assignments. */
export function keepStay(
  store: Store,
  steps: readonly Told[],
  given: { family?: string; visitNumber?: string } = {},
): EncounterId {
  const encounterId = newId() as EncounterId;
  const patient = makePatient({ id: newId() as never, name: { family: given.family ?? 'Okafor', given: ['Ann'] } });
  const events = steps.map(
    ([happenedAt, step]): FlowEvent => ({
      id: newId(),
      actId: newId() as ActId,
      encounterId,
      step,
      happenedAt,
      recordedAt: happenedAt,
      source: 'console',
      tieBreak: '',
      actor: 'ward-nurse',
      voided: null,
    }),
  );
  const { whereabouts, unexplained: _, status, ...facts } = journeyOf(events);
  store.transact(() => {
    store.patients.save(patient);
    store.encounters.save({
      id: encounterId,
      patientId: patient.id,
      status,
      admittedAt: facts.admittedAt ?? facts.arrivedAt ?? steps[0]?.[0] ?? 0,
      dischargedAt: facts.dischargedAt,
      reason: null,
      spo2Scale: 1,
      pregnant: false,
      nurseId: null,
    });
    for (const event of events) store.flow.append(event);
    store.flow.saveSummary({ ...facts, encounterId, visitNumber: given.visitNumber ?? null, place: null });
    const inBeds = whereabouts.filter(({ place }) => place.bedId !== null);
    const others = whereabouts.filter(({ place }) => place.bedId === null);
    for (const { place, from, to } of inBeds) {
      const bedId = place.bedId as BedId;
      store.assignments.start({ id: newId(), bedId, encounterId, startedAt: from, endedAt: to });
    }
    store.flow.replacePlaceStays(
      encounterId,
      others.map(({ place, from, to }) => ({ encounterId, place, startedAt: from, endedAt: to })),
    );
  });
  return encounterId;
}
