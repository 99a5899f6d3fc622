import { waveOf } from '#domain/device/wave.ts';
import type { PlotColour } from '#renderer/ui/charts/plot.ts';
import { PIXELS_PER_MM, type WaveTrace } from '#renderer/ui/charts/wave-sweep.ts';

/** How a waveform is drawn and named. */
export interface WaveFace {
  readonly id: string;
  readonly label: string;
  /** Scale in words, e.g. "10 mm/mV". */
  readonly scaleWords: string;
  readonly colour: PlotColour;
  /** Height of the bar that stands for 1 mV, CSS pixels; null for signals without a fixed scale. */
  readonly barHeight: number | null;
}

const ORDER = ['ecg-ii', 'ecg-i', 'ecg-v', 'abp', 'pleth', 'resp', 'heart-sound'];
const COLOURS: Readonly<Record<string, PlotColour>> = {
  abp: 'vermillion',
  pleth: 'blue',
  resp: 'orange',
  'heart-sound': 'purple',
};
/** ECG paper: 10 mm a millivolt. */
const ECG_MM_PER_MV = 10;
/** Arterial pressure: the lane stands for this much, mmHg. */
const PRESSURE_SPAN = 220;

/** Waves from the top of the strip down: ECG first. */
export function waveOrder(one: string, other: string): number {
  const [left, right] = [one, other].map((wave) => (ORDER.indexOf(wave) + ORDER.length + 1) % (ORDER.length + 1));
  return (left ?? 0) - (right ?? 0) || one.localeCompare(other);
}

export function waveFace(wave: string): WaveFace {
  const ecg = wave.startsWith('ecg');
  return {
    id: wave,
    label: waveOf(wave)?.label ?? wave,
    scaleWords: ecg ? `${ECG_MM_PER_MV} mm/mV` : wave === 'abp' ? 'mmHg' : 'own scale',
    colour: ecg ? 'green' : (COLOURS[wave] ?? 'ink'),
    barHeight: ecg ? ECG_MM_PER_MV * PIXELS_PER_MM : null,
  };
}

/** What the sweep needs of a wave in a lane of `laneHeight` CSS pixels. */
export function waveTrace(wave: string, laneHeight: number, colour: string): WaveTrace {
  if (wave.startsWith('ecg')) {
    const microvolts = (laneHeight / (PIXELS_PER_MM * ECG_MM_PER_MV)) * 1_000;
    return { id: wave, colour, scale: { middle: microvolts * 0.15, span: microvolts } };
  }
  if (wave === 'abp') return { id: wave, colour, scale: { middle: PRESSURE_SPAN / 2, span: PRESSURE_SPAN } };
  return { id: wave, colour, scale: null };
}
