import type { z } from 'zod';
import type { bedTile, flowRow, notice, requestRow } from '#contract/flow.ts';
import type { AlarmBook } from '#domain/alarm/alarm-book.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { bedStatus, reservationInForce } from '#domain/flow/bed-status.ts';
import { nextDueAt, taskClocks } from '#domain/flow/cleaning.ts';
import type { FlowSummary, Place } from '#domain/flow/event.ts';
import { offerMonitoredBed } from '#domain/flow/monitored-bed.ts';
import { seeByOf, type Wait } from '#domain/flow/notice.ts';
import type { BedId, EncounterId, RequestId, WardId } from '#domain/ids.ts';
import { ageInYears, formalName, initials, type Patient } from '#domain/patient/patient.ts';
import { alarmsOf, scoreOf } from './bed-card.ts';
import type { BedDoubts } from './bed-doubts.ts';
import { holdersOf } from './bed-facts.ts';
import type { BoardPlaces } from './flow-board-places.ts';
import type { LiveState } from './live-state.ts';

export type BedTile = z.infer<typeof bedTile>;
export type FlowRow = z.infer<typeof flowRow>;
export type RequestRow = z.infer<typeof requestRow>;
export type NoticeRow = z.infer<typeof notice>;

export interface BoardFactsDeps {
  readonly store: Pick<
    Store,
    'assignments' | 'areas' | 'bedStates' | 'encounters' | 'flow' | 'locations' | 'patients' | 'tasks' | 'users'
  >;
  readonly live: Pick<LiveState, 'watched' | 'routes'>;
  readonly book: AlarmBook;
  readonly doubts: Pick<BedDoubts, 'listOf' | 'callOf' | 'tagOf' | 'on'>;
  settings(): ClinicSettings;
}

/** One bed with all anyone may see of it. */
export interface BedFact {
  readonly tile: BedTile;
  /** Of the patient it is reserved for. */
  readonly reservedInitials: string | null;
}

/** One encounter with all anyone may see of it. */
export interface FlowFact {
  readonly row: FlowRow;
  readonly initials: string;
  readonly bedId: BedId | null;
  readonly patientId: Patient['id'];
  /** Wards on whose boards it is; with `everywhere`, on all. */
  readonly wards: readonly WardId[];
  readonly everywhere: boolean;
  /** Until seen, with a category. */
  readonly wait: Wait | null;
}

export interface RequestFact {
  readonly row: RequestRow;
}

/** A bed as it stands; undefined when there is no such bed. */
export function readBed(deps: BoardFactsDeps, places: BoardPlaces, bedId: BedId, now: number): BedFact | undefined {
  const { assignments, bedStates, tasks } = deps.store;
  const bed = places.bed(bedId);
  if (!bed) return undefined;
  const encounterIds = holdersOf({ assignments }, bedId);
  const task = tasks.openCleaning(bedId);
  const block = bedStates.blockOf(bedId, now);
  const kept = bedStates.reservationOf({ bedId });
  const reservation = kept && reservationInForce(kept, now) ? kept : undefined;
  const patient = reservation && patientOf(deps, reservation.encounterId);
  const { id, label, roomId, wardId, equipment, ageFrom, ageTo, places: count, fromFeed } = bed;
  const tile: BedTile = {
    bedId: id,
    label,
    roomId,
    roomLabel: places.roomLabel(roomId),
    wardId,
    status: bedStatus({ occupied: encounterIds.length > 0, cleaning: task ?? null, blocked: block !== undefined }),
    encounterIds,
    isolation: encounterIds.map((one) => bedStates.isolationOf(one)).find((kind) => kind !== null) ?? null,
    cleaning: task ? cleaningOf(deps, task) : null,
    block: block ? { id: block.id, reason: block.reason, note: block.note, from: block.from, to: block.to } : null,
    reservation: reservation
      ? {
          id: reservation.id,
          encounterId: reservation.encounterId,
          displayName: patient ? formalName(patient.name) : null,
          until: reservation.until,
        }
      : null,
    equipment: [...equipment],
    ageFrom,
    ageTo,
    places: count,
    sexRule: places.sexRule(roomId),
    fromFeed,
    doubts: deps.doubts.listOf(bedId).map((doubt) => ({ ...doubt })),
  };
  return { tile, reservedInitials: patient ? initials(patient.name) : null };
}

type OpenCleaning = NonNullable<ReturnType<Store['tasks']['openCleaning']>>;

function cleaningOf({ store, settings }: BoardFactsDeps, task: OpenCleaning): BedTile['cleaning'] {
  const { id: taskId, state, requestedAt, startedAt, contaminated, assigneeId } = task;
  return {
    taskId,
    state: state === 'started' ? 'started' : 'requested',
    requestedAt,
    startedAt,
    contaminated,
    assigneeName: (assigneeId && store.users.find(assigneeId)?.displayName) ?? null,
    dueAt: nextDueAt(taskClocks(task, settings().cleaningTargets)) ?? requestedAt,
  };
}

function patientOf({ store }: BoardFactsDeps, encounterId: EncounterId): Patient | undefined {
  const encounter = store.encounters.find(encounterId);
  return encounter && store.patients.find(encounter.patientId);
}

const OPEN = ['planned', 'in-progress', 'on-hold'] as const satisfies readonly Encounter['status'][];

function openStatus(status: Encounter['status']): FlowRow['status'] | undefined {
  return OPEN.find((open) => open === status);
}

