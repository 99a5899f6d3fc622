import { afterEach, describe, expect, it } from 'vitest';
import { adt, type FeedClinic, openFeedClinic } from '#test/helpers/feed-clinic.ts';
import { eventually } from '#test/helpers/wait.ts';

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

describe('messages that wait', () => {
  /** Counts what is written of messages from now on. */
  const counting = () => {
    const { save } = clinic.store.feed;
    const written = { count: 0 };
    clinic.store.feed.save = (message) => {
      written.count += 1;
      save(message);
    };
    return written;
  };
  it('are not tried again while what they name stands as it did', () => {
    clinic = openFeedClinic();
    clinic.send(adt({ event: 'A01', at: '0700', patient: 'P1', visit: 'V1', place: 'A^1^1' }));
    clinic.send(adt({ event: 'A01', at: '0710', patient: 'P2', visit: 'V2', place: 'A^1^2' }));
    const written = counting();
    const others = Array.from({ length: 100 }, () =>
      adt({ event: 'A02', at: '0900', patient: 'P2', visit: 'V1', place: 'A' }),
    );
    for (const other of others) clinic.send(other);
    expect(clinic.waiting()).toHaveLength(100);
    expect(written.count).toBeLessThan(500);
  });
  it('are listed without their text, which is asked for one at a time', () => {
    clinic = openFeedClinic();
    clinic.send(adt({ event: 'A08', at: '1000', place: 'A^1^1' }));
    const { feed } = clinic.store;
    for (const message of [...feed.listWaiting(10), ...feed.list({ limit: 10 })]) {
      expect(message).not.toHaveProperty('text');
      expect(feed.find(message.id)?.text).toContain('ADT^A08');
    }
  });
  it('are gone through a part at a time, until all that can be explained is', async () => {
    clinic = openFeedClinic();
    clinic.send(
      ...Array.from({ length: 150 }, (_, index) =>
        adt({ event: 'A08', at: '1000', patient: 'P1', visit: 'V1', place: 'A^1^1', id: `before-${index}` }),
      ),
    );
    expect(clinic.waiting()).toHaveLength(150);
    clinic.send(adt({ event: 'A01', at: '0900', patient: 'P1', visit: 'V1', place: 'A^1^1' }));
    expect(clinic.waiting().length).toBeGreaterThan(90);
    await eventually('none waits', () => clinic.waiting().length === 0);
    expect(clinic.faults).toEqual([]);
  });
});
