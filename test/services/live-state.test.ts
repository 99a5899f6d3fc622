import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId, UserId } from '#domain/ids.ts';
import { METRICS } from '#domain/observation/metric.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { bedCard } from '#services/bed-card.ts';
import { newsHistory } from '#services/news-history.ts';
import { liveOn, settleIn } from '#test/helpers/live-ward.ts';
import { makeDevice, makePersonalLimit, makeTie, NOON } from '#test/helpers/makers.ts';
import { openTestStore } from '#test/helpers/store.ts';

let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());

function ward(given: Parameters<typeof settleIn>[1] = {}) {
  const { store } = opened;
  const place = settleIn(store, given);
  const clinic = liveOn(store);
  const card = (names = true) => bedCard({ store, live: clinic.live, book: clinic.alarms.book }, place.bed, names);
  const value = (code: string) => card().values.find((entry) => entry.code === code);
  return { store, ...place, ...clinic, card, value };
}

describe('the live state of a bed', () => {
  it('shows the newest value and never goes back to an older one that comes late', () => {
    const { device, reading, time, value } = ward();
    reading(device.id, { hr: 72 });
    reading(device.id, { hr: 60 }, { at: time.now - 10_000 });
    expect(value('hr')).toMatchObject({ value: 72, at: NOON });
  });

  it('ages values by the hub’s clock, whatever the device’s clock says', () => {
    const { device, reading, time, value } = ward();
    reading(device.id, { hr: 72 }, { at: time.now + 240_000, behindMs: -240_000 });
    expect(value('hr')?.at).toBe(NOON);
    time.now += 1_000;
    reading(device.id, { hr: 73 }, { at: time.now - 120_000, behindMs: 120_000 });
    expect(value('hr')).toMatchObject({ value: 73, at: NOON + 1_000 });
  });

  it('a clock four minutes behind keeps no alarm from beginning', () => {
    const { device, reading, pass, time, open } = ward();
    pass(15, () => reading(device.id, { spo2: 70 }, { at: time.now - 240_000, behindMs: 240_000 }));
    expect(open()).toMatchObject([{ rule: 'spo2-low', priority: 'high' }]);
  });

  it('does not draw history as current, nor judge it', () => {
    const { device, reading, pass, value, open } = ward();
    pass(120, () => reading(device.id, { spo2: 70 }, { history: true }));
    expect(value('spo2')).toBeUndefined();
    expect(open().filter(({ kind }) => kind === 'physiological')).toEqual([]);
  });

  it('shows an absent value with its reason, never as zero', () => {
    const { device, reading, value, pass, open } = ward();
    reading(device.id, { hr: 72, spo2: 97 });
    pass(1);
    reading(device.id, { hr: 72 }, { absent: [{ code: 'spo2', why: 'sensor-off' }] });
    expect(value('spo2')).toMatchObject({ value: null, why: 'sensor-off' });
    pass(1);
    expect(open()).toMatchObject([{ rule: 'no-value', code: 'spo2', kind: 'technical', priority: 'low' }]);
    pass(60, () => reading(device.id, { hr: 72 }, { absent: [{ code: 'spo2', why: 'sensor-off' }] }));
    expect(open()).toMatchObject([{ rule: 'no-value', priority: 'medium' }]);
  });

  it('a wall sees nothing that tells who the patient is', () => {
    const { card } = ward();
    expect(card(true).patient?.displayName).toBe('OKAFOR, Ann');
    expect(card(false).patient).toMatchObject({
      displayName: '',
      birthDate: null,
      identifier: null,
      reason: null,
      sex: 'unknown',
    });
  });

  it('follows the patient to another bed and stops with the stay', () => {
    const { store, device, encounter, changes, reading, live, bed } = ward();
    reading(device.id, { hr: 72 });
    store.transact(() => {
      const current = store.assignments.current({ bedId: bed.id });
      if (current) store.assignments.end(current.id, NOON);
      store.encounters.save({ ...encounter, status: 'discharged', dischargedAt: NOON });
    });
    changes.encounter(encounter.id);
    expect(live.watched(encounter.id)).toBeUndefined();
    expect(live.routes().holders.get(bed.id) ?? []).toEqual([]);
  });
});

