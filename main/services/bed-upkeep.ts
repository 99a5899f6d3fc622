import type { Store } from '#domain/clinic/store.ts';
import type { BedId } from '#domain/ids.ts';
import type { ChangeEmitter } from './changes.ts';

export type BedUpkeepDeps = Pick<Store, 'transact' | 'bedStates' | 'ledger'> & { readonly changed: ChangeEmitter };

/** What happens to beds by time, and because patients come and go without having been in them. */
export interface BedUpkeep {
  /** Writes down blocks and reservations whose time has run out; to be called a few times a second. */
  tick(now: number): void;
}

export function createBedUpkeep({ transact, bedStates, ledger, changed }: BedUpkeepDeps): BedUpkeep {
  changed.on({
    // A hold is in force only while its patient is expected or here: boards that show it are told.
    flow(encounterId) {
      for (const { bedId } of bedStates.reservationsTouching(NO_BED, encounterId)) changed.bedState(bedId);
      const request = bedStates.requestOf(encounterId);
      if (request) changed.bedRequest(request.id);
    },
  });
  return {
    tick(now) {
      const due = bedStates.listDue(now);
      if (due.blocks.length + due.reservations.length === 0) return;
      transact((afterCommit) => {
        const keep = (act: string, subject: string, bedId: BedId, after: object) => {
          ledger.append({
            at: now,
            actor: 'hub',
            station: null,
            act,
            subject,
            before: null,
            after: { bedId, ...after },
          });
          afterCommit(() => changed.bedState(bedId));
        };
        for (const block of due.blocks) {
          const endedAt = block.to ?? now;
          bedStates.saveBlock({ ...block, endedAt });
          keep('bed.blockEnded', block.id, block.bedId, { endedAt });
        }
        for (const kept of due.reservations) {
          bedStates.saveReservation({ ...kept, state: 'lapsed' });
          keep('bed.reservationLapsed', kept.id, kept.bedId, { encounterId: kept.encounterId, until: kept.until });
        }
      });
    },
  };
}

const NO_BED = '' as BedId;
