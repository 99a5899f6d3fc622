import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '#test/helpers/chromium.ts';
import { connectDevice } from '#test/helpers/device.ts';
import { makeDataDir, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { cpuSeconds, load, percentile, populate } from './clinic.ts';

export interface Steady {
  readonly devices: number;
  readonly waves: number;
  readonly seconds: number;
  /** Share of one core the hub's process used, its broker apart. */
  readonly hubCpuShare: number;
  readonly loopDelayP99Ms: number;
  readonly domP50Ms: number;
  readonly domP95Ms: number;
  readonly domP99Ms: number;
  readonly domSamples: number;
  /** Share of the page's main thread, ward board open with these beds at one message a second. */
  readonly boardBeds: number;
  readonly boardMainThreadShare: number;
}

const BEDS = 40;
const DEVICES = 500;
const WAVES = 16;

/**
 * (b) and (c): 500 devices at one message a second with 6 values, 16 of them with an ECG, on the embedded broker, and a
 * real Chromium with the board of 40 of their beds open. One more device says a new heart rate each second; the page
 * notes when its number stands in the document.
 */
export async function measureSteady(seconds = 60): Promise<Steady> {
  const dataDir = makeDataDir();
  const hub = await startHub(['--demo', '--bare', '--admit-all'], dataDir);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  try {
    const { wardId } = await populate(hub, BEDS);
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(hub.ready.signIn ?? hub.ready.console);
    await page.waitForURL(/\/ward/);
    await page.goto(`${hub.ready.console}/ward/${wardId}`);
    const sending = load({
      mqtt: hub.ready.mqtt,
      clinic: 'demo',
      devices: DEVICES,
      ratePerDevice: 1,
      values: 6,
      waves: WAVES,
      seconds: seconds + 20,
    });
    await page.waitForFunction((beds) => (document.body.innerText.match(/SpO/g)?.length ?? 0) >= beds, BEDS, {
      timeout: 60_000,
    });
    await wait(8_000);
    const session = await page.context().newCDPSession(page);
    // The thread's own time: on a busy machine the wall clock would count the time others had the core.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taskSeconds = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    const before = { cpu: cpuSeconds(hub.ready.pid), task: await taskSeconds(), at: performance.now() };
    const delays = await measureDom(hub, page, seconds);
    const passed = (performance.now() - before.at) / 1_000;
    const { loopDelay } = await hub.call<{ loopDelay: { p99: number } }>('hub/status');
    const share = (await taskSeconds()) - before.task;
    const cpu = cpuSeconds(hub.ready.pid) - before.cpu;
    await sending;
    return {
      devices: DEVICES,
      waves: WAVES,
      seconds: passed,
      hubCpuShare: cpu / passed,
      loopDelayP99Ms: loopDelay.p99,
      domP50Ms: percentile(delays, 0.5),
      domP95Ms: percentile(delays, 0.95),
      domP99Ms: percentile(delays, 0.99),
      domSamples: delays.length,
      boardBeds: BEDS,
      boardMainThreadShare: share / passed,
    };
  } finally {
    await browser.close();
    await hub.end();
    removeDataDir(dataDir);
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>;

/** Delays from publishing a heart rate nobody else has (201 to 299) to its standing in the document, ms. */
async function measureDom(hub: Awaited<ReturnType<typeof startHub>>, page: Page, seconds: number): Promise<number[]> {
  const { id: roomId } = await hub
    .call<{ id: string }[]>('locations/rooms', { wardId: (await hub.call<{ id: string }[]>('locations/wards'))[0]?.id })
    .then(([room]) => room ?? { id: '' });
  const { id: bedId } = await hub.call<{ id: string }>('locations/addBed', { roomId, label: 'Probe' }, 'admin');
  const { id: patientId } = await hub.call<{ id: string }>('patients/register', {
    name: { family: 'Probe', given: ['A'] },
  });
  await hub.call('encounters/admit', { patientId, bedId });
  await hub.call('devices/tie', { device: 'probe-1', bedId }).catch(() => undefined);
  const probe = await connectDevice(hub.ready.mqtt, 'probe-1');
  await probe.hello();
  await probe.send({ hr: 200 });
  await wait(500);
  await hub.call('devices/tie', { device: 'probe-1', bedId });
  // The first value makes the card; what is measured is how its number changes.
  await probe.send({ hr: 200 });
  await page.getByText('200', { exact: true }).waitFor();
  await page.evaluate(() => {
    const seen: Record<string, number> = {};
    Object.assign(window, { probeSeen: seen });
    const note = (node: Node) => {
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      for (
        let text: Node | null = node.nodeType === Node.TEXT_NODE ? node : texts.nextNode();
        text;
        text = texts.nextNode()
      ) {
        const words = text.textContent?.trim() ?? '';
        if (/^2\d\d$/.test(words)) seen[words] ??= Date.now();
      }
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        note(target);
        for (const node of addedNodes) note(node);
      }
    }).observe(document.body, { subtree: true, characterData: true, childList: true });
  });
  const sentAt = new Map<string, number>();
  const every = Math.max(600, Math.min(1_000, (seconds * 1_000) / 98));
  for (let value = 201; value < 299 && (value - 201) * every < seconds * 1_000; value += 1) {
    // Not in step with the hub's own rhythm.
    await wait(every * (0.75 + (value % 10) / 20));
    sentAt.set(String(value), Date.now());
    await probe.send({ hr: value });
  }
  await wait(1_500);
  const seen = await page.evaluate(() => (window as unknown as { probeSeen: Record<string, number> }).probeSeen);
  await probe.close();
  return [...sentAt].map(([value, at]) => (seen[value] === undefined ? Number.POSITIVE_INFINITY : seen[value] - at));
}
