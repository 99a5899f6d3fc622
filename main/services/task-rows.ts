import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { nextDueAt, taskClocks } from '#domain/flow/cleaning.ts';
import type { Task } from '#domain/flow/task.ts';
import type { EncounterId, WardId } from '#domain/ids.ts';
import { formalName, initials } from '#domain/patient/patient.ts';
import { allows, type Role } from '#domain/user/role.ts';

export type TaskRow = Awaited<ReturnType<HandlersOf<typeof contract.tasks>['start']>>;

export interface TaskRowsDeps
  extends Pick<
    Store,
    'areas' | 'assignments' | 'bedStates' | 'encounters' | 'flow' | 'locations' | 'patients' | 'tasks' | 'users'
  > {
  readonly clock: () => number;
  settings(): ClinicSettings;
}

/** Wards that are asked for a bed now. Read once for many rows. */
export function wardsAsked({ bedStates }: Pick<Store, 'bedStates'>): ReadonlySet<WardId> {
  return new Set(bedStates.listOpenRequests().flatMap(({ wardId }) => wardId ?? []));
}

/** A task as somebody with these roles may see it: bed and initials, the name only for those who may see names. */
export function taskRow(
  deps: TaskRowsDeps,
  task: Task,
  roles: readonly Role[],
  asked: ReadonlySet<WardId> = wardsAsked(deps),
): TaskRow {
  const { locations, users } = deps;
  const { id, kind, state, bedId, destination, cause, contaminated, requestedAt, startedAt, doneAt, note } = task;
  const bed = bedId === null ? undefined : locations.findBed(bedId);
  const wardId = bed?.wardId ?? wardOfPatient(deps, task.encounterId);
  return {
    id,
    kind,
    state,
    bedId,
    bedLabel: bed?.label ?? null,
    roomLabel: (bed && locations.findRoom(bed.roomId)?.label) ?? null,
    wardId,
    wardName: (wardId && locations.findWard(wardId)?.name) ?? null,
    encounterId: allows(roles, 'see-names') ? task.encounterId : null,
    displayName: nameOf(deps, task.encounterId, roles),
    destination,
    cause,
    contaminated,
    requestedAt,
    startedAt,
    doneAt,
    assigneeId: task.assigneeId,
    assigneeName: (task.assigneeId && users.find(task.assigneeId)?.displayName) ?? null,
    note,
    ...taskClocks(task, deps.settings().cleaningTargets),
    wanted: wanted(deps, task, bed?.wardId, asked),
  };
}

/** A patient's name as far as these roles may know it; null when they may not, or there is none. */
export function nameOf(
  { encounters, patients }: Pick<Store, 'encounters' | 'patients'>,
  encounterId: EncounterId | null,
  roles: readonly Role[],
): string | null {
  const encounter = encounterId === null ? undefined : encounters.find(encounterId);
  const patient = encounter && patients.find(encounter.patientId);
  if (!patient) return null;
  if (allows(roles, 'see-names')) return formalName(patient.name);
  return allows(roles, 'see-initials') ? initials(patient.name) : null;
}

function wardOfPatient({ flow, areas }: TaskRowsDeps, encounterId: EncounterId | null): WardId | null {
  const place = encounterId === null ? null : (flow.summary(encounterId)?.place ?? null);
  const area = place?.areaId ? areas.findArea(place.areaId) : undefined;
  return place?.wardId ?? area?.wardId ?? null;
}

/** Kept for somebody, or in a ward that somebody has asked for a bed. */
function wanted(
  { bedStates, clock }: TaskRowsDeps,
  task: Task,
  wardId: WardId | undefined,
  asked: ReadonlySet<WardId>,
): boolean {
  if (task.kind !== 'cleaning' || task.bedId === null || !wardId) return false;
  if ((bedStates.reservationOf({ bedId: task.bedId })?.until ?? 0) > clock()) return true;
  return asked.has(wardId);
}

/** Most pressing first: wanted before others, then by the clock that runs out next, then the oldest. */
export function pressing(left: TaskRow, right: TaskRow): number {
  const due = (row: TaskRow) => nextDueAt(row) ?? Number.POSITIVE_INFINITY;
  if (left.wanted !== right.wanted) return left.wanted ? -1 : 1;
  if (due(left) !== due(right)) return due(left) < due(right) ? -1 : 1;
  return left.requestedAt - right.requestedAt || (left.id < right.id ? -1 : 1);
}
