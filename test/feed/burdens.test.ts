import { afterEach, describe, expect, it } from 'vitest';
import { adt, type FeedClinic, openFeedClinic } from '#test/helpers/feed-clinic.ts';

let clinic: FeedClinic;
afterEach(() => clinic.close());

describe('a store that cannot be written', () => {
  it('is told to every sender, and forgotten once it can', () => {
    let busy = true;
    clinic = openFeedClinic({
      transact: (run) => (work) => {
        if (busy) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
        return run(work);
      },
    });
    const day = ['V1', 'V2', 'V3'].map((visit) =>
      adt({ event: 'A01', at: '0800', visit, patient: visit, place: 'ICU' }),
    );
    expect(clinic.send(...day)).toEqual(['AE', 'AE', 'AE']);
    expect(clinic.inbox.ailing()).toBe(true);
    expect(clinic.faults.splice(0)).toHaveLength(1);
    busy = false;
    expect(clinic.send(...day)).toEqual(['AA', 'AA', 'AA']);
    expect(clinic.inbox.ailing()).toBe(false);
  });
});