describe('early warning, live', () => {
  const well = { hr: 75, rr: 16, spo2: 98 };

  it('says what is missing and gives the total there is', () => {
    const { device, reading, pass, card } = ward();
    pass(5, () => reading(device.id, { ...well, rr: 22 }));
    expect(card().score).toMatchObject({ total: 2, complete: false, missing: ['oxygen', 'sbp', 'acvpu', 'temp'] });
  });

  it('takes the median of the last minute, so that one wild second does not score', () => {
    const { device, reading, pass, card } = ward();
    let second = 0;
    pass(60, () => reading(device.id, { ...well, hr: ++second === 30 ? 180 : 75 }));
    expect(card().score?.parts.pulse).toBe(0);
  });

  it('raises high at 7 after a minute, and lets go only when it was lower for five', () => {
    const { device, reading, pass, open } = ward();
    const sick = { hr: 135, rr: 26, spo2: 93 };
    const news = () => open().filter(({ rule }) => rule === 'news2');
    pass(58, () => reading(device.id, sick));
    expect(news()).toEqual([]);
    pass(5, () => reading(device.id, sick));
    expect(news()).toMatchObject([{ priority: 'high', extreme: 8, message: 'NEWS2 at least 8' }]);
    pass(280, () => reading(device.id, well));
    expect(news()).toMatchObject([{ endedAt: null }]);
    pass(120, () => reading(device.id, well));
    expect(news()).toMatchObject([{ signal: 'latched' }]);
  });

  it('does not score under 16 or in pregnancy', () => {
    const { device, reading, pass, card } = ward({ pregnant: true });
    pass(3, () => reading(device.id, { hr: 135, rr: 26, spo2: 93 }));
    expect(card().score).toMatchObject({ total: null, reason: 'pregnant' });
  });

  it('uses scale 2 and its own limits only where it was prescribed', () => {
    const { device, reading, pass, card, open } = ward({ spo2Scale: 2 });
    pass(60, () => reading(device.id, { ...well, spo2: 89 }));
    expect(card().score?.parts.spo2).toBe(0);
    expect(open()).toEqual([]);
  });

  it('as worked out later from the store agrees with what was shown', () => {
    const { store, device, encounter, reading, pass, card, history, time } = ward();
    pass(180, () => reading(device.id, { hr: 112, rr: 22, spo2: 94, temp: 38.4, 'nibp-sys': 104 }));
    store.transact(() => store.numerics.flush());
    const [then] = newsHistory(history, encounter.id, [time.now]);
    const { total, parts } = card().score ?? {};
    expect(then?.score).toMatchObject({ total, parts });
  });

  it('as worked out later scores nothing before it was measured', () => {
    const { store, device, encounter, reading, pass, history, time } = ward();
    pass(90);
    reading(device.id, { 'nibp-sys': 85 });
    store.transact(() => store.numerics.flush());
    const minute = Math.floor(time.now / 60_000) * 60_000;
    const scores = newsHistory(history, encounter.id, [minute, minute + 60_000]);
    expect(scores.map(({ score }) => score.parts.sbp)).toEqual([null, 3]);
  });
});

