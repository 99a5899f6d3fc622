// `npm start`. Plain JavaScript without packages: it runs on the Node of a fresh machine, before anything is installed.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePackages, ownNode, root } from './launch-install.mjs';

const help = `Wardline: starts the console of a clinic.

  npm start                      a made-up, living clinic (the demo)
  npm start -- --clinic          your own clinic; the first start leads through setting it up

Options (after "npm start --"):
  --demo                         the demo clinic (this is the default)
  --clinic                       a real clinic instead of the demo
  --reset                        begin a new demo clinic; the old demo's data is deleted, nothing else
  --data DIR                     where the clinic is kept (default: a folder of your user account)
  --browser                      serve the console on this machine and open it in the browser, without Electron
  --no-open                      do not open a browser, only print the sign-in link
  --no-electron-download         do not try to fetch Electron when its runtime is missing
                                 (the same as WARDLINE_NO_ELECTRON_DOWNLOAD=1)
  --port N                       port of the console on this machine (default: any free one)
  --mqtt URL                     the clinic's own broker, mqtt://… or mqtts://… (default: the built-in one)
  --mqtt-ca FILE                 certificate authority of that broker
  --mqtt-cert FILE               our certificate for that broker
  --mqtt-key FILE                and its key
  --hl7-port N                   take HL7 v2 messages of other systems on this port (default: off; the demo: any free one)
  --zone NAME                    the clinic's time zone, such as Europe/London (default: as set, else this machine's)
  --help                         this text

Ctrl+C ends everything.
`;

const switches = ['demo', 'clinic', 'reset', 'browser', 'no-open', 'no-electron-download', 'help'];
const values = ['data', 'port', 'mqtt', 'mqtt-ca', 'mqtt-cert', 'mqtt-key', 'hl7-port', 'zone'];

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Options as plain data with whole paths, or a sentence that says which option is wrong. */
function readOptions(argv) {
  const options = {};
  for (const name of switches) options[name] = { type: 'boolean' };
  for (const name of values) options[name] = { type: 'string' };
  let given;
  try {
    given = parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const wrong = argv.find((word) => word.startsWith('-') && error.message.includes(word.split('=')[0]));
    if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      const takesValue = values.some((name) => wrong?.startsWith(`--${name}`));
      return { refusal: `${wrong?.split('=')[0]} ${takesValue ? 'needs a value after it' : 'takes no value'}.` };
    }
    if (error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
      return { refusal: `Words without -- are not understood: ${/'([^']+)'/.exec(error.message)?.[1] ?? ''}` };
    }
    return { refusal: `There is no option ${wrong?.split('=')[0] ?? argv.join(' ')}.` };
  }
  if (given.demo && given.clinic) return { refusal: 'Choose either --demo or --clinic, not both.' };
  if (given.clinic && given.reset)
    return { refusal: '--reset makes a new demo clinic. A real clinic is never deleted.' };
  if (given.port !== undefined && !(/^\d{1,5}$/.test(given.port) && Number(given.port) <= 65_535)) {
    return { refusal: `--port takes a number from 0 to 65535, not "${given.port}".` };
  }
  if (given.mqtt !== undefined && !/^mqtts?:\/\/[^/]/.test(given.mqtt)) {
    return { refusal: `--mqtt takes an address like mqtt://host:1883 or mqtts://host:8883, not "${given.mqtt}".` };
  }
  const files = ['data', 'mqtt-ca', 'mqtt-cert', 'mqtt-key'].filter((name) => given[name] !== undefined);
  const empty = files.find((name) => given[name] === '');
  if (empty) return { refusal: `--${empty} needs a path.` };
  // npm changes the folder to the package's; INIT_CWD is where the person stood.
  const whole = files.map((name) => [name, resolve(process.env.INIT_CWD ?? process.cwd(), given[name])]);
  return { given: { ...given, ...Object.fromEntries(whole) } };
}

function oldNode() {
  return Number(process.versions.node.split('.')[0]) < 20;
}

const PARENT_LOOK_MS = 500;

/** npm that is ended passes the signal to its shell only, which leaves us behind without a word. */
function endWithParent(end) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    end();
  }, PARENT_LOOK_MS);
  look.unref();
}

/** Runs the second half on Node 24 and ends as it ends. */
function runOn(node, given) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', 'main/launch-run.ts', JSON.stringify(given)], {
    cwd: root,
    stdio: 'inherit',
  });
  // Ctrl+C reaches the child by itself (same terminal): this process only has to outlive it. A signal sent to this process alone is passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  endWithParent(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

function main() {
  if (oldNode())
    return fail(`Wardline needs Node 20 or later; this is ${process.version}. Install it from nodejs.org.`);
  const { given, refusal } = readOptions(process.argv.slice(2));
  if (refusal) return fail(`${refusal}\nnpm start -- --help lists the options.`);
  if (given.help) return process.stdout.write(help);
  const failure = ensurePackages(say);
  if (failure) return fail(failure);
  return runOn(ownNode(), given);
}

main();
