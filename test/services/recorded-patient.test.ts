import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '#domain/alarm/alarm.ts';
import { AlarmBook } from '#domain/alarm/alarm-book.ts';
import { DEFAULT_LIMITS, limitsFor } from '#domain/alarm/limits.ts';
import type { AcceptedReading } from '#domain/device/intake.ts';
import type { AlarmId, BedId, DeviceId, EncounterId, UserId } from '#domain/ids.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { PatientState } from '#domain/observation/patient-state.ts';
import { judgeLimits, judgePatient } from '#services/live-alarms.ts';
import type { Watched } from '#services/live-stays.ts';

const recording = new URL('../../../shared/data/numerics/mimic2_s25047_numerics_1min.csv', import.meta.url);
const MAP: Record<string, string> = {
  HR: 'hr',
  PULSE: 'pr',
  RESP: 'rr',
  SpO2: 'spo2',
  NBPSys: 'nibp-sys',
  NBPDias: 'nibp-dia',
  NBPMean: 'nibp-mean',
};
const minute = 60_000;

function makeWatched(): Watched {
  const facts = { spo2Scale: 1 as const, pregnant: false, ageYears: 70 };
  const state = new PatientState(facts, (code, onOxygen) =>
    limitsFor({ code, onOxygen, spo2Scale: 1, rows: DEFAULT_LIMITS, personal: [] }),
  );
  return { state, encounter: { id: 'stay' as EncounterId }, bedId: 'bed' as BedId } as Watched;
}

/** A row of the recording as the hub's door would let it through: zero is no value, implausible values are refused. */
function toReading(cells: Record<string, string>): AcceptedReading {
  const at = Number(cells.minute) * minute;
  const reading = {
    codes: [] as string[],
    values: [] as number[],
    absent: [] as { code: string; why: string }[],
    implausible: [] as string[],
  };
  for (const [column, code] of Object.entries(MAP)) {
    const cell = cells[column];
    if (cell === undefined || cell === '') continue;
    const value = Number(cell);
    const [low, high] = metricOf(code)?.plausible ?? [0, 0];
    if (value === 0) reading.absent.push({ code, why: 'no-value' });
    else if (value < low || value > high) reading.implausible.push(code);
    else {
      reading.codes.push(code);
      reading.values.push(value);
    }
  }
  return { deviceId: 'monitor' as DeviceId, at, receivedAt: at, history: false, behindMs: 0, ...reading };
}

function replay() {
  const [head, ...lines] = readFileSync(recording, 'utf8').trim().split('\n');
  const columns = (head ?? '').split(',');
  const watched = makeWatched();
  const history: Alarm[] = [];
  let number = 0;
  const book = new AlarmBook({ newId: () => `alarm-${++number}` as AlarmId, changed: (alarm) => history.push(alarm) });
  const shown: { minute: number; hr: number | null; spo2: number | null }[] = [];
  for (const line of lines) {
    const cells = Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell]));
    const reading = toReading(cells);
    for (const track of watched.state.accept(reading)) judgeLimits(book, watched, track, reading.at);
    watched.state.evaluate(reading.at);
    for (let second = 0; second < 60; second += 5) judgePatient(book, watched, reading.at + second * 1_000);
    // A nurse comes when the condition is over: only then does a later one stand as an alarm of its own.
    for (const alarm of book.open().filter(({ signal }) => signal === 'latched')) {
      const decision = book.acknowledge(alarm.id, 'nurse' as UserId, reading.at + 59_000);
      if (decision.ok) book.accept(decision.value);
    }
    const now = (code: string) => {
      const track = watched.state.tracks.get(code);
      return track?.absent ? null : (track?.value ?? null);
    };
    shown.push({ minute: Number(cells.minute), hr: now('hr'), spo2: now('spo2') });
  }
  const begun = (rule: string) =>
    [...new Set(history.filter((alarm) => alarm.rule === rule).map((alarm) => alarm.id))].map((id) =>
      history.filter((alarm) => alarm.id === id),
    );
  return { shown, history, begun };
}

describe('a recorded patient who is dying', () => {
  if (!existsSync(recording)) {
    it('the recording is not beside this checkout, so nothing was replayed', () => undefined);
    return;
  }

  it('is never shown a heart rate or saturation of zero', () => {
    const { shown } = replay();
    expect(shown.filter(({ hr, spo2 }) => hr === 0 || spo2 === 0)).toEqual([]);
    expect(shown.find(({ minute: at }) => at === 50)).toMatchObject({ hr: null, spo2: null });
  });

  it('raises one high alarm for the desaturation of minutes 40 to 45, with its nadir', () => {
    const during = replay()
      .begun('spo2-low')
      .filter(([first]) => first && first.beganAt >= 36 * minute && first.beganAt <= 46 * minute);
    expect(during).toHaveLength(1);
    expect(during[0]?.some(({ priority }) => priority === 'high')).toBe(true);
    expect(during[0]?.at(-1)?.extreme).toBe(42.9);
  });

  it('does not call single low minutes a desaturation', () => {
    const begins = replay()
      .begun('spo2-low')
      .map(([first]) => (first?.beganAt ?? 0) / minute);
    expect(begins).not.toContain(15);
    expect(begins).not.toContain(36);
    expect(begins).toEqual([41, 55, 71]);
  });

  it('with no heart rate but a pulse raises a technical alarm, not asystole', () => {
    const { history } = replay();
    expect(history.some(({ rule, code, kind }) => rule === 'no-value' && code === 'hr' && kind === 'technical')).toBe(
      true,
    );
    expect(history.filter(({ rule, beganAt }) => rule === 'hr-low' && beganAt >= 45 * minute)).toEqual([]);
  });

  it('takes a pulse of 277 without breath for an artefact, not a tachycardia', () => {
    const { history } = replay();
    expect(
      history.filter(({ rule, beganAt }) => rule === 'pr-high' && beganAt >= 62 * minute && beganAt <= 66 * minute),
    ).toEqual([]);
    expect(
      history.some(({ rule, code, message }) => rule === 'no-value' && code === 'pr' && message.includes('artefact')),
    ).toBe(true);
  });
});
