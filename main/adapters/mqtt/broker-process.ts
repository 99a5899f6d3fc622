import { createBrokerCore } from './broker-core.ts';
import { createDelivery } from './broker-delivery.ts';
import type { BrokerSettings, Credentials, FromBroker, ToBroker } from './broker-messages.ts';
import { createBrokerRules } from './broker-rules.ts';
import { createBrokerWatch } from './broker-watch.ts';

const REPORT_MS = 1_000;

function tell(message: FromBroker): void {
  process.send?.(message);
}

async function start(settings: BrokerSettings, credentials: Credentials) {
  const rules = createBrokerRules(settings, credentials);
  const watch = createBrokerWatch();
  const delivery = createDelivery(settings.patienceMs, Date.now);
  const core = await createBrokerCore({ settings, rules, watch, delivery });
  const port = await core.listen();
  setInterval(() => {
    delivery.expire(Date.now());
    const report = watch.report(core.clients(), Date.now());
    if (report) tell({ kind: 'report', ...report });
  }, REPORT_MS);
  tell({ kind: 'listening', port });
  return rules;
}

let running: ReturnType<typeof start> | null = null;

process.on('message', (message: ToBroker) => {
  if (message.kind === 'start' && running === null) {
    running = start(message.settings, message.credentials);
    running.catch(fail);
  } else if (message.kind === 'credentials') {
    running?.then((rules) => rules.setCredentials(message.credentials)).catch(fail);
  } else if (message.kind === 'stop') process.exit(0);
});

// A broker without its hub would acknowledge nothing and hold the port.
process.on('disconnect', () => process.exit(0));
// Signals of a terminal reach the whole group: the hub decides when its broker ends.
process.on('SIGINT', () => {});

function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  process.send?.({ kind: 'failed', code } satisfies FromBroker, () => process.exit(1));
}
