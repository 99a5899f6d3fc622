import { type Api, ApiProblem, eachOf } from './api.ts';
import { type Charted, chartingsOf } from './charting.ts';
import type { ClinicPlan, PlannedDevice, PlannedPatient } from './plan.ts';

/** What the clinic knows of the plan: its ids by the plan's own words. */
export interface Survey {
  /** Bed ids by label. */
  readonly beds: ReadonlyMap<string, string>;
  /** By hospital number. */
  readonly patients: ReadonlyMap<string, { readonly patientId: string; readonly encounterId: string | null }>;
}

interface WardAnswer {
  readonly id: string;
  readonly name: string;
}
interface PlaceAnswer {
  readonly id: string;
  readonly wardId: string;
  readonly label: string;
}
interface PatientAnswer {
  readonly id: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly encounter: { readonly id: string } | null;
}

const AT_ONCE = 6;

/** Reads what is there already; also right while the plan is half carried out. */
export async function surveyClinic(api: Api, plan: ClinicPlan): Promise<Survey> {
  const wards = (await api.call('admin', 'locations.wards', {})) as readonly WardAnswer[];
  const planned = new Set(wards.filter(({ name }) => plan.wards.includes(name)).map(({ id }) => id));
  const beds = (await api.call('scheduler', 'locations.beds', {})) as readonly PlaceAnswer[];
  const found = (await api.call('nurse', 'patients.search', { query: 'WL-' })) as readonly PatientAnswer[];
  return {
    beds: new Map(beds.filter(({ wardId }) => planned.has(wardId)).map(({ id, label }) => [label, id])),
    patients: new Map(
      found.flatMap(({ id, identifiers, encounter }) => {
        const mrn = identifiers.find(({ system }) => system === 'mrn')?.value;
        return mrn === undefined ? [] : [[mrn, { patientId: id, encounterId: encounter?.id ?? null }] as const];
      }),
    ),
  };
}

/** Wards, rooms and beds of the plan that are not there yet, in order. */
async function buildWards(api: Api, plan: ClinicPlan, key: (name: string) => string): Promise<void> {
  const wards = new Map(
    ((await api.call('admin', 'locations.wards', {})) as readonly WardAnswer[]).map(({ id, name }) => [name, id]),
  );
  for (const name of plan.wards) {
    if (wards.has(name)) continue;
    const ward = (await api.command('admin', 'locations.addWard', key(`ward ${name}`), { name })) as WardAnswer;
    wards.set(name, ward.id);
  }
  const { beds } = await surveyClinic(api, plan);
  const rooms = new Map<string, string>();
  for (const wardId of wards.values()) {
    const there = (await api.call('scheduler', 'locations.rooms', { wardId })) as readonly PlaceAnswer[];
    for (const { label, id } of there) rooms.set(label, id);
  }
  for (const { ward, room, bed } of plan.beds) {
    if (beds.has(bed)) continue;
    const wardId = wards.get(ward);
    if (!rooms.has(room)) {
      const added = await api.command('admin', 'locations.addRoom', key(`room ${room}`), { wardId, label: room });
      rooms.set(room, (added as PlaceAnswer).id);
    }
    await api.command('admin', 'locations.addBed', key(`bed ${bed}`), { roomId: rooms.get(room), label: bed });
  }
}

async function admitPatient(api: Api, planned: PlannedPatient, survey: Survey, key: string): Promise<void> {
  const known = survey.patients.get(planned.mrn);
  let patientId = known?.patientId;
  if (patientId === undefined) {
    const { name, birthDate, sex, identifiers } = planned;
    const input = { name, birthDate, sex, identifiers };
    const answer = (await api.command('scheduler', 'patients.register', `${key} register`, input)) as { id: string };
    patientId = answer.id;
  }
  let encounterId = known?.encounterId ?? null;
  if (encounterId === null) {
    const { reason, pregnant, admittedAt } = planned;
    const input = { patientId, bedId: survey.beds.get(planned.bed), reason, pregnant, at: admittedAt };
    encounterId = ((await api.command('scheduler', 'encounters.admit', `${key} admit`, input)) as { id: string }).id;
  }
  if (planned.spo2Scale === 2) {
    await api.command('physician', 'encounters.setScoring', `${key} scale`, { encounterId, spo2Scale: 2 });
  }
}

