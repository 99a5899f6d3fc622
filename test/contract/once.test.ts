import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secrets } from '#adapters/secrets.ts';
import { createCommandRunner, KEPT_MS } from '#services/command-runner.ts';
import { NOON } from '../helpers/makers.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';

let opened: TestStore;
let now = NOON;
let run: ReturnType<typeof createCommandRunner>;
const start = () => createCommandRunner({ store: opened.store, clock: () => now, digest: secrets.digest });

beforeEach(() => {
  opened = openTestStore();
  now = NOON;
  run = start();
});
afterEach(() => opened.remove());

const doing = (given: Partial<Parameters<typeof run>[0]> = {}) => ({
  actorId: 'nurse-1',
  procedure: 'patients.register',
  key: 'key-00000001',
  input: { name: 'x', sex: 'unknown' } as unknown,
  ...given,
});

describe('a command', () => {
  it('with a key already used answers what it answered, also after a restart, and does nothing more', () => {
    let done = 0;
    const work = () => {
      done += 1;
      return { id: `p-${done}` };
    };
    expect(run(doing(), work)).toEqual({ id: 'p-1' });
    expect(run(doing({ input: { sex: 'unknown', name: 'x' } }), work)).toEqual({ id: 'p-1' });
    opened.reopen();
    run = start();
    expect(run(doing(), work)).toEqual({ id: 'p-1' });
    expect(done).toBe(1);
  });

  it('with a key used for another input or another procedure is a conflict', () => {
    run(doing(), () => 1);
    expect(() => run(doing({ input: { name: 'y' } }), () => 2)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(() => run(doing({ procedure: 'encounters.admit' }), () => 2)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
  });

  it('does not share its keys with other people, and without a key remembers nothing', () => {
    expect(run(doing(), () => 1)).toBe(1);
    expect(run(doing({ actorId: 'nurse-2' }), () => 2)).toBe(2);
    expect(run(doing({ key: null }), () => 3)).toBe(3);
    expect(run(doing({ key: null }), () => 4)).toBe(4);
  });

  it('that fails leaves nothing behind and may be tried again with the same key', () => {
    const told: string[] = [];
    const failing = () =>
      run(doing(), (afterCommit) => {
        opened.store.settings.set('ward', 'half done');
        afterCommit(() => told.push('never'));
        throw new Error('fell over');
      });
    expect(failing).toThrow('fell over');
    expect(opened.store.settings.get('ward')).toBeUndefined();
    expect(run(doing(), () => 'done')).toBe('done');
    expect(told).toEqual([]);
  });

  it('is told of only after it is on disk, and not again for a repeated key', () => {
    const told: string[] = [];
    const work = (afterCommit: (tell: () => void) => void) => {
      afterCommit(() => told.push('told'));
      told.push('worked');
    };
    run(doing(), work);
    run(doing(), work);
    expect(told).toEqual(['worked', 'told']);
  });

  it('is remembered for a day', () => {
    run(doing(), () => 1);
    now += KEPT_MS + 1;
    run(doing({ key: 'another-key' }), () => 2);
    expect(run.answered(doing())).toBeUndefined();
    expect(run.answered(doing({ key: 'another-key' }))).toEqual({ result: 2 });
  });

  it('leaves no way to try passwords by what is remembered of its input', () => {
    const input = { username: 'u', password: 'guess me' };
    run(doing({ procedure: 'users.add', input }), () => 1);
    const { inputHash } = opened.store.idempotency.find('nurse-1', 'key-00000001') ?? expect.fail();
    expect(inputHash).toBe(secrets.digest('{"username":"u"}'));
  });

  it('with a key used for the limits of one metric is a conflict for another', () => {
    const limits = (code: string) => doing({ procedure: 'limits.set', input: { code, high: 120 } });
    run(limits('hr'), () => 1);
    expect(() => run(limits('spo2'), () => 2)).toThrow(expect.objectContaining({ refusal: 'key-reused' }));
  });

  it('whose answer is told once is refused when asked again, and its answer is not kept', () => {
    const issue = doing({ procedure: 'devices.issuePassword', toldOnce: true });
    expect(run(issue, () => ({ password: 'open sesame' }))).toEqual({ password: 'open sesame' });
    expect(opened.store.idempotency.find('nurse-1', 'key-00000001')?.result).toBeNull();
    const refused = expect.objectContaining({ code: 'refused', refusal: 'told-once' });
    expect(() => run(issue, () => expect.fail('done twice'))).toThrow(refused);
    expect(() => run.answered(issue)).toThrow(refused);
  });

  it('is done once for each key, in whatever order keys come and come again', () => {
    const order = fc.array(fc.record({ key: fc.integer({ min: 0, max: 5 }), actor: fc.integer({ min: 0, max: 2 }) }));
    let round = 0;
    fc.assert(
      fc.property(order, (calls) => {
        round += 1;
        const effects = new Map<string, number>();
        for (const { key, actor } of calls) {
          const name = `${round}-${actor}-${key}`;
          const answer = run(doing({ key: `key-${round}-${key}`, actorId: `actor-${actor}`, input: { key } }), () => {
            effects.set(name, (effects.get(name) ?? 0) + 1);
            return name;
          });
          expect(answer).toBe(name);
        }
        expect([...effects.values()].every((count) => count === 1)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
