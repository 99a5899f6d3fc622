import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { makeMemory, makeStation, NOON, type Station, topicOf } from '#test/helpers/network.ts';

const MONITOR = 'monitor-1';
const hello = (at = NOON, more: object = {}) => ({
  at,
  type: 'bedside-monitor',
  serial: 'S-1',
  metrics: ['hr', 'spo2'],
  ...more,
});
const reading = (seq: number, more: object = {}) => ({ seq, at: NOON, values: { hr: 72, spo2: 97 }, ...more });
const presence = ({ intake }: Station, device = MONITOR) => intake.presenceOf(device as DeviceId);
const known = ({ intake }: Station, device = MONITOR) => intake.knownOf(device as DeviceId);

describe('a device nobody admitted', () => {
  it('waits, is counted, and is not charted', () => {
    const memory = makeMemory();
    const station = makeStation({ memory, admitAll: false });
    station.hear(MONITOR, 'readings', reading(0));
    expect(station.counted('unknown-device')).toBe(1);
    station.hear(MONITOR, 'hello', hello());
    station.hear(MONITOR, 'readings', reading(1));
    expect(station.counted('not-admitted')).toBe(1);
    station.intake.flush()();
    expect(memory.devices.list()).toMatchObject([
      { id: MONITOR, type: 'bedside-monitor', admittedAt: null, firstSeenAt: NOON },
    ]);
    expect(station.readings).toEqual([]);
    expect(known(station)).toMatchObject({ messages: 3, refused: 2 });
  });

  it('is charted from the moment it is admitted, and no more once retired', () => {
    const memory = makeMemory();
    const station = makeStation({ memory, admitAll: false });
    station.hear(MONITOR, 'hello', hello());
    station.intake.flush()();
    const change = (facts: object) => {
      const device = memory.devices.find(MONITOR as DeviceId);
      if (device) memory.devices.save({ ...device, ...facts });
      station.intake.reload(MONITOR as DeviceId);
    };
    change({ admittedAt: NOON });
    station.hear(MONITOR, 'readings', reading(0));
    expect(station.readings).toHaveLength(1);
    change({ retiredAt: NOON });
    station.hear(MONITOR, 'readings', reading(1));
    expect(station.readings).toHaveLength(1);
    expect(station.counted('not-admitted')).toBe(1);
  });

  it('keeps its admission when it speaks between the command and the next flush', () => {
    const memory = makeMemory();
    const station = makeStation({ memory, admitAll: false });
    station.hear(MONITOR, 'hello', hello());
    station.intake.flush()();
    station.hear(MONITOR, 'hello', hello(NOON + 1, { firmware: '2.0' }));
    const device = memory.devices.find(MONITOR as DeviceId);
    if (device) memory.devices.save({ ...device, admittedAt: NOON });
    station.intake.reload(MONITOR as DeviceId);
    station.intake.flush()();
    expect(memory.devices.find(MONITOR as DeviceId)).toMatchObject({ admittedAt: NOON, firmware: '2.0' });
  });

  it('may be one of ten thousand and no more', () => {
    const station = makeStation({ admitAll: false });
    for (let index = 0; index < 10_050; index += 1) station.hear(`d${index}`, 'hello', hello());
    expect(station.intake.known()).toHaveLength(10_000);
    expect(station.counted('unknown-device')).toBe(50);
  });

  it('is admitted on sight in the demo, even without a hello', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(5));
    expect(station.readings).toMatchObject([
      { deviceId: MONITOR, codes: ['hr', 'spo2'], values: [72, 97], history: false },
    ]);
    expect(station.counted('gap')).toBe(0);
  });
});

