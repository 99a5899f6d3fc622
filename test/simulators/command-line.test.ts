import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileProblem } from '#simulators/csv.ts';
import { helpText } from '#simulators/help.ts';
import { readCommandLine, UsageProblem } from '#simulators/options.ts';
import { readNumerics, readSamples } from '#simulators/replay.ts';
import { SCENARIOS } from '#simulators/scenarios/index.ts';

const BROKER = ['--mqtt', 'mqtt://127.0.0.1:1883'];
const NUMERICS = ['--replay', 'bed 7.csv', '--map', 'HR=hr,SpO2=spo2', ...BROKER];
const WAVE = ['--replay', 'x.csv', '--wave', 'ecg-ii', '--rate', '360', '--unit', 'uV', ...BROKER];

describe('the command line of npm run simulate', () => {
  it.each([
    [['--scenario', 'quiet-night'], '--mqtt is needed'],
    [[...BROKER], 'Say what to simulate'],
    [['--scenario', 'quiet-nigth', ...BROKER], 'There is no scenario "quiet-nigth". There are: quiet-night'],
    [['--scenario', 'quiet-night', '--replay', 'x.csv', ...BROKER], 'exclude each other'],
    [['--scenario', 'quiet-night', '--map', 'A=hr', ...BROKER], '--map has no meaning here'],
    [['--scenario', 'quiet-night', '--frobnicate', ...BROKER], '--frobnicate'],
    [['quiet-night', ...BROKER], 'quiet-night'],
    [['--scenario', 'quiet-night', '--mqtt', 'http://x'], '--mqtt must be like'],
    [['--scenario', 'quiet-night', '--seed', '1.5', ...BROKER], '--seed must be a whole number'],
    [['--scenario', 'quiet-night', '--speed', '0', ...BROKER], '--speed must be a number greater than 0'],
    [['--scenario', 'quiet-night', '--speed', 'fast', ...BROKER], '--speed must be'],
    [['--scenario', 'quiet-night', '--devices', '0', ...BROKER], '--devices must be a whole number of at least 1'],
    [['--scenario', 'quiet-night', '--clinic', 'My Clinic', ...BROKER], '--clinic must be'],
    [['--replay', 'x.csv', ...BROKER], '--map is needed'],
    [['--replay', 'x.csv', '--map', 'HR', ...BROKER], '--map has "HR"'],
    [['--replay', 'x.csv', '--map', 'HR=pulse', ...BROKER], 'there is no metric "pulse"'],
    [['--replay', 'x.csv', '--map', 'O=oxygen', ...BROKER], 'use o2-flow'],
    [['--replay', 'x.csv', '--map', 'A=hr,B=hr', ...BROKER], 'the metric "hr" twice'],
    [['--replay', 'x.csv', '--map', 'A=glucose', ...BROKER], 'glucose=mmol/L or glucose=mg/dL'],
    [[...NUMERICS, '--units', 'temp=Cel'], '--units names "temp"'],
    [[...NUMERICS, '--type', 'toaster'], '--type "toaster" is not known'],
    [[...NUMERICS, '--device', 'Bed 7'], '--device must be'],
    [[...NUMERICS, '--wave', 'ecg-ii'], '--map and --wave exclude each other'],
    [['--replay', 'x.csv', '--wave', 'ecg-ix', '--rate', '1', '--unit', 'uV', ...BROKER], 'There is no wave "ecg-ix"'],
    [
      ['--replay', 'x.csv', '--wave', 'ecg-ii', '--rate', '1', '--unit', 'mV', ...BROKER],
      'measured in uV, not in "mV"',
    ],
    [['--replay', 'x.csv', '--wave', 'ecg-ii', '--unit', 'uV', ...BROKER], '--rate is needed'],
  ])('refuses %j in words', (args, words) => {
    expect(() => readCommandLine(args)).toThrow(UsageProblem);
    expect(() => readCommandLine(args)).toThrow(words);
  });

  it('takes a recording with its map, and names the device after the file', () => {
    const command = readCommandLine([...NUMERICS, '--absent', '0', '--speed', '60']);
    expect(command).toMatchObject({
      mode: 'numerics',
      device: 'replay-bed-7',
      absent: 0,
      speed: 60,
      clinic: 'demo',
      intervalSeconds: 60,
    });
  });

  it('takes a negative offset as it is written', () => {
    expect(readCommandLine([...WAVE, '--gain', '5', '--offset', '-5120'])).toMatchObject({
      mode: 'wave',
      gain: 5,
      offset: -5_120,
    });
  });

  it('explains every scenario and every option in its help', () => {
    expect(readCommandLine(['--help'])).toEqual({ mode: 'help' });
    for (const { name, title } of SCENARIOS) expect(helpText()).toContain(`${name.padEnd(15)} ${title}`);
    for (const option of [
      'mqtt',
      'clinic',
      'seed',
      'speed',
      'devices',
      'for',
      'map',
      'units',
      'absent',
      'interval',
      'time',
      'wave',
      'rate',
      'gain',
      'offset',
      'unit',
      'device',
      'type',
      'demo-clinic',
    ]) {
      expect(helpText()).toContain(`--${option} `);
    }
  });
});

