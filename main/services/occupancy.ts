import type { Actor } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { BedAssignment } from '#domain/encounter/encounter.ts';
import type { BedId, WardId } from '#domain/ids.ts';
import { formalName, initials, type Patient } from '#domain/patient/patient.ts';
import { allows, type Role } from '#domain/user/role.ts';

type OccupancyDeps = Pick<Store, 'patients' | 'encounters' | 'assignments' | 'locations'>;

/** A patient's name as far as a reader may know it: formal, initials, or null. */
function nameFor(roles: readonly Role[], name: Patient['name']): string | null {
  if (allows(roles, 'see-names')) return formalName(name);
  return allows(roles, 'see-initials') ? initials(name) : null;
}

/** Beds of one ward or of all, with who lies in them, a row each; ids of patients only for those who may see names. */
export function listOccupancy(deps: OccupancyDeps, wardId: WardId | undefined, { roles }: Actor) {
  const { locations, assignments } = deps;
  const wards = locations.listWards().filter((ward) => wardId === undefined || ward.id === wardId);
  if (wardId !== undefined && wards.length === 0) throw new ClinicError('not-found', 'This ward is not known here.');
  const held = new Map<BedId, BedAssignment[]>();
  for (const entry of assignments.listCurrent().sort((one, other) => one.startedAt - other.startedAt))
    held.set(entry.bedId, [...(held.get(entry.bedId) ?? []), entry]);
  return wards.flatMap((ward) => {
    const roomLabels = new Map(locations.listRooms(ward.id).map(({ id, label }) => [id, label]));
    return locations.listBeds(ward.id).flatMap((bed) =>
      (held.get(bed.id) ?? [undefined]).map((occupant) => ({
        bed,
        ward,
        roomLabel: roomLabels.get(bed.roomId) ?? '',
        ...occupantOf(deps, occupant, roles),
      })),
    );
  });
}

const NOBODY = { status: 'unoccupied', encounterId: null, patientId: null, displayName: null, since: null } as const;

function occupantOf({ encounters, patients }: OccupancyDeps, held: BedAssignment | undefined, roles: readonly Role[]) {
  if (!held) return NOBODY;
  const encounter = encounters.find(held.encounterId);
  const patient = encounter && patients.find(encounter.patientId);
  const named = allows(roles, 'see-names');
  return {
    status: 'occupied',
    encounterId: named ? held.encounterId : null,
    patientId: named ? (encounter?.patientId ?? null) : null,
    displayName: patient ? nameFor(roles, patient.name) : null,
    since: held.startedAt,
  } as const;
}
