import { createHash } from 'node:crypto';
import type { AnyContractProcedure, ContractRouterClient } from '@orpc/contract';
import { createLog } from '#adapters/log.ts';
import { contract } from '#contract';
import type { CallContext } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { BedId, RoomId, WardId } from '#domain/ids.ts';
import type { Bed, Ward } from '#domain/location/location.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import { startCore } from '#main/core.ts';
import { scoreOf } from '#services/bed-card.ts';
import { createBedChoice } from '#services/bed-choice.ts';
import { createBeds } from '#services/beds.ts';
import { createCommandRunner } from '#services/command-runner.ts';
import { createEncounters } from '#services/encounters.ts';
import { createFlowActs } from '#services/flow-acts.ts';
import { createFlowBoard } from '#services/flow-board.ts';
import { createLocations } from '#services/locations.ts';
import { createObservations } from '#services/observations.ts';
import { createPatients } from '#services/patients.ts';
import { createSettings } from '#services/settings.ts';
import { createTasks } from '#services/tasks.ts';
import { createViews } from '#services/views.ts';
import { type BoardPart, foldBoard } from './folded-board.ts';
import { makeUser, NOON, sequentialIds } from './makers.ts';
import { openTestStore } from './store.ts';

const { patients, encounters, observations, settings, locations, beds, tasks, views } = contract;
const { kpis, kpiList, kpiSeries, forecast, ...flow } = contract.flow;
const parts = { patients, encounters, observations, settings, locations, flow, beds, tasks, views };
export type HouseDesk = ContractRouterClient<typeof parts>;

type Handler = (input: unknown, context: CallContext) => unknown;

export type FlowHouse = ReturnType<typeof openFlowHouse>;

/**
 * The flow of a clinic, whole: the real store, live state, engine, beds, tasks and board, called as a console calls
 * them. Wards A, B … have rooms of four beds. The clock stands at noon until told otherwise.
 */
export function openFlowHouse({ wards = 2, bedsPerWard = 8 } = {}) {
  const kept = openTestStore();
  const { store } = kept;
  const time = { now: NOON };
  const clock = () => time.now;
  const log = createLog({ level: 'silent' });
  const core = startCore({
    store,
    log,
    clock,
    clinic: 'test',
    demo: false,
    admitAll: false,
    brokerLostSince: () => null,
  });
  const newId = sequentialIds('made');
  const { changes, live, alarms, engine, doubts, streams, seriesOf } = core;
  const common = { ...store, clock, newId, changed: changes, settings: core.settings };
  const board = createFlowBoard({
    store,
    changes,
    live,
    alarms,
    book: alarms.book,
    doubts,
    streams,
    clock,
    settings: core.settings,
  });
  const handlers: Record<string, Record<string, unknown>> = {
    patients: createPatients({ ...common, settings: store.settings }),
    encounters: createEncounters({ ...common, engine }),
    observations: createObservations({ ...common, seriesOf }),
    settings: createSettings({ ...common, settings: store.settings }),
    locations: createLocations(common),
    flow: {
      ...createFlowActs({ ...common, engine }),
      ...board,
      ...createBedChoice({
        ...common,
        newsOf(encounterId) {
          const watched = live.watched(encounterId);
          return watched ? scoreOf(watched) : null;
        },
      }),
    },
    beds: createBeds({ ...common, doubts }),
    tasks: createTasks({ ...common, keeping: core.keeping, streams }),
    views: createViews(common),
  };
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const run = createCommandRunner({ store, clock, digest });
  const closing = new AbortController();
  const contextOf = (user: User, doing: { procedure: string; input: { idempotencyKey?: string } }): CallContext => ({
    actor: user,
    station: 'Station 1',
    carrier: 'http',
    tokenHash: `token of ${user.id}`,
    signal: closing.signal,
    commit: (work) => run({ ...doing, actorId: user.id, key: doing.input.idempotencyKey ?? null }, work),
  });
  const call = async (user: User, part: string, verb: string, procedure: AnyContractProcedure, given: unknown) => {
    const outcome = await procedure['~orpc'].inputSchema?.['~standard'].validate(given);
    const issues: readonly { readonly message: string }[] = outcome?.issues ?? [];
    if (issues.length > 0) throw new ClinicError('invalid-input', issues.map(({ message }) => message).join(' '));
    const input = (outcome?.value ?? {}) as { idempotencyKey?: string };
    const handler = handlers[part]?.[verb] as Handler | undefined;
    if (!handler) throw new Error(`Nobody answers ${part}.${verb}.`);
    const answer = await handler(input, contextOf(user, { procedure: `${part}.${verb}`, input }));
    const checked = await procedure['~orpc'].outputSchema?.['~standard'].validate(answer);
    if (checked?.issues) throw new Error(`${part}.${verb} answered otherwise: ${JSON.stringify(checked.issues)}`);
    return answer;
  };
  const as = (user: User): HouseDesk => {
    const desk = Object.entries(parts).map(([part, verbs]) => {
      const calls = Object.entries(verbs).map(([verb, procedure]) => [
        verb,
        (input: unknown) => call(user, part, verb, procedure, input),
      ]);
      return [part, Object.fromEntries(calls)];
    });
    return Object.fromEntries(desk) as HouseDesk;
  };

  const built = Array.from({ length: wards }, (_, at) => buildWard(String.fromCharCode(65 + at), bedsPerWard));
  store.transact(() => {
    for (const { ward, rooms, beds: own } of built) {
      store.locations.saveWard(ward);
      for (const room of rooms) store.locations.saveRoom(room);
      for (const bed of own) store.locations.saveBed(bed);
    }
  });
  changes.locations();
  return {
    store,
    core,
    time,
    wards: built.map(({ ward }) => ward),
    beds: built.flatMap((one) => one.beds),
    as,
    staff(...roles: Role[]): User {
      const user = makeUser(roles);
      store.transact(() => store.users.save(user));
      return user;
    },
    /** A console that looks at a board, all it was sent folded into what it shows. */
    follow(user: User, wardId?: WardId, carrier: CallContext['carrier'] = 'http') {
      const stop = new AbortController();
      closing.signal.addEventListener('abort', () => stop.abort());
      const doing = { procedure: 'flow.watch', input: {} };
      const context = { ...contextOf(user, doing), carrier, signal: stop.signal };
      const stream = board.watch(wardId ? { wardId } : {}, context) as AsyncIterable<BoardPart>;
      return foldBoard(stream, () => stop.abort());
    },
    close() {
      closing.abort();
      core.rhythm.close();
      kept.remove();
    },
  };
}

function buildWard(letter: string, count: number) {
  const ward: Ward = { id: `ward-${letter}` as WardId, name: `Ward ${letter}` };
  const rooms = Array.from({ length: Math.ceil(count / 4) }, (_, at) => ({
    id: `room-${letter}${at + 1}` as RoomId,
    wardId: ward.id,
    label: `${letter}${at + 1}`,
  }));
  const own = Array.from({ length: count }, (_, at): Bed => {
    const roomId = `room-${letter}${Math.floor(at / 4) + 1}` as RoomId;
    return { id: `bed-${letter}${at + 1}` as BedId, wardId: ward.id, roomId, label: `${letter}${at + 1}` };
  });
  return { ward, rooms, beds: own };
}
