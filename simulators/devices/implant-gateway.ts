import { HOUR_MS, SECOND_MS } from '#domain/time.ts';
import { createWaveforms } from '../physiology/waveform.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

const STRIP_SECONDS = 10;

/** The box beside the bed that reads an implanted device: each six hours its heart rate, activity and a strip of ECG. */
export function* implantGateway(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 6 * HOUR_MS;
  const shapes = createWaveforms(source.seed, ['ecg-ii']);
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    yield { kind: 'status', at, battery: batteryAt(source, at, 20_000) };
    if (!vitals) continue;
    yield { kind: 'readings', at, values: { hr: Math.round(vitals.hr), activity: vitals.activity } };
    for (const piece of shapes.next(STRIP_SECONDS, vitals)) {
      yield { kind: 'wave', at, startsAt: at - STRIP_SECONDS * SECOND_MS, piece };
    }
  }
}

export const implantGatewayType: DeviceType = {
  type: 'implant-gateway',
  model: 'Hearth 1',
  firmware: '4.0.0',
  metrics: ['hr', 'activity'],
  readings: implantGateway,
};
