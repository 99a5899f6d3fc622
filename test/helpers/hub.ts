import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ReadyLine {
  ready: true;
  console: string;
  api: string;
  mqtt: string;
  hl7?: string;
  clinic: string;
  pid: number;
  signIn?: string;
  tokens: Record<string, string>;
}

export interface RunningHub {
  readonly ready: ReadyLine;
  readonly child: ChildProcess;
  readonly dataDir: string;
  /** Everything it wrote to stderr so far. */
  log(): string;
  /** `POST /api/<part>/<verb>` as a role; throws with status and code when refused. */
  call<Answer = unknown>(path: string, body?: object, role?: string): Promise<Answer>;
  /** The same, answering status and body. */
  ask(
    path: string,
    body?: object,
    token?: string,
  ): Promise<{ status: number; body: { code?: string; message?: string } & Record<string, unknown> }>;
  /** Ends it by signal and answers its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'wardline-test-'));
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true });
}

/** Runs `main/node.ts` as a person would; without `--demo` there are no tokens. The demo's patients are left out by `--bare`. */
export async function startHub(
  args: readonly string[],
  dataDir = makeDataDir(),
  env: Record<string, string> = {},
): Promise<RunningHub> {
  const child = spawn(process.execPath, ['main/node.ts', '--data', dataDir, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-200_000);
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const ready = await new Promise<ReadyLine>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (line.startsWith('{"ready"')) resolve(JSON.parse(line));
    });
    void ended.then((code) => reject(new Error(`The hub ended with ${code} before it was ready: ${log}`)));
  });
  const ask: RunningHub['ask'] = async (path, body = {}, token) => {
    const response = await fetch(`${ready.api}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
  return {
    ready,
    child,
    dataDir,
    log: () => log,
    ask,
    async call<Answer>(path: string, body: object = {}, role = 'nurse') {
      const answer = await ask(path, body, ready.tokens?.[role]);
      if (answer.status !== 200)
        throw new Error(`${path}: ${answer.status} ${answer.body.code} ${answer.body.message}`);
      return answer.body as Answer;
    },
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
