import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { createRandom, seedOf } from '#simulators/physiology/random.ts';
import type { Api, Caller } from '../api.ts';
import type { ClinicPlan } from '../plan.ts';
import { passerBy } from './people.ts';
import type { FlowPlaces } from './places.ts';

interface BoardRow {
  readonly encounterId: string;
  readonly patientId: string | null;
  readonly class: string;
  readonly place: { readonly wardId: string | null; readonly bedId: string | null } | null;
  readonly arrivedAt: number | null;
  readonly triage: { readonly at: number; readonly category: string } | null;
  readonly seenAt: number | null;
  readonly admissionDecidedAt: number | null;
  readonly admittedAt: number | null;
  readonly bedSince: number | null;
  readonly dischargeOrderedAt: number | null;
  readonly reason: string | null;
}
interface Board {
  readonly beds: readonly {
    readonly bedId: string;
    readonly status: string;
    readonly wardId: string;
    readonly block: object | null;
    readonly reservation: { readonly encounterId: string } | null;
  }[];
  readonly encounters: readonly BoardRow[];
  readonly requests: readonly {
    readonly requestId: string;
    readonly encounterId: string;
    readonly wardId: string | null;
    readonly state: string;
    readonly requestedAt: number;
    readonly decidedAt: number | null;
  }[];
}
interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly bedId: string | null;
  readonly encounterId: string | null;
  readonly requestedAt: number;
  readonly startedAt: number | null;
  readonly assigneeName: string | null;
}
interface Choice {
  readonly bedId: string;
  readonly wardId: string;
  readonly assignable: boolean;
}
interface Told {
  readonly by: string;
}

export interface DayDeps {
  readonly api: Api;
  readonly plan: ClinicPlan;
  readonly places: FlowPlaces;
  readonly now: () => number;
  /** Encounters of the plan: they stay, so that there is somebody to watch. */
  readonly staying: ReadonlySet<string>;
  /** What the simulated staff are called: whoever and whatever a visitor had a hand in they leave to the visitor. */
  readonly staff: readonly string[];
}

const LOOK_MS = 15 * SECOND_MS;
const MOST_WAITING = 9;
/** Chance of somebody new at a look: about five an hour. */
const NEW_PATIENT = 0.02;
/** Some hours in a bay, most of a day in a ward: nobody is carried round the house. Hours, shortest and longest. */
const IN_BAY = [2, 4] as const;
const IN_WARD = [6, 14] as const;
const NO_NEEDS = { equipment: [], isolation: null } as const;

