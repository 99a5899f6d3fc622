// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, feedAddress } from '#domain/clinic/settings.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { AreaId, BedId, RoomId, WardId } from '#domain/ids.ts';
import { ROLES } from '#domain/user/role.ts';
import type { ClinicSettings } from '#renderer/client/records.ts';
import { PlacesPanel } from '#renderer/features/settings/places/PlacesPanel.tsx';
import { changesOf, type PlaceTree, unconfirmedIn } from '#renderer/features/settings/places/place-tree.ts';
import { ageWords } from '#renderer/features/settings/places/place-words.ts';
import { readTextFile } from '#renderer/features/settings/places/read-text-file.ts';
import { settingChanges } from '#renderer/features/settings/settings-diff.ts';
import { roleWords } from '#renderer/ui/words.ts';
import { answering, askedOf } from '#test/helpers/answering.ts';
import { around, makeClinic } from '#test/helpers/console-parts.tsx';

configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const WARD = 'ward-1' as WardId;
const ROOM = 'room-1' as RoomId;
const bed = (label: string, given: Partial<PlaceTree['beds'][number]> = {}): PlaceTree['beds'][number] => ({
  id: `bed-${label}` as BedId,
  wardId: WARD,
  roomId: ROOM,
  label,
  equipment: ['monitor'],
  ageFrom: null,
  ageTo: null,
  places: 1,
  code: null,
  fromFeed: false,
  ...given,
});
const TREE: PlaceTree = {
  sites: [{ id: 'site-1', name: 'Main building' }],
  wards: [{ id: WARD, name: 'Ward 1', kind: 'inpatient', siteId: null, code: null, fromFeed: false }],
  rooms: [
    { id: ROOM, wardId: WARD, label: 'R1', sexRule: 'same', isolationFor: ['contact'], code: null, fromFeed: true },
  ],
  beds: [bed('10'), bed('2', { ageTo: 15, places: 2 }), bed('X9', { fromFeed: true })],
  areas: [{ id: 'area-1' as AreaId, wardId: null, name: 'Waiting room', kind: 'waiting', code: null }],
};

function opened(
  answers: Record<string, (input: never) => unknown> = {},
  path = '/settings',
  role: 'admin' | 'nurse' = 'admin',
) {
  const parts = answering(makeClinic([role]), { 'locations/tree': () => TREE, ...answers });
  render(around(parts, <PlacesPanel />, path));
  return parts;
}

