import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { CarrierName } from '#contract/handlers.ts';
import type { LatestOptions } from '#services/latest-stream.ts';
import { CREDIT, createStreams } from '#services/streams.ts';
import { sequentialIds } from '../helpers/makers.ts';

type Item = { key: string; value: number };
type Options = LatestOptions<Item, { kind: 'whole' }, { kind: 'changes'; items: readonly Item[] }>;

const streams = createStreams({ clock: () => 42, newId: sequentialIds('subscription') });
const stops: AbortController[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
});

/** A stream of `Item`s with a source to push by hand; short times unless a test is about them. */
function open(carrier: CarrierName, given: Partial<Options> = {}) {
  const stop = new AbortController();
  stops.push(stop);
  let push = (_item: Item) => {};
  let listening = false;
  const parts = streams.latest<Item, { kind: 'whole' }, { kind: 'changes'; items: readonly Item[] }>({
    context: { carrier, tokenHash: 'mine', signal: stop.signal },
    whole: () => ({ kind: 'whole' }),
    subscribe(listener) {
      push = listener;
      listening = true;
      return () => {
        listening = false;
      };
    },
    keyOf: ({ key }) => key,
    changes: (items) => ({ kind: 'changes', items }),
    minGapMs: 1,
    heartbeatMs: 60_000,
    ...given,
  });
  const drew = (n: number, tokenHash = 'mine', subscription = '') =>
    streams.handlers.drew({ subscription, n }, { tokenHash } as Parameters<typeof streams.handlers.drew>[1]);
  return { parts, stop, push: (key: string, value: number) => push({ key, value }), listening: () => listening, drew };
}

async function take<Part>(parts: AsyncIterator<Part>): Promise<Part> {
  const { value, done } = await parts.next();
  return done ? expect.fail('the stream ended') : value;
}

describe('a latest-only stream', () => {
  it('gives the whole, then one slot a key with the latest value', async () => {
    const { parts, push } = open('http');
    expect(await take(parts)).toEqual({ kind: 'whole', subscription: expect.any(String), n: 1, at: 42 });
    for (let value = 0; value < 1_000; value += 1) push(value % 2 === 0 ? 'even' : 'odd', value);
    expect(await take(parts)).toMatchObject({
      n: 2,
      items: [
        { key: 'even', value: 998 },
        { key: 'odd', value: 999 },
      ],
    });
  });

  it('loses nothing that changes while the whole is being made', async () => {
    const changed = open('http', {
      whole: async () => {
        changed.push('bed', 1);
        return { kind: 'whole' };
      },
    });
    await take(changed.parts);
    expect(await take(changed.parts)).toMatchObject({ items: [{ key: 'bed', value: 1 }] });
  });

  it('joins what adds up and has not been sent', async () => {
    const { parts, push } = open('http', {
      merge: (earlier, later) => ({ key: later.key, value: earlier.value + later.value }),
    });
    await take(parts);
    for (const value of [1, 2, 3]) push('wave', value);
    expect(await take(parts)).toMatchObject({ items: [{ value: 6 }] });
    push('wave', 4);
    expect(await take(parts)).toMatchObject({ items: [{ value: 4 }] });
  });

  it('beats when nothing changes', async () => {
    const { parts } = open('http', { heartbeatMs: 5 });
    await take(parts);
    expect(await take(parts)).toMatchObject({ kind: 'changes', items: [], n: 2 });
    expect(await take(parts)).toMatchObject({ kind: 'changes', items: [], n: 3 });
  });

  it.each(['websocket', 'message-port'] as const)('over a %s waits after two parts nobody drew', async (carrier) => {
    const { parts, push, drew } = open(carrier, { heartbeatMs: 1 });
    const { subscription } = await take(parts);
    expect((await take(parts)).n).toBe(CREDIT);
    let third: { n: number; items: readonly Item[] } | undefined;
    const waiting = take(parts).then((part) => {
      third = part as typeof third;
    });
    for (let value = 0; value < 100; value += 1) push('bed', value);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(third).toBeUndefined();
    drew(1, 'somebody else', subscription);
    drew(1, 'mine', 'another-subscription');
    drew(99, 'mine', subscription);
    drew(0, 'mine', subscription);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(third).toBeUndefined();
    drew(1, 'mine', subscription);
    await waiting;
    expect(third).toMatchObject({ n: 3, items: [{ key: 'bed', value: 99 }] });
  });

  it('leaves nothing behind when its reader goes, whether it waits, was never read, or is left', async () => {
    const before = streams.open();
    const waiting = open('websocket');
    await take(waiting.parts);
    const next = waiting.parts.next();
    waiting.stop.abort();
    expect(await next).toEqual({ value: undefined, done: true });
    expect(waiting.listening()).toBe(false);

    const left = open('websocket');
    await take(left.parts);
    await left.parts.return(undefined);
    expect(left.listening()).toBe(false);

    const never = open('websocket');
    never.stop.abort();
    expect((await never.parts.next()).done).toBe(true);
    expect(never.listening()).toBe(false);

    const failing = open('http', {
      whole: () => {
        throw new Error('no ward');
      },
    });
    await expect(failing.parts.next()).rejects.toThrow('no ward');
    expect(failing.listening()).toBe(false);
    expect(streams.open()).toBe(before);
  });

  it('ends up showing the latest of everything, whatever is pushed and drawn when', async () => {
    const step = fc.oneof(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.integer() }),
      fc.constant('draw' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { parts, push, drew, stop } = open('websocket', { heartbeatMs: 2 });
        const shown: Record<string, number> = {};
        const truth: Record<string, number> = {};
        let held = 0;
        let subscription = '';
        const draw = async () => {
          const part = await take(parts);
          ({ subscription, n: held } = part);
          if (part.kind === 'changes') for (const { key, value } of part.items) shown[key] = value;
          drew(held, 'mine', subscription);
        };
        await draw();
        for (const now of steps) {
          if (now === 'draw') await draw();
          else {
            push(now.key, now.value);
            truth[now.key] = now.value;
          }
        }
        await draw();
        await draw();
        expect(shown).toEqual(truth);
        stop.abort();
      }),
      { numRuns: 30 },
    );
  });
});
