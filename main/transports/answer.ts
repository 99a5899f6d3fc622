import { setImmediate } from 'node:timers/promises';
import type { AnySchema } from '@orpc/contract';

/** Rows of a long answer looked at or written before anything else gets its turn: a few milliseconds of work. */
const SLICE = 2_000;

/**
 * The answer as its schema leaves it: what the contract does not name is dropped. Long lists are looked at a slice at a
 * time, so that a day of readings does not hold up an alarm. Throws when the answer does not fit.
 */
export async function checkAnswer(schema: AnySchema | undefined, answer: unknown): Promise<unknown> {
  if (schema === undefined) return answer;
  if (!isLong(answer)) return fitting(schema, answer);
  const checked: unknown[] = [];
  for (let from = 0; from < answer.length; from += SLICE) {
    const rows = await fitting(schema, answer.slice(from, from + SLICE));
    if (Array.isArray(rows)) for (const row of rows) checked.push(row);
    await setImmediate();
  }
  return checked;
}

/** Whether an answer is a list so long that it is better written piece by piece. */
export function isLong(answer: unknown): answer is readonly unknown[] {
  return Array.isArray(answer) && answer.length > SLICE;
}

/** A long list as JSON text, written as fast as it is read and no faster. */
export function jsonText(rows: readonly unknown[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let from = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        await setImmediate();
        const inner = JSON.stringify(rows.slice(from, from + SLICE)).slice(1, -1);
        const last = from + SLICE >= rows.length;
        controller.enqueue(encoder.encode(`${from === 0 ? '[' : ','}${inner}${last ? ']' : ''}`));
        from += SLICE;
        if (last) controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}

async function fitting(schema: AnySchema, answer: unknown): Promise<unknown> {
  const checked = await schema['~standard'].validate(answer);
  if (checked.issues === undefined) return checked.value;
  throw new Error('An answer did not fit its schema.', { cause: { issues: checked.issues } });
}
