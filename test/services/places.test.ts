import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EQUIPMENT, ISOLATION_KINDS, SEX_RULES } from '#domain/flow/bed-state.ts';
import type { AreaId, BedId, RoomId, WardId } from '#domain/ids.ts';
import { AREA_KINDS, WARD_KINDS } from '#domain/location/area.ts';
import { PLAIN_BED, PLAIN_ROOM, PLAIN_WARD, type Places } from '#domain/location/places.ts';
import { readPlacesCsv, writePlacesCsv } from '#services/place-csv.ts';
import { type FlowHouse, openFlowHouse } from '../helpers/flow-house.ts';

let house: FlowHouse;
beforeEach(() => {
  house = openFlowHouse();
});
afterEach(() => house.close());

const admin = () => house.as(house.staff('admin')).locations;
const tried = (work: Promise<unknown>) => work.then(() => 'done').catch((error) => error.refusal ?? error.code);
const WARD_A = 'ward-A' as WardId;

describe('places and their attributes', () => {
  it('are saved one by one, and what is not named stays', async () => {
    const desk = admin();
    const site = await desk.addSite({ name: 'Main' });
    await desk.saveWard({ wardId: WARD_A, kind: 'emergency', siteId: site.id, code: 'ED' });
    await desk.saveWard({ wardId: WARD_A, name: 'Emergency' });
    await desk.saveRoom({ roomId: 'room-A1' as RoomId, sexRule: 'same', isolationFor: ['airborne'] });
    await desk.saveBed({ bedId: 'bed-A1' as BedId, equipment: ['monitor'], ageTo: 16, places: 2, code: '01' });
    const area = await desk.addArea({ name: 'Waiting room', kind: 'waiting', wardId: WARD_A });
    await desk.saveArea({ areaId: area.id, code: 'EDW' });
    const tree = await desk.tree({});
    expect(tree.wards.find(({ id }) => id === WARD_A)).toEqual({
      id: WARD_A,
      name: 'Emergency',
      kind: 'emergency',
      siteId: site.id,
      code: 'ED',
      fromFeed: false,
    });
    expect(tree.rooms.find(({ id }) => id === 'room-A1')).toMatchObject({
      sexRule: 'same',
      isolationFor: ['airborne'],
    });
    expect(tree.beds.find(({ id }) => id === 'bed-A1')).toMatchObject({
      ageFrom: null,
      ageTo: 16,
      places: 2,
      code: '01',
    });
    expect(tree.areas).toEqual([{ id: area.id, wardId: WARD_A, name: 'Waiting room', kind: 'waiting', code: 'EDW' }]);
    const acts = house.store.ledger.list({ limit: 20 }).map(({ act }) => act);
    expect(acts).toEqual(expect.arrayContaining(['ward.saved', 'room.saved', 'bed.saved', 'area.added', 'area.saved']));
  });

  it('are refused names and codes that are taken, and what would put somebody out of bed', async () => {
    const desk = admin();
    const nurse = house.as(house.staff('nurse'));
    expect(await tried(desk.saveWard({ wardId: WARD_A, name: 'ward b' }))).toBe('name-taken');
    expect(await tried(desk.saveWard({ wardId: WARD_A, code: 'Ward B' }))).toBe('code-taken');
    expect(await tried(desk.saveBed({ bedId: 'bed-A1' as BedId, label: 'a2' }))).toBe('label-taken');
    expect(await tried(desk.saveBed({ bedId: 'bed-A1' as BedId, ageFrom: 20, ageTo: 3 }))).toBe('age-out-of-order');
    await desk.saveBed({ bedId: 'bed-A1' as BedId, places: 2 });
    for (const family of ['Mother', 'Baby']) {
      const { id } = await nurse.patients.register({ name: { family, given: [] } });
      await nurse.encounters.admit({ patientId: id, bedId: 'bed-A1' as BedId });
    }
    expect(await tried(desk.saveBed({ bedId: 'bed-A1' as BedId, places: 1 }))).toBe('places-in-use');
    await desk.addArea({ name: 'Waiting', kind: 'waiting', wardId: null, code: 'W' });
    expect(await tried(desk.addArea({ name: 'waiting', kind: 'other', wardId: null }))).toBe('name-taken');
    expect(await tried(desk.addArea({ name: 'Hall', kind: 'other', wardId: null, code: 'w' }))).toBe('code-taken');
    expect(await tried(desk.addArea({ name: 'Hall', kind: 'other', wardId: null, code: 'Ward A' }))).toBe('code-taken');
  });

  it('go only while nothing that happened names them', async () => {
    const desk = admin();
    const nurse = house.as(house.staff('nurse'));
    const area = await desk.addArea({ name: 'Waiting', kind: 'waiting', wardId: null });
    const spare = await desk.addArea({ name: 'Spare', kind: 'other', wardId: null });
    const { id: patientId } = await nurse.patients.register({ name: { family: 'Okafor', given: [] } });
    const { encounterId } = await nurse.flow.arrive({ patientId, areaId: area.id });
    expect(await tried(desk.removeArea({ areaId: area.id }))).toBe('area-in-use');
    await nurse.flow.cancel({ encounterId, reason: 'a mistake' });
    expect(await tried(desk.removeArea({ areaId: area.id }))).toBe('area-has-history');
    expect(await tried(desk.removeArea({ areaId: spare.id }))).toBe('done');
    const { blockId } = await nurse.beds.block({ bedId: 'bed-B1' as BedId, reason: 'repair' });
    await nurse.beds.unblock({ blockId });
    expect(await tried(desk.removeBed({ bedId: 'bed-B1' as BedId }))).toBe('bed-has-history');
    expect(await tried(desk.removeBed({ bedId: 'bed-B2' as BedId }))).toBe('done');
  });
});

