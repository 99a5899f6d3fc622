import type { BedId, TaskId, WardId } from '#domain/ids.ts';
import type { HubClient } from '#renderer/client/hub.ts';
import type { Records } from '#renderer/client/records.ts';
import type { TestClinic } from './console-parts.tsx';
import { NOON } from './makers.ts';

type Answers = Readonly<Record<string, (input: never) => unknown>>;
type Called = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>>;

/** A clinic whose hub answers what the test says for these paths (`part/verb`), and as before for all others. */
export function answering(parts: TestClinic, answers: Answers): TestClinic {
  const before = parts.clinic.hub as unknown as Called;
  const call = (part: string, verb: string) => async (input: unknown) => {
    const answer = answers[`${part}/${verb}`];
    if (!answer) return before[part]?.[verb]?.(input);
    parts.called.push({ path: `${part}/${verb}`, input });
    return answer(input as never);
  };
  const hub = new Proxy(
    {},
    { get: (_hub, part) => new Proxy({}, { get: (_part, verb) => call(String(part), String(verb)) }) },
  ) as HubClient;
  return { ...parts, clinic: { ...parts.clinic, hub } };
}

/** What was asked of the hub under a path, without the keys of commands. */
export function askedOf({ called }: Pick<TestClinic, 'called'>, path: string): unknown[] {
  return called
    .filter((one) => one.path === path)
    .map(({ input }) => {
      const { idempotencyKey: _, ...rest } = input as Record<string, unknown>;
      return rest;
    });
}

let made = 0;

/** A cleaning nobody has begun, asked for a quarter of an hour ago. */
export function makeTaskRecord(
  given: Partial<Records['tasks']['list'][number]> = {},
): Records['tasks']['list'][number] {
  made += 1;
  return {
    id: `task-${made}` as TaskId,
    kind: 'cleaning',
    state: 'requested',
    bedId: `bed-${made}` as BedId,
    bedLabel: String(made),
    roomLabel: '1',
    wardId: 'ward-1' as WardId,
    wardName: 'Ward 1',
    encounterId: null,
    displayName: null,
    destination: null,
    cause: 'discharge',
    contaminated: false,
    requestedAt: NOON - 15 * 60_000,
    startedAt: null,
    doneAt: null,
    assigneeId: null,
    assigneeName: null,
    note: null,
    responseDueAt: NOON + 15 * 60_000,
    turnDueAt: NOON + 45 * 60_000,
    cleanDueAt: null,
    wanted: false,
    ...given,
  };
}
