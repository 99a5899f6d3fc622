import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { createRandom } from '#simulators/physiology/random.ts';
import type { Api, Caller } from '../api.ts';
import type { ClinicPlan } from '../plan.ts';
import { passerBy } from './people.ts';
import type { FlowPlaces } from './places.ts';

interface BoardRow {
  readonly encounterId: string;
  readonly class: string;
  readonly place: { readonly wardId: string | null; readonly bedId: string | null } | null;
  readonly arrivedAt: number | null;
  readonly triage: { readonly at: number } | null;
  readonly seenAt: number | null;
  readonly admissionDecidedAt: number | null;
  readonly bedSince: number | null;
  readonly dischargeOrderedAt: number | null;
  readonly reason: string | null;
}
interface Board {
  readonly beds: readonly { readonly status: string; readonly wardId: string }[];
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
  readonly requestedAt: number;
  readonly startedAt: number | null;
}
interface Choice {
  readonly bedId: string;
  readonly assignable: boolean;
}

export interface DayDeps {
  readonly api: Api;
  readonly plan: ClinicPlan;
  readonly places: FlowPlaces;
  readonly now: () => number;
  /** Encounters of the plan: they stay, so that there is somebody to watch. */
  readonly staying: ReadonlySet<string>;
}

const LOOK_MS = 15 * SECOND_MS;
const MOST_WAITING = 9;
const NO_NEEDS = { equipment: [], isolation: null } as const;

/** The staff of the demo clinic at work: arrivals, triage, admissions, discharges, cleaning. One act a look. */
export function startDay(deps: DayDeps): { stop(): void } {
  const { api, plan, places, now, staying } = deps;
  const random = createRandom(plan.seed + Math.floor(now() / MINUTE_MS));
  let busy = false;

  const act = (caller: Caller, procedure: string, input: object): Promise<unknown> =>
    api.command(caller, procedure, `demo day ${procedure} ${now()}`, input);

  async function work(): Promise<boolean> {
    const at = now();
    const tasks = (await api.call('nurse', 'tasks.list', {})) as readonly OpenTask[];
    for (const { id, kind, state, requestedAt, startedAt } of tasks) {
      const worker = kind === 'cleaning' ? 'cleaner' : 'porter';
      if (state === 'requested' && at - requestedAt > 90 * SECOND_MS) {
        await act(worker, 'tasks.start', { taskId: id });
        return true;
      }
      if (state === 'started' && at - (startedAt ?? at) > 150 * SECOND_MS) {
        await act(worker, 'tasks.finish', { taskId: id });
        return true;
      }
    }
    return false;
  }

  async function bestBed(encounterId: string, wardId: string): Promise<string | undefined> {
    const choices = (await api.call('scheduler', 'flow.bedsFor', { encounterId, wardId })) as readonly Choice[];
    return choices.find(({ assignable }) => assignable)?.bedId;
  }

  async function answerRequests({ requests, encounters }: Board): Promise<boolean> {
    const at = now();
    for (const { requestId, encounterId, wardId, state, requestedAt, decidedAt } of requests) {
      if (state === 'requested' && at - requestedAt > 2 * MINUTE_MS) {
        await act('scheduler', 'flow.decideRequest', { requestId, accept: true });
        return true;
      }
      if (state !== 'accepted' || at - (decidedAt ?? at) < MINUTE_MS || wardId === null) continue;
      const bedId = await bestBed(encounterId, wardId);
      if (bedId === undefined || !encounters.some((row) => row.encounterId === encounterId)) continue;
      await act('scheduler', 'encounters.move', { encounterId, bedId });
      return true;
    }
    return false;
  }

  async function treat({ encounters, requests }: Board): Promise<boolean> {
    const at = now();
    const since = (from: number | null) => (from === null ? 0 : at - from);
    for (const row of encounters) {
      const { encounterId, arrivedAt, triage, seenAt, place } = row;
      if (row.class !== 'emergency' || staying.has(encounterId) || arrivedAt === null) continue;
      if (!triage && since(arrivedAt) > MINUTE_MS) {
        const category = random.pick(['orange', 'yellow', 'yellow', 'green', 'green', 'blue']);
        await act('nurse', 'flow.triage', { encounterId, category });
        return true;
      }
      if (triage && seenAt === null && since(triage.at) > random.between(3, 25) * MINUTE_MS) {
        const bedId = await bestBed(encounterId, places.emergencyId);
        if (bedId === undefined) continue;
        await act('nurse', 'flow.see', { encounterId });
        await act('nurse', 'encounters.move', { encounterId, bedId });
        return true;
      }
      const treated =
        seenAt !== null && place?.wardId === places.emergencyId && at - (row.bedSince ?? at) > 5 * MINUTE_MS;
      if (!treated || row.admissionDecidedAt !== null || requests.some((one) => one.encounterId === encounterId))
        continue;
      if (random.chance(0.6)) {
        await act('nurse', 'encounters.discharge', { encounterId, outcome: 'home' });
        return true;
      }
      const wardId = places.tree.wards.find(({ name }) => name === random.pick(plan.wards))?.id;
      await act('scheduler', 'flow.decideAdmission', { encounterId, wardId });
      const reason = row.reason ?? 'Needs a bed';
      await act('scheduler', 'flow.requestBed', { encounterId, wardId, needs: NO_NEEDS, reason, urgency: 'urgent' });
      return true;
    }
    return false;
  }

  /** Makes room in the wards: those who came during the demo go home, ordered first and left later. */
  async function sendHome({ encounters, beds }: Board): Promise<boolean> {
    const at = now();
    const free = beds.filter(({ status, wardId }) => status === 'unoccupied' && wardId !== places.emergencyId).length;
    const guests = encounters.filter(
      ({ encounterId, place, bedSince }) =>
        !staying.has(encounterId) &&
        place?.bedId != null &&
        place.wardId !== places.emergencyId &&
        at - (bedSince ?? at) > 8 * MINUTE_MS,
    );
    const leaving = guests.find(({ dischargeOrderedAt }) => at - (dischargeOrderedAt ?? at) > 3 * MINUTE_MS);
    if (leaving) {
      await act('nurse', 'encounters.discharge', { encounterId: leaving.encounterId, outcome: 'home' });
      return true;
    }
    const next = guests.find(({ dischargeOrderedAt }) => dischargeOrderedAt === null);
    if (!next || free > 1) return false;
    const plan = {
      encounterId: next.encounterId,
      expectedAt: at + 5 * MINUTE_MS,
      waitingFor: 'Transport',
      ordered: true,
    };
    await act('physician', 'flow.planDischarge', plan);
    return true;
  }

  async function welcome({ encounters }: Board): Promise<boolean> {
    const waiting = encounters.filter(({ arrivedAt, seenAt }) => arrivedAt !== null && seenAt === null).length;
    if (waiting >= MOST_WAITING || !random.chance(0.35)) return false;
    const number = 10_000 + (Math.floor((now() - plan.epoch) / SECOND_MS) % 1_000_000);
    const { mrn, family, given, birthDate, sex, reason } = passerBy(random, number, plan.epoch);
    const person = { name: { family, given: [given] }, birthDate, sex, identifiers: [{ system: 'mrn', value: mrn }] };
    const { id: patientId } = (await act('scheduler', 'patients.register', person)) as { id: string };
    const areaId = places.areas.get('Waiting room');
    await act('scheduler', 'flow.arrive', { patientId, areaId, class: 'emergency', reason });
    return true;
  }

  async function look(): Promise<void> {
    if (await work()) return;
    const board = (await api.call('scheduler', 'flow.board', {})) as Board;
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
