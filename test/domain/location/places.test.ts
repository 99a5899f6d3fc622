import { describe, expect, it } from 'vitest';
import type { AreaId, BedId, RoomId, WardId } from '#domain/ids.ts';
import { planSheet } from '#domain/location/place-sheet.ts';
import {
  checkBed,
  checkNaming,
  PLAIN_BED,
  PLAIN_ROOM,
  PLAIN_WARD,
  type Places,
  removeArea,
} from '#domain/location/places.ts';
import type { SheetColumn, SheetLine } from '#domain/location/sheet-line.ts';
import { sequentialIds } from '#test/helpers/makers.ts';

const places: Places = {
  sites: [{ id: 'site', name: 'Main' }],
  wards: [{ ...PLAIN_WARD, id: 'north' as WardId, name: 'North', siteId: 'site', code: 'N' }],
  rooms: [{ ...PLAIN_ROOM, id: 'bay' as RoomId, wardId: 'north' as WardId, label: 'Bay 1' }],
  beds: [
    { ...PLAIN_BED, id: 'one' as BedId, wardId: 'north' as WardId, roomId: 'bay' as RoomId, label: '1', places: 2 },
    {
      ...PLAIN_BED,
      id: 'two' as BedId,
      wardId: 'north' as WardId,
      roomId: 'bay' as RoomId,
      label: '2',
      fromFeed: true,
    },
  ],
  areas: [{ id: 'wait' as AreaId, wardId: null, name: 'Waiting room', kind: 'waiting', code: null }],
};

const line = (cells: Partial<Record<SheetColumn, string>>): SheetLine => ({
  line: 2,
  cells: new Map(Object.entries(cells) as [SheetColumn, string][]),
});

function plan(...sheet: Partial<Record<SheetColumn, string>>[]) {
  const lines = sheet.map((cells, at) => ({ ...line(cells), line: at + 2 }));
  return planSheet(lines, { places, lying: new Map([['one' as BedId, 2]]), newId: sequentialIds('new') });
}

describe('what places are called', () => {
  const [a, b] = [
    { id: 'a', name: 'North', code: null },
    { id: 'b', name: 'South', code: 'S1' },
  ];

  it('must tell them apart to people and to messages', () => {
    const beside = { names: [a, b], codes: [a, b] };
    expect(checkNaming({ id: 'c', name: ' NORTH', code: null }, beside)).toMatchObject({ refusal: 'name-taken' });
    expect(checkNaming({ id: 'c', name: 'West', code: 'north' }, beside)).toMatchObject({ refusal: 'code-taken' });
    expect(checkNaming({ id: 'c', name: 's1', code: null }, beside)).toMatchObject({ refusal: 'code-taken' });
    expect(checkNaming({ id: 'a', name: 'North', code: 'N' }, beside).ok).toBe(true);
  });

  it('lets a bed have no fewer places than patients, and ages in order', () => {
    expect(checkBed({ ageFrom: 17, ageTo: 16, places: 1 }, 0)).toMatchObject({ refusal: 'age-out-of-order' });
    expect(checkBed({ ageFrom: null, ageTo: 16, places: 1 }, 2)).toMatchObject({ refusal: 'places-in-use' });
    expect(checkBed({ ageFrom: 16, ageTo: 16, places: 2 }, 2).ok).toBe(true);
  });

  it('lets an area go only when nobody was ever there', () => {
    const [area] = places.areas;
    if (!area) return expect.fail();
    expect(removeArea(area, true, true)).toMatchObject({ refusal: 'area-in-use' });
    expect(removeArea(area, false, true)).toMatchObject({ refusal: 'area-has-history' });
    expect(removeArea(area, false, false).ok).toBe(true);
  });
});

