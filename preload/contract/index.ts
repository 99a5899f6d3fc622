import { encounters, limits, notes, observations, patients } from './care.ts';
import { clinicSettings, hub, ledger, locations, settings } from './clinic.ts';
import { alarms, deviceRow, devices, monitoring, streams, wardBoard, wardPart, wavePart } from './monitoring.ts';
import { session, setup, signedInUser, users } from './session.ts';

/** Everything that may cross the border between hub and console: one entry a part. */
export const contract = {
  session,
  setup,
  users,
  settings,
  locations,
  hub,
  ledger,
  patients,
  encounters,
  observations,
  limits,
  notes,
  streams,
  monitoring,
  ward: wardBoard,
  alarms,
  devices,
};
export type Contract = typeof contract;

export type { ProcedureMeta } from './procedure.ts';
export { clinicSettings, deviceRow, signedInUser, wardPart, wavePart };
