import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId } from '#domain/ids.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { makeEntry, NOW } from './clinic.ts';

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
});
afterEach(() => test.remove());

describe('a transaction', () => {
  it('tells after it is on disk, in order, and not at all when it failed', () => {
    const { store } = test;
    const told: string[] = [];
    const answer = store.transact((afterCommit) => {
      afterCommit(() => told.push(`first sees ${store.settings.get('a')}`));
      store.settings.set('a', 1);
      store.transact((nested) => nested(() => told.push('second')));
      expect(told).toEqual([]);
      return 'answer';
    });
    expect([answer, told]).toEqual(['answer', ['first sees 1', 'second']]);
    const failing = () =>
      store.transact((afterCommit) => {
        afterCommit(() => told.push('never'));
        store.settings.set('a', 2);
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect([store.settings.get('a'), told]).toHaveLength(2);
    expect([store.settings.get('a'), told.length]).toEqual([1, 2]);
  });

  it('leaves nothing of a part that failed, though the rest goes on', () => {
    const { store } = test;
    const told: string[] = [];
    store.transact((afterCommit) => {
      store.settings.set('kept', true);
      afterCommit(() => told.push('kept'));
      expect(() =>
        store.transact((nested) => {
          nested(() => told.push('undone'));
          store.settings.set('undone', true);
          store.ledger.append(makeEntry());
          throw new Error('part');
        }),
      ).toThrow('part');
      store.ledger.append(makeEntry({ subject: 'after' }));
    });
    expect([store.settings.get('kept'), store.settings.get('undone'), told]).toEqual([true, undefined, ['kept']]);
    expect(store.ledger.list({ limit: 9 })).toMatchObject([{ seq: 1, subject: 'after' }]);
    expect(test.reopen().verify()).toEqual({ ok: true, rows: 1 });
  });

  it('stands when a listener fails, and the other listeners hear of it', () => {
    const { store } = test;
    const told: string[] = [];
    store.transact((afterCommit) => {
      store.settings.set('a', 1);
      afterCommit(() => {
        throw new TypeError('names a patient');
      });
      afterCommit(() => told.push('other'));
    });
    expect([store.settings.get('a'), told]).toEqual([1, ['other']]);
    expect(test.notices).toEqual([{ kind: 'listener-failed', text: 'TypeError' }]);
  });

  it('that fails keeps numerics for the next flush', () => {
    const { store } = test;
    const deviceId = 'd' as DeviceId;
    const send = (index: number) =>
      store.numerics.append({
        deviceId,
        at: NOW + index,
        receivedAt: NOW,
        history: false,
        codes: ['hr'],
        values: [index],
      });
    for (let index = 0; index < 3_000; index++) send(index);
    expect(() =>
      store.transact(() => {
        store.numerics.flush();
        send(3_000);
        throw new Error('disk');
      }),
    ).toThrow('disk');
    expect(store.numerics.pending()).toBe(3_001);
    expect(store.numerics.raw(deviceId, 'hr', 0, NOW * 2)).toHaveLength(3_001);
    store.transact(() => store.numerics.flush());
    const values = test
      .reopen()
      .numerics.raw(deviceId, 'hr', 0, NOW * 2)
      .map(({ value }) => value);
    expect(values).toEqual(Array.from({ length: 3_001 }, (_, index) => index));
  });
});