describe('a sheet of places', () => {
  it('adds what is not there yet, whatever order its lines are in', () => {
    const { changes, problems } = plan(
      { kind: 'bed', ward: 'South', room: 'S1', bed: '1', equipment: 'monitor; oxygen', ageTo: '16' },
      { kind: 'room', ward: 'south', room: 'S1', sexRule: 'female', isolationFor: 'contact' },
      { kind: 'ward', site: 'Annexe', ward: 'South', wardKind: 'emergency' },
      { kind: 'site', site: 'Annexe' },
    );
    expect(problems).toEqual([]);
    expect(changes.map(({ kind, before }) => [kind, before])).toEqual([
      ['site', null],
      ['ward', null],
      ['room', null],
      ['bed', null],
    ]);
    expect(changes[3]?.after).toMatchObject({ equipment: ['monitor', 'oxygen'], ageFrom: null, ageTo: 16, places: 1 });
  });

  it('changes only the columns it has, empties what a cell empties, and confirms what the feed made', () => {
    expect(plan({ kind: 'ward', ward: 'north' })).toMatchObject({ changes: [], unchanged: 1 });
    expect(plan({ kind: 'ward', ward: 'north', code: '', site: '' }).changes[0]?.after).toMatchObject({
      code: null,
      siteId: null,
    });
    expect(plan({ kind: 'bed', ward: 'North', bed: '2' })).toMatchObject({ changes: [], unchanged: 1 });
    expect(plan({ kind: 'bed', ward: 'North', bed: '2', places: '2' }).changes[0]?.after).toMatchObject({
      places: 2,
      fromFeed: false,
    });
  });

  it('renames by `name`, and knows the place by either name after that', () => {
    const renamed = plan(
      { kind: 'ward', ward: 'North', name: 'Nord' },
      { kind: 'bed', ward: 'Nord', room: 'Bay 1', bed: '1', code: 'X' },
      { kind: 'bed', ward: 'North', room: 'Bay 1', bed: '2', name: '20' },
    );
    expect(renamed.problems).toEqual([]);
    expect(renamed.changes.map(({ after }) => after)).toMatchObject([
      { id: 'north', name: 'Nord' },
      { id: 'one', code: 'X' },
      { id: 'two', label: '20' },
    ]);
  });

  it.each<[string, Partial<Record<SheetColumn, string>>[], RegExp]>([
    ['no kind', [{ ward: 'North' }], /^The kind is missing/],
    ['a strange kind', [{ kind: 'wing', ward: 'North' }], /^The kind wing is not one of/],
    ['no name', [{ kind: 'bed', ward: 'North', room: 'Bay 1' }], /^The bed is missing/],
    ['a ward there is not', [{ kind: 'bed', ward: 'West', room: '1', bed: '1' }], /^There is no ward West/],
    ['a room there is not', [{ kind: 'bed', ward: 'North', room: '9', bed: '1' }], /^There is no room 9 in ward North/],
    ['a site there is not', [{ kind: 'ward', ward: 'North', site: 'Moon' }], /^There is no site Moon/],
    ['another site', [{ kind: 'room', ward: 'North', site: 'Moon', room: '1' }], /^There is no site Moon/],
    ['a strange word', [{ kind: 'ward', ward: 'North', wardKind: 'ICU' }], /^wardKind ICU is not one of/],
    ['strange equipment', [{ kind: 'bed', ward: 'North', bed: '2', equipment: 'sofa' }], /^equipment sofa/],
    ['half an age', [{ kind: 'bed', ward: 'North', bed: '2', ageFrom: '1.5' }], /^ageFrom 1.5 is not a whole number/],
    ['ages out of order', [{ kind: 'bed', ward: 'North', bed: '2', ageFrom: '9', ageTo: '8' }], /^ageFrom is above/],
    ['too many places', [{ kind: 'bed', ward: 'North', bed: '2', places: '5' }], /^places 5/],
    ['too few places', [{ kind: 'bed', ward: 'North', bed: '1', places: '1' }], /^More patients lie/],
    ['a code of another', [{ kind: 'bed', ward: 'North', bed: '2', code: '1' }], /^The code 1 is that of 1/],
    [
      'a name of another',
      [{ kind: 'bed', ward: 'North', bed: '2', name: '1' }],
      /^Another place beside it is called 1/,
    ],
    ['a long name', [{ kind: 'ward', ward: 'x'.repeat(61) }], /^The name of a ward has at most 60/],
    [
      'one place twice',
      [
        { kind: 'ward', ward: 'North', code: 'A' },
        { kind: 'ward', ward: 'NORTH', code: 'B' },
      ],
      /^Line 2 is about the same ward/,
    ],
  ])('says in words what is wrong with %s', (_, sheet, words) => {
    const { problems } = plan(...sheet);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.problem).toMatch(words);
  });
});