describe('a message', () => {
  it('F01 that cannot be read is counted, and the third in a row marks the device', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', '');
    station.hear(MONITOR, 'readings', '{"seq":');
    expect(known(station)?.badData).toBe(false);
    station.hear(MONITOR, 'readings', 'xyz');
    expect(known(station)).toMatchObject({ badData: true, refused: 3 });
    expect(station.counted('not-json', MONITOR)).toBe(3);
    station.hear(MONITOR, 'readings', reading(0));
    expect(known(station)?.badData).toBe(false);
  });

  it('F01 F09 refused three times in a row, for whatever its data are, marks the device until one is taken', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    for (const seq of [0, 1, 2]) station.hear(MONITOR, 'readings', reading(seq));
    // Started again with the clock of its factory: the count goes on and every number was seen.
    station.hear(MONITOR, 'hello', hello(1_000));
    for (const seq of [0, 1]) station.hear(MONITOR, 'readings', reading(seq, { at: 2_000 }));
    expect(known(station)?.badData).toBe(false);
    station.hear(MONITOR, 'readings', reading(2, { at: 2_000 }));
    expect(known(station)?.badData).toBe(true);
    station.hear(MONITOR, 'status', { at: NOON, online: true, battery: 0.5 });
    station.hear(MONITOR, 'hello', hello(1_000));
    expect(known(station)?.badData).toBe(true);
    station.hear(MONITOR, 'readings', reading(3));
    expect(known(station)?.badData).toBe(false);
    for (const seq of [4, 5]) station.hear(MONITOR, 'readings', reading(seq, { at: NOON + HOUR_MS }));
    station.hear(MONITOR, 'readings', reading(Number.MAX_SAFE_INTEGER));
    expect(known(station)?.badData).toBe(true);
  });

  it('F03 that the broker or the device gives again on purpose, as history, is no bad data', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    for (const seq of [0, 1, 2, 3]) station.hear(MONITOR, 'readings', reading(seq));
    for (const seq of [0, 1, 2, 3]) station.hear(MONITOR, 'readings', reading(seq, { replay: true }));
    for (const seq of [0, 1, 2, 3]) station.hear(MONITOR, 'readings', reading(seq), { retain: true });
    for (const seq of [0, 1, 2, 3]) station.hear(MONITOR, 'readings', reading(seq), { dup: true });
    expect(station.counted('duplicate')).toBe(12);
    expect(known(station)?.badData).toBe(false);
  });

  it('is no bad data while nobody admitted its device', () => {
    const station = makeStation({ admitAll: false });
    station.hear(MONITOR, 'hello', hello());
    for (const seq of [0, 1, 2]) station.hear(MONITOR, 'readings', reading(seq));
    expect(known(station)?.badData).toBe(false);
  });

  it('F02 that is too large is refused and only its first 512 bytes kept', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', Buffer.alloc(100_000, 'x'));
    expect(station.intake.quarantineRows()).toMatchObject([{ reason: 'too-large', count: 1 }]);
    expect(station.intake.quarantineRows()[0]?.sample).toHaveLength(512);
  });

  it('F03 that comes twice has one effect', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    for (const seq of [0, 1, 1, 0]) station.hear(MONITOR, 'readings', reading(seq));
    expect(station.readings).toHaveLength(2);
    expect(station.counted('duplicate')).toBe(2);
    expect(known(station)?.refused).toBe(2);
  });

  it('F03 counts each topic by itself', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(0));
    station.hear(MONITOR, 'event', { seq: 0, at: NOON, kind: 'button' });
    station.hear(MONITOR, 'event', { seq: 0, at: NOON, kind: 'button' });
    expect(station.readings).toHaveLength(1);
    expect(station.events).toMatchObject([{ kind: 'button', history: false }]);
  });

  it('F05 out of order by up to 50 is stored once, by its own time', () => {
    const order = fc.shuffledSubarray(
      Array.from({ length: 50 }, (_, index) => index),
      { minLength: 50 },
    );
    fc.assert(
      fc.property(order, (seqs) => {
        const station = makeStation();
        station.hear(MONITOR, 'hello', hello());
        for (const seq of seqs) station.hear(MONITOR, 'readings', reading(seq, { at: NOON - 50_000 + seq * 1_000 }));
        const times = station.readings.map(({ at }) => at).sort((left, right) => left - right);
        expect(times).toEqual(Array.from({ length: 50 }, (_, seq) => NOON - 50_000 + seq * 1_000));
        expect(station.readings.every(({ history }) => !history)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.each([10 * MINUTE_MS, 253_402_300_799_000 - NOON])(
    'F06 from %d ms in the future is refused and the device shown as skewed',
    (ahead) => {
      const station = makeStation();
      station.hear(MONITOR, 'hello', hello());
      station.hear(MONITOR, 'readings', reading(0, { at: NOON + ahead }));
      expect(station.readings).toEqual([]);
      expect(station.counted('future-clock')).toBe(1);
      expect(presence(station)?.skewed).toBe(true);
      expect(station.presences.at(-1)?.presence.skewed).toBe(true);
    },
  );

  it('F06 from the future keeps no later hello from counting', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello(NOON + HOUR_MS));
    expect(station.counted('future-clock')).toBe(1);
    station.hear(MONITOR, 'hello', hello(NOON));
    station.intake.flush()();
    expect(station.heard.at(-1)).toMatchObject({ helloAt: NOON });
  });

  it('F07 an hour old is history, marked, and shows the device as skewed', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(0, { at: NOON - HOUR_MS }));
    expect(station.readings).toMatchObject([{ at: NOON - HOUR_MS, history: true }]);
    expect(station.counted('stale-clock')).toBe(1);
    expect(presence(station)?.skewed).toBe(true);
  });

  it('F07 replayed by the device is history without a mark', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(0, { at: NOON - HOUR_MS, replay: true }));
    expect(station.readings).toMatchObject([{ history: true }]);
    expect(station.counted('stale-clock')).toBe(0);
    expect(presence(station)?.skewed).toBe(false);
  });

  it('F07 of a waveform that is old is not drawn', () => {
    const station = makeStation();
    const wave = { seq: 0, at: NOON - HOUR_MS, wave: 'pleth', rate: 50, unit: '1', gain: 1, offset: 0, data: 'AAAB' };
    station.hear(MONITOR, 'wave', { ...wave, data: Buffer.alloc(4).toString('base64') });
    station.hear(MONITOR, 'wave', { ...wave, seq: 1, at: NOON, data: Buffer.alloc(4).toString('base64') });
    expect(station.waves).toHaveLength(1);
  });

  it('F08 recorded and played again after a restart of the hub is dropped', () => {
    const memory = makeMemory();
    const before = makeStation({ memory });
    before.hear(MONITOR, 'hello', hello());
    for (const seq of [0, 1, 2, 5, 4]) before.hear(MONITOR, 'readings', reading(seq));
    before.intake.flush()();
    const after = makeStation({ memory });
    after.hear(MONITOR, 'hello', hello(), { retain: true });
    for (const seq of [0, 1, 2, 5, 4]) after.hear(MONITOR, 'readings', reading(seq));
    expect(after.readings).toEqual([]);
    after.hear(MONITOR, 'readings', reading(3));
    expect(after.readings).toHaveLength(1);
  });

  it('F09 numbered from 0 again counts only after a later hello', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    for (let seq = 0; seq < 1_500; seq += 1) station.hear(MONITOR, 'readings', reading(seq));
    station.hear(MONITOR, 'readings', reading(0));
    station.hear(MONITOR, 'hello', hello(NOON - 1));
    station.hear(MONITOR, 'hello', hello(NOON));
    station.hear(MONITOR, 'readings', reading(0));
    expect(station.readings).toHaveLength(1_500);
    station.hear(MONITOR, 'hello', hello(NOON + 1));
    station.hear(MONITOR, 'readings', reading(0));
    expect(station.readings).toHaveLength(1_501);
  });

  it('F09 knows a device started again while the hub was down', () => {
    const memory = makeMemory();
    const before = makeStation({ memory });
    before.hear(MONITOR, 'hello', hello());
    before.hear(MONITOR, 'readings', reading(0));
    before.intake.flush()();
    const after = makeStation({ memory });
    after.hear(MONITOR, 'hello', hello(NOON + 1), { retain: true });
    after.hear(MONITOR, 'readings', reading(0));
    expect(after.readings).toHaveLength(1);
  });

  it('F12 with one implausible value gives the good ones and names the bad one', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(0, { values: { hr: 999, spo2: 97 } }));
    expect(station.readings).toMatchObject([{ codes: ['spo2'], values: [97], implausible: ['hr'] }]);
    expect(station.intake.quarantineRows()).toMatchObject([{ reason: 'implausible', detail: 'hr=999' }]);
  });

  it('F14 F16 that fails its form is refused whole and leaves a gap', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    station.hear(MONITOR, 'readings', reading(0));
    station.hear(MONITOR, 'readings', `{"seq":1,"at":${NOON},"values":{"hr":72,"hr":300}}`);
    station.hear(MONITOR, 'readings', reading(2));
    expect(station.readings).toHaveLength(2);
    expect(station.counted('schema')).toBe(1);
    station.intake.settleGaps();
    expect(station.intake.quarantineRows().find(({ reason }) => reason === 'gap')?.detail).toBe('1 lost before seq 2');
  });

  it('F05 that comes out of order within two seconds leaves no gap, and none before its device was admitted', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    for (const seq of [0, 3, 1, 2, 4]) station.hear(MONITOR, 'readings', reading(seq));
    station.intake.settleGaps();
    expect(station.counted('gap')).toBe(0);
  });

  it('F18 on no topic of a device, or of another clinic, is refused', () => {
    const station = makeStation();
    for (const topic of [
      'clinic/demo/device/A/readings',
      'clinic/other/device/a/readings',
      'clinic/demo/device/a/x',
      'x',
      '',
    ]) {
      station.intake.receive(topic, Buffer.from('{}'), { retain: false, dup: false, qos: 1 });
    }
    expect(station.counted('schema')).toBe(5);
    expect(station.intake.known()).toEqual([]);
  });

  it('F18 that names another device in its payload is refused', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(0, { device: 'monitor-2' }));
    expect(station.readings).toEqual([]);
    expect(station.counted('wrong-device')).toBe(1);
  });

  it('F21 retained by the broker is history, never live', () => {
    const station = makeStation();
    station.hear(MONITOR, 'readings', reading(0, { values: { spo2: 31 } }), { retain: true });
    station.hear(MONITOR, 'event', { seq: 0, at: NOON, kind: 'fall' }, { retain: true });
    expect(station.readings).toMatchObject([{ history: true }]);
    expect(station.events).toMatchObject([{ history: true }]);
    expect(presence(station)?.online).toBe(false);
  });

  it('of our own to a device is passed over', () => {
    const station = makeStation();
    station.hear(MONITOR, 'command', { id: 'c-1', kind: 'identify', body: {} });
    expect(station.intake.quarantineRows()).toEqual([]);
    expect(station.intake.known()).toEqual([]);
  });

  it('that makes a part of ours fail stops nothing', () => {
    const station = makeStation();
    Object.assign(station.readings, {
      push: () => {
        throw new Error('no more');
      },
    });
    station.hear(MONITOR, 'readings', reading(0));
    station.hear(MONITOR, 'event', { seq: 0, at: NOON, kind: 'button' });
    expect(station.faults).toHaveLength(1);
    expect(station.events).toHaveLength(1);
  });
});

