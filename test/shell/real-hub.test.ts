import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureBuilt } from '#main/launch-build.ts';
import { connectMessagePort } from '#renderer/client/carrier.ts';
import type { MessagePortMain } from '#test/helpers/electron-stand-in/ports.ts';
import { startOnStandIn } from '#test/helpers/shell.ts';

vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
});

/** A port as a page has it. */
function asInPage(port: MessagePortMain): MessagePort {
  const events = new EventTarget();
  port.on('message', ({ data }) => events.dispatchEvent(new MessageEvent('message', { data })));
  port.on('close', () => events.dispatchEvent(new Event('close')));
  return Object.assign(events, {
    postMessage: (data: unknown) => port.postMessage(data),
    start: () => port.start(),
    close: () => port.close(),
  }) as unknown as MessagePort;
}

interface Bridge {
  connect(): Promise<void>;
  signInCode(): string | null;
}

describe('the desktop app with the real hub', () => {
  it.each(['sources', 'bundle'] as const)(
    'from its %s: signs the window of the demo in, lends the hub its broker and its living clinic, and closes both',
    async (hub) => {
      expect(await ensureBuilt(hub === 'bundle' ? ['shell'] : [], () => {})).toBeNull();
      const { electron, onlyWindow } = await startOnStandIn({ hub, realPreload: true });
      const { webContents } = onlyWindow();
      await vi.waitUntil(() => webContents.getURL() === 'app://console/', { timeout: 60_000 });
      const page = webContents.page;
      const bridge = page?.exposed.get('wardline') as Bridge;
      const port = async () => {
        await bridge.connect();
        const handed = page?.messages.at(-1)?.ports[0];
        if (!handed) throw new Error('No port came.');
        return asInPage(handed);
      };

      const anonymous = await connectMessagePort({ port: await port(), token: null });
      const { token } = await anonymous.call.session.exchange({ code: bridge.signInCode() ?? '' });
      const { call, user } = await connectMessagePort({ port: await port(), token });
      expect(user?.roles).toEqual(['nurse']);

      await vi.waitUntil(async () => (await call.hub.status({})).mqtt.broker === 'connected', {
        timeout: 30_000,
        interval: 100,
      });
      await vi.waitUntil(async () => (await call.locations.wards({})).length === 2, { timeout: 60_000, interval: 200 });
      const beside = electron.forked.slice(1);
      expect(beside.map((child) => child.arguments)).toEqual([['broker-process'], ['simulators-run', '--demo-clinic']]);

      process.emit('SIGTERM');
      await vi.waitUntil(() => electron.app.exitCode === 0, { timeout: 20_000 });
      await vi.waitUntil(() => electron.forked.every(({ pid }) => pid === undefined), { timeout: 20_000 });
    },
    120_000,
  );
});
