import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#domain/clinic/store.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { type ImportOptions, readImportArguments } from '#main/import/options.ts';
import { type ImportSummary, importStays } from '#main/import/run.ts';
import { sequentialIds } from '#test/helpers/makers.ts';
import { keepWard } from '#test/helpers/stays.ts';
import { openTestStore, type TestStore, testFolder } from '#test/helpers/store.ts';

const NOW = Date.parse('2026-06-01T12:00Z');
const MAP = 'visit=visit,patient=patient,ward=ward,from=from,to=to,outcome=outcome';
const HEADER = 'visit,patient,ward,from,to,outcome';

let kept: TestStore;
let store: Store;
let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  kept = openTestStore();
  store = kept.store;
  folder = testFolder();
});
afterEach(() => {
  kept.remove();
  folder.remove();
});

interface Ran {
  readonly summary: ImportSummary;
  readonly printed: readonly string[];
}

const newId = sequentialIds('import');

async function run(content: string | Buffer, args: readonly string[] = [], map = MAP): Promise<Ran> {
  const file = join(folder.path, 'stays.csv');
  writeFileSync(file, content);
  const line = readImportArguments(['--stays', file, '--map', map, '--zone', 'Europe/London', ...args]);
  if (line.help) throw new Error('Nobody asked for help.');
  const printed: string[] = [];
  const print = (words: string) => printed.push(words);
  const deps = { store, newId, clock: () => NOW, print, progress: () => undefined };
  return { summary: await importStays(line.options, deps), printed };
}

const lines = (...rows: string[]) => [HEADER, ...rows].join('\n');
const staysOf = (visit: string) => {
  const [encounterId] = store.flow.findByVisit(visit);
  if (!encounterId) return undefined;
  const names = new Map(store.locations.listWards().map(({ id, name }) => [id, name]));
  return store.flow
    .listPlaceStays(encounterId)
    .map(({ place, startedAt, endedAt }) => [
      place.wardId && names.get(place.wardId),
      new Date(startedAt).toISOString().slice(0, 16),
      new Date(endedAt ?? 0).toISOString().slice(0, 16),
    ]);
};
const figures = () => {
  const triageTargets = { red: 0, orange: 10, yellow: 60, green: 120, blue: 240 };
  const policy = { timeZone: 'Europe/London', sameDayLos: 0, triageTargets } as const;
  return store.figures.kpis({ from: 0, to: LAST_MOMENT, wardId: null, now: NOW, policy });
};

describe('importing past stays', () => {
  it('makes visits of lines, with wards, patients and outcomes, and figures follow', async () => {
    const { summary, printed } = await run(
      lines(
        'V1,P1,North,2026-01-05 10:00,2026-01-08 11:00,home',
        'V2,P1,North,2026-02-05 10:00,2026-02-07 09:00,',
        'V2,P1,South,2026-02-07 09:00,2026-02-12 09:00,died',
      ),
    );
    expect(printed).toEqual([]);
    expect(summary).toEqual({
      ok: true,
      dryRun: false,
      lines: 3,
      visits: 2,
      imported: 2,
      alreadyThere: 0,
      leftOut: 0,
      problems: 0,
      doubts: 0,
      newPatients: 1,
      newWards: ['North', 'South'],
    });
    expect(staysOf('V2')).toEqual([
      ['North', '2026-02-05T10:00', '2026-02-07T09:00'],
      ['South', '2026-02-07T09:00', '2026-02-12T09:00'],
    ]);
    expect(await figures()).toMatchObject({ discharges: 2, deaths: 1, alos: 5, medianLos: 5 });
    const patient = store.patients.findByIdentifier({ system: 'mrn', value: 'P1' });
    expect(patient && store.encounters.listByPatient(patient.id)).toHaveLength(2);
    const [encounterId] = store.flow.findByVisit('V2');
    const events = encounterId ? store.flow.listOf(encounterId) : [];
    expect(events.map(({ step, source, actor }) => [step.kind, source, actor])).toEqual([
      ['admitted', 'import', 'import'],
      ['transferred', 'import', 'import'],
      ['discharged', 'import', 'import'],
    ]);
    expect(store.ledger.list({ limit: 9, act: 'stays.imported' })).toHaveLength(1);
    expect(store.verify().ok).toBe(true);
  });

  it('finds wards that are there however they are spelled, by name or code, and marks those it makes', async () => {
    const { wardId } = keepWard(store, 'North Wing', 1);
    const code = { kind: 'inpatient', siteId: null, code: 'NW1', fromFeed: false } as const;
    store.transact(() => store.areas.saveWardAttributes(wardId, code));
    const { summary } = await run(
      lines(
        'V1,P1,north  wing,2026-01-05,2026-01-08,',
        'V2,P2,NW1,2026-01-05,2026-01-08,',
        'V3,P3,New,2026-01-05,2026-01-08,',
      ),
    );
    expect(summary.newWards).toEqual(['New']);
    expect(store.locations.listWards().map(({ id, name }) => [name, store.areas.wardAttributes(id).fromFeed])).toEqual([
      ['New', true],
      ['North Wing', false],
    ]);
    expect(staysOf('V2')?.[0]?.[0]).toBe('North Wing');
  });

  it('adds nothing when it runs twice', async () => {
    const file = lines('V1,P1,North,2026-01-05,2026-01-08,home', 'V2,P2,South,2026-01-05,2026-01-08,home');
    await run(file);
    const before = await figures();
    const { summary } = await run(file);
    expect(summary).toMatchObject({ ok: true, imported: 0, alreadyThere: 2, newPatients: 0, newWards: [] });
    expect(await figures()).toEqual(before);
  });

  it('puts lines of a visit in order of time, wherever they stand in the file', async () => {
    await run(
      lines(
        'V1,P1,South,2026-01-08 10:00,2026-01-09 10:00,died',
        'V2,P2,South,2026-01-05,2026-01-08,home',
        'V1,P1,North,2026-01-05 10:00,2026-01-08 10:00,home',
      ),
    );
    expect(staysOf('V1')?.map(([ward]) => ward)).toEqual(['North', 'South']);
    expect((await figures()).deaths).toBe(1);
  });

  it('keeps a gap between ward stays as nobody knows where', async () => {
    await run(lines('V1,P1,North,2026-01-05,2026-01-06,', 'V1,P1,South,2026-01-08,2026-01-09,home'));
    expect(staysOf('V1')?.map(([ward]) => ward)).toEqual(['North', null, 'South']);
    expect((await figures()).alos).toBe(4);
  });

  it('keeps a stay of no length, in its ward', async () => {
    await run(lines('V1,P1,North,2026-01-05,2026-01-05,home'));
    expect(staysOf('V1')).toEqual([['North', '2026-01-05T00:00', '2026-01-05T00:00']]);
    expect(await figures()).toMatchObject({ discharges: 1, alos: 0 });
  });
});