describe('whether a device is there', () => {
  const later = (station: Station, ms: number) => {
    station.time.now += ms;
    station.intake.tick(station.time.now);
  };

  it('F22 is found by the hub: ten silent seconds lose a monitor though no Will came', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    expect(presence(station)?.online).toBe(true);
    later(station, 10_000);
    expect(presence(station)?.online).toBe(true);
    later(station, 1);
    expect(presence(station)?.online).toBe(false);
    expect(station.presences.at(-1)?.presence.online).toBe(false);
    station.hear(MONITOR, 'readings', reading(0, { at: station.time.now }));
    expect(presence(station)?.online).toBe(true);
  });

  it('F22 is not decided by a forged Will while the device goes on speaking', () => {
    const station = makeStation();
    station.hear(MONITOR, 'hello', hello());
    station.hear(MONITOR, 'status', { online: false });
    for (let seq = 0; seq < 30; seq += 1) {
      later(station, 1_000);
      station.hear(MONITOR, 'readings', reading(seq, { at: station.time.now }));
      expect(presence(station)?.online).toBe(true);
    }
    expect(station.presences.some(({ presence: told }) => !told.online)).toBe(false);
  });

  it('F22 takes a Will for a hint where a kind of device may be silent for long', () => {
    const station = makeStation();
    station.hear('cgm-1', 'hello', { at: NOON, type: 'cgm', units: { glucose: 'mmol/L' } });
    later(station, 60_000);
    expect(presence(station, 'cgm-1')?.online).toBe(true);
    station.hear('cgm-1', 'status', { online: false });
    expect(presence(station, 'cgm-1')?.online).toBe(true);
    later(station, 16_000);
    expect(presence(station, 'cgm-1')?.online).toBe(false);
  });

  it('F22 is not brought to life by an old copy of its status', () => {
    const station = makeStation();
    station.hear(MONITOR, 'status', { online: true, battery: 0.5 }, { retain: true });
    expect(presence(station)).toMatchObject({ online: false, battery: 0.5, lastMessageAt: null });
  });

  it('is remembered over a restart and then judged from the restart on', () => {
    const memory = makeMemory();
    const before = makeStation({ memory });
    before.hear(MONITOR, 'hello', hello());
    before.hear(MONITOR, 'status', { online: true, battery: 0.42 });
    before.intake.flush()();
    const after = makeStation({ memory });
    expect(presence(after)).toMatchObject({ online: true, battery: 0.42 });
    later(after, 10_001);
    expect(presence(after)?.online).toBe(false);
  });
});

