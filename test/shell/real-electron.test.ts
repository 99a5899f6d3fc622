import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '#main/launch-build.ts';
import { electronRuntime, noWindowReason } from '#main/launch-electron.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { platform, env } = process;
const program = electronRuntime(root);
const reason =
  noWindowReason({ root, platform, env, userId: process.getuid?.() ?? null }) ??
  (program ? null : "Electron's runtime is not here");

it(reason
  ? `is not tried on real Electron here (${reason}); the stand-in was`
  : 'opens the demo in real Electron', async () => {
  if (reason || !program) return;
  expect(await ensureBuilt(['console', 'shell'], () => {})).toBeNull();
  const data = mkdtempSync(join(tmpdir(), 'wardline-electron-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const app = await _electron.launch({ executablePath: program, args: [root, '--demo', '--data', data] });
  onTestFinished(() => app.close());
  const window = await app.firstWindow();
  await window.waitForURL(/^app:\/\/console\/(?!\.shell)/, { timeout: 60_000 });
  const seen = await window.evaluate(() => ({
    origin: location.origin,
    names: Object.keys((globalThis as unknown as { wardline: object }).wardline).sort(),
    node: [
      typeof (globalThis as Record<string, unknown>).require,
      typeof (globalThis as Record<string, unknown>).process,
    ],
  }));
  expect(seen).toEqual({
    origin: 'app://console',
    names: ['connect', 'platform', 'signInCode', 'version'],
    node: ['undefined', 'undefined'],
  });
}, 120_000);
