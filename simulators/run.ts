import { FileProblem } from './csv.ts';
import { runDemoClinic } from './demo-clinic.ts';
import { helpText } from './help.ts';
import { createMqttDevice } from './mqtt-device.ts';
import { readCommandLine, type SimulateCommand, UsageProblem } from './options.ts';
import { createPacer } from './pacer.ts';
import { readNumerics, readSamples, replayedType, rowsAsReadings, samplesAsReadings } from './replay.ts';
import { runScenario } from './scenario-run.ts';

type Command<Mode> = Extract<SimulateCommand, { mode: Mode }>;

const DONE = 0;
const FAILED = 1;
const WRONG = 2;
const CONNECT_WITHIN_MS = 15_000;

const now = (): number => Date.now();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The network could not be used. */
class LinkProblem extends Error {}

function interrupted(): Promise<void> {
  return new Promise((settle) => {
    process.once('SIGINT', () => settle());
    process.once('SIGTERM', () => settle());
  });
}

function after(seconds: number | null): Promise<void> {
  return new Promise((settle) => {
    if (seconds !== null) setTimeout(settle, seconds * 1_000);
  });
}

/** Waits for the broker; fails in words, with the network's own, when it does not answer in time. */
async function reached(connected: Promise<void>, url: string, problems: readonly string[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_settle, fail) => {
    timer = setTimeout(() => {
      const last = problems.at(-1);
      fail(new LinkProblem(`The broker at ${withoutSecret(url)} did not answer${last ? `: ${last}` : ''}.`));
    }, CONNECT_WITHIN_MS);
  });
  await Promise.race([connected, tooLong]).finally(() => clearTimeout(timer));
}

function withoutSecret(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

async function playScenario(command: Command<'scenario'>): Promise<void> {
  const problems: string[] = [];
  const run = runScenario({
    scenario: command.scenario,
    url: command.url,
    clinic: command.clinic,
    seed: command.seed,
    speed: command.speed,
    patients: command.patients,
    now,
    onProblem: (problem) => problems.push(problem),
  });
  const stopped = interrupted();
  try {
    await Promise.race([reached(run.connected, command.url, problems), stopped]);
    say(`${command.scenario.name}: ${command.scenario.title}`);
    if (command.speed !== 1) saySpeed(command.speed);
    await Promise.race([stopped, after(command.forSeconds)]);
  } finally {
    await run.stop();
  }
  const { sent, acked, dropped } = run.counts();
  say(`Sent ${sent} messages, ${acked} acknowledged, ${dropped} lost in the devices.`);
}

function saySpeed(speed: number): void {
  say(`Speed ${speed}: values come ${speed} times as often. Alarm delays are not scaled: they run in real seconds.`);
}

async function playRecording(command: Command<'numerics'> | Command<'wave'>): Promise<void> {
  const rows = command.mode === 'numerics' ? readNumerics({ ...command }) : [];
  const samples = command.mode === 'wave' ? readSamples(command) : new Int16Array();
  const metrics = command.mode === 'numerics' ? [...command.map.values()] : [];
  const problems: string[] = [];
  const device = createMqttDevice(
    {
      url: command.url,
      clinic: command.clinic,
      id: command.device,
      type: replayedType(command.type, metrics, command.mode === 'numerics' ? command.units : {}),
      serial: 'replay',
      startedAt: now(),
      onProblem: (problem) => problems.push(problem),
    },
    now,
  );
  const stopped = interrupted();
  const sending: Promise<void>[] = [];
  try {
    await Promise.race([reached(device.connected(), command.url, problems), stopped]);
    const startedAt = now();
    const many = command.mode === 'numerics' ? `${rows.length} rows` : `${samples.length} samples`;
    say(`Replaying ${many} of ${command.file} as ${command.device}.`);
    if (command.speed !== 1) saySpeed(command.speed);
    const readings =
      command.mode === 'numerics' ? rowsAsReadings(rows, startedAt) : samplesAsReadings(samples, command, startedAt);
    const pacer = createPacer({ now, speed: command.speed, startedAt, tooLateMs: Number.POSITIVE_INFINITY });
    const played = new Promise<void>((ended) => {
      pacer.add({ readings, ended, send: (reading) => sending.push(device.sendAcked(reading)) });
    });
    await Promise.race([played, stopped, after(command.forSeconds)]);
    pacer.stop();
    await Promise.race([Promise.all(sending), stopped, after(10)]);
  } finally {
    await device.close();
  }
  const { sent, acked } = device.counts();
  say(`Sent ${sent} messages, ${acked} acknowledged.`);
}

async function carryOut(command: SimulateCommand): Promise<void> {
  switch (command.mode) {
    case 'help':
      process.stdout.write(helpText());
      return;
    case 'demo-clinic':
      return runDemoClinic();
    case 'scenario':
      return playScenario(command);
    default:
      return playRecording(command);
  }
}

try {
  await carryOut(readCommandLine(process.argv.slice(2)));
  process.exit(DONE);
} catch (error) {
  if (error instanceof UsageProblem || error instanceof FileProblem) {
    say(error.message);
    if (error instanceof UsageProblem) say('`npm run simulate -- --help` explains every option.');
    process.exit(WRONG);
  }
  say(
    error instanceof LinkProblem
      ? error.message
      : `The simulation failed. ${error instanceof Error ? error.message : ''}`,
  );
  process.exit(FAILED);
}
