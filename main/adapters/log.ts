import { type DestinationStream, destination, type Logger, pino } from 'pino';

/** What the hub's parts may say: a word for what happened and ids that go with it; never a name, never a payload. */
export interface Log {
  debug(what: string, facts?: LogFacts): void;
  info(what: string, facts?: LogFacts): void;
  warn(what: string, facts?: LogFacts): void;
  error(what: string, facts?: LogFacts & { error?: unknown }): void;
}

export type LogFacts = Readonly<Record<string, unknown>>;

/** Fields that would name a person or open a door; their values never reach the log, at two levels of nesting. */
const PRIVATE = [
  'name',
  'family',
  'given',
  'displayName',
  'birthDate',
  'identifiers',
  'identifier',
  'text',
  'reason',
  'password',
  'token',
  'secret',
  'key',
  'code',
  'payload',
  'sample',
];

const redacted = PRIVATE.flatMap((field) => [`facts.${field}`, `facts.*.${field}`, `facts.*.*.${field}`]);

/**
 * One JSON line an event, to stderr, to a file (mode 0600) or to `stream`. Of an unknown error only its class and code
 * are kept, since its text may quote a patient; the stack's own lines tell where.
 */
export function createLog({
  level = 'info',
  file,
  stream,
}: {
  level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  file?: string;
  stream?: DestinationStream;
} = {}): Log {
  const to = stream ?? (file ? destination({ dest: file, sync: true, append: true, mode: 0o600 }) : destination(2));
  const logger = pino({ level, base: null, redact: { paths: redacted, censor: '[private]' } }, to);
  return {
    debug: (what, facts) => write(logger, 'debug', what, facts),
    info: (what, facts) => write(logger, 'info', what, facts),
    warn: (what, facts) => write(logger, 'warn', what, facts),
    error: (what, facts) => write(logger, 'error', what, facts),
  };
}

function write(logger: Logger, level: 'debug' | 'info' | 'warn' | 'error', what: string, facts?: LogFacts): void {
  if (facts === undefined) {
    logger[level](what);
    return;
  }
  const { error, ...rest } = facts;
  logger[level](error === undefined ? { facts: rest } : { facts: rest, error: describe(error) }, what);
}

function describe(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { class: typeof error };
  const where = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return { class: error.name, errno: 'code' in error ? String(error.code) : undefined, where };
}
