import { createHash } from 'node:crypto';
import type { AnyContractProcedure, ContractRouterClient } from '@orpc/contract';
import { contract } from '#contract';
import type { CallContext } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { NewsNow } from '#domain/flow/monitored-bed.ts';
import type { BedId, EncounterId, PatientId, RoomId, WardId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import type { Patient } from '#domain/patient/patient.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import { createAlarmKeeper } from '#services/alarm-keeper.ts';
import { createBedChoice } from '#services/bed-choice.ts';
import { createBedDoubts } from '#services/bed-doubts.ts';
import { createBedKeeping } from '#services/bed-keeping.ts';
import { createBedUpkeep } from '#services/bed-upkeep.ts';
import { createBeds } from '#services/beds.ts';
import { createChanges } from '#services/changes.ts';
import { createCommandRunner } from '#services/command-runner.ts';
import { createEncounters } from '#services/encounters.ts';
import { createFlowActs } from '#services/flow-acts.ts';
import { createFlowEngine } from '#services/flow-engine.ts';
import { readSettings } from '#services/settings.ts';
import { createStreams } from '#services/streams.ts';
import { createTasks } from '#services/tasks.ts';
import { makePatient, makeUser, NOON, sequentialIds } from './makers.ts';
import { openTestStore } from './store.ts';

const { encounters, flow, tasks, beds } = contract;
const parts = { encounters, flow, tasks, beds };

/** What somebody at a console can call; inputs go through their schemas. */
export type FlowDesk = ContractRouterClient<typeof parts>;
export type FlowClinic = ReturnType<typeof openFlowClinic>;

/**
 * The services of flow and beds on a real store, in a ward North with a bay of three beds (1, 2, 3) and a single room
 * (bed 10). The clock stands at noon until told otherwise.
 */
export function openFlowClinic() {
  const kept = openTestStore();
  const { store } = kept;
  const time = { now: NOON };
  const clock = () => time.now;
  const newId = sequentialIds();
  const changes = createChanges();
  const told: string[] = [];
  changes.on({
    bedState: (id) => told.push(`bedState ${id}`),
    task: (id) => told.push(`task ${id}`),
    bedRequest: (id) => told.push(`bedRequest ${id}`),
    flow: (id) => told.push(`flow ${id}`),
  });
  const settings = () => readSettings(store.settings);
  const news = new Map<EncounterId, NewsNow>();
  const streams = createStreams({ clock, newId });
  const alarms = createAlarmKeeper({ store, newId, failed: (error) => void told.push(`failed ${error}`) });
  const common = { ...store, clock, newId, changed: changes, settings };
  const keeping = createBedKeeping(common);
  const engine = createFlowEngine({ ...common, keeping });
  const doubts = createBedDoubts({ ...store, alarms, changes, clock });
  const upkeep = createBedUpkeep({ ...store, changed: changes });
  const tasksPart = createTasks({ ...common, keeping, streams });
  const handlers: Record<string, object> = {
    encounters: createEncounters({ ...common, engine }),
    flow: {
      ...createFlowActs({ ...common, engine }),
      ...createBedChoice({ ...common, newsOf: (id) => news.get(id) ?? null }),
    },
    tasks: tasksPart,
    beds: createBeds({ ...common, doubts }),
  };
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const run = createCommandRunner({ store, clock, digest });
  const contextOf = (user: User, signal = new AbortController().signal): CallContext => ({
    actor: user,
    station: 'Station 1',
    carrier: 'http',
    tokenHash: 'token',
    signal,
    commit: (work) => run({ actorId: user.id, procedure: 'test', key: null, input: null }, work),
  });
  const call = async (user: User, part: string, verb: string, procedure: AnyContractProcedure, given: unknown) => {
    const schemas = procedure['~orpc'];
    const read = await schemas.inputSchema?.['~standard'].validate(given);
    const issues: readonly { readonly message: string }[] = read?.issues ?? [];
    if (issues.length > 0) throw new ClinicError('invalid-input', issues.map(({ message }) => message).join(' '));
    const input = (read && 'value' in read ? read.value : {}) as { idempotencyKey?: string };
    const doing = { actorId: user.id, procedure: `${part}.${verb}`, key: input.idempotencyKey ?? null, input };
    const context: CallContext = { ...contextOf(user), commit: (work) => run(doing, work) };
    const handler = (handlers[part] as Record<string, (input: unknown, context: CallContext) => unknown>)[verb];
    if (!handler) throw new Error(`Nobody answers ${part}.${verb}.`);
    const answer = await handler(input, context);
    const checked = await schemas.outputSchema?.['~standard'].validate(answer);
    if (checked?.issues) throw new Error(`${part}.${verb} answered what its contract does not allow.`);
    return answer;
  };
  const as = (user: User) =>
    Object.fromEntries(
      Object.entries(parts).map(([part, verbs]) => [
        part,
        Object.fromEntries(
          Object.entries(verbs).map(([verb, procedure]) => [
            verb,
            (input: unknown) => call(user, part, verb, procedure, input),
          ]),
        ),
      ]),
    ) as FlowDesk;
  const staff = (...roles: Role[]): User => {
    const user = makeUser(roles);
    store.transact(() => store.users.save(user));
    return user;
  };

  const wardId = newId() as WardId;
  const [bay, single] = [newId() as RoomId, newId() as RoomId];
  const bed = (label: string, roomId: RoomId): Bed => ({ id: newId() as BedId, wardId, roomId, label });
  const [one, two, three, ten] = [bed('1', bay), bed('2', bay), bed('3', bay), bed('10', single)];
  store.transact(() => {
    store.locations.saveWard({ id: wardId, name: 'North' });
    store.locations.saveRoom({ id: bay, wardId, label: 'Bay 1' });
    store.locations.saveRoom({ id: single, wardId, label: 'Side room' });
    for (const entry of [one, two, three, ten]) store.locations.saveBed(entry);
  });
  const nurse = staff('nurse');
  return {
    store,
    engine,
    keeping,
    doubts,
    upkeep,
    alarms,
    changes,
    news,
    time,
    wardId,
    rooms: { bay, single },
    beds: { one, two, three, ten },
    nurse,
    desk: as(nurse),
    as,
    staff,
    contextOf,
    watchTasks: tasksPart.watch,
    heard: () => told.splice(0),
    reopen: kept.reopen,
    patient(given: Partial<Patient> = {}): PatientId {
      const made = makePatient(given);
      store.transact(() => store.patients.save(made));
      return made.id;
    },
    /** A patient of their own in a bed. */
    async admitted(to: Bed | null, given: Partial<Patient> = {}): Promise<EncounterId> {
      const patientId = this.patient(given);
      const { id } = await this.desk.encounters.admit({ patientId, ...(to ? { bedId: to.id } : {}) });
      return id;
    },
    close: kept.remove,
  };
}
