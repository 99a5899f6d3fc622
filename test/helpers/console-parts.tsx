import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AlarmId, BedId, EncounterId, PatientId, UserId, WardId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import { createLiveBoards } from '#renderer/client/board/live-board.ts';
import { createUndo } from '#renderer/client/board/undo.ts';
import { type Clinic, createQueries } from '#renderer/client/clinic.ts';
import { ClinicContext, SeatContext } from '#renderer/client/context.ts';
import type { HubClient } from '#renderer/client/hub.ts';
import type { Link, LinkState } from '#renderer/client/link.ts';
import { createLiveAlarms, type OpenAlarm } from '#renderer/client/live-alarms.ts';
import { type BedLive, createLiveBeds, type LiveScore, type LiveValue } from '#renderer/client/live-beds.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { NOON } from './makers.ts';

let made = 0;
const next = () => {
  made += 1;
  return made;
};

export function makeValue(code: string, value: number | string | null, given: Partial<LiveValue> = {}): LiveValue {
  return { code, value, why: null, at: NOON, source: 'monitor-1', ...given };
}

export function makeScore(total: number | null, given: Partial<LiveScore> = {}): LiveScore {
  return {
    parts: { rr: 0, spo2: 0, oxygen: 0, sbp: 0, pulse: 0, acvpu: 0, temp: 0 },
    total,
    singleRed: false,
    risk: total === null ? null : total >= 7 ? 'high' : total >= 5 ? 'medium' : 'low',
    monitoring: '4-6h',
    complete: true,
    missing: [],
    at: NOON,
    used: { rr: 14, spo2: 97, oxygen: false, sbp: 120, pulse: 72, acvpu: 'A', temp: 36.8 },
    trend: 'unchanged',
    change: 0,
    ...given,
  };
}

/** An open alarm nobody has answered. */
export function makeOpenAlarm(given: Partial<OpenAlarm> = {}): OpenAlarm {
  return {
    id: `alarm-${next()}` as AlarmId,
    kind: 'physiological',
    rule: 'spo2-low',
    priority: 'high',
    encounterId: null,
    bedId: null,
    deviceId: null,
    code: 'spo2',
    message: 'SpO₂ 71 < 85',
    limit: 85,
    extreme: 71,
    value: 71,
    beganAt: NOON - 60_000,
    endedAt: null,
    signal: 'on',
    acknowledgedBy: null,
    acknowledgedAt: null,
    recurrences: 0,
    bedLabel: '1',
    wardId: null,
    displayName: null,
    ...given,
  };
}

/** An occupied bed without values, score or alarms. */
export function makeBedLive(given: Partial<BedLive> = {}): BedLive {
  const number = next();
  return {
    bedId: `bed-${number}` as BedId,
    label: String(number),
    roomLabel: 'Room 1',
    patient: {
      encounterId: `encounter-${number}` as EncounterId,
      patientId: `patient-${number}` as PatientId,
      displayName: 'OKAFOR, Ann',
      birthDate: '1961-05-17',
      sex: 'female',
      identifier: null,
      admittedAt: NOON - 86_400_000,
      reason: null,
      spo2Scale: 1,
      pregnant: false,
      nurseId: null,
    },
    values: [],
    score: null,
    others: [],
    alarms: [],
    devices: [],
    ...given,
  };
}

/** A stream of the hub that a test speaks for. */
export function createSpoken<Part>() {
  const waiting: ((part: Part) => void)[] = [];
  const said: Part[] = [];
  async function* stream(): AsyncGenerator<Part> {
    for (;;) {
      yield said.shift() ?? (await new Promise<Part>((resolve) => waiting.push(resolve)));
    }
  }
  return {
    stream,
    say(part: Part) {
      const reader = waiting.shift();
      if (reader) reader(part);
      else said.push(part);
    },
  };
}

type Called = { readonly path: string; readonly input: unknown };

