/** Whose token a call is made with. */
export type Caller = 'nurse' | 'physician' | 'scheduler' | 'supply-manager' | 'admin' | 'cleaner' | 'porter';

/** The hub's answer was a refusal, with its code and words. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly procedure: string;

  constructor(procedure: string, code: string, message: string) {
    super(`${procedure}: ${message}`);
    this.code = code;
    this.procedure = procedure;
  }
}

/** The hub's public API, as any script would use it. */
export interface Api {
  call(caller: Caller, procedure: string, input: object): Promise<unknown>;
  /** A command that may be asked again: the same `key` is carried out once. */
  command(caller: Caller, procedure: string, key: string, input: object): Promise<unknown>;
}

const TRIES = 4;
const FIRST_WAIT_MS = 250;

function fieldOf(body: unknown, name: 'code' | 'message'): string | null {
  if (typeof body !== 'object' || body === null || !(name in body)) return null;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : null;
}

export function createApi(base: string, tokens: Readonly<Record<Caller, string>>): Api {
  async function once(caller: Caller, procedure: string, input: object): Promise<unknown> {
    const response = await fetch(`${base}/${procedure.replace('.', '/')}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[caller]}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    if (response.ok) return body;
    const code = fieldOf(body, 'code') ?? String(response.status);
    throw new ApiProblem(procedure, code, fieldOf(body, 'message') ?? response.statusText);
  }

  /** A lost answer is asked for again; a refusal is final. */
  async function call(caller: Caller, procedure: string, input: object): Promise<unknown> {
    for (let turn = 1; ; turn += 1) {
      try {
        return await once(caller, procedure, input);
      } catch (error) {
        const final = error instanceof ApiProblem && error.code !== 'unavailable';
        if (final || turn >= TRIES) throw error;
        await new Promise((settle) => setTimeout(settle, FIRST_WAIT_MS * 2 ** turn));
      }
    }
  }

  return {
    call,
    command: (caller, procedure, key, input) => call(caller, procedure, { ...input, idempotencyKey: key }),
  };
}

/** Runs work over items, several at a time, in order of beginning; the first failure ends it. */
export async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