describe('places', () => {
  it('are shown by room, beds in natural order, with what they are good for', async () => {
    opened();
    const table = await screen.findByRole('table');
    const rows = within(table)
      .getAllByRole('row')
      .map(({ textContent }) => textContent);
    expect(rows[1]).toContain('Room R1 One sex at a time · fit for contact isolation');
    expect(rows.slice(2).map((words) => /^Bed \S+/u.exec(words ?? '')?.[0])).toEqual(['Bed 2', 'Bed 10', 'Bed X9']);
    expect(rows[2]).toContain('MonitorUp to 15 years2 patients, shared');
  });

  it('from the feed are marked, counted, and confirmed by one act', async () => {
    const parts = opened({ 'locations/saveBed': () => bed('X9'), 'locations/saveRoom': () => TREE.rooms[0] });
    expect(await screen.findByText('2 to confirm')).toBeTruthy();
    expect(unconfirmedIn(TREE, TREE.wards[0] as PlaceTree['wards'][number])).toBe(2);
    fireEvent.click(screen.getByRole('button', { name: 'Confirm bed X9' }));
    await waitFor(() => expect(askedOf(parts, 'locations/saveBed')).toEqual([{ bedId: 'bed-X9' }]));
    fireEvent.click(screen.getByRole('button', { name: 'Confirm room R1' }));
    await waitFor(() => expect(askedOf(parts, 'locations/saveRoom')).toEqual([{ roomId: ROOM }]));
  });

  it('change in what was changed and in nothing else', async () => {
    const parts = opened({ 'locations/saveBed': () => bed('2') });
    fireEvent.click(await screen.findByRole('button', { name: 'Change bed 2…' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByLabelText('Oxygen'));
    fireEvent.change(within(dialog).getByLabelText('Youngest'), { target: { value: '20' } });
    expect(within(dialog).getByText('The youngest age is above the oldest.')).toBeTruthy();
    fireEvent.change(within(dialog).getByLabelText('Youngest'), { target: { value: '2' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save bed 2' }));
    await waitFor(() =>
      expect(askedOf(parts, 'locations/saveBed')).toEqual([
        {
          bedId: 'bed-2',
          equipment: ['monitor', 'oxygen'],
          ageFrom: 2,
          seen: { equipment: ['monitor'], ageFrom: null },
        },
      ]),
    );
    expect(changesOf({ code: null, label: '1' }, { code: null, label: '1' })).toEqual({ seen: {} });
  });

  it('that cannot go say why, in the hub’s words', async () => {
    opened({
      'locations/removeBed': () => {
        throw new ClinicError('refused', 'Patients have been at bed 10; it stays.', 'bed-has-history');
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Remove bed 10' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Patients have been at bed 10; it stays.');
  });

  it('without beds are added with their kind and ward', async () => {
    const parts = opened({ 'locations/addArea': () => TREE.areas[0] }, '/settings?place=areas');
    fireEvent.click(await screen.findByRole('button', { name: 'Add a place…' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: ' Theatre 2 ' } });
    fireEvent.change(within(dialog).getByLabelText('Kind'), { target: { value: 'theatre' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Add Theatre 2' }));
    await waitFor(() =>
      expect(askedOf(parts, 'locations/addArea')).toEqual([
        { name: 'Theatre 2', kind: 'theatre', wardId: null, code: null },
      ]),
    );
  });

  it('are read by those who do not change them', async () => {
    opened({}, '/settings', 'nurse');
    expect(await screen.findByText('Only an administrator changes places. You can read them.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^(?:Change|Remove|Add|Import)/u })).toBeNull();
  });

  it('say ages as people do', () => {
    expect([ageWords({ ageFrom: 16, ageTo: null }), ageWords({ ageFrom: null, ageTo: null })]).toEqual([
      '16 years and over',
      'Any',
    ]);
  });
});

describe('the import of places', () => {
  const answer = (given: object) => ({ added: 0, changed: 0, unchanged: 0, problems: [], saved: false, ...given });

  async function pasted(csv: string, importCsv: (input: { csv: string; dryRun: boolean }) => unknown) {
    const parts = opened({ 'locations/importCsv': importCsv as never });
    fireEvent.click(await screen.findByRole('button', { name: 'Import CSV…' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Lines to import'), { target: { value: csv } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Check the lines' }));
    return { parts, dialog };
  }

  it('is tried first, and saves only on a second yes', async () => {
    const { parts, dialog } = await pasted('lines', ({ dryRun }) =>
      answer({ added: 200, changed: 2, unchanged: 10, saved: !dryRun }),
    );
    await within(dialog).findByText('No problem. 200 new, 2 changed, 10 as they are.');
    expect(askedOf(parts, 'locations/importCsv')).toEqual([{ csv: 'lines', dryRun: true }]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Import 212 lines' }));
    await waitFor(() => expect(askedOf(parts, 'locations/importCsv')).toHaveLength(2));
    expect(askedOf(parts, 'locations/importCsv')[1]).toEqual({ csv: 'lines', dryRun: false });
  });

  it('names every problem by its line and changes nothing', async () => {
    const problems = [
      { line: 3, problem: 'The kind “wrad” is none Wardline knows.' },
      { line: 17, problem: 'This bed is listed twice.' },
    ];
    const { dialog } = await pasted('lines', () => answer({ problems }));
    const list = await within(dialog).findByRole('list', { name: 'Problems' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => (item as HTMLLIElement).value),
    ).toEqual([3, 17]);
    expect(within(dialog).getByText('2 lines have problems. Nothing was changed.')).toBeTruthy();
    expect((within(dialog).getByRole('button', { name: 'Check the lines' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('checks again what was changed after the check', async () => {
    const { dialog } = await pasted('lines', () => answer({ added: 1 }));
    await within(dialog).findByRole('button', { name: 'Import 1 line' });
    fireEvent.change(within(dialog).getByLabelText('Lines to import'), { target: { value: 'others' } });
    expect(within(dialog).queryByRole('button', { name: /^Import/u })).toBeNull();
  });

  it('reads files as older spreadsheets write them, too', async () => {
    expect(await readTextFile(new Blob(['\uFEFFStation Süd']))).toBe('Station Süd');
    expect(await readTextFile(new Blob([new Uint8Array([0x53, 0xfc, 0x64])]))).toBe('Süd');
  });
});

describe('settings of patient flow', () => {
  const settings: ClinicSettings = { ...DEFAULT_SETTINGS, limits: DEFAULT_SETTINGS.limits.map((row) => ({ ...row })) };

  it('are shown as before and after, one line each', () => {
    const after: ClinicSettings = {
      ...settings,
      triageTargets: { ...settings.triageTargets, orange: 15 },
      cleaningTargets: { ...settings.cleaningTargets, turn: 90 },
      sameDayLos: 1,
      outgoingHl7Url: 'mllp://records:2575',
    };
    expect(settingChanges(settings, after)).toEqual([
      { what: 'A stay without a midnight counts as', before: '0 d', after: '1 d' },
      { what: 'Send admissions, moves and discharges to', before: 'nobody', after: 'mllp://records:2575' },
      { what: 'Triage target, orange', before: '10 min', after: '15 min' },
      { what: 'Cleaning target, left to bed ready', before: '60 min', after: '90 min' },
    ]);
    expect(settingChanges(settings, settings)).toEqual([]);
  });

  it('take only an address other systems can be reached at', () => {
    expect(['mllp://a:2575', 'mllps://records.clinic:1', 'mllp://[::1]:2575'].every(feedAddress)).toBe(true);
    expect(['http://a:1', 'mllp://a', 'mllp://a:0', 'mllp://a:70000', 'mllp://a b:1', ''].some(feedAddress)).toBe(
      false,
    );
  });

  it('offer every role by a name of its own', () => {
    expect(new Set(ROLES.map(roleWords)).size).toBe(ROLES.length);
    expect(ROLES.map(roleWords)).toEqual(expect.arrayContaining(['Cleaner', 'Porter', 'Wall display']));
  });
});