/** A console's inside whose hub is spoken by the test: beds and alarms as told, calls written down and answered `{}`. */
export function makeClinic(roles: readonly Role[] = ['nurse'], wardId = 'ward-1' as WardId) {
  const listeners = new Set<() => void>();
  const time = { now: NOON };
  let state: LinkState = { state: 'live', since: NOON };
  const link: Link = {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    calls: () => undefined,
    clock: { now: () => time.now, heard: () => undefined },
    close: () => undefined,
  };
  const ward = createSpoken<object>();
  const alarmStream = createSpoken<object>();
  const boardStream = createSpoken<object>();
  const called: Called[] = [];
  const answers = new Map<string, (input: never) => unknown>();
  const call = (path: string) => async (input: unknown) => {
    called.push({ path, input });
    const answer = answers.get(path);
    if (answer) return answer(input as never);
    if (path === 'flow/watch') return boardStream.stream();
    if (path === 'ward/watch') return ward.stream();
    if (path === 'alarms/watch') return alarmStream.stream();
    if (path === 'settings/get') return { timeZone: 'UTC', nightFromHour: 22, nightToHour: 6 };
    if (path === 'locations/wards') return [{ id: wardId, name: 'Ward 1' }];
    if (path === 'encounters/occupancy' || path === 'patients/search' || path === 'flow/bedsFor') return [];
    if (path === 'locations/tree') return { sites: [], wards: [], rooms: [], beds: [], areas: [] };
    return {};
  };
  const hub = new Proxy(
    {},
    { get: (_hub, part) => new Proxy({}, { get: (_part, verb) => call(`${String(part)}/${String(verb)}`) }) },
  ) as HubClient;
  const beds = createLiveBeds(hub, link);
  const alarms = createLiveAlarms(hub, link);
  const clinic: Clinic = {
    session: {
      token: 'token',
      expiresAt: NOON + 1e9,
      user: { id: 'me' as UserId, username: 'me', displayName: 'The Nurse', roles: [...roles] },
    },
    hub,
    link,
    beds,
    alarms,
    boards: createLiveBoards(hub, link),
    undo: createUndo(hub, sayError),
    queries: createQueries(),
    close: () => undefined,
  };
  let n = 0;
  const streamed = () => {
    n += 1;
    return { subscription: 's', n, at: time.now };
  };
  const hubLink = { broker: 'connected', since: NOON, url: 'mqtt://x' };
  return {
    clinic,
    called,
    time,
    wardId,
    tellWard(kind: 'whole' | 'changes', told: readonly BedLive[], removed: readonly BedId[] = []) {
      ward.say({ kind, ...streamed(), ward: { id: wardId, name: 'Ward 1' }, beds: told, removed, link: hubLink });
    },
    /** Answers calls of a procedure from now on; throwing refuses. */
    answer<Input>(path: string, answer: (input: Input) => unknown) {
      answers.set(path, answer as (input: never) => unknown);
    },
    tellBoard(told: { readonly kind: 'whole' | 'changes' }) {
      boardStream.say({ ...told, ...streamed() });
    },
    tellAlarms(kind: 'whole' | 'changes', told: readonly OpenAlarm[]) {
      alarmStream.say({ kind, ...streamed(), alarms: told });
    },
    becomeLink(next: LinkState['state']) {
      state = { state: next, since: time.now };
      for (const listener of listeners) listener();
    },
  };
}

export type TestClinic = ReturnType<typeof makeClinic>;

/** jsdom knows no media queries and no layout observers; the component library asks for both. */
export function furnishWindow(): void {
  window.matchMedia ??= (query: string) =>
    ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }) as never;
  Element.prototype.scrollIntoView ??= () => undefined;
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  } as never;
}

/** What stands around a part of the console: look, seat, clinic, router at `path`. */
export function around(parts: TestClinic, children: ReactNode, path = '/') {
  furnishWindow();
  const welcome = { clinicName: 'Clinic', demo: false, needsSetup: false, version: '0', demoUsers: [] };
  const root = createRootRoute({ component: () => <>{children}</>, notFoundComponent: () => <>{children}</> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: [path] }) });
  return (
    <MantineProvider env="test">
      <SeatContext value={{ welcome, take: () => undefined, signOut: () => undefined }}>
        <QueryClientProvider client={parts.clinic.queries}>
          <ClinicContext value={parts.clinic}>
            <RouterProvider router={router} />
          </ClinicContext>
        </QueryClientProvider>
      </SeatContext>
    </MantineProvider>
  );
}