/** Brings the wards, their patients and the newest charted set of each to life; answers what the ids are. */
export async function populate(api: Api, plan: ClinicPlan): Promise<Survey> {
  const key = (name: string): string => keyOf(plan, name);
  await buildWards(api, plan, key);
  const before = await surveyClinic(api, plan);
  await eachOf(plan.patients, AT_ONCE, (planned) => admitPatient(api, planned, before, key(planned.mrn)));
  return surveyClinic(api, plan);
}

/** Idempotency keys follow from the clinic's beginning: asking again after a fall changes nothing. */
export function keyOf(plan: ClinicPlan, name: string): string {
  return `demo ${plan.epoch.toString(36)} ${name}`;
}

/** Lets a device of the plan speak, and ties it where it belongs, since the beginning of the history. */
export async function admitDevice(api: Api, plan: ClinicPlan, device: PlannedDevice, survey: Survey): Promise<void> {
  if (!device.admitted) return;
  await api.command('admin', 'devices.admit', keyOf(plan, `${device.id} admit`), { device: device.id });
  const bedId = device.bed === null ? undefined : survey.beds.get(device.bed);
  const patientId = device.mrn === null ? undefined : survey.patients.get(device.mrn)?.patientId;
  if (bedId === undefined && patientId === undefined) return;
  const input = { device: device.id, bedId, patientId, at: plan.historyFrom };
  try {
    await api.command('nurse', 'devices.tie', keyOf(plan, `${device.id} tie`), input);
  } catch (error) {
    // Somebody has tied it elsewhere meanwhile: theirs stands.
    if (!(error instanceof ApiProblem && error.code === 'refused')) throw error;
  }
}

/** Charts one set for a patient's open stay. Nothing happens when the stay is over. */
export async function chart(api: Api, survey: Survey, charted: Charted, key: string): Promise<void> {
  const encounterId = survey.patients.get(charted.mrn)?.encounterId;
  if (!encounterId) return;
  const { observedAt, values } = charted;
  try {
    await api.command('nurse', 'observations.record', key, { encounterId, observedAt, values });
  } catch (error) {
    if (!(error instanceof ApiProblem && ['refused', 'not-found', 'invalid-input'].includes(error.code))) throw error;
  }
}

/** Charted sets of the history: first everyone's newest, then the older ones, as `newest` and `older`. */
export function plannedCharting(plan: ClinicPlan): { newest: Charted[]; older: Charted[] } {
  const newest: Charted[] = [];
  const older: Charted[] = [];
  for (const planned of plan.patients) {
    const sets = chartingsOf(planned, plan.historyFrom, plan.epoch);
    newest.push(...sets.slice(-1));
    older.push(...sets.slice(0, -1));
  }
  return { newest, older };
}

export async function chartAll(api: Api, plan: ClinicPlan, survey: Survey, sets: readonly Charted[]): Promise<void> {
  await eachOf(sets, AT_ONCE, (set) => chart(api, survey, set, keyOf(plan, `${set.mrn} set ${set.observedAt}`)));
}

/** Allergies, notes, and six patients for the nurse a visitor may be: what makes the second look worth while. */
export async function fillIn(api: Api, plan: ClinicPlan, survey: Survey, nurseId: string): Promise<void> {
  await eachOf([...plan.patients.entries()], AT_ONCE, async ([index, planned]) => {
    const ids = survey.patients.get(planned.mrn);
    if (!ids?.encounterId) return;
    const { patientId, encounterId } = ids;
    const key = (name: string): string => keyOf(plan, `${planned.mrn} ${name}`);
    if (planned.allergies !== null) {
      const { allergies } = planned;
      await api.command('nurse', 'patients.recordAllergies', key('allergies'), { patientId, allergies });
    }
    for (const [number, text] of planned.notes.entries()) {
      await api.command('nurse', 'notes.add', key(`note ${number}`), { encounterId, text });
    }
    if (index % 16 < 3) {
      await api.command('nurse', 'encounters.assignNurse', key('nurse'), { encounterId, userId: nurseId });
    }
  });
}
