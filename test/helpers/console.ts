import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureBuilt } from '#main/launch-build.ts';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts';
import { connectDevice, type TestDevice } from './device.ts';
import { type RunningHub, removeDataDir, startHub } from './hub.ts';
import { eventually } from './wait.ts';

/** What must not happen on any page of a test: kept from the first page on. */
export interface Trouble {
  /** Requests that left this machine. */
  readonly outside: string[];
  /** Reports of the content security policy. */
  readonly policy: string[];
  /** Errors no code caught. */
  readonly errors: string[];
}

export interface ConsoleUnderTest {
  readonly hub: RunningHub;
  readonly context: BrowserContext;
  readonly trouble: Trouble;
  /** A new window, not signed in, at `path`. */
  open(path?: string): Promise<Page>;
  /** A new window, signed in through the sign-in screen as a demo user of this role. */
  signIn(role: string, path?: string): Promise<Page>;
  close(): Promise<void>;
}

function watch(page: Page, trouble: Trouble): void {
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local = hostname === '127.0.0.1' || hostname === 'localhost' || protocol === 'data:' || protocol === 'blob:';
    if (!local) trouble.outside.push(request.url());
  });
  page.on('pageerror', (error) => trouble.errors.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/u.test(message.text())) trouble.policy.push(message.text());
  });
}

/** The built console on a real hub in real Chromium. `--bare` leaves the demo's patients out. */
export async function startConsole(
  args: readonly string[] = ['--demo', '--bare', '--port', '0'],
  station: { readonly timezoneId?: string } = {},
): Promise<ConsoleUnderTest> {
  const failure = await ensureBuilt(['console'], () => undefined);
  if (failure) throw new Error(failure);
  const hub = await startHub(args);
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  const context = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
    ...station,
  });
  const trouble: Trouble = { outside: [], policy: [], errors: [] };
  async function open(path = '/') {
    const page = await context.newPage();
    watch(page, trouble);
    await page.goto(hub.ready.console + path);
    return page;
  }
  return {
    hub,
    context,
    trouble,
    open,
    async signIn(role, path = '/') {
      const { body } = await hub.ask('session/welcome');
      const users = body.demoUsers as { username: string; role: string; password: string }[];
      const user = users.find((one) => one.role === role);
      if (!user) throw new Error(`The demo has no ${role}.`);
      const page = await open(path);
      await page.getByLabel('User name').fill(user.username);
      await page.getByLabel('Password', { exact: true }).fill(user.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      hub.child.kill('SIGCONT');
      await hub.end();
      removeDataDir(hub.dataDir);
    },
  };
}

export interface BedUnderTest {
  readonly wardId: string;
  readonly bedId: string;
  readonly patientId: string;
  readonly encounterId: string;
}

interface NewPatient {
  readonly ward?: string;
  readonly label?: string;
  readonly family?: string;
  readonly given?: string;
}

let wards = 0;

/** A ward with one bed and one patient in it, made through the API as its people would. */
export async function admitSomeone(
  hub: RunningHub,
  { ward, label = '1', family = 'Okafor', given = 'Ann' }: NewPatient = {},
): Promise<BedUnderTest> {
  wards += 1;
  const { id: wardId } = await hub.call<{ id: string }>(
    'locations/addWard',
    { name: ward ?? `Ward ${wards}` },
    'admin',
  );
  const { id: roomId } = await hub.call<{ id: string }>('locations/addRoom', { wardId, label: 'R1' }, 'admin');
  const { id: bedId } = await hub.call<{ id: string }>('locations/addBed', { roomId, label }, 'admin');
  const { id: patientId } = await hub.call<{ id: string }>('patients/register', {
    name: { family, given: [given] },
    birthDate: '1961-05-17',
    sex: 'female',
  });
  const { id: encounterId } = await hub.call<{ id: string }>('encounters/admit', { patientId, bedId });
  return { wardId, bedId, patientId, encounterId };
}

/** A bedside monitor, admitted and tied to a bed. */
export async function monitorAt(hub: RunningHub, bedId: string, id: string): Promise<TestDevice> {
  const device = await connectDevice(hub.ready.mqtt, id, hub.ready.clinic);
  await device.hello();
  await eventually(`${id} is heard of`, async () => {
    const devices = await hub.call<{ id: string }[]>('devices/list');
    return devices.some((one) => one.id === id);
  });
  await hub.call('devices/admit', { device: id }, 'admin');
  await hub.call('devices/tie', { device: id, bedId });
  return device;
}

/** What axe finds on a page, one line a rule: its name and the first place. Frames and hidden things as axe sees them. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary?.slice(0, 300)}`,
  );
}

/** Dresses a page in a look as its menu would. */
export async function wear(page: Page, look: 'light' | 'dark' | 'night'): Promise<void> {
  await page.evaluate((choice) => localStorage.setItem('wardline.look', choice), look);
  await page.reload();
  await page.waitForFunction((choice) => document.documentElement.dataset.look === choice, look);
}
