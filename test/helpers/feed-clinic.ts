import { createHash } from 'node:crypto';
import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { headerOf } from '#domain/feed/header.ts';
import { createBedKeeping } from '#services/bed-keeping.ts';
import { createChanges } from '#services/changes.ts';
import { createFeedCounts } from '#services/feed-counts.ts';
import { createFeedInbox } from '#services/feed-inbox.ts';
import { createFlowActs } from '#services/flow-acts.ts';
import { createFlowEngine } from '#services/flow-engine.ts';
import { readSettings } from '#services/settings.ts';
import { makeUser, NOON, sequentialIds } from './makers.ts';
import { openTestStore } from './store.ts';

export type FeedClinic = ReturnType<typeof openFeedClinic>;

interface FeedClinicOptions {
  readonly timeZone?: string;
  readonly keepElapsed?: boolean;
  /** What comes between the feed and its store. */
  readonly transact?: (run: Store['transact']) => Store['transact'];
}

/** The feed on a real store, in a clinic without any place yet. Its zone is London's unless said otherwise. */
export function openFeedClinic({
  timeZone = 'Europe/London',
  keepElapsed = true,
  transact = (run) => run,
}: FeedClinicOptions = {}) {
  const kept = openTestStore();
  const { store } = kept;
  const time = { now: NOON, elapsed: 0 };
  const clock = () => time.now;
  const newId = sequentialIds();
  const changes = createChanges();
  const settings = () => readSettings(store.settings);
  const common = { ...store, clock, newId, changed: changes, settings };
  const keeping = createBedKeeping(common);
  const engine = createFlowEngine({ ...common, keeping });
  const faults: unknown[] = [];
  const counts = createFeedCounts();
  const inbox = createFeedInbox({
    ...store,
    transact: transact(store.transact),
    engine,
    changed: changes,
    counts,
    clock,
    elapsed: () => (keepElapsed ? 0 : performance.now()),
    newId,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    timeZone: () => timeZone,
    onFault: (error) => faults.push(error),
  });
  const acts = createFlowActs({ ...common, engine });
  const nurse = makeUser(['nurse']);
  store.transact(() => store.users.save(nurse));
  const context: CallContext = {
    actor: nurse,
    station: 'Station 1',
    carrier: 'http',
    tokenHash: 'token',
    signal: new AbortController().signal,
    commit: (work) => store.transact(work),
  };
  return {
    store,
    engine,
    changes,
    acts,
    context,
    inbox,
    counts,
    time,
    faults,
    /** Sends messages in one batch; answers their MSA-1, or what else came of them. */
    send(...texts: string[]): (string | null)[] {
      const arrivals = texts.map((text) => ({
        bytes: Buffer.from(text).toString('latin1'),
        text,
        doubtful: false,
        broken: null,
      }));
      return inbox.receive(arrivals).map((answer) => answer && (/MSA\|(\w\w)/.exec(answer)?.[1] ?? answer));
    },
    /** `UNIT^ROOM^BED hh:mm-hh:mm` of London's clock (minutes of the day), one a stay. */
    stays(visitNumber: string): string[] {
      const spans = acts.stays({ visitNumber }, context) as { location: string; from: number; to: number | null }[];
      return spans.map(({ location, from, to }) => `${location} ${hours(from)}-${to === null ? '' : hours(to)}`);
    },
    waiting: () => store.feed.listWaiting(1_000).map(({ type, why }) => `${type}: ${why}`),
    patient(value: string, system = 'mrn') {
      return store.patients.findByIdentifier({ system, value });
    },
    close() {
      inbox.close();
      kept.remove();
    },
  };
}

function hours(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

export interface TestMessage {
  readonly event: string;
  /** `HHMM` of the day, clinic time: when it happened (EVN-6) and, unless said otherwise, was recorded. */
  readonly at: string;
  readonly recorded?: string;
  readonly id?: string;
  readonly patient?: string;
  readonly family?: string;
  readonly born?: string;
  readonly visit?: string;
  /** PV1-3 */
  readonly place?: string;
  readonly pv1?: Readonly<Record<number, string>>;
  readonly pid?: Readonly<Record<number, string>>;
  readonly lines?: readonly string[];
}

const DAY = '20260302';
let control = 0;

/** An ADT message; every one has a control id of its own unless told otherwise. */
export function adt(message: TestMessage): string {
  control += 1;
  const { event, at, recorded = at, id = `T${control}`, patient = 'P1', visit = 'V1', family = 'Okafor' } = message;
  const stamp = (hhmm: string) => (hhmm.length === 4 ? `${DAY}${hhmm}00` : hhmm);
  const fields = (name: string, last: number, values: Readonly<Record<number, string>>) =>
    [name, ...Array.from({ length: last }, (_, index) => values[index + 1] ?? '')].join('|');
  const pid = { 1: '1', 3: `${patient}^^^^MR`, 5: `${family}^Ann`, 7: message.born ?? '', 8: 'F', ...message.pid };
  const pv1 = { 1: '1', 2: 'I', 3: message.place ?? '', 19: visit, ...message.pv1 };
  return [
    `MSH|^~\\&|HIS|CITY|WARD|LINE|${stamp(recorded)}||ADT^${event}|${id}|P|2.5`,
    `EVN|${event}|${stamp(recorded)}||||${stamp(at)}`,
    fields('PID', 30, pid),
    ...(event === 'A20' ? [] : [fields('PV1', 45, pv1)]),
    ...(message.lines ?? []),
  ]
    .map((line) => `${line.replace(/\|+$/, '')}\r`)
    .join('');
}

/** Whether a text is a message at all, by its header. */
export function controlIdOf(text: string): string {
  return headerOf(text).controlId;
}
