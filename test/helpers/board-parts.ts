import type { BedId, EncounterId, PatientId, RequestId, ReservationId, RoomId, TaskId, WardId } from '#domain/ids.ts';
import type { BoardBed, BoardRecords, BoardRequest, BoardRow } from '#renderer/client/board/board.ts';
import { NOON } from './makers.ts';

const WARD = 'ward-1' as WardId;
let made = 0;
const next = () => {
  made += 1;
  return made;
};

/** A free bed of room 1 without a monitor. */
export function makeBoardBed(given: Partial<BoardBed> = {}): BoardBed {
  const number = next();
  return {
    bedId: `bed-${number}` as BedId,
    label: String(number),
    roomId: 'room-1' as RoomId,
    roomLabel: '1',
    wardId: WARD,
    status: given.encounterIds?.length ? 'occupied' : 'unoccupied',
    encounterIds: [],
    isolation: null,
    cleaning: null,
    block: null,
    reservation: null,
    equipment: [],
    ageFrom: null,
    ageTo: null,
    places: 1,
    sexRule: 'any',
    fromFeed: false,
    doubts: [],
    ...given,
  };
}

/** Somebody admitted, in a bed for a day, with nothing further known. */
export function makeBoardRow(given: Partial<BoardRow> = {}): BoardRow {
  const number = next();
  return {
    encounterId: `encounter-${number}` as EncounterId,
    patientId: `patient-${number}` as PatientId,
    displayName: 'OKAFOR, Ann',
    sex: 'female',
    ageYears: 64,
    visitNumber: null,
    class: 'inpatient',
    status: 'in-progress',
    place: null,
    placeWords: 'Ward 1, bed 1',
    reason: null,
    isolation: null,
    expectedAt: null,
    arrivedAt: NOON - 86_400_000,
    triage: null,
    seeBy: null,
    seenAt: null,
    admissionDecidedAt: null,
    admittedAt: NOON - 86_400_000,
    bedSince: NOON - 86_400_000,
    dischargeOrderedAt: null,
    expectedDischargeAt: null,
    waitingFor: null,
    medicallyReadyAt: null,
    away: null,
    transferPlanned: null,
    nurseId: null,
    news: null,
    alarm: null,
    offerMonitoredBed: false,
    call: null,
    tagAt: null,
    ...given,
  };
}

/** Somebody in the waiting room since ten minutes ago. */
export function makeWaitingRow(given: Partial<BoardRow> = {}): BoardRow {
  return makeBoardRow({
    class: 'emergency',
    placeWords: 'Waiting room',
    arrivedAt: NOON - 600_000,
    admittedAt: null,
    bedSince: null,
    ...given,
  });
}

export function makeBoardRequest(given: Partial<BoardRequest> = {}): BoardRequest {
  return {
    requestId: `request-${next()}` as RequestId,
    encounterId: 'encounter-1' as EncounterId,
    wardId: WARD,
    needs: { equipment: [], isolation: null },
    reason: 'Needs telemetry',
    urgency: 'routine',
    requestedAt: NOON - 60_000,
    state: 'requested',
    decidedAt: null,
    ...given,
  };
}

export function makeCleaning(
  given: Partial<NonNullable<BoardBed['cleaning']>> = {},
): NonNullable<BoardBed['cleaning']> {
  return {
    taskId: `task-${next()}` as TaskId,
    state: 'requested',
    requestedAt: NOON - 300_000,
    startedAt: null,
    contaminated: false,
    assigneeName: null,
    dueAt: NOON + 1_500_000,
    ...given,
  };
}

export function makeReservation(encounterId: EncounterId): NonNullable<BoardBed['reservation']> {
  return { id: `reservation-${next()}` as ReservationId, encounterId, displayName: null, until: NOON + 3_600_000 };
}

interface Told {
  readonly beds?: readonly BoardBed[];
  readonly encounters?: readonly BoardRow[];
  readonly requests?: readonly BoardRequest[];
  readonly notices?: BoardRecords['notices'];
}

/** The first word of a board's stream. */
export function wholeBoard({ beds = [], encounters = [], requests = [], notices = [] }: Told) {
  const wards = [{ id: WARD, name: 'Ward 1' }];
  return { kind: 'whole' as const, wards, areas: [], beds, encounters, requests, notices };
}

/** A later word of it. */
export function boardChanges({ beds = [], encounters = [], requests = [] }: Told) {
  const none = { removedBeds: [], removedEncounters: [], removedRequests: [] };
  return { kind: 'changes' as const, beds, encounters, requests, ...none };
}

type Choice = Readonly<Record<string, unknown>>;

/** A bed as the hub offers it: to be had, unless told otherwise. */
export function makeChoice(bed: BoardBed, given: Choice = {}): Choice {
  return {
    bedId: bed.bedId,
    label: bed.label,
    roomLabel: bed.roomLabel,
    wardId: bed.wardId,
    wardName: 'Ward 1',
    assignable: true,
    overridable: false,
    rank: 1,
    merits: [],
    whyNot: [],
    ...given,
  };
}
