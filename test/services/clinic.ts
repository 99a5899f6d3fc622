import { createHash } from 'node:crypto';
import type { AnyContractProcedure, ContractRouterClient } from '@orpc/contract';
import { contract } from '#contract';
import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Bed, Ward } from '#domain/location/location.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import { createBedKeeping } from '#services/bed-keeping.ts';
import { type ClinicChanges, createChanges } from '#services/changes.ts';
import { createCommandRunner } from '#services/command-runner.ts';
import { createDeviceCommands } from '#services/devices-commands.ts';
import { createSeriesOf, type SeriesOf } from '#services/encounter-series.ts';
import { createEncounters } from '#services/encounters.ts';
import { createFlowActs } from '#services/flow-acts.ts';
import { createFlowEngine, type FlowEngine } from '#services/flow-engine.ts';
import { createLedger } from '#services/ledger.ts';
import { createLimits } from '#services/limits.ts';
import { createLocations } from '#services/locations.ts';
import { createNotes } from '#services/notes.ts';
import { createObservations } from '#services/observations.ts';
import { createPatients } from '#services/patients.ts';
import { createSettings, readSettings } from '#services/settings.ts';
import { makeUser, NOON, sequentialIds } from '#test/helpers/makers.ts';
import { openTestStore } from '#test/helpers/store.ts';

const { patients, encounters, observations, limits, notes, settings, locations, ledger, devices } = contract;
const { admit, retire, tie, untie } = devices;
const { expect, arrive, triage, see, decideAdmission, swap, startLeave, depart, comeBack } = contract.flow;
const { planDischarge, markReady, cancel, undo, correct, history, stays } = contract.flow;
const parts = {
  patients,
  encounters,
  observations,
  limits,
  notes,
  settings,
  locations,
  ledger,
  devices: { admit, retire, tie, untie },
  flow: {
    ...{ expect, arrive, triage, see, decideAdmission, swap, startLeave, depart, comeBack },
    ...{ planDischarge, markReady, cancel, undo, correct, history, stays },
  },
};

/** What someone at a console can call; inputs go through their schemas, repeated keys are answered as before. */
export type Desk = ContractRouterClient<typeof parts>;

/** A clinic with a store of its own, a clock that stands at noon until told otherwise, and a ward of four beds. */
export interface TestClinic {
  readonly store: Store;
  readonly engine: FlowEngine;
  readonly seriesOf: SeriesOf;
  readonly ward: Ward;
  readonly beds: readonly [Bed, Bed, Bed, Bed];
  /** Names of the changes told since the last `heard()`, with their subject. */
  heard(): string[];
  setClock(at: number): void;
  /** Every bed that waits for its cleaning is clean now. */
  clean(): void;
  as(user: User): Desk;
  /** A new user of these roles. */
  staff(...roles: Role[]): User;
  /** Closes the store and removes it. */
  close(): void;
}

type Handler = (input: unknown, context: CallContext) => unknown;

