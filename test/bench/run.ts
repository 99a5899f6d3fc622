import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBoard } from './board.ts';
import { measureFeed } from './feed.ts';
import { measureFigures } from './figures.ts';
import { measureLists } from './lists.ts';
import { measureSteady } from './steady.ts';
import { benchStore } from './store.ts';
import { measureSustained } from './sustained.ts';

const HELP = `Measures Wardline on this machine; nothing here is asserted.

npm run bench -- [--json] [--only sustained|steady|store|board|figures|feed|lists] [--seconds N] [--messages N] [--rounds N]
`;

interface Row {
  readonly what: string;
  readonly got: string;
  readonly aim: string;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const ms = (value: number) => `${value.toFixed(0)} ms`;
const rate = (value: number) => `${Math.round(value).toLocaleString('en')}/s`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      messages: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const wanted = (name: string) => values.only === undefined || values.only === name;
  const sustained = wanted('sustained') ? await measureSustained(Number(values.messages), Number(values.rounds)) : null;
  const steady = wanted('steady') ? await measureSteady(Number(values.seconds)) : null;
  const store = wanted('store') ? benchStore() : null;
  const board = wanted('board') ? await measureBoard(Math.min(30, Number(values.seconds))) : null;
  const figures = wanted('figures') ? await measureFigures() : null;
  const feed = wanted('feed') ? await measureFeed() : null;
  const lists = wanted('lists') ? await measureLists() : null;
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model ?? '',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, sustained, steady, store, board, figures, feed, lists }, null, 2)}\n`,
    );
    return;
  }
  const rows: Row[] = [];
  if (sustained) {
    rows.push(
      {
        what: `bare mqtt.js subscriber, ${sustained.messages} messages`,
        got: `${rate(sustained.barePerSecond)}, ${sustained.bareCpuMicroseconds.toFixed(1)} us CPU`,
        aim: 'yardstick',
      },
      {
        what: `hub: admitted, judged, stored, ${sustained.consoles} consoles watching`,
        got: `${rate(sustained.hubPerSecond)}, ${sustained.hubCpuMicroseconds.toFixed(1)} us CPU`,
        aim: '',
      },
      { what: 'hub against yardstick', got: percent(sustained.ratio), aim: '>= 60 %' },
      { what: 'messages lost', got: String(sustained.lost), aim: '0' },
    );
  }
  if (steady) {
    rows.push(
      {
        what: `hub CPU, ${steady.devices} devices x 1 Hz x 6 values, ${steady.waves} waves`,
        got: `${percent(steady.hubCpuShare)} of a core`,
        aim: '',
      },
      { what: 'event-loop delay p99', got: `${steady.loopDelayP99Ms.toFixed(1)} ms`, aim: '<= 20 ms' },
      {
        what: `broker message to DOM p50 / p95 / p99 (n = ${steady.domSamples})`,
        got: `${ms(steady.domP50Ms)} / ${ms(steady.domP95Ms)} / ${ms(steady.domP99Ms)}`,
        aim: 'p99 <= 500 ms',
      },
      {
        what: `main thread of the ward board, ${steady.boardBeds} beds at 1 Hz`,
        got: percent(steady.boardMainThreadShare),
        aim: '<= 10 %',
      },
    );
  }
  if (store) {
    rows.push(
      { what: 'store: values kept a second, encrypted', got: rate(store.valuesPerSecond), aim: '' },
      { what: 'store: longest flush', got: `${store.flushMaxMs.toFixed(1)} ms`, aim: '' },
      { what: 'store: bytes a value', got: store.bytesPerValue.toFixed(1), aim: '' },
      {
        what: 'store: a day of one series at 1 Hz, as minutes',
        got: `${store.dayMinutesMs.toFixed(1)} ms`,
        aim: '<= 20 ms',
      },
      { what: 'ledger: rows verified', got: rate(store.ledgerVerifiedPerSecond), aim: '>= 40,000/s' },
    );
  }
  if (board) {
    rows.push(
      {
        what: `act to the last of ${board.boards} boards of ${board.beds} beds p50 / p99 (n = ${board.events})`,
        got: `${ms(board.lastBoardP50Ms)} / ${ms(board.lastBoardP99Ms)}`,
        aim: 'p99 <= 1,000 ms',
      },
      {
        what: 'acts a second meanwhile; never on a board',
        got: `${board.eventsPerSecond.toFixed(1)}; ${board.missed}`,
        aim: '50; 0',
      },
      { what: 'hub CPU meanwhile', got: `${percent(board.hubCpuShare)} of a core`, aim: '' },
      {
        what: `board of ${board.beds} beds ready / scrolled through to its end`,
        got: `${ms(board.readyMs)} / ${ms(board.wholeMs)}`,
        aim: '<= 1,000 ms',
      },
      {
        what: `interaction to next paint while it streams p95 / most (n = ${board.interactions})`,
        got: `${ms(board.inpP95Ms)} / ${ms(board.inpMaxMs)}`,
        aim: 'p95 <= 200 ms',
      },
      { what: 'main thread of that board at 50 acts a second', got: percent(board.mainThreadShare), aim: '' },
    );
  }
  if (figures) {
    rows.push(
      {
        what: `import of ${figures.stays.toLocaleString('en')} past stays`,
        got: `${figures.importSeconds.toFixed(1)} s`,
        aim: '',
      },
      {
        what: 'figures of three years of 200 beds p50 / p95',
        got: `${ms(figures.houseP50Ms)} / ${ms(figures.houseP95Ms)}`,
        aim: 'p95 <= 200 ms',
      },
      {
        what: 'the same of a ward / of a month p95',
        got: `${ms(figures.wardP95Ms)} / ${ms(figures.monthP95Ms)}`,
        aim: 'p95 <= 200 ms',
      },
      { what: 'one SQL sum over the same rows', got: `${figures.sumP50Ms.toFixed(1)} ms`, aim: 'yardstick' },
      { what: 'figures against yardstick', got: `${figures.ratio.toFixed(1)} x`, aim: '' },
      { what: 'forecast of 72 h p95', got: ms(figures.forecastP95Ms), aim: '<= 200 ms' },
    );
  }
  if (feed) {
    rows.push(
      {
        what: `bare MLLP server (@medplum/hl7), ${feed.messages} messages, ${feed.connections} connections`,
        got: `${rate(feed.barePerSecond)}, ${feed.bareCpuMicroseconds.toFixed(0)} us CPU`,
        aim: 'yardstick',
      },
      {
        what: 'hub: HL7 messages applied, stored and acknowledged',
        got: `${rate(feed.hubPerSecond)}, ${feed.hubCpuMicroseconds.toFixed(0)} us CPU`,
        aim: '>= 1,000/s',
      },
      { what: 'hub against yardstick', got: percent(feed.ratio), aim: '' },
      { what: 'the same, one connection, one message at a time', got: rate(feed.oneByOnePerSecond), aim: '' },
      {
        what: 'messages not answered AA; visits with wrong stays',
        got: `${feed.failed}; ${feed.wrongStays}`,
        aim: '0; 0',
      },
    );
  }
  if (lists) {
    rows.push(
      { what: `list of ${lists.rows.toLocaleString('en')} rows ready`, got: ms(lists.readyMs), aim: '<= 1,500 ms' },
      {
        what: 'the same sorted (click to paint) / searched',
        got: `${ms(lists.sortMs)} / ${ms(lists.searchMs)}`,
        aim: '',
      },
      { what: 'the same as CSV / XLSX', got: `${ms(lists.csvMs)} / ${ms(lists.xlsxMs)}`, aim: 'XLSX <= 3,000 ms' },
      {
        what: 'longest task of the page while the workbook is made',
        got: ms(lists.xlsxLongestTaskMs),
        aim: '<= 200 ms',
      },
    );
  }
  const width = Math.max(...rows.map(({ what }) => what.length));
  process.stdout.write(
    `${machine.cores} cores (${machine.model}), ${machine.memoryGiB} GiB, Node ${machine.node}, ${new Date().toISOString().slice(0, 10)}\n\n`,
  );
  for (const { what, got, aim } of rows) process.stdout.write(`${what.padEnd(width)}  ${got.padEnd(34)} ${aim}\n`);
}

await main();
process.exit(0);
