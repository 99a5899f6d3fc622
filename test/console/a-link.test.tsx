// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import { LinkBanner } from '#renderer/app/LinkBanner.tsx';
import type { Carrier, Ending, HubClient } from '#renderer/client/carrier.ts';
import { follow } from '#renderer/client/follow.ts';
import { useCommand } from '#renderer/client/hooks.ts';
import { createHub } from '#renderer/client/hub.ts';
import { createHubClock } from '#renderer/client/hub-clock.ts';
import { createLink } from '#renderer/client/link.ts';
import { around, makeClinic } from '#test/helpers/console-parts.tsx';

afterEach(cleanup);

/** A connection whose fate the test decides. */
function makeCarrier(call: Partial<HubClient> = {}) {
  const silent = new Set<() => void>();
  const closed = new Set<(ending: Ending) => void>();
  let open = true;
  const carrier: Carrier = {
    call: call as HubClient,
    user: null,
    hubNow: () => undefined,
    close() {
      open = false;
    },
    onClose(listener) {
      closed.add(listener);
      return () => closed.delete(listener);
    },
    onSilence(listener) {
      silent.add(listener);
      return () => silent.delete(listener);
    },
  };
  return {
    carrier,
    isOpen: () => open,
    fallSilent() {
      for (const listener of silent) listener();
    },
    end(ending: Ending) {
      for (const listener of closed) listener(ending);
    },
  };
}

describe('the link of a console', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

  it('is lost when the hub falls silent, though the connection stands, and live again when the hub answers', async () => {
    const made = [makeCarrier(), makeCarrier()];
    const answers = [...made];
    const link = createLink({
      connect: async () => {
        const next = answers.shift();
        if (!next) throw new ClinicError('unavailable', 'no hub');
        return next.carrier;
      },
      onSignedOut: () => undefined,
    });
    await settle();
    expect(link.state().state).toBe('live');
    const back = answers.pop();
    made[0]?.fallSilent();
    expect(link.state().state).toBe('lost');
    expect(made[0]?.isOpen()).toBe(false);
    expect(link.calls()).toBeUndefined();
    await settle(5_000);
    expect(link.state().state).toBe('lost');
    if (back) answers.push(back);
    await settle(400);
    expect(link.state().state).toBe('live');
    link.close();
  });

  it('goes on counting the hub’s time while it is lost', async () => {
    const made = makeCarrier();
    const link = createLink({ connect: async () => made.carrier, onSignedOut: () => undefined });
    await settle();
    made.end('lost');
    const before = link.clock.now();
    await settle(90_000);
    expect(link.clock.now() - before).toBe(90_000);
    link.close();
  });

  it('leads to sign-in when the session has ended, and tries no more', async () => {
    const signedOut = vi.fn();
    const connect = vi.fn(async (): Promise<Carrier> => {
      throw new ClinicError('not-signed-in', 'ended');
    });
    const link = createLink({ connect, onSignedOut: signedOut });
    await settle(10_000);
    expect(signedOut).toHaveBeenCalledTimes(1);
    expect(connect).toHaveBeenCalledTimes(1);
    link.close();
  });

  it('refuses calls at once while it is lost: nothing is kept to be sent later', async () => {
    const hub = createHub({ calls: () => undefined });
    await expect(hub.hub.status({})).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('opens every stream anew after it came back, and acknowledges what was applied', async () => {
    const drew = vi.fn(async () => ({ ok: true as const }));
    const listeners = new Set<() => void>();
    let state: 'live' | 'lost' = 'live';
    const applied: number[] = [];
    let opened = 0;
    const stop = follow({
      hub: { streams: { drew } } as unknown as HubClient,
      link: {
        state: () => ({ state, since: 0 }),
        subscribe(listener: () => void) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      } as never,
      async open(signal) {
        opened += 1;
        const first = opened * 10;
        return (async function* () {
          yield { subscription: 's', n: first, at: 0 };
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        })();
      },
      apply: ({ n }) => applied.push(n),
    });
    await settle();
    state = 'lost';
    for (const listener of listeners) listener();
    await settle(5_000);
    expect(applied).toEqual([10]);
    state = 'live';
    for (const listener of listeners) listener();
    await settle();
    expect(applied).toEqual([10, 20]);
    expect(drew).toHaveBeenCalledTimes(2);
    stop();
  });
});

describe('the hub’s clock as a console knows it', () => {
  it('is never ahead of the hub and no further behind than the quickest message', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 50 }), (delays) => {
        const local = { now: 0 };
        const hubIsAhead = 1_000_000;
        const clock = createHubClock(
          () => local.now,
          () => 0,
        );
        for (const delay of delays) {
          local.now += 500;
          clock.heard(local.now + hubIsAhead - delay);
        }
        const behind = local.now + hubIsAhead - clock.now();
        expect(behind).toBeGreaterThanOrEqual(0);
        expect(behind).toBeLessThanOrEqual((delays.at(-1) ?? 0) + 1);
      }),
    );
  });
});

describe('the banner', () => {
  it('says the link is lost, since when and what to do, and is gone with the loss', async () => {
    const parts = makeClinic();
    render(around(parts, <LinkBanner />));
    act(() => parts.becomeLink('lost'));
    const banner = await screen.findByRole('alert');
    expect(banner.textContent).toContain('Link to the hub lost');
    expect(banner.textContent).toContain('bedside monitors');
    act(() => parts.becomeLink('live'));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

interface Sent {
  readonly alarmId: string;
  readonly idempotencyKey?: string;
}

/** A button that sends a command through `send`. */
function Sender({ send, alarmId }: { send: (input: Sent) => Promise<unknown>; alarmId: string }) {
  const command = useCommand((_hub, input: Sent) => send(input));
  return (
    <button type="button" onClick={() => void command.run({ alarmId })}>
      Send {alarmId}
    </button>
  );
}

describe('a command', () => {
  it('keeps its key when tried again after an unknown outcome, and takes a new one for a new act', async () => {
    const parts = makeClinic();
    const keys: string[] = [];
    const outcomes = ['unavailable', 'done', 'refused', 'done'];
    const send = async ({ idempotencyKey }: Sent) => {
      keys.push(idempotencyKey ?? 'none');
      const outcome = outcomes.shift();
      if (outcome === 'unavailable' || outcome === 'refused') throw new ClinicError(outcome, 'no');
      return {};
    };
    render(around(parts, <Sender send={send} alarmId="one" />));
    const button = await screen.findByRole('button');
    for (let click = 0; click < 4; click += 1) await act(async () => button.click());
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
    expect(keys[3]).not.toBe(keys[2]);
    expect(new Set(keys).size).toBe(3);
  });
});