describe('technical alarms', () => {
  it('a lost monitor at an occupied bed is a medium alarm; after a start only when the grace is over', () => {
    const { device, presence, pass, open } = ward();
    presence(device.id, { online: false });
    pass(29);
    expect(open()).toEqual([]);
    pass(2);
    expect(open()).toMatchObject([{ rule: 'device-lost', priority: 'medium', deviceId: device.id }]);
    presence(device.id);
    pass(1);
    expect(open()).toEqual([]);
  });

  it('at an empty bed it is none', () => {
    const { store, live, pass, presence, open, bed, changes } = ward();
    const spare = makeDevice();
    store.transact(() => {
      store.devices.save(spare);
      const current = store.assignments.current({ bedId: bed.id });
      if (current) store.assignments.end(current.id, NOON);
    });
    changes.bed(bed.id);
    changes.device(spare.id);
    presence(spare.id, { online: false });
    pass(40);
    expect(live.routes().byDevice.has(spare.id)).toBe(false);
    expect(open().filter(({ deviceId }) => deviceId === spare.id)).toEqual([]);
  });

  it('F27 a lost broker is one alarm for the clinic, not one a device, and none is left when all is back', () => {
    const { device, reading, presence, pass, open, time } = ward();
    pass(31, () => reading(device.id, { hr: 75 }));
    time.brokerLostSince = time.now;
    presence(device.id, { online: false });
    pass(60);
    expect(open()).toMatchObject([{ rule: 'broker-lost', priority: 'medium', encounterId: null, deviceId: null }]);
    time.brokerLostSince = null;
    pass(5);
    presence(device.id);
    pass(40, () => reading(device.id, { hr: 75 }));
    expect(open()).toEqual([]);
  });

  it('two devices of one patient alarm apart', () => {
    const { store, device, encounter, changes, presence, pass, open } = ward();
    const patch = makeDevice({ id: 'patch-9' as DeviceId, type: 'wearable-patch' });
    store.transact(() => {
      store.devices.save(patch);
      store.devices.startTie(makeTie({ deviceId: patch.id, bedId: null, encounterId: encounter.id, startedAt: NOON }));
    });
    changes.device(patch.id);
    presence(device.id, { battery: 0.15 });
    presence(patch.id, { battery: 0.05 });
    pass(1);
    expect(
      open()
        .map(({ deviceId, priority }) => [deviceId, priority])
        .sort(),
    ).toEqual(
      [
        [device.id, 'low'],
        [patch.id, 'medium'],
      ].sort(),
    );
    presence(device.id, { battery: 0.22 });
    pass(1);
    expect(open()).toHaveLength(2);
    presence(device.id, { battery: 0.26 });
    pass(1);
    expect(open()).toMatchObject([{ deviceId: patch.id }]);
  });

  it('a device that is untied takes its alarms with it', () => {
    const { store, device, changes, presence, pass, open } = ward();
    presence(device.id, { battery: 0.05 });
    pass(1);
    expect(open()).toHaveLength(1);
    store.transact(() => store.devices.endTie(store.devices.openTie(device.id)?.id ?? '', NOON + 1_000));
    changes.device(device.id);
    pass(1);
    expect(open()).toEqual([]);
  });

  it('a fall stays until acknowledged', () => {
    const { device, live, time, open, card } = ward();
    live.sink.event({
      deviceId: device.id,
      at: time.now,
      receivedAt: time.now,
      kind: 'fall',
      detail: {},
      history: false,
    });
    expect(open()).toMatchObject([{ rule: 'fall', signal: 'latched', priority: 'medium' }]);
    expect(card().alarms).toHaveLength(1);
  });
});