describe('a recording that is broken', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wardline-csv-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function numerics(text: string, over: Partial<Parameters<typeof readNumerics>[0]> = {}) {
    const file = join(folder, 'recording.csv');
    writeFileSync(file, text);
    const map = new Map([
      ['HR', 'hr'],
      ['SpO2', 'spo2'],
    ]);
    return () => readNumerics({ file, map, absent: null, intervalSeconds: 60, timeColumn: null, ...over });
  }

  it.each([
    ['', 'is empty'],
    ['HR,SpO2\n', 'a header and no rows'],
    ['HR,Sats\n72,97\n', 'has no column "SpO2". It has: HR, Sats.'],
    ['HR,HR\n72,97\n', 'column "HR" is there twice'],
    ['HR,SpO2\n72,97\n73\n', 'line 3'],
    ['HR,SpO2\n72,97\n7x3,96\n', 'line 3: column "HR" says "7x3", which is not a number'],
    ['HR,SpO2\n72,97\n1e999,96\n', 'line 3'],
    ['HR,SpO2\n72,97\n"73,96\n', 'Quote Not Closed'],
  ])('says what is wrong and where: %j', (text, words) => {
    expect(numerics(text)).toThrow(FileProblem);
    expect(numerics(text)).toThrow(words);
  });

  it('says that there is no such file', () => {
    const file = join(folder, 'nothing.csv');
    expect(() => readSamples({ file })).toThrow(`There is no file ${file}.`);
    expect(() => readSamples({ file: folder })).toThrow('is a folder');
  });

  it('refuses time that does not go forward', () => {
    const at = numerics('t,HR,SpO2\n2026-01-01 10:00:00,72,97\n2026-01-01 10:00:00,72,97\n', { timeColumn: 't' });
    expect(at).toThrow('line 3: the time does not go forward');
  });

  it('reads times, leaves empty cells out, and tells absent from zero', () => {
    const rows = numerics('t,HR,SpO2\n2026-01-01T10:00:00Z,0,97\n2026-01-01T10:00:30Z,,96\n', {
      timeColumn: 't',
      absent: 0,
    })();
    expect(rows).toEqual([
      { offsetMs: 0, values: { hr: { v: null, why: 'no-value' }, spo2: 97 } },
      { offsetMs: 30_000, values: { spo2: 96 } },
    ]);
  });

  it('refuses samples that are not whole numbers of 16 bits', () => {
    const file = join(folder, 'wave.csv');
    for (const bad of ['40000', '1.5', 'x']) {
      writeFileSync(file, `adu\n12\n${bad}\n`);
      expect(() => readSamples({ file })).toThrow('line 3');
    }
    writeFileSync(file, 'a,b\n1,2\n');
    expect(() => readSamples({ file })).toThrow('2 columns');
  });
});
