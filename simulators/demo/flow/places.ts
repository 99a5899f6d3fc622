import type { Api } from '../api.ts';
import type { ClinicPlan } from '../plan.ts';

export const EMERGENCY = { name: 'Emergency', code: 'ED', bays: 6 } as const;
/** How the administration's messages call the wards. */
export const WARD_CODES: Readonly<Record<string, string>> = { 'Ward A – Medicine': 'MED', 'Ward B – Surgery': 'SUR' };
/** Beds without a monitor or a planned patient, so that there is somewhere to go. */
export const SPARE = [
  { ward: 'Ward A – Medicine', room: 'A side 5', bed: 'A17' },
  { ward: 'Ward A – Medicine', room: 'A side 6', bed: 'A18' },
  { ward: 'Ward B – Surgery', room: 'B side 5', bed: 'B17' },
  { ward: 'Ward B – Surgery', room: 'B side 6', bed: 'B18' },
] as const;
const AREAS = [
  { name: 'Waiting room', kind: 'waiting', ward: true, code: 'EDWAIT' },
  { name: 'Theatre', kind: 'theatre', ward: false, code: 'OR' },
  { name: 'X-ray', kind: 'imaging', ward: false, code: 'XRAY' },
  { name: 'At home', kind: 'home', ward: false, code: 'HOME' },
] as const;

interface Tree {
  readonly wards: readonly { readonly id: string; readonly name: string }[];
  readonly rooms: readonly { readonly id: string; readonly wardId: string; readonly label: string }[];
  readonly beds: readonly {
    readonly id: string;
    readonly wardId: string;
    readonly roomId: string;
    readonly label: string;
  }[];
  readonly areas: readonly { readonly id: string; readonly name: string }[];
}

export interface FlowPlaces {
  readonly tree: Tree;
  readonly emergencyId: string;
  /** By name. */
  readonly areas: ReadonlyMap<string, string>;
}

type Key = (name: string) => string;

/** An emergency ward with its waiting room, theatre, imaging, and a few spare beds, where they are not there yet. */
export async function buildFlowPlaces(api: Api, plan: ClinicPlan, key: Key): Promise<FlowPlaces> {
  const command = (procedure: string, name: string, input: object) =>
    api.command('admin', procedure, key(name), input) as Promise<{ readonly id: string }>;
  let tree = await readTree(api);
  const wardId = (name: string): string => tree.wards.find((ward) => ward.name === name)?.id ?? '';
  if (wardId(EMERGENCY.name) === '') {
    await command('locations.addWard', 'ward emergency', { name: EMERGENCY.name });
    tree = await readTree(api);
  }
  const emergencyId = wardId(EMERGENCY.name);
  await command('locations.saveWard', 'code emergency', {
    wardId: emergencyId,
    kind: 'emergency',
    code: EMERGENCY.code,
  });
  for (const name of plan.wards) {
    const code = WARD_CODES[name] ?? null;
    await command('locations.saveWard', `code ${name}`, { wardId: wardId(name), kind: 'inpatient', code });
  }
  const bays = Array.from({ length: EMERGENCY.bays }, (_none, index) => ({
    ward: EMERGENCY.name,
    room: 'Majors',
    bed: `E${index + 1}`,
  }));
  for (const { ward, room, bed } of [...bays, ...SPARE]) {
    const inWard = wardId(ward);
    if (tree.beds.some(({ label, wardId: id }) => label === bed && id === inWard)) continue;
    let roomId = tree.rooms.find(({ label, wardId: id }) => label === room && id === inWard)?.id;
    roomId ??= (await command('locations.addRoom', `room ${room}`, { wardId: inWard, label: room })).id;
    await command('locations.addBed', `bed ${bed}`, { roomId, label: bed });
    tree = await readTree(api);
  }
  for (const { name, kind, ward, code } of AREAS) {
    if (tree.areas.some((area) => area.name === name)) continue;
    const input = { name, kind, wardId: ward ? emergencyId : null, code };
    await command('locations.addArea', `area ${name}`, input);
  }
  tree = await readTree(api);
  await describeRooms(command, tree);
  return { tree, emergencyId, areas: new Map(tree.areas.map(({ name, id }) => [name, id])) };
}

async function readTree(api: Api): Promise<Tree> {
  return (await api.call('admin', 'locations.tree', {})) as Tree;
}

/** Bays keep to one sex, side rooms are fit for isolation, and the monitored beds say so. */
async function describeRooms(
  command: (procedure: string, name: string, input: object) => Promise<unknown>,
  { rooms, beds }: Tree,
): Promise<void> {
  for (const { id: roomId, label } of rooms) {
    if (label.includes('side')) {
      const isolationFor = label.endsWith('1') ? ['contact', 'droplet', 'airborne'] : ['contact', 'droplet'];
      await command('locations.saveRoom', `room ${label} kind`, { roomId, isolationFor });
    }
  }
  for (const { id: bedId, label } of beds) {
    const number = Number(label.slice(1));
    if (number > 16) continue;
    const equipment = ['monitor', 'oxygen', ...(number > 12 ? ['suction'] : [])];
    await command('locations.saveBed', `bed ${label} kind`, { bedId, equipment });
  }
}