describe('limit alarms are neither silenced nor stuck', () => {
  it('a second device without its sensor does not hide the values of the first', () => {
    const { store, device, encounter, changes, reading, pass, open, time } = ward();
    const oximeter = makeDevice({ id: 'oximeter-2' as DeviceId, type: 'pulse-oximeter' });
    store.transact(() => {
      store.devices.save(oximeter);
      store.devices.startTie(
        makeTie({ deviceId: oximeter.id, bedId: null, encounterId: encounter.id, startedAt: time.now }),
      );
    });
    changes.device(oximeter.id);
    pass(20, () => {
      reading(device.id, { hr: 75 }, { absent: [{ code: 'spo2', why: 'sensor-off' }] });
      reading(oximeter.id, { spo2: 70 });
    });
    expect(open().map(({ rule }) => rule)).toEqual(['spo2-low']);
  });

  it('one doubtful value in nine does not start the delay anew', () => {
    const { device, reading, pass, open } = ward();
    let second = 0;
    pass(20, () => {
      if (++second % 9 === 0) reading(device.id, {}, { implausible: ['spo2'] });
      else reading(device.id, { spo2: 70 });
    });
    expect(open().filter(({ rule }) => rule === 'spo2-low')).toMatchObject([{ priority: 'high' }]);
  });

  it('a pulse alarm gives way when the heart rate is back', () => {
    const { device, reading, pass, open } = ward();
    pass(15, () => reading(device.id, { pr: 150 }, { absent: [{ code: 'hr', why: 'lead-off' }] }));
    expect(open().some(({ rule, endedAt }) => rule === 'pr-high' && endedAt === null)).toBe(true);
    pass(5, () => reading(device.id, { pr: 80, hr: 80 }));
    expect(open().filter(({ rule, endedAt }) => rule === 'pr-high' && endedAt === null)).toEqual([]);
  });

  it('an absence nobody repeats is over after a while', () => {
    const { device, reading, pass, open } = ward();
    reading(device.id, { hr: 75 }, { absent: [{ code: 'etco2', why: 'sensor-off' }] });
    pass(2, () => reading(device.id, { hr: 75 }));
    expect(open()).toMatchObject([{ rule: 'no-value', code: 'etco2' }]);
    pass(120, () => reading(device.id, { hr: 75 }));
    expect(open()).toEqual([]);
  });

  it('a temperature taken by hand alarms at once, one charted late not at all', () => {
    const { store, encounter, changes, time, open } = ward();
    const taken = (value: number, observedAt: number, id: string) => {
      const charted = {
        id,
        encounterId: encounter.id,
        code: 'temp',
        value,
        observedAt,
        recordedAt: time.now,
        recordedBy: 'n' as UserId,
      };
      store.transact(() => store.observations.append([charted]));
      changes.observation(encounter.id, [charted]);
    };
    taken(41, time.now - 10 * MINUTE_MS, 'o1');
    expect(open()).toEqual([]);
    taken(41, time.now, 'o2');
    expect(open()).toMatchObject([{ rule: 'temp-high', priority: 'medium' }]);
  });

  it('a thermometer that speaks every ten minutes alarms too', () => {
    const { device, reading, time, open } = ward();
    for (let count = 0; count < 3; count += 1) {
      reading(device.id, { temp: 40.5 });
      time.now += 10 * MINUTE_MS;
    }
    expect(open()).toMatchObject([{ rule: 'temp-high' }]);
  });

  it('a value charted a minute ahead does not hide what the monitor says', () => {
    const { store, device, encounter, changes, time, reading, pass, value } = ward();
    const charted = {
      id: 'o1',
      encounterId: encounter.id,
      code: 'spo2',
      value: 97,
      observedAt: time.now + 60_000,
      recordedAt: time.now,
      recordedBy: 'n' as UserId,
    };
    store.transact(() => store.observations.append([charted]));
    changes.observation(encounter.id, [charted]);
    pass(3, () => reading(device.id, { spo2: 70 }));
    expect(value('spo2')?.value).toBe(70);
  });

  it('changed limits judge the value that stands', () => {
    const { store, device, encounter, changes, reading, open } = ward();
    reading(device.id, { 'nibp-sys': 85 });
    expect(open()).toMatchObject([{ rule: 'nibp-sys-low' }]);
    store.transact(() =>
      store.limits.save(
        makePersonalLimit({
          encounterId: encounter.id,
          code: 'nibp-sys',
          highLow: 60,
          mediumLow: 75,
          mediumHigh: null,
          highHigh: null,
        }),
      ),
    );
    changes.limits(encounter.id);
    expect(open()).toEqual([]);
  });

  it('a monitor that only says it is there is an alarm: nobody is watched by it', () => {
    const { device, reading, presence, pass, open } = ward();
    pass(40, () => reading(device.id, { hr: 75 }));
    pass(40, () => presence(device.id));
    expect(open()).toMatchObject([{ rule: 'no-readings', priority: 'medium' }]);
    pass(1, () => reading(device.id, { hr: 75 }));
    expect(open()).toEqual([]);
  });

  it('a device given to another patient takes none of the first one’s alarms along', () => {
    const first = ward();
    const other = settleIn(first.store);
    first.changes.encounter(other.encounter.id);
    first.presence(first.device.id, { battery: 0.05 });
    first.pass(1);
    expect(first.open()).toMatchObject([{ encounterId: first.encounter.id }]);
    first.store.transact(() => {
      first.store.devices.endTie(first.store.devices.openTie(first.device.id)?.id ?? '', first.time.now);
      first.store.devices.startTie(
        makeTie({ deviceId: first.device.id, bedId: other.bed.id, encounterId: null, startedAt: first.time.now }),
      );
    });
    first.changes.device(first.device.id);
    first.pass(1);
    expect(first.open()).toMatchObject([{ encounterId: other.encounter.id, bedId: other.bed.id }]);
  });

  it('F71 a hub that slept blames no device for its own silence', () => {
    const { device, reading, presence, pass, open, time } = ward();
    pass(40, () => reading(device.id, { hr: 75 }));
    time.now += 8 * HOUR_MS;
    presence(device.id, { online: false });
    pass(2);
    presence(device.id);
    pass(40, () => reading(device.id, { hr: 75 }));
    expect(open()).toEqual([]);
  });

  it('the NEWS2 alarm does not contradict the score beside it while it waits to end', () => {
    const { device, reading, pass, open } = ward();
    pass(65, () => reading(device.id, { hr: 135, rr: 26, spo2: 93 }));
    pass(100, () => reading(device.id, { hr: 75, rr: 16, spo2: 98 }));
    expect(open().find(({ rule }) => rule === 'news2')).toMatchObject({
      message: 'NEWS2 0, was 8',
      value: 0,
      extreme: 8,
      endedAt: null,
    });
  });

  it('an acknowledged lost device stays acknowledged over a short loss of the broker', () => {
    const { device, presence, pass, open, alarms, time } = ward();
    presence(device.id, { online: false });
    pass(31);
    const [lost] = open();
    const decision = lost && alarms.book.acknowledge(lost.id, 'n' as UserId, time.now);
    if (decision?.ok) alarms.book.accept(decision.value);
    time.brokerLostSince = time.now;
    pass(3);
    time.brokerLostSince = null;
    pass(60);
    expect(open()).toMatchObject([{ id: lost?.id, rule: 'device-lost', signal: 'ack' }]);
  });

  it('an alarm a full disk kept from being saved is saved when there is room', () => {
    const { store, device, reading, pass, failed, open } = ward();
    const { save } = store.alarms;
    Object.assign(store.alarms, {
      save: () => {
        throw new Error('disk full');
      },
    });
    pass(12, () => reading(device.id, { spo2: 70 }));
    expect(open()).toHaveLength(1);
    expect(failed.length).toBeGreaterThan(0);
    Object.assign(store.alarms, { save });
    pass(1);
    expect(store.alarms.listOpen()).toMatchObject([{ rule: 'spo2-low' }]);
  });
});