describe('two people at two stations', () => {
  it('F56 who saves a field that was changed since gets a conflict with both versions; other fields go together', async () => {
    const desk = admin();
    const bedId = 'bed-A1' as BedId;
    await desk.saveBed({ bedId, places: 2, seen: { places: 1 } });
    await desk.saveBed({ bedId, ageTo: 16, seen: { ageTo: null } });
    const late = desk.saveBed({ bedId, places: 3, seen: { places: 1 } }).catch((error) => error);
    expect(await late).toMatchObject({
      code: 'conflict',
      refusal: 'changed-since',
      message: 'Somebody else changed this bed since you looked: places is now 2, you wanted 3. Nothing was saved.',
    });
    await desk.saveWard({ wardId: WARD_A, name: 'Emergency', seen: { name: 'Ward A' } });
    expect(await tried(desk.saveWard({ wardId: WARD_A, name: 'ED', seen: { name: 'Ward A' } }))).toBe('changed-since');
  });
});

describe('places as a sheet', () => {
  it('go out and come in again without changing anything', async () => {
    const desk = admin();
    await desk.addSite({ name: '=HYPERLINK("http://x","y")' });
    await desk.addArea({ name: "'+1", kind: 'home', wardId: null, code: '-2' });
    await desk.saveWard({ wardId: WARD_A, name: 'Ward "A", north; old' });
    await desk.saveBed({ bedId: 'bed-A1' as BedId, equipment: ['monitor', 'cot'], ageFrom: 0, ageTo: 3, places: 2 });
    const before = await desk.tree({});
    const { csv, lines } = await desk.exportCsv({});
    expect(lines).toBe(1 + 2 + 4 + 16 + 1);
    expect(csv).not.toMatch(/(^|,|\n)"?[=+\-@]/m);
    const answer = await desk.importCsv({ csv, dryRun: false });
    expect(answer).toEqual({ added: 0, changed: 0, unchanged: lines, problems: [], saved: true });
    expect(await desk.tree({})).toEqual(before);
    const ledger = house.store.ledger.list({ limit: 1 }).map(({ act }) => act);
    expect(ledger).toEqual(['bed.saved']);
  });

  it('change all or nothing, and nothing in a dry run', async () => {
    const desk = admin();
    const good = 'kind,ward,room,bed\nward,New,,\nroom,New,1,\nbed,New,1,1\nbed,New,1,2\n';
    expect(await desk.importCsv({ csv: good, dryRun: true })).toMatchObject({ added: 4, saved: false, problems: [] });
    const bad = `${good}bed,New,7,3\n`;
    expect(await desk.importCsv({ csv: bad, dryRun: false })).toMatchObject({
      saved: false,
      problems: [{ line: 6, problem: 'There is no room 7 in ward New: give it a line of kind room.' }],
    });
    expect((await desk.tree({})).wards).toHaveLength(2);
    expect(await desk.importCsv({ csv: good, dryRun: false })).toMatchObject({ added: 4, saved: true });
    expect((await desk.tree({})).beds).toHaveLength(18);
  });

  it('let beds change their labels among themselves', async () => {
    const desk = admin();
    const csv = 'kind,ward,bed,name\r\nbed,Ward A,A1,A2\r\nbed,Ward A,A2,A1\r\n';
    expect(await desk.importCsv({ csv, dryRun: false })).toMatchObject({ changed: 2, saved: true });
    expect((await desk.tree({})).beds.find(({ id }) => id === 'bed-A1')?.label).toBe('A2');
  });

  it.each([
    ['semicolons and a byte order mark', '\uFEFFKind;Ward;Ward kind\r\nward;New;day\r\n'],
    ['tabs and bare line feeds', 'kind\tward\twardKind\nward\tNew\tday'],
    ['quotes and old line ends', '"kind","ward","wardKind"\r"ward","New","day"\r'],
    ['columns in another order', 'wardKind,ward,kind\nday,New,ward\n\n,,\n'],
  ])('are read with %s', async (_, csv) => {
    const desk = admin();
    expect(await desk.importCsv({ csv, dryRun: false })).toMatchObject({ added: 1, problems: [], saved: true });
    expect((await desk.tree({})).wards.find(({ name }) => name === 'New')?.kind).toBe('day');
  });

  it.each([
    ['nothing', '', /empty/],
    ['no heading', 'bed,Ward A,A1\n', /no column kind/],
    ['an unknown column', 'kind,ward,colour\nward,New,red\n', /unknown column colour/],
    ['a column twice', 'kind,ward,Ward\nward,New,New\n', /column ward twice/],
    ['an open quote', 'kind,ward\nward,"New\n', /no CSV/],
    ['more cells than columns', 'kind,ward\nward,New,and,more\n', /4 cells where the heading has 2/],
    ['characters nobody can see', 'kind,ward\nward,N\u202eew\n', /cannot be shown/],
    ['a giant cell', `kind,ward\nward,${'x'.repeat(15_000)}\n`, /more than 200/],
  ])('say in words what is wrong with %s', async (_, csv, words) => {
    const answer = await admin().importCsv({ csv, dryRun: false });
    expect(answer.saved).toBe(false);
    expect(answer.problems[0]?.problem).toMatch(words);
  });

  it('of two megabytes are answered with the first thousand problems', async () => {
    const csv = `kind,ward\n${'bed,Nowhere\n'.repeat(160_000)}`.slice(0, 1_999_000);
    const { problems, saved } = await admin().importCsv({ csv, dryRun: true });
    expect(saved).toBe(false);
    expect(problems).toHaveLength(1_000);
    expect(problems.at(-1)?.problem).toMatch(/more lines with problems/);
  });

  it('keep any name exactly, whatever a spreadsheet would make of it', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'=+-@\'",;|\tåé7 aB＝') })
      .map((text) => text.trim().replaceAll(/\s+/gu, ' '))
      .filter((text) => text !== '');
    const word = <Word extends string>(words: readonly Word[]) => fc.constantFrom(...words);
    const words = <Word extends string>(all: readonly Word[]) => fc.subarray([...all]);
    const ages = fc.option(fc.nat(130));
    fc.assert(
      fc.property(
        name,
        name,
        name,
        word(WARD_KINDS),
        word(SEX_RULES),
        words(ISOLATION_KINDS),
        words(EQUIPMENT),
        ages,
        word(AREA_KINDS),
        (one, two, three, kind, sexRule, isolationFor, equipment, ageFrom, areaKind) => {
          const ward = { ...PLAIN_WARD, id: 'w' as WardId, name: one, kind, code: two, siteId: 's' };
          const room = { ...PLAIN_ROOM, id: 'r' as RoomId, wardId: ward.id, label: two, sexRule, isolationFor };
          const bed = {
            ...PLAIN_BED,
            id: 'b' as BedId,
            wardId: ward.id,
            roomId: room.id,
            label: three,
            equipment,
            ageFrom,
          };
          const area = { id: 'a' as AreaId, wardId: null, name: two, kind: areaKind, code: null };
          const places: Places = {
            sites: [{ id: 's', name: three }],
            wards: [ward],
            rooms: [room],
            beds: [bed],
            areas: [area],
          };
          const { lines, problems } = readPlacesCsv(writePlacesCsv(places).csv);
          expect(problems).toEqual([]);
          expect(lines.map(({ cells }) => Object.fromEntries(cells))).toMatchObject([
            { kind: 'site', site: three },
            { kind: 'ward', site: three, ward: one, code: two, wardKind: kind },
            { kind: 'room', ward: one, room: two, sexRule, isolationFor: isolationFor.join(';') },
            {
              kind: 'bed',
              room: two,
              bed: three,
              equipment: equipment.join(';'),
              ageFrom: ageFrom === null ? '' : String(ageFrom),
            },
            { kind: 'area', ward: '', area: two, areaKind },
          ]);
        },
      ),
    );
  });
});
