import { type ClinicSettings, dayAt } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { BedFacts, Holder, Taker } from '#domain/flow/assignability.ts';
import type {
  BedAttributes,
  BedBlock,
  BedNeeds,
  IsolationKind,
  Reservation,
  RoomAttributes,
} from '#domain/flow/bed-state.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, EncounterId, PatientId, RoomId, WardId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import { ageInYears } from '#domain/patient/patient.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { found } from './command.ts';

export type BedFactsDeps = Pick<
  Store,
  'assignments' | 'bedStates' | 'encounters' | 'locations' | 'patients' | 'tasks'
> & { settings(): ClinicSettings };

/** Where the facts of one bed, or of all, are looked up. */
interface Source {
  bedsIn(roomId: RoomId): readonly BedId[];
  /** Encounters in a bed, first come first. */
  holders(bedId: BedId): readonly EncounterId[];
  attributes(bedId: BedId): BedAttributes;
  room(roomId: RoomId): RoomAttributes;
  holder(encounterId: EncounterId): Holder;
  reservation(bedId: BedId): Reservation | null;
  block(bedId: BedId): BedBlock | null;
  cleaning(bedId: BedId): Task | null;
}

/** Encounters holding a place of a bed now, first come first. */
export function holdersOf({ assignments }: Pick<Store, 'assignments'>, bedId: BedId): EncounterId[] {
  return assignments.listOf({ bedId }, LAST_MOMENT - 1, LAST_MOMENT).map(({ encounterId }) => encounterId);
}

/** One bed as it stands; encounters that are `leaving` it, or any bed of its room, do not count. */
export function bedFacts(deps: BedFactsDeps, bed: Bed, now: number, leaving: readonly EncounterId[] = []): BedFacts {
  const { bedStates, tasks } = deps;
  return gather(bed, leaving, {
    bedsIn: bedStates.bedsInRoom,
    holders: (bedId) => holdersOf(deps, bedId),
    attributes: bedStates.bedAttributes,
    room: bedStates.roomAttributes,
    holder: (encounterId) => holderOf(deps, encounterId, bedStates.isolationOf(encounterId)),
    reservation: (bedId) => bedStates.reservationOf({ bedId }) ?? null,
    block: (bedId) => bedStates.blockOf(bedId, now) ?? null,
    cleaning: (bedId) => tasks.openCleaning(bedId) ?? null,
  });
}

/** Every bed as it stands, from one reading of the lists. */
export function houseFacts(deps: BedFactsDeps, now: number): { readonly bed: Bed; readonly facts: BedFacts }[] {
  const { assignments, bedStates, locations, tasks } = deps;
  const beds = locations.listBeds();
  const byRoom = Map.groupBy(beds, ({ roomId }) => roomId);
  const held = assignments.listCurrent();
  const holders = Map.groupBy(held, ({ bedId }) => bedId);
  const attributes = bedStates.listBedAttributes();
  const rooms = bedStates.listRoomAttributes();
  const isolations = bedStates.listIsolations();
  const known = new Map(
    held.map(({ encounterId }) => [encounterId, holderOf(deps, encounterId, isolations.get(encounterId) ?? null)]),
  );
  const reservations = new Map(bedStates.listReservations().map((kept) => [kept.bedId, kept]));
  const blocks = new Map(bedStates.listBlocks(now).map((block) => [block.bedId, block]));
  const open = tasks.listOpen().filter(({ kind }) => kind === 'cleaning');
  const cleanings = new Map(open.map((task) => [task.bedId, task]));
  const source: Source = {
    bedsIn: (roomId) => byRoom.get(roomId)?.map(({ id }) => id) ?? [],
    holders: (bedId) => holders.get(bedId)?.map(({ encounterId }) => encounterId) ?? [],
    attributes: (bedId) => attributes.get(bedId) ?? bedStates.bedAttributes(bedId),
    room: (roomId) => rooms.get(roomId) ?? bedStates.roomAttributes(roomId),
    holder: (encounterId) => known.get(encounterId) ?? holderOf(deps, encounterId, null),
    reservation: (bedId) => reservations.get(bedId) ?? null,
    block: (bedId) => blocks.get(bedId) ?? null,
    cleaning: (bedId) => cleanings.get(bedId) ?? null,
  };
  return beds.map((bed) => ({ bed, facts: gather(bed, [], source) }));
}

function gather(bed: Bed, leaving: readonly EncounterId[], source: Source): BedFacts {
  const staying = (bedId: BedId) => source.holders(bedId).filter((holder) => !leaving.includes(holder));
  const inRoom = source.bedsIn(bed.roomId);
  const mates = inRoom.filter((bedId) => bedId !== bed.id).flatMap((bedId) => staying(bedId).slice(0, 1));
  return {
    bed: source.attributes(bed.id),
    room: source.room(bed.roomId),
    bedsInRoom: inRoom.length,
    holders: staying(bed.id).map(source.holder),
    roommates: mates.map(source.holder),
    reservation: source.reservation(bed.id),
    block: source.block(bed.id),
    cleaning: source.cleaning(bed.id),
  };
}

function holderOf(
  { encounters, patients }: BedFactsDeps,
  encounterId: EncounterId,
  isolation: IsolationKind | null,
): Holder {
  const encounter = encounters.find(encounterId);
  const sex = (encounter && patients.find(encounter.patientId)?.sex) ?? 'unknown';
  return { encounterId, sex, isolation };
}

interface TakerQuestion {
  readonly encounterId: EncounterId | null;
  readonly patientId: PatientId;
  readonly needs?: BedNeeds | undefined;
}

/** Who wants a bed; what they need is what was said now, else what their open request says if it may be of this ward. */
export function takerOf(deps: BedFactsDeps, asked: TakerQuestion, now: number, wardId: WardId | null): Taker {
  const { patients, encounters, bedStates, settings } = deps;
  const patient = found(patients.find(asked.patientId), 'This patient');
  const requested = asked.encounterId === null ? undefined : bedStates.requestOf(asked.encounterId);
  const ofThisWard = requested && (requested.wardId === null || wardId === null || requested.wardId === wardId);
  const needs = asked.needs ?? (ofThisWard ? requested.needs : undefined);
  const charted = asked.encounterId === null ? null : bedStates.isolationOf(asked.encounterId);
  const own = encounters.listByPatient(patient.id).map(({ id }) => id);
  return {
    encounterIds: asked.encounterId === null ? own : [...own, asked.encounterId],
    sex: patient.sex,
    ageYears: ageInYears(patient.birthDate, dayAt(now, settings().timeZone)),
    isolation: needs?.isolation ?? charted,
    equipment: needs?.equipment ?? [],
  };
}