/** The staff of the demo clinic at work: arrivals, triage, admissions, discharges, cleaning. One act a look. */
export function startDay(deps: DayDeps): { stop(): void } {
  const { api, plan, places, now, staying, staff } = deps;
  const random = createRandom(plan.seed + Math.floor(now() / MINUTE_MS));
  let busy = false;

  const act = (caller: Caller, procedure: string, input: object): Promise<unknown> =>
    api.command(caller, procedure, `demo day ${procedure} ${now()}`, input);

  /** Whether nobody but the simulated staff ever told anything of them. */
  async function ours(encounterId: string): Promise<boolean> {
    const told = (await api.call('scheduler', 'flow.history', { encounterId })) as readonly Told[];
    return told.length > 0 && told.every(({ by }) => staff.includes(by));
  }

  async function work(board: Board): Promise<boolean> {
    const at = now();
    const tasks = (await api.call('nurse', 'tasks.list', {})) as readonly OpenTask[];
    const visitors = new Set(
      board.beds.filter(({ block, reservation }) => block || reservation).map(({ bedId }) => bedId),
    );
    for (const { id, kind, state, bedId, encounterId, requestedAt, startedAt, assigneeName } of tasks) {
      if (assigneeName !== null && !staff.includes(assigneeName)) continue;
      if (bedId !== null && visitors.has(bedId)) continue;
      const worker = kind === 'cleaning' ? 'cleaner' : 'porter';
      const due = state === 'requested' && at - requestedAt > within(id, [4, 12]) * MINUTE_MS;
      if (due && (kind === 'cleaning' || (encounterId !== null && (await ours(encounterId))))) {
        await act(worker, 'tasks.start', { taskId: id });
        return true;
      }
      if (state === 'started' && at - (startedAt ?? at) > within(id, [6, 15]) * MINUTE_MS) {
        await act(worker, 'tasks.finish', { taskId: id });
        return true;
      }
    }
    return false;
  }

  /** A free bed of that ward which nobody keeps. */
  async function bestBed({ beds }: Board, encounterId: string, wardId: string): Promise<string | undefined> {
    const kept = new Set(beds.flatMap(({ bedId, reservation }) => (reservation ? [bedId] : [])));
    const choices = (await api.call('scheduler', 'flow.bedsFor', { encounterId, wardId })) as readonly Choice[];
    return choices.find((choice) => choice.assignable && choice.wardId === wardId && !kept.has(choice.bedId))?.bedId;
  }

  async function answerRequests(board: Board): Promise<boolean> {
    const at = now();
    for (const { requestId, encounterId, wardId, state, requestedAt, decidedAt } of board.requests) {
      const patientId = board.encounters.find((row) => row.encounterId === encounterId)?.patientId;
      if (!patientId || wardId === null || reservedFor(board, encounterId) || !(await ours(encounterId))) continue;
      if (state === 'requested' && at - requestedAt > within(requestId, [2, 5]) * MINUTE_MS) {
        await act('scheduler', 'flow.decideRequest', { requestId, accept: true });
        return true;
      }
      if (state !== 'accepted' || at - (decidedAt ?? at) < within(requestId, [2, 8]) * MINUTE_MS) continue;
      const bedId = await bestBed(board, encounterId, wardId);
      if (bedId === undefined) continue;
      await act('scheduler', 'encounters.admit', { patientId, encounterId, bedId });
      return true;
    }
    return false;
  }

  async function treat(board: Board): Promise<boolean> {
    for (const row of board.encounters) {
      const { encounterId, arrivedAt, admittedAt } = row;
      if (row.class !== 'emergency' || arrivedAt === null || admittedAt !== null) continue;
      if (staying.has(encounterId) || reservedFor(board, encounterId)) continue;
      const step = nextStep(row, board);
      if (step === null || !(await ours(encounterId))) continue;
      if (await STEPS[step](row, board)) return true;
    }
    return false;
  }

  function nextStep(row: BoardRow, { requests }: Board): keyof typeof STEPS | null {
    const { encounterId, arrivedAt, triage, seenAt, bedSince } = row;
    const since = (from: number | null) => (from === null ? 0 : (now() - from) / MINUTE_MS);
    if (!triage) return since(arrivedAt) > within(encounterId, [2, 9]) ? 'triage' : null;
    const light = triage.category === 'green' || triage.category === 'blue';
    if (seenAt === null) return since(triage.at) > within(encounterId, [8, 45]) ? (light ? 'see' : 'bay') : null;
    if (bedSince === null) return light && since(seenAt) > within(encounterId, [15, 50]) ? 'home' : null;
    if (since(bedSince) < 60 * within(encounterId, IN_BAY)) return null;
    if (row.admissionDecidedAt !== null || requests.some((one) => one.encounterId === encounterId)) return null;
    return within(encounterId, [0, 1]) < 0.6 ? 'home' : 'admission';
  }

  const STEPS = {
    async triage({ encounterId }: BoardRow): Promise<boolean> {
      const category = random.pick(['orange', 'yellow', 'yellow', 'green', 'green', 'blue']);
      await act('nurse', 'flow.triage', { encounterId, category });
      return true;
    },
    async see({ encounterId }: BoardRow): Promise<boolean> {
      await act('nurse', 'flow.see', { encounterId });
      return true;
    },
    async bay({ encounterId }: BoardRow, board: Board): Promise<boolean> {
      const bedId = await bestBed(board, encounterId, places.emergencyId);
      if (bedId === undefined) return false;
      await act('nurse', 'flow.see', { encounterId });
      await act('nurse', 'encounters.move', { encounterId, bedId });
      return true;
    },
    async home({ encounterId }: BoardRow): Promise<boolean> {
      await act('nurse', 'encounters.discharge', { encounterId, outcome: 'home' });
      return true;
    },
    async admission({ encounterId, reason }: BoardRow): Promise<boolean> {
      const wardId = places.tree.wards.find(({ name }) => name === random.pick(plan.wards))?.id;
      await act('scheduler', 'flow.decideAdmission', { encounterId, wardId });
      const why = reason ?? 'Needs a bed';
      await act('scheduler', 'flow.requestBed', {
        encounterId,
        wardId,
        needs: NO_NEEDS,
        reason: why,
        urgency: 'urgent',
      });
      return true;
    },
  };

  /** Makes room in the wards: those who came during the demo go home, ordered first and left later. */
  async function sendHome({ encounters }: Board): Promise<boolean> {
    const at = now();
    for (const { encounterId, place, bedSince, dischargeOrderedAt } of encounters) {
      if (staying.has(encounterId) || !place?.bedId || place.wardId === places.emergencyId) continue;
      if (at - (bedSince ?? at) < within(encounterId, IN_WARD) * HOUR_MS || !(await ours(encounterId))) continue;
      if (dischargeOrderedAt === null) {
        const expectedAt = at + 30 * MINUTE_MS;
        const plan = { encounterId, expectedAt, waitingFor: 'Transport', ordered: true };
        await act('physician', 'flow.planDischarge', plan);
        return true;
      }
      if (at - dischargeOrderedAt < 30 * MINUTE_MS) continue;
      await act('nurse', 'encounters.discharge', { encounterId, outcome: 'home' });
      return true;
    }
    return false;
  }

  async function welcome({ encounters }: Board): Promise<boolean> {
    const waiting = encounters.filter(({ arrivedAt, seenAt }) => arrivedAt !== null && seenAt === null).length;
    if (waiting >= MOST_WAITING || !random.chance(NEW_PATIENT)) return false;
    const number = 10_000 + (Math.floor((now() - plan.epoch) / SECOND_MS) % 1_000_000);
    const { mrn, family, given, birthDate, sex, reason } = passerBy(random, number, plan.epoch);
    const person = { name: { family, given: [given] }, birthDate, sex, identifiers: [{ system: 'mrn', value: mrn }] };
    const { id: patientId } = (await act('scheduler', 'patients.register', person)) as { id: string };
    const areaId = places.areas.get('Waiting room');
    await act('scheduler', 'flow.arrive', { patientId, areaId, class: 'emergency', reason });
    return true;
  }

  async function look(): Promise<void> {
    const board = (await api.call('scheduler', 'flow.board', {})) as Board;
    if (await work(board)) return;
    for (const turn of [answerRequests, treat, sendHome, welcome]) if (await turn(board)) return;
  }

  const round = setInterval(() => {
    if (busy) return;
    busy = true;
    const done = (): void => {
      busy = false;
    };
    // A user of the demo may have done it first, or the hub may not answer: there is a next look.
    look().then(done, done);
  }, LOOK_MS);
  return { stop: () => clearInterval(round) };
}

function reservedFor({ beds }: Board, encounterId: string): boolean {
  return beds.some(({ reservation }) => reservation?.encounterId === encounterId);
}

/** A number between two that is always the same for somebody or something. */
function within(id: string, [least, most]: readonly [number, number]): number {
  return createRandom(seedOf(id)).between(least, most);
}
