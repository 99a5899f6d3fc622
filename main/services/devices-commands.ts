import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Device, DeviceTie } from '#domain/device/device.ts';
import { type TieRefusal, type TieTarget, tieDevice } from '#domain/device/tie.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { momentAfter } from '#domain/encounter/stay.ts';
import type { BedId, DeviceId, PatientId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';

type DeviceCommandsDeps = Pick<Store, 'devices' | 'patients' | 'merges' | 'encounters' | 'locations' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

type AfterCommit = (tell: () => void) => void;

/** Which devices may speak, and for whom. */
export function createDeviceCommands(
  deps: DeviceCommandsDeps,
): Pick<HandlersOf<typeof contract.devices>, 'admit' | 'retire' | 'tie' | 'untie'> {
  return {
    admit: ({ device }, context) => context.commit((afterCommit) => admitDevice(deps, device, context, afterCommit)),
    retire: ({ device }, context) => context.commit((afterCommit) => retireDevice(deps, device, context, afterCommit)),
    tie: (input, context) => context.commit((afterCommit) => tie(deps, input, context, afterCommit)),
    untie: ({ device }, context) => context.commit((afterCommit) => untie(deps, device, context, afterCommit)),
  };
}

const DONE = { ok: true } as const;

function admitDevice(deps: DeviceCommandsDeps, id: DeviceId, context: CallContext, afterCommit: AfterCommit) {
  const { devices, ledger, clock, changed } = deps;
  const now = clock();
  const before = devices.find(id);
  if (before && before.admittedAt !== null && before.retiredAt === null) return DONE;
  devices.save({ ...(before ?? unheard(id, now)), admittedAt: now, retiredAt: null });
  const facts = before ? { admittedAt: before.admittedAt, retiredAt: before.retiredAt } : null;
  const change = { before: facts, after: { admittedAt: now, retiredAt: null } };
  ledger.append(entryBy(context, now, { act: 'device.admitted', subject: id, ...change }));
  afterCommit(() => changed.device(id));
  return DONE;
}

function unheard(id: DeviceId, firstSeenAt: number): Device {
  const unknown = { type: null, serial: null, model: null, firmware: null, metrics: [], units: {}, helloAt: null };
  return { id, ...unknown, firstSeenAt, admittedAt: null, retiredAt: null };
}

function retireDevice(deps: DeviceCommandsDeps, id: DeviceId, context: CallContext, afterCommit: AfterCommit) {
  const { devices, ledger, clock, changed } = deps;
  const device = found(devices.find(id), 'This device');
  if (device.retiredAt !== null) return DONE;
  const now = clock();
  const ended = endOpenTie(deps, id, now);
  devices.save({ ...device, retiredAt: now });
  const change = { before: { retiredAt: null, tie: tieFacts(ended) }, after: { retiredAt: now, tie: null } };
  ledger.append(entryBy(context, now, { act: 'device.retired', subject: id, ...change }));
  afterCommit(() => changed.device(id));
  return DONE;
}

interface WantedTie {
  readonly device: DeviceId;
  readonly bedId?: BedId;
  readonly patientId?: PatientId;
  readonly at?: number;
}

function tie(deps: DeviceCommandsDeps, input: WantedTie, context: CallContext, afterCommit: AfterCommit) {
  const { devices, ledger, clock, newId, changed } = deps;
  const deviceId = input.device;
  const device = found(devices.find(deviceId), 'This device');
  const { target, stay } = targetOf(deps, input);
  const now = clock();
  const later = devices.tiesOf({ deviceId }, input.at ?? now, LAST_MOMENT);
  const decision = tieDevice({ device, target, stay, at: input.at ?? null, now, later });
  if (!decision.ok) throw refused(decision.refusal, TIE_WORDS[decision.refusal]);
  if (decision.value.kind === 'same') return DONE;
  const { at } = decision.value;
  const open = later.find(({ endedAt }) => endedAt === null);
  if (open) devices.endTie(open.id, at);
  const started: DeviceTie = { id: newId(), deviceId, ...target, startedAt: at, endedAt: null };
  devices.startTie(started);
  const change = { before: tieFacts(open), after: tieFacts(started) };
  ledger.append(entryBy(context, now, { act: 'device.tied', subject: deviceId, ...change }));
  afterCommit(() => changed.device(deviceId));
  return DONE;
}

function targetOf(
  { patients, merges, encounters, locations }: DeviceCommandsDeps,
  { bedId, patientId }: WantedTie,
): { target: TieTarget; stay: Encounter | null } {
  if (bedId !== undefined) {
    return { target: { bedId: found(locations.findBed(bedId), 'This bed').id, encounterId: null }, stay: null };
  }
  if (patientId === undefined) throw new ClinicError('invalid-input', 'Name a bed or a patient.');
  const patient = found(patients.find(merges.survivor(patientId)), 'This patient');
  const stay = encounters.findOpen(patient.id);
  if (!stay) throw refused('no-open-encounter', TIE_WORDS['no-open-encounter']);
  return { target: { bedId: null, encounterId: stay.id }, stay };
}

function untie(deps: DeviceCommandsDeps, id: DeviceId, context: CallContext, afterCommit: AfterCommit) {
  const { devices, ledger, clock, changed } = deps;
  found(devices.find(id), 'This device');
  const now = clock();
  const ended = endOpenTie(deps, id, now);
  if (!ended) return DONE;
  ledger.append(entryBy(context, now, { act: 'device.untied', subject: id, before: tieFacts(ended), after: null }));
  afterCommit(() => changed.device(id));
  return DONE;
}

function endOpenTie({ devices }: DeviceCommandsDeps, id: DeviceId, now: number): DeviceTie | undefined {
  const open = devices.openTie(id);
  if (open) devices.endTie(open.id, momentAfter(now, [open.startedAt]));
  return open;
}

function tieFacts(tied: DeviceTie | undefined) {
  return tied ? { bedId: tied.bedId, encounterId: tied.encounterId, startedAt: tied.startedAt } : null;
}

const TIE_WORDS: Record<TieRefusal, string> = {
  'not-admitted': 'This device waits to be admitted. Nothing was changed.',
  retired: 'This device is retired. Nothing was changed.',
  'no-open-encounter': 'This patient has no open stay at that time. Nothing was changed.',
  'in-future': 'A tie cannot begin in the future. Nothing was changed.',
  'tied-since': 'This device was tied elsewhere after that time. Nothing was changed.',
};