describe('problem lines', () => {
  const bad = lines(
    'V1,P1,North,2026-01-05,2026-01-08,home',
    'V2,P2,North,2026-01-09,2026-01-08,home',
    ',P3,North,2026-01-05,2026-01-08,home',
    'V4,P4,North,soon,2026-01-08,home',
    'V5,P5,North,03/04/2025,2026-01-08,home',
    'V6,P6,North,2026-01-05,2027-01-08,home',
    'V7,P7,North,2026-01-05,2026-01-08,purple',
    'V8,P8,North,2026-01-05,2026-01-08,',
    'V8,P8,South,2026-01-07,2026-01-09,home',
    'V9,P9,North,2026-01-05,2026-01-08,',
    'V9,P0,South,2026-01-08,2026-01-09,home',
    'V10,P10,North',
    'V11,,,2026-01-05,2026-01-08,home',
    '',
  );
  const words = [
    'line 3, to is before the start: "2026-01-08"',
    'line 4, visit is empty: ""',
    'line 5, from is no date: "soon"',
    'line 6, from could be day or month first; say which with --dates dmy or --dates mdy: "03/04/2025"',
    'line 7, to is in the future: "2027-01-08"',
    'line 8, outcome is no outcome known here: "purple"',
    'line 10, from overlaps line 9 of the same visit: "2026-01-07T00:00:00.000Z"',
    'line 12, patient is another patient than on line 11 of the same visit: "P0"',
    'line 13, the line has 3 cells, the header 6: "V10, P10, North"',
    'line 13, from is empty: ""',
    'line 13, to is empty: ""',
    'line 14, patient is empty: ""',
    'line 14, ward is empty: ""',
  ];

  it('are all named in a dry run, which changes nothing', async () => {
    const { summary, printed } = await run(bad, ['--dry-run']);
    expect(printed).toEqual(words);
    expect(summary).toMatchObject({
      ok: false,
      dryRun: true,
      lines: 13,
      imported: 1,
      problems: 13,
      newWards: ['North'],
    });
    expect([store.locations.listWards(), store.flow.findByVisit('V1'), store.ledger.list({ limit: 9 })]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('keep everything out, unless asked to leave their visits out', async () => {
    const none = await run(bad);
    expect(none.printed).toEqual(words);
    expect(none.summary).toMatchObject({ ok: false, imported: 0, newWards: [] });
    expect(store.flow.findByVisit('V1')).toEqual([]);
    const good = await run(bad, ['--skip-bad']);
    expect(good.summary).toMatchObject({ ok: true, imported: 1, leftOut: 9, problems: 13 });
    expect((await figures()).discharges).toBe(1);
  });

  it('take the other lines of their visit with them', async () => {
    const { summary } = await run(
      lines(
        'V1,P1,North,2026-01-05,2026-01-08,home',
        'V1,P1,South,2026-01-08,soon,home',
        'V2,P2,South,2026-01-05,2026-01-06,',
      ),
      ['--skip-bad'],
    );
    expect(summary).toMatchObject({ visits: 2, imported: 1, leftOut: 1 });
    expect([store.flow.findByVisit('V1').length, store.flow.findByVisit('V2').length]).toEqual([0, 1]);
  });

  it('a missing column stops it, and the columns there are are named', async () => {
    await expect(run('a,b\n1,2\n')).rejects.toThrow(
      'The file has no column visit, patient, ward, from, to, outcome. It has: a, b.',
    );
    await expect(run('')).rejects.toThrow('is empty');
    await expect(run(HEADER, ['--stays', join(folder.path, 'missing.csv')])).rejects.toThrow('There is no file');
  });
});

describe('files as they come', () => {
  const good = ['V1,P1,North,2026-01-05 10:00,2026-01-08 10:00,home', 'V2,P2,South,2026-01-05,2026-01-08,died'];
  const imported = async (content: string | Buffer, map = MAP) => (await run(content, ['--dry-run'], map)).summary;

  it('with a mark at the start, quotes, other separators, other line ends, none at the end', async () => {
    const plain = lines(...good);
    const same = { ok: true, visits: 2, imported: 2, newWards: ['North', 'South'] };
    for (const content of [
      plain,
      `\uFEFF${plain}`,
      plain.replaceAll(',', ';'),
      plain.replaceAll(',', '\t'),
      plain.replaceAll(',', '|'),
      plain.replaceAll('\n', '\r\n'),
      plain.replaceAll('\n', '\r'),
      `${plain}\n\n\n`,
      plain.replace(/[^,\n]+/g, '"$&"'),
      Buffer.from(`\uFEFF${plain}`, 'utf16le'),
    ]) {
      expect(await imported(content)).toMatchObject(same);
    }
  });

  it('in Latin-1', async () => {
    await run(Buffer.from(lines('V1,P1,Säuglinge,2026-01-05,2026-01-08,home'), 'latin1'));
    expect(store.locations.listWards().map(({ name }) => name)).toEqual(['Säuglinge']);
  });

  it('with a hundred columns, of which some are asked for, by names with commas and other letter cases', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `c${index}`);
    names[7] = 'Visit no.';
    names[50] = '"from, when"';
    names[99] = 'TO';
    const row = names.map(() => 'x');
    row[7] = 'V1';
    row[50] = '2026-01-05';
    row[99] = '2026-01-06';
    const map = 'visit=Visit no.,from=from, when,to=to,ward=C3';
    expect(await imported(`${names.join(',')}\n${row.join(',')}`, map)).toMatchObject({ ok: true, imported: 1 });
  });

  it('with formulas, which stay text', async () => {
    await run(lines('=1+1,@P,"=cmd|\' /C calc\'!A0",2026-01-05,2026-01-08,'));
    expect(staysOf('=1+1')?.[0]?.[0]).toBe("=cmd|' /C calc'!A0");
  });

  it('with a cell of a megabyte, NUL and other characters that cannot be shown, which are named', async () => {
    const { summary, printed } = await run(
      lines(
        `V1,${'p'.repeat(1_048_576)},North,2026-01-05,2026-01-08,`,
        'V\u00002,P2,North,2026-01-05,2026-01-08,',
        'V3,P3,No\u202Erth,2026-01-05,2026-01-08,',
        `V4,P4,North,${'9'.repeat(1_048_576)},2026-01-08,`,
      ),
      ['--dry-run'],
    );
    expect(summary).toMatchObject({ ok: false, imported: 0, problems: 4, leftOut: 4 });
    expect(printed.map((line) => line.replace(/: .*/, ''))).toEqual([
      'line 2, patient is longer than 100 characters',
      'line 3, visit has characters that cannot be shown',
      'line 4, ward has characters that cannot be shown',
      'line 5, from is a day that does not exist',
    ]);
    expect(Math.max(...printed.map(({ length }) => length))).toBeLessThan(200);
  });

  it('with a cell over several lines: problems name the line a record begins on', async () => {
    const rows = ['V1,"P\n1",North,2026-01-05,2026-01-08,', 'V2,P2,North,soon,2026-01-08,'];
    const { printed } = await run(lines(...rows), ['--dry-run']);
    expect(printed.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(['line 2, patient', 'line 4, from']);
  });

  it('with a quote left open, which is said with its line', async () => {
    const content = lines(good[0] as string, 'V2,"P2,North,2026-01-05,2026-01-08,', good[1] as string);
    const { summary, printed } = await run(content);
    expect(printed).toEqual(['line 3, the line has a quote left open: "V2, P2, North, 2026-01-05, 2026-01-08, "']);
    expect(summary).toMatchObject({ ok: false, imported: 0 });
    expect(store.flow.findByVisit('V1')).toEqual([]);
  });

  it('with a quote left open and more that is wrong after it: every line is named', async () => {
    const { printed } = await run(
      lines(
        'V1,P1,North,2026-02-30,2026-01-02,home',
        'V2,P2,"North,2026-01-01,2026-01-02,home',
        'V3,P3,North,2026-03-01,2026-01-02,home',
      ),
      ['--dry-run'],
    );
    expect(printed.map((line) => line.split(':')[0])).toEqual([
      'line 2, from is a day that does not exist',
      'line 3, the line has a quote left open',
      'line 4, to is before the start',
    ]);
  });

  it('with lines of fewer or more cells than the header; empty ones at the end are nothing wrong', async () => {
    const { summary, printed } = await run(
      lines(
        'V1,P1,North,2026-01-05,2026-01-08',
        'V2,P2,North,2026-01-05,2026-01-08,home,extra,cells',
        'V3,P3,North,2026-01-05,2026-01-08,home,,,',
      ),
      ['--dry-run'],
    );
    expect(printed.map((line) => line.split(':')[0])).toEqual([
      'line 2, the line has 5 cells, the header 6',
      'line 3, the line has 8 cells, the header 6',
    ]);
    expect(summary).toMatchObject({ problems: 2, imported: 1 });
  });

  it('with what may be so and should be looked at: told, and imported', async () => {
    const twice = ['V1,P1,North,2026-01-05 10:00,2026-01-08 10:00,', 'V2,P1,South,2026-01-06 10:00,2026-01-07 10:00,'];
    const skipped = 'V3,P3,North,2026-03-29 01:30,2026-03-30 10:00,';
    const { summary, printed } = await run(lines(...twice, skipped));
    expect(printed).toEqual([
      'line 3, to look at: the patient is in another visit at that time, by line 2: "P1"',
      'line 4, to look at: from is a time the clocks skipped; it counts as the same while after: "2026-03-29 01:30"',
    ]);
    expect(summary).toMatchObject({ ok: true, imported: 3, problems: 0, doubts: 2 });
    const again = await run(lines(...twice, 'V3,P3,North,2026-03-29 01:30,2026-03-31 10:00,'));
    expect(again.printed.filter((line) => line.includes('there already'))).toEqual([
      'line 4, to look at: visit is there already, with other times; it stays as it is: "V3"',
    ]);
    expect(again.summary).toMatchObject({ ok: true, imported: 0, alreadyThere: 3 });
    const other = await run(lines(...twice, 'V3,P3,South,2026-03-29 01:30,2026-03-30 10:00,died'));
    expect(other.printed.filter((line) => line.includes('there already'))).toHaveLength(1);
  });

  it('with anything in them: never a half-told problem, never a crash', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('V1', 'V2', '2026-01-05', '2026-01-09', 'home', ''),
    );
    const content = fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 8 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(content, async (rows) => {
        const { summary, printed } = await run(lines(...rows.map((row) => row.map(quoted).join())), ['--dry-run']);
        expect(printed).toHaveLength(summary.problems + summary.doubts);
        expect(summary.visits).toBe(summary.imported + summary.alreadyThere + summary.leftOut);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the command line', () => {
  const read = (...args: string[]) => readImportArguments(args);

  it('says what is missing or not known', () => {
    expect(() => read()).toThrow('--stays FILE');
    expect(() => read('--stays', 'f')).toThrow('which column is visit, from, to');
    expect(() => read('--stays', 'f', '--map', 'visit=a,when=b')).toThrow('from, to');
    expect(() => read('--stays', 'f', '--map', 'when=b')).toThrow('FIELD=COLUMN');
    expect(() => read('--stays', 'f', '--map', 'visit=a,visit=b')).toThrow('twice');
    expect(() => read('--stays', 'f', '--map', MAP, '--zone', 'Mars')).toThrow('No time zone');
    expect(() => read('--stays', 'f', '--map', MAP, '--dates', 'ymd')).toThrow('dmy or mdy');
    expect(() => read('--nonsense')).toThrow('--help');
    expect(read('--help')).toEqual({ help: true });
  });

  it('reads columns whose names hold commas and equal signs', () => {
    const line = read('--stays', 'f', '--map', 'visit=Visit, no=1,from=in', '--map', 'to=out', '--dry-run');
    const options = line.help ? undefined : (line.options as ImportOptions);
    expect(options).toMatchObject({
      columns: { visit: 'Visit, no=1', from: 'in', to: 'out' },
      dryRun: true,
      dates: null,
    });
  });
});
