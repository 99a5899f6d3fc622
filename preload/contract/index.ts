import { encounters, limits, notes, observations, patients } from './care.ts';
import { clinicSettings, hub, ledger, settings } from './clinic.ts';
import { feed, feedPart } from './feed.ts';
import { boardPart, flow } from './flow.ts';
import { locations } from './locations.ts';
import { alarms, deviceRow, devices, monitoring, streams, wardBoard, wardPart, wavePart } from './monitoring.ts';
import { session, setup, signedInUser, users } from './session.ts';
import { beds, taskPart, tasks } from './tasks.ts';
import { views } from './views.ts';

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
  flow,
  beds,
  tasks,
  feed,
  views,
};
export type Contract = typeof contract;

export type { ProcedureMeta } from './procedure.ts';
export { boardPart, clinicSettings, deviceRow, feedPart, signedInUser, taskPart, wardPart, wavePart };
