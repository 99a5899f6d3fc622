import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '#contract';
import type { EncounterId, PatientId } from '#domain/ids.ts';

/** What each query of the hub answers. */
export type Records = InferContractRouterOutputs<Contract>;
export type PatientRecord = Records['patients']['get'];
export type FoundPatient = Records['patients']['search'][number];
export type Stay = Records['encounters']['admit'];
export type ClinicSettings = Records['settings']['get'];

/** Keys of records, so that a command in one screen re-reads what another shows. */
export const recordKeys = {
  patients: ['patients'],
  patient: (id: PatientId) => ['patients', 'one', id],
  occupancy: ['encounters', 'occupancy'],
  merges: (id: PatientId) => ['patients', 'merges', id],
  stays: (id: PatientId) => ['encounters', 'list', id],
  history: (id: EncounterId) => ['flow', 'history', id],
  limits: (id: EncounterId) => ['limits', id],
  notes: (id: EncounterId) => ['notes', id],
  trends: (id: EncounterId) => ['observations', 'trend', id],
  scores: (id: EncounterId) => ['monitoring', 'history', id],
  locations: ['locations'],
  settings: ['settings'],
  users: ['users'],
  ledger: ['ledger'],
  quarantine: ['devices', 'quarantine'],
  hub: ['hub', 'status'],
} as const;