export function openClinic(): TestClinic {
  const kept = openTestStore();
  const { store } = kept;
  let now = NOON;
  const clock = () => now;
  const newId = sequentialIds();
  const changed = createChanges();
  const told: string[] = [];
  changed.on(recorder(told));
  const seriesOf = createSeriesOf(store);
  const common = { ...store, clock, newId, changed };
  const settings = () => readSettings(store.settings);
  const keeping = createBedKeeping({ ...common, settings });
  const engine = createFlowEngine({ ...common, settings, keeping });
  const deps = { ...common, store, seriesOf, keeping, engine, verify: () => store.verify() };
  const handlers: Record<string, Record<string, unknown>> = {
    patients: createPatients(deps),
    encounters: createEncounters(deps),
    observations: createObservations(deps),
    limits: createLimits(deps),
    notes: createNotes(deps),
    settings: createSettings(deps),
    locations: createLocations(deps),
    ledger: createLedger(deps),
    devices: createDeviceCommands(deps),
    flow: createFlowActs(deps),
  };
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const run = createCommandRunner({ store, clock, digest });

  const call = async (user: User, part: string, verb: string, procedure: AnyContractProcedure, given: unknown) => {
    const schema = procedure['~orpc'].inputSchema;
    const outcome = await schema?.['~standard'].validate(given);
    const issues: readonly { readonly message: string }[] = outcome?.issues ?? [];
    if (issues.length > 0) throw new ClinicError('invalid-input', issues.map(({ message }) => message).join(' '));
    const input = (outcome?.value ?? {}) as { idempotencyKey?: string };
    const doing = { actorId: user.id, procedure: `${part}.${verb}`, key: input.idempotencyKey ?? null, input };
    const context: CallContext = {
      actor: user,
      station: 'Station 1',
      carrier: 'websocket',
      tokenHash: 'token',
      signal: new AbortController().signal,
      commit: (work) => run(doing, work),
    };
    const handler = handlers[part]?.[verb] as Handler | undefined;
    if (!handler) throw new Error(`Nobody answers ${part}.${verb}.`);
    const answer = await handler(input, context);
    const checked = await procedure['~orpc'].outputSchema?.['~standard'].validate(answer);
    if (checked?.issues) throw new Error(`${part}.${verb} answered what its contract does not allow.`);
    return answer;
  };
  const as = (user: User): Desk => {
    const desk = Object.entries(parts).map(([part, verbs]) => {
      const calls = Object.entries(verbs).map(([verb, procedure]) => [
        verb,
        (input: unknown) => call(user, part, verb, procedure, input),
      ]);
      return [part, Object.fromEntries(calls)];
    });
    return Object.fromEntries(desk) as Desk;
  };

  const ward: Ward = { id: newId() as WardId, name: 'North' };
  const roomId = newId() as RoomId;
  const bed = (label: string): Bed => ({ id: newId() as BedId, wardId: ward.id, roomId, label });
  const beds = [bed('1'), bed('2'), bed('3'), bed('10')] as const;
  store.transact(() => {
    store.locations.saveWard(ward);
    store.locations.saveRoom({ id: roomId, wardId: ward.id, label: 'Bay 1' });
    for (const entry of beds) store.locations.saveBed(entry);
  });
  return {
    store,
    engine,
    seriesOf,
    ward,
    beds,
    heard: () => told.splice(0),
    close: kept.remove,
    setClock: (at) => {
      now = at;
    },
    clean: () =>
      store.transact(() => {
        for (const task of store.tasks.listOpen())
          if (task.kind === 'cleaning') {
            const startedAt = task.startedAt ?? Math.max(now, task.requestedAt);
            store.tasks.save({ ...task, state: 'done', startedAt, doneAt: startedAt });
          }
      }),
    as,
    staff: (...roles) => {
      const user = makeUser(roles);
      store.transact(() => store.users.save(user));
      return user;
    },
  };
}

function recorder(told: string[]): ClinicChanges {
  return {
    encounter: (id) => told.push(`encounter ${id}`),
    bed: (id) => told.push(`bed ${id}`),
    patient: (id) => told.push(`patient ${id}`),
    device: (id) => told.push(`device ${id}`),
    limits: (id) => told.push(`limits ${id}`),
    observation: (id, charted) => told.push(`observation ${id} ${charted.map(({ code }) => code).join(' ')}`),
    bedState: (id) => told.push(`bedState ${id}`),
    flow: () => undefined,
    bedRequest: (id) => told.push(`bedRequest ${id}`),
    task: () => undefined,
    feed: () => told.push('feed'),
    settings: () => told.push('settings'),
    locations: () => told.push('locations'),
  };
}

/** How a call failed, as `code/refusal: message`. */
export async function failure(calling: Promise<unknown>): Promise<string> {
  try {
    await calling;
  } catch (error) {
    if (error instanceof ClinicError)
      return `${error.code}${error.refusal ? `/${error.refusal}` : ''}: ${error.message}`;
    throw error;
  }
  return 'nothing failed';
}
