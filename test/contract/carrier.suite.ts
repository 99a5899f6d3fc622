import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Role } from '#domain/user/role.ts';
import type { Carrier } from '#renderer/client/carrier.ts';
import { createTestHub, NO_PATIENT, type TestHub, WARD } from '../helpers/hub-parts.ts';

/** One way of reaching a hub, under test. */
export interface CarrierUnderTest {
  connect(token: string): Promise<Carrier>;
  /** Ends a connection as an accident would, without a goodbye. */
  cut(carrier: Carrier): void;
  stop(): Promise<void>;
}

/** What every carrier must do, whatever it is made of. */
export function describeCarrier(name: string, start: (hub: TestHub) => Promise<CarrierUnderTest>): void {
  describe(`the ${name} carrier`, () => {
    let hub: TestHub;
    let way: CarrierUnderTest;
    const open: Carrier[] = [];
    const as = async (role: Role) => {
      const carrier = await way.connect(hub.tokens[role]);
      open.push(carrier);
      return carrier;
    };
    const nurse = () => as('nurse');

    beforeAll(async () => {
      hub = await createTestHub();
      way = await start(hub);
    });
    afterAll(async () => {
      for (const carrier of open) carrier.close();
      await way.stop();
      await hub.close();
    });

    it('says who signed in and answers calls', async () => {
      const carrier = await nurse();
      expect(carrier.user).toMatchObject({ username: 'nurse', roles: ['nurse'] });
      expect(await carrier.call.session.whoami({})).toMatchObject({ username: 'nurse' });
    });

    it('answers many calls at once, each its own', async () => {
      const { call } = await nurse();
      const answers = await Promise.all(Array.from({ length: 100 }, () => call.patients.search({ query: 'x' })));
      expect(answers).toHaveLength(100);
    });

    it('carries a long list whole', async () => {
      const { call } = await nurse();
      expect(await call.patients.search({ query: '5000' })).toHaveLength(5_000);
    });

    it('tells a refusal with its code, words and reason', async () => {
      const { call } = await nurse();
      const refusal = await failure(call.patients.recordAllergies({ patientId: NO_PATIENT, allergies: null }));
      expect(refusal).toMatchObject({ code: 'refused', message: 'Not for this patient.', refusal: 'not-in-progress' });
      expect(await failure(call.patients.get({ id: NO_PATIENT }))).toMatchObject({ code: 'not-found' });
    });

    it('says which field of a bad input is wrong, in words', async () => {
      const { call } = await nurse();
      const bad = await failure(call.patients.register({ name: { family: ' ', given: [] }, birthDate: '1950-02-31' }));
      expect(bad.code).toBe('invalid-input');
      expect(bad.message).toContain('name.family: Must not be empty.');
      expect(bad.message).toContain('birthDate:');
    });

    it('keeps the text of an unforeseen error to itself', async () => {
      const { call } = await nurse();
      const unforeseen = await failure(call.patients.get({ id: 'broken' as typeof NO_PATIENT }));
      expect(unforeseen.code).toBe('internal');
      expect(unforeseen.message).not.toContain('Ann');
      const id = unforeseen.message.match(/under ([\w-]+)\./)?.[1];
      expect(hub.lines.find(({ facts }) => 'id' in facts && facts.id === id)).toBeDefined();
    });

    it('asks the role before it looks at the input', async () => {
      const { call } = await as('supply-manager');
      const register = call.patients.register as (input: unknown) => Promise<unknown>;
      expect(await failure(register({ nonsense: true }))).toMatchObject({ code: 'not-allowed' });
    });

    it('refuses a token nobody holds', async () => {
      expect(await failure(way.connect('nonsense'))).toMatchObject({ code: 'not-signed-in' });
      expect(await failure(way.connect(''))).toMatchObject({ code: 'not-signed-in' });
    });

    it('streams the whole first, then what changed', async () => {
      const { call } = await nurse();
      hub.beds.set('bed-a', 60);
      hub.beds.set('bed-b', 61);
      const parts = await call.ward.watch({ wardId: WARD });
      const whole = await take(parts);
      expect(whole).toMatchObject({ kind: 'whole', n: 1, at: hub.clock(), ward: { id: WARD } });
      expect(pulses(whole)).toMatchObject({ 'bed-a': 60, 'bed-b': 61 });
      hub.beds.set('bed-a', 70);
      const change = await take(parts);
      expect(change).toMatchObject({ kind: 'changes', n: 2 });
      expect(pulses(change)).toEqual({ 'bed-a': 70 });
      await parts.return?.(undefined);
    });

    it('ends a stream in the hub when its reader leaves off', async () => {
      const { call } = await nurse();
      const before = hub.beds.readers();
      const left = await call.ward.watch({ wardId: 'left-by-return' as typeof WARD });
      await take(left);
      expect(hub.beds.readers()).toBe(before + 1);
      await left.return?.(undefined);
      await until(() => hub.beds.ended.includes('left-by-return'));

      const leaving = new AbortController();
      const aborted = await call.ward.watch({ wardId: 'left-by-signal' as typeof WARD }, { signal: leaving.signal });
      await take(aborted);
      leaving.abort();
      await until(() => hub.beds.ended.includes('left-by-signal'));
      expect(hub.beds.readers()).toBe(before);
    });

    it('ends streams in the hub when the link goes, and tells the console why calls fail', async () => {
      const carrier = await nurse();
      let ending = '';
      carrier.onClose((why) => {
        ending = why;
      });
      const parts = await carrier.call.ward.watch({ wardId: 'cut-off' as typeof WARD });
      await take(parts);
      way.cut(carrier);
      expect(await failure(take(parts))).toMatchObject({ code: 'unavailable' });
      await until(() => ending === 'lost' && hub.beds.ended.includes('cut-off'));
      expect(await failure(carrier.call.session.whoami({}))).toMatchObject({ code: 'unavailable' });
    });

    it('begins with the whole again after connecting again', async () => {
      const first = await nurse();
      hub.beds.set('bed-a', 80);
      await take(await first.call.ward.watch({ wardId: WARD }));
      way.cut(first);
      hub.beds.set('bed-a', 81);
      const second = await nurse();
      const again = await second.call.ward.watch({ wardId: WARD });
      expect(pulses(await take(again))).toMatchObject({ 'bed-a': 81 });
      await again.return?.(undefined);
    });

    it('F32 holds no queue for a reader that stands still, and gives it the latest when it goes on', async () => {
      const [still, other] = [await nurse(), await nurse()];
      hub.beds.set('bed-x', 0);
      const parts = await still.call.ward.watch({ wardId: WARD });
      const lively = await other.call.ward.watch({ wardId: WARD });
      const whole = await take(parts);
      await draw(other, await take(lively));
      const rssBefore = settledHeap();
      for (let pulse = 1; pulse <= 200_000; pulse += 1) hub.beds.set('bed-x', pulse);
      await draw(other, await take(lively));
      for (let round = 0; round < 6; round += 1) {
        hub.beds.set('bed-x', 200_001 + round);
        await draw(other, await take(lively));
      }
      expect(settledHeap() - rssBefore).toBeLessThan(20_000_000);
      // One more part was under way when the reader stopped; after it the hub waited.
      const second = await take(parts);
      expect(second.n).toBe(2);
      hub.beds.set('bed-x', 999_999);
      await draw(still, whole);
      const next = await take(parts);
      expect(next.n).toBe(3);
      expect(pulses(next)).toEqual({ 'bed-x': 999_999 });
      await Promise.all([parts.return?.(undefined), lively.return?.(undefined)]);
    });

    it('lets nobody draw for somebody else', async () => {
      const [mine, theirs] = [await nurse(), await as('physician')];
      const parts = await mine.call.ward.watch({ wardId: WARD });
      const whole = await take(parts);
      hub.beds.set('bed-y', 1);
      const second = await take(parts);
      hub.beds.set('bed-y', 2);
      await draw(theirs, second);
      await draw(mine, whole);
      expect((await take(parts)).n).toBe(3);
      await parts.return?.(undefined);
    });

    it('F66 ends the link of a session that is signed out or whose user is disabled', async () => {
      const carrier = await as('porter');
      let ending = '';
      carrier.onClose((why) => {
        ending = why;
      });
      const user = hub.store.users.findByUsername('porter');
      if (user) hub.store.users.save({ ...user, disabled: true });
      expect(await failure(carrier.call.session.whoami({}))).toMatchObject({ code: 'not-signed-in' });
      await until(() => ending === 'not-signed-in');
    });

    it('tells the hub’s time with every beat', async () => {
      const carrier = await nurse();
      await until(() => carrier.hubNow() !== undefined);
      expect(carrier.hubNow()).toBeGreaterThanOrEqual(hub.clock());
    });

    it('answers a doubled command once', async () => {
      const { call } = await nurse();
      const input = { name: { family: 'Example', given: ['Ann'] }, idempotencyKey: `double-${name}` };
      const before = hub.registered();
      const answers = await Promise.all([call.patients.register(input), call.patients.register(input)]);
      expect(answers[0]).toEqual(answers[1]);
      expect(await call.patients.register(input)).toEqual(answers[0]);
      expect(hub.registered()).toBe(before + 1);
    });
  });
}

type Part = { n: number; subscription: string; beds: { bedId: string; values: { value: unknown }[] }[] };

async function take<Value extends Part>(parts: AsyncIterator<Value>): Promise<Value> {
  const { value, done } = await parts.next();
  if (done) throw new Error('The stream ended.');
  return value;
}

function pulses(part: Part): Record<string, unknown> {
  return Object.fromEntries(part.beds.map(({ bedId, values }) => [bedId, values[0]?.value]));
}

function draw({ call }: Carrier, { subscription, n }: Part) {
  return call.streams.drew({ subscription, n });
}

async function failure(promise: Promise<unknown>): Promise<ClinicError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClinicError)) throw new Error(`Expected a refusal, got ${String(error)}.`);
  return error;
}

/** Waits for something that has no promise of its own; the test's time limit is its limit. */
async function until(there: () => boolean): Promise<void> {
  while (!there()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function settledHeap(): number {
  setFlagsFromString('--expose_gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