describe('what waits to be stored', () => {
  it('is handed over again when the transaction failed, and not again once it held', () => {
    const memory = makeMemory();
    const station = makeStation({ memory });
    station.hear(MONITOR, 'hello', hello());
    station.hear(MONITOR, 'readings', reading(0));
    station.hear(MONITOR, 'readings', 'garbage');
    station.intake.flush();
    expect(station.heard).toEqual([]);
    const added: number[] = [];
    const marked: number[] = [];
    Object.assign(memory.quarantine, {
      add: (rows: { count: number }[]) => added.push(...rows.map(({ count }) => count)),
    });
    Object.assign(memory.sequences, { saveAll: (marks: unknown[]) => marked.push(marks.length) });
    station.hear(MONITOR, 'readings', 'garbage');
    station.intake.flush()();
    expect(added).toEqual([2]);
    expect(marked).toEqual([1]);
    expect(station.heard).toMatchObject([{ id: MONITOR }]);
    station.intake.flush()();
    expect(added).toEqual([2]);
    expect(marked).toEqual([1, 0]);
    expect(station.heard).toHaveLength(1);
  });

  it('stays bounded under a flood of bad messages from ever new devices', () => {
    const station = makeStation();
    for (let index = 0; index < 20_000; index += 1) station.hear(`d${index}`, 'readings', 'garbage');
    expect(station.intake.quarantineRows().length).toBeLessThanOrEqual(2_001);
    expect(station.counted('not-json')).toBe(20_000);
  });

  it('names no topic or key in letters a screen cannot show', () => {
    const station = makeStation();
    station.intake.receive('clinic/demo/device/\u202e/readings', Buffer.from('x'), {
      retain: false,
      dup: false,
      qos: 0,
    });
    station.hear(MONITOR, 'readings', reading(0, { values: { '\u202e': null } }));
    for (const row of station.intake.quarantineRows()) expect(`${row.topic}${row.detail ?? ''}`).toMatch(/^[ -~]*$/);
    expect(topicOf(MONITOR, 'readings')).toBe('clinic/demo/device/monitor-1/readings');
  });
});
