import { randomUUID } from 'node:crypto';
import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Device } from '#domain/device/device.ts';
import type { DeviceEvent } from '#domain/device/intake.ts';
import type { DeviceCommand } from '#domain/device/message.ts';
import { knownType, profileOf } from '#domain/device/profiles/index.ts';
import type { DeviceId } from '#domain/ids.ts';
import { worded } from '#domain/observation/metric.ts';
import { allows } from '#domain/user/role.ts';

import type { LiveState } from './live-state.ts';
import type { Streams } from './streams.ts';

type Handlers = HandlersOf<typeof contract.devices>;
type DeviceRow = Awaited<ReturnType<Handlers['list']>>[number];
type CommandHandlers = Pick<Handlers, 'admit' | 'retire' | 'tie' | 'untie' | 'issuePassword'>;

interface DevicesDeps {
  readonly store: Store;
  readonly live: LiveState;
  readonly streams: Streams;
  readonly clock: () => number;
  readonly commands: CommandHandlers;
  /** Messages taken and refused of one device since the hub started. */
  counts(deviceId: DeviceId): { messages: number; refused: number };
  /** Puts what the network has brought since the last batch into the store, so that it can be asked for. */
  settle(): void;
  send(deviceId: DeviceId, command: DeviceCommand): Promise<void>;
}

const MOST_READINGS = 1_000_000;
const ANSWER_WITHIN_MS = 10_000;

/** The devices of the clinic: who they are, where they are, what they said and what was refused. */
export function createDevices(deps: DevicesDeps): Handlers {
  const { store, live, streams, clock, commands } = deps;
  const row = (device: Device): DeviceRow => deviceRow(deps, device);
  const all = (): DeviceRow[] => store.devices.list().map(row).sort(waitingFirst);
  return {
    ...commands,
    list: () => all(),
    watch: (_input, context) =>
      streams.latest({
        context,
        keyOf: (id: DeviceId) => id,
        subscribe: (push) => live.on({ device: push }),
        whole: () => ({ kind: 'whole' as const, devices: all() }),
        changes: (ids) => ({
          kind: 'changes' as const,
          devices: ids.flatMap((id) => {
            const device = store.devices.find(id);
            return device ? [row(device)] : [];
          }),
        }),
      }),
    async command({ device, kind, body }, context) {
      const known = store.devices.find(device);
      if (!known?.admittedAt) throw new ClinicError('refused', 'The device is not admitted.', 'not-admitted');
      if (known.retiredAt !== null) throw new ClinicError('refused', 'The device is retired.', 'retired');
      // Recorded before it is sent: a device may act on a command whose answer never comes.
      const { id } = context.commit(() => {
        const sending = { id: randomUUID() };
        const { actor, station } = context;
        store.ledger.append({
          at: clock(),
          actor: actor.id,
          station,
          act: 'device.commanded',
          subject: `device:${device}`,
          before: null,
          after: { kind, ...sending },
        });
        return sending;
      });
      const answered = answerTo(live, device, id, context.signal);
      await deps.send(device, { id, kind, body });
      const answer = await answered;
      return { id, answered: answer !== null, result: answer?.detail ?? null };
    },
    readings({ device, metric, from, to }) {
      deps.settle();
      if (!store.devices.find(device)) throw new ClinicError('not-found', `No device ${device}.`);
      const samples = store.numerics.raw(device, metric, from, to);
      if (samples.length > MOST_READINGS)
        throw new ClinicError('invalid-input', 'More than 1,000,000 values: ask for a shorter time.');
      return samples.map(({ at, value }) => ({ at, value: worded(metric, value) }));
    },
    quarantine(input, { actor }) {
      const shown = allows(actor.roles, 'see-vitals');
      deps.settle();
      return store.quarantine
        .list(input?.device)
        .map(({ device, topic, at, reason, count, detail, sample }) => ({
          device,
          topic,
          at,
          reason,
          count,
          detail,
          sample: shown && sample ? printable(sample) : '',
        }))
        .sort((one, other) => other.at - one.at);
    },
  };
}

function deviceRow({ store, live, counts }: DevicesDeps, device: Device): DeviceRow {
  const presence = live.presence(device.id);
  return {
    id: device.id,
    type: device.type,
    typeLabel: knownType(device.type) ? profileOf(device.type).label : (device.type ?? 'Not said yet'),
    known: knownType(device.type),
    serial: device.serial,
    model: device.model,
    firmware: device.firmware,
    online: presence?.online ?? false,
    battery: presence?.battery ?? null,
    lastMessageAt: presence?.lastMessageAt ?? null,
    skewed: presence?.skewed ?? false,
    skewMs: presence?.skewMs ?? null,
    firstSeenAt: device.firstSeenAt,
    admittedAt: device.admittedAt,
    retiredAt: device.retiredAt,
    tiedTo: tieOf(store, device.id),
    ...counts(device.id),
  };
}

function tieOf(store: Store, deviceId: DeviceId): DeviceRow['tiedTo'] {
  const tie = store.devices.openTie(deviceId);
  if (!tie) return null;
  const bed = tie.bedId ? store.locations.findBed(tie.bedId) : undefined;
  const place = tie.encounterId ? store.assignments.current({ encounterId: tie.encounterId }) : undefined;
  const at = bed ?? (place ? store.locations.findBed(place.bedId) : undefined);
  const label = bed ? `Bed ${bed.label}` : `Patient in ${at ? `bed ${at.label}` : 'no bed'}`;
  return { bedId: tie.bedId, encounterId: tie.encounterId, label, since: tie.startedAt };
}

function waitingFirst(one: DeviceRow, other: DeviceRow): number {
  const waiting = (row: DeviceRow) =>
    row.admittedAt === null && row.retiredAt === null ? 0 : row.retiredAt === null ? 1 : 2;
  return waiting(one) - waiting(other) || one.id.localeCompare(other.id);
}

/** The device's own answer to a command, or null when none came in time. */
function answerTo(live: LiveState, deviceId: DeviceId, id: string, signal: AbortSignal): Promise<DeviceEvent | null> {
  return new Promise((resolve) => {
    const settle = (event: DeviceEvent | null) => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', gone);
      resolve(event);
    };
    const gone = () => settle(null);
    const timer = setTimeout(gone, ANSWER_WITHIN_MS);
    const stop = live.on({
      event(event) {
        const detail = event.detail as { id?: unknown } | null;
        if (event.deviceId === deviceId && event.kind === 'command-result' && detail?.id === id) settle(event);
      },
    });
    signal.addEventListener('abort', gone, { once: true });
  });
}

/** Bytes as text a screen can show: what does not print is a dot. */
function printable(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/[^\P{C}\n]/gu, '·');
}