describe('after a restart of the hub', () => {
  it('what had expired stays expired: the monitoring interval is as it was', () => {
    const before = ward();
    before.pass(70, () => before.reading(before.device.id, { hr: 135, rr: 26, spo2: 93 }));
    expect(before.live.watched(before.encounter.id)?.state.interval).toBe('continuous');
    opened.reopen();
    const after = liveOn(opened.store, before.time.now);
    expect(after.live.watched(before.encounter.id)?.state.interval).toBe('continuous');
  });

  it('an alarm whose device was taken away does not stay for ever', () => {
    const before = ward();
    before.pass(15, () => before.reading(before.device.id, { spo2: 70 }));
    before.store.transact(() => {
      before.store.numerics.flush();
      before.store.devices.endTie(before.store.devices.openTie(before.device.id)?.id ?? '', before.time.now);
    });
    opened.reopen();
    const after = liveOn(opened.store, before.time.now);
    after.pass(5);
    expect(after.open().filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });

  it('values are back with their age, alarms are as they were, and none is raised twice', () => {
    const before = ward();
    const { device, bed, encounter } = before;
    before.pass(60, () => before.reading(device.id, { hr: 75, spo2: 80 }));
    before.store.transact(() => before.store.numerics.flush());
    const [alarm] = before.open().filter(({ rule }) => rule === 'spo2-low');
    expect(alarm).toMatchObject({ priority: 'high', signal: 'on' });
    opened.reopen();
    const later = before.time.now + 2 * MINUTE_MS;
    const after = liveOn(opened.store, later);
    const card = bedCard({ store: opened.store, live: after.live, book: after.alarms.book }, bed, true);
    expect(card.values.find(({ code }) => code === 'hr')).toMatchObject({ value: 75, at: before.time.now });
    expect(card.alarms).toContainEqual(alarm);
    after.pass(20, () => after.reading(device.id, { hr: 75, spo2: 80 }));
    expect(after.open().filter(({ rule }) => rule === 'spo2-low')).toMatchObject([
      { id: alarm?.id, signal: 'on', endedAt: null },
    ]);
    expect(after.live.watched(encounter.id)).toBeDefined();
  });

  it('a value too old to matter is not brought back as current', () => {
    const before = ward();
    before.reading(before.device.id, { hr: 75 });
    before.store.transact(() => before.store.numerics.flush());
    opened.reopen();
    const after = liveOn(opened.store, NOON + 20 * HOUR_MS);
    const card = bedCard({ store: opened.store, live: after.live, book: after.alarms.book }, before.bed, true);
    expect(card.values).toEqual([]);
  });
});

describe('the table of metrics', () => {
  it('names each code once and keeps units, ranges and words together', () => {
    const codes = METRICS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { plausible } of METRICS) expect(plausible[0]).toBeLessThan(plausible[1]);
  });
});
