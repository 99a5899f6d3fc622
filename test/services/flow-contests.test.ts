import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestId } from '#domain/ids.ts';
import { DAY_MS, MINUTE_MS } from '#domain/time.ts';
import { type FlowClinic, openFlowClinic } from '#test/helpers/flow-clinic.ts';
import { failure } from './clinic.ts';

let clinic: FlowClinic;
beforeEach(() => {
  clinic = openFlowClinic();
});
afterEach(() => clinic.close());

const needs = { equipment: [], isolation: null };

describe('two people at two stations', () => {
  it.each([
    ['accept', 'cancel'],
    ['decline', 'cancel'],
    ['cancel', 'accept'],
    ['cancel', 'decline'],
    ['accept', 'decline'],
  ] as const)(
    'F58 of %s and %s of one request at once the first wins and the other is told by whom',
    async (first, second) => {
      const { flow } = clinic.as(clinic.staff('scheduler'));
      const ann = await clinic.admitted(clinic.beds.one);
      const asked = { encounterId: ann, wardId: null, needs, reason: 'closer watch', urgency: 'urgent' as const };
      const { requestId } = await clinic.desk.flow.requestBed(asked);
      const act = (what: string, desk: Pick<FlowClinic['desk'], 'flow'>['flow'], id: RequestId) => {
        if (what === 'cancel') return desk.cancelRequest({ requestId: id });
        return desk.decideRequest({ requestId: id, accept: what === 'accept', answer: 'full' });
      };
      const [one, other] = await Promise.all([
        act(first, flow, requestId).then(() => 'done'),
        failure(act(second, clinic.desk.flow, requestId)),
      ]);
      expect(one).toBe('done');
      expect(other).toMatch(
        /^refused\/already-decided: This request was already (accepted|declined|cancelled) by The scheduler/,
      );
    },
  );

  it('who has seen that a request was accepted may still take it back', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const asked = { encounterId: ann, wardId: null, needs, reason: 'closer watch', urgency: 'urgent' as const };
    const { requestId } = await clinic.desk.flow.requestBed(asked);
    await clinic.desk.flow.decideRequest({ requestId, accept: true });
    await clinic.desk.flow.cancelRequest({ requestId, seen: 'accepted' });
    expect(clinic.store.bedStates.findRequest(requestId)?.state).toBe('cancelled');
  });

  it('F56 two moves of one patient at once: the second is told where to and by whom', async () => {
    const { beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    const other = clinic.as(clinic.staff('scheduler'));
    clinic.time.now += MINUTE_MS;
    const [, lost] = await Promise.all([
      other.encounters.move({ encounterId: ann, bedId: beds.two.id, seenBedId: beds.one.id }),
      failure(clinic.desk.encounters.move({ encounterId: ann, bedId: beds.three.id, seenBedId: beds.one.id })),
    ]);
    expect(lost).toBe(
      'refused/moved-since: This patient was moved since you looked, by The scheduler, and is now in North, bed 2. Nothing was changed.',
    );
    expect(clinic.store.assignments.current({ encounterId: ann })?.bedId).toBe(beds.two.id);
  });

  it('F56 a swap of patients who were moved since is refused', async () => {
    const { beds, desk } = clinic;
    const [ann, bea] = [await clinic.admitted(beds.one), await clinic.admitted(beds.two)];
    clinic.time.now += MINUTE_MS;
    await desk.encounters.move({ encounterId: bea, bedId: beds.three.id });
    const seen = { seenBedId: beds.one.id, withSeenBedId: beds.two.id };
    expect(await failure(desk.flow.swap({ encounterId: ann, withEncounterId: bea, ...seen }))).toMatch(
      /^refused\/moved-since.*North, bed 3/,
    );
  });

  it('F56 of two corrections of one step the second is told who took it back', async () => {
    const { beds, desk } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.move({ encounterId: ann, bedId: beds.two.id });
    const [moved] = (await desk.flow.history({ encounterId: ann })).filter(({ kind }) => kind === 'transferred');
    const correction = { eventId: moved?.eventId ?? expect.fail(), reason: 'wrong patient', takeBack: true };
    await clinic.as(clinic.staff('physician')).flow.correct(correction);
    expect(await failure(desk.flow.correct(correction))).toMatch(/^refused\/not-correctable.*by The physician/);
  });
});

describe('a discharge plan', () => {
  it('F56 two people change at once: the second is told by whom and what it says now', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    const seen = { expectedAt: null, waitingFor: null, ordered: false };
    const plan = { encounterId: ann, expectedAt: null, ordered: true, seen };
    await clinic.as(clinic.staff('physician')).flow.planDischarge({ ...plan, waitingFor: 'transport' });
    expect(await failure(desk.flow.planDischarge({ ...plan, ordered: false, waitingFor: 'a scan' }))).toBe(
      'conflict/changed-since: The physician changed this plan since you looked. It is now ordered, without a time, waiting for transport. Nothing was changed.',
    );
    const now = { expectedAt: null, waitingFor: 'transport', ordered: true };
    await desk.flow.planDischarge({ ...plan, waitingFor: 'a scan', seen: now });
    expect(clinic.store.flow.summary(ann)?.waitingFor).toBe('a scan');
  });
});

describe('somebody expected', () => {
  it('who is admitted more than a day off plan goes on with the planned encounter when it is named', async () => {
    const { desk, beds, time, store } = clinic;
    const patientId = clinic.patient();
    const { encounterId } = await desk.flow.expect({ patientId, expectedAt: time.now + 3 * DAY_MS });
    const { id } = await desk.encounters.admit({ patientId, encounterId, bedId: beds.one.id });
    expect(id).toBe(encounterId);
    expect(store.encounters.listByPatient(patientId)).toHaveLength(1);
    expect(await failure(desk.encounters.admit({ patientId, encounterId, bedId: beds.two.id }))).toMatch(
      /^refused\/not-expected/,
    );
  });
});
