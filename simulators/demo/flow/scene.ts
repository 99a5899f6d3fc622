import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { createRandom, type Random } from '#simulators/physiology/random.ts';
import type { Api } from '../api.ts';
import type { ClinicPlan } from '../plan.ts';
import type { Survey } from '../populate.ts';
import { passerBy } from './people.ts';
import type { FlowPlaces } from './places.ts';

interface SceneDeps {
  readonly api: Api;
  readonly plan: ClinicPlan;
  readonly survey: Survey;
  readonly places: FlowPlaces;
  readonly key: (name: string) => string;
}

interface Acted {
  readonly encounterId: string;
}

const CATEGORIES = ['yellow', 'green', 'orange', 'yellow', 'green', 'yellow', 'blue', 'orange'] as const;
/** Passers-by of the first scene have the numbers from here on. */
const SCENE_NUMBERS = 4_000;

/** What the clinic looks like as the demo begins: people waiting, some being treated, some about to leave. */
export async function setScene(deps: SceneDeps): Promise<void> {
  const random = createRandom(deps.plan.seed + 5);
  for (const [index, category] of CATEGORIES.entries()) await arrivedBefore(deps, random, index, category);
  for (let index = 0; index < 3; index += 1) await expectedLater(deps, random, index);
  await planLeaving(deps);
  await aroundTheHouse(deps);
}

async function register({ api, plan, key }: SceneDeps, random: Random, number: number) {
  const { mrn, family, given, birthDate, sex, reason } = passerBy(random, SCENE_NUMBERS + number, plan.epoch);
  const identifiers = [{ system: 'mrn', value: mrn }];
  const input = { name: { family, given: [given] }, birthDate, sex, identifiers };
  const { id } = (await api.command('scheduler', 'patients.register', key(`scene ${number} register`), input)) as {
    id: string;
  };
  return { patientId: id, reason };
}

/** One who came some time ago: triaged, and by their place in the row seen, in a bay, or waiting for a bed. */
async function arrivedBefore(deps: SceneDeps, random: Random, index: number, category: string): Promise<void> {
  const { api, plan, places, key } = deps;
  const { patientId, reason } = await register(deps, random, index);
  const arrivedAt = plan.epoch - (CATEGORIES.length - index) * 19 * MINUTE_MS - 6 * MINUTE_MS;
  const step = (verb: string, caller: 'nurse' | 'scheduler', input: object) =>
    api.command(caller, `flow.${verb}`, key(`scene ${index} ${verb}`), input) as Promise<Acted>;
  const areaId = places.areas.get('Waiting room');
  const arrival = { patientId, areaId, class: 'emergency', reason, at: arrivedAt };
  const { encounterId } = await step('arrive', 'scheduler', arrival);
  await step('triage', 'nurse', { encounterId, category, at: arrivedAt + 4 * MINUTE_MS });
  if (index > 3) return;
  const seenAt = arrivedAt + random.whole(9, 40) * MINUTE_MS;
  await step('see', 'nurse', { encounterId, at: seenAt });
  const bedId = places.tree.beds.find(({ label }) => label === `E${index + 1}`)?.id;
  const bay = { encounterId, bedId, at: seenAt + 2 * MINUTE_MS };
  await api.command('scheduler', 'encounters.move', key(`scene ${index} bay`), bay);
  if (index > 1) return;
  const wardId = places.tree.wards.find(({ name }) => name === plan.wards[index])?.id;
  await step('decideAdmission', 'scheduler', { encounterId, wardId });
  const needs = { equipment: [], isolation: null };
  const request = { encounterId, wardId, needs, reason, urgency: index === 0 ? 'urgent' : 'routine' };
  await step('requestBed', 'scheduler', request);
}

async function expectedLater(deps: SceneDeps, random: Random, index: number): Promise<void> {
  const { api, plan, places, key } = deps;
  const { patientId } = await register(deps, random, 100 + index);
  const wardId = places.tree.wards.find(({ name }) => name === plan.wards[1])?.id;
  const expectedAt = plan.epoch + (index + 1) * 2 * HOUR_MS;
  const input = { patientId, expectedAt, wardId, class: 'planned-admission', reason: 'Planned operation' };
  await api.command('scheduler', 'flow.expect', key(`scene expected ${index}`), input);
}

/** Five of the ward's own are to leave today, each at another point of the way. */
async function planLeaving({ api, plan, survey, key }: SceneDeps): Promise<void> {
  const well = plan.patients
    .filter(({ course }) => course === 'well' || course === 'pneumonia-recovering' || course === 'hip-fracture')
    .slice(0, 5);
  const waits = ['Medicines to take home', 'Transport', 'Letter', null, 'Blood result'];
  for (const [index, { mrn }] of well.entries()) {
    const encounterId = survey.patients.get(mrn)?.encounterId;
    if (!encounterId) continue;
    const expectedAt = plan.epoch + (index + 1) * HOUR_MS;
    const input = { encounterId, expectedAt, waitingFor: waits[index], ordered: index < 2 };
    await api.command('physician', 'flow.planDischarge', key(`scene leaving ${mrn}`), input);
    if (index < 3) await api.command('physician', 'flow.markReady', key(`scene ready ${mrn}`), { encounterId });
  }
}

/** An isolation, somebody at the X-ray, a bed out of use and one being cleaned. */
async function aroundTheHouse({ api, plan, survey, places, key }: SceneDeps): Promise<void> {
  const bed = (label: string) => places.tree.beds.find((one) => one.label === label)?.id;
  const lyingIn = (label: string) =>
    survey.patients.get(plan.patients.find((planned) => planned.bed === label)?.mrn ?? '')?.encounterId;
  const act = (caller: 'nurse' | 'scheduler', procedure: string, input: object) =>
    api.command(caller, procedure, key(`scene ${procedure}`), input);
  await act('nurse', 'flow.setIsolation', { encounterId: lyingIn('A14'), isolation: 'contact' });
  await act('nurse', 'flow.depart', { encounterId: lyingIn('B06'), areaId: places.areas.get('X-ray') });
  await act('scheduler', 'beds.block', { bedId: bed('A18'), reason: 'repair', note: 'Bed head motor' });
  await act('nurse', 'tasks.requestCleaning', { bedId: bed('B18') });
}