/** An encounter as it stands; undefined when it is over or unknown. */
export function readFlow(
  deps: BoardFactsDeps,
  places: BoardPlaces,
  encounterId: EncounterId,
  /** `today`: the clinic's day, `YYYY-MM-DD`. */
  { now, today }: { readonly now: number; readonly today: string },
): FlowFact | undefined {
  const { encounters, patients, flow, assignments, bedStates } = deps.store;
  const encounter = encounters.find(encounterId);
  const status = encounter && openStatus(encounter.status);
  const summary = status && flow.summary(encounterId);
  const patient = summary && patients.find(encounter.patientId);
  if (!patient) return undefined;
  const held = assignments.current({ encounterId });
  const place = held ? places.ofBed(held.bedId) : summary.place;
  const bed = held && places.bed(held.bedId);
  const seeBy = seeByOf(summary, deps.settings().triageTargets);
  const vitals = readVitals(deps, encounterId);
  const placeWords = places.words(place);
  const row: FlowRow = {
    encounterId,
    patientId: patient.id,
    displayName: formalName(patient.name),
    sex: patient.sex,
    ageYears: ageInYears(patient.birthDate, today),
    status,
    place,
    placeWords,
    reason: encounter.reason,
    isolation: bedStates.isolationOf(encounterId),
    seeBy,
    bedSince: held?.startedAt ?? null,
    ...told(summary, places),
    nurseId: encounter.nurseId,
    ...vitals,
    offerMonitoredBed: offerMonitoredBed(vitals.news, bed?.equipment ?? null),
    call: deps.doubts.callOf(encounterId),
    tagAt: deps.doubts.tagOf(encounterId),
  };
  return {
    row,
    initials: initials(patient.name),
    bedId: held?.bedId ?? null,
    patientId: patient.id,
    ...shownOn(deps, places, summary, place, now),
    wait:
      seeBy === null || !summary.triage
        ? null
        : {
            encounterId,
            category: summary.triage.category,
            triagedAt: summary.triage.at,
            seeBy,
            where: placeWords,
          },
  };
}

/** What the journey's summary says, as a row says it. */
function told(summary: FlowSummary, places: BoardPlaces) {
  const { away, transferPlanned } = summary;
  return {
    visitNumber: summary.visitNumber,
    class: summary.class,
    expectedAt: summary.expectedAt,
    arrivedAt: summary.arrivedAt,
    triage: summary.triage,
    seenAt: summary.seenAt,
    admissionDecidedAt: summary.admissionDecidedAt,
    admittedAt: summary.admittedAt,
    dischargeOrderedAt: summary.dischargeOrderedAt,
    expectedDischargeAt: summary.expectedDischargeAt,
    waitingFor: summary.waitingFor,
    medicallyReadyAt: summary.medicallyReadyAt,
    away: away && { kind: away.kind, since: away.since, where: away.place && places.words(away.place) },
    transferPlanned: transferPlanned && places.words(transferPlanned.place),
  } satisfies Partial<FlowRow>;
}

/** Where the patient is, is meant to go, or is asked for; nobody said where: on every board. */
function shownOn(
  { store }: BoardFactsDeps,
  places: BoardPlaces,
  { encounterId, transferPlanned }: FlowSummary,
  place: Place | null,
  now: number,
): Pick<FlowFact, 'wards' | 'everywhere'> {
  const kept = store.bedStates.reservationOf({ encounterId });
  const reserved = kept && reservationInForce(kept, now) ? places.ofBed(kept.bedId) : null;
  const asked = store.bedStates.requestOf(encounterId);
  const here = places.wardOf(place);
  const wards = [here, places.wardOf(reserved), places.wardOf(transferPlanned?.place ?? null), asked?.wardId ?? null];
  const everywhere = here === null || asked?.wardId === null;
  return { wards: [...new Set(wards.filter((wardId) => wardId !== null))], everywhere };
}

/** As much of monitoring as a board shows. */
export function readVitals({ live, book }: BoardFactsDeps, encounterId: EncounterId): Pick<FlowRow, 'news' | 'alarm'> {
  const watched = live.watched(encounterId);
  if (!watched) return { news: null, alarm: null };
  const score = scoreOf(watched);
  const { holders, byDevice, devicesAt } = live.routes();
  const { bedId } = watched;
  const whole = bedId !== null && holders.get(bedId)?.length === 1;
  const deviceIds = whole
    ? devicesAt(bedId)
    : [...byDevice].flatMap(([deviceId, route]) => (route.encounterId === encounterId ? [deviceId] : []));
  const alarms = alarmsOf(book, [watched], bedId, deviceIds);
  const [worst] = alarms;
  return {
    news: score && { total: score.total, complete: score.complete, trend: score.trend },
    alarm: worst ? { priority: worst.priority, count: alarms.length } : null,
  };
}

/** A request nobody has answered with a bed yet; undefined when it is over or its encounter is. */
export function readRequest({ store }: BoardFactsDeps, requestId: RequestId): RequestFact | undefined {
  const request = store.bedStates.findRequest(requestId);
  if (!request || (request.state !== 'requested' && request.state !== 'accepted')) return undefined;
  const encounter = store.encounters.find(request.encounterId);
  if (!encounter || !openStatus(encounter.status)) return undefined;
  const { id, encounterId, wardId, needs, reason, urgency, requestedAt, state, decidedAt } = request;
  const { equipment, isolation } = needs;
  return {
    row: {
      requestId: id,
      encounterId,
      wardId,
      needs: { equipment: [...equipment], isolation },
      reason,
      urgency,
      requestedAt,
      state,
      decidedAt,
    },
  };
}
