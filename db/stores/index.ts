import type Database from 'better-sqlite3';
import type { Store } from '#domain/clinic/store.ts';
import { readAnchor } from '../anchor.ts';
import { createLedger } from '../ledger.ts';
import type { Transactions } from '../transactions.ts';
import { createAlarmStore, createLimitStore } from './alarms.ts';
import { createAreaStore } from './areas.ts';
import { createBedStateStore } from './bed-states.ts';
import { createNoteStore, createObservationStore } from './charting.ts';
import { createDeviceStore } from './devices.ts';
import { createAssignmentStore, createEncounterStore } from './encounters.ts';
import { createFeedStore } from './feed.ts';
import { createFlowStore } from './flow.ts';
import { createPresenceStore, createQuarantineStore, createSequenceStore } from './links.ts';
import { createLocationStore } from './locations.ts';
import { createMergeStore } from './merges.ts';
import { createNumericsStore } from './numerics.ts';
import { createPatientStore } from './patients.ts';
import { createIdempotencyStore, createSettingStore } from './settings.ts';
import { createTaskStore } from './tasks.ts';
import { createSessionStore, createUserStore } from './users.ts';
import { createSavedViewStore } from './views.ts';

type Stores = Omit<Store, 'transact' | 'figures' | 'verify' | 'verifyInThread' | 'backup' | 'backupInThread' | 'close'>;

interface StoresDeps {
  readonly storeId: string;
  readonly transactions: Transactions;
  readonly anchorPath: string;
  readonly key: Buffer;
}

/** Every store of the clinic on one connection. */
export function createStores(db: Database.Database, { storeId, transactions, anchorPath, key }: StoresDeps): Stores {
  const anchor = () => {
    const found = readAnchor(anchorPath, key);
    return typeof found === 'string' ? undefined : found;
  };
  return {
    patients: createPatientStore(db),
    encounters: createEncounterStore(db),
    assignments: createAssignmentStore(db),
    locations: createLocationStore(db),
    areas: createAreaStore(db),
    merges: createMergeStore(db),
    flow: createFlowStore(db),
    bedStates: createBedStateStore(db),
    tasks: createTaskStore(db),
    feed: createFeedStore(db),
    views: createSavedViewStore(db),
    devices: createDeviceStore(db),
    presence: createPresenceStore(db),
    quarantine: createQuarantineStore(db),
    sequences: createSequenceStore(db),
    observations: createObservationStore(db),
    numerics: createNumericsStore(db, transactions),
    alarms: createAlarmStore(db),
    limits: createLimitStore(db),
    notes: createNoteStore(db),
    users: createUserStore(db),
    sessions: createSessionStore(db),
    settings: createSettingStore(db),
    idempotency: createIdempotencyStore(db),
    ledger: createLedger(db, storeId, anchor),
  };
}
