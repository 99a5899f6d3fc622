import { createHeart, type Lead } from './heart.ts';
import type { Vitals } from './patient.ts';
import { createRandom } from './random.ts';

/** A piece of waveform as a device sends it: physical value = raw x gain + offset. */
export interface WavePiece {
  readonly wave: string;
  /** Samples a second. */
  readonly rate: number;
  readonly unit: string;
  readonly gain: number;
  readonly offset: number;
  readonly raw: Int16Array;
}

export interface Waveforms {
  /** The next pieces of every wave asked for. Wanted: a length that is a whole number of samples for each. */
  next(seconds: number, vitals: Vitals): WavePiece[];
}

const HEART_RATE = 250;
const RATES: Readonly<Record<string, number>> = { pleth: 125, resp: 25, abp: 125 };
const ECG_GAIN = 2.5;

/** Pressure of one pulse over its beat, 0 to about 1: upstroke, peak, notch, run-off. `phase` from the R wave. */
function pulseShape(phase: number): number {
  const since = (phase - 1.15 + 4 * Math.PI) % (2 * Math.PI);
  const peak = Math.exp(-(((since - 0.9) / 0.52) ** 2));
  const notch = 0.42 * Math.exp(-(((since - 2.35) / 0.7) ** 2));
  return peak + notch;
}

function toInt16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}

/** The waves of one bedside: ECG leads from the heart model, pulse and breath in step with it. */
export function createWaveforms(seed: number, waves: readonly string[]): Waveforms {
  const leads = waves.filter((wave): wave is Lead => wave.startsWith('ecg-'));
  const heart = createHeart({ seed, rate: HEART_RATE, leads: leads.length > 0 ? leads : ['ecg-ii'] });
  const random = createRandom(seed ^ 0x77);
  let breathPhase = 2 * Math.PI * random.next();
  let sample = 0;

  function pulseValue(wave: string, pulse: number, vitals: Vitals): number {
    if (wave === 'abp') return (vitals.dia + (vitals.sys - vitals.dia) * Math.min(1, pulse)) * 10;
    const breath = 1 + 0.06 * Math.sin(breathPhase);
    return 1_000 * pulse * breath + 4 * random.normal();
  }

  return {
    next(seconds, vitals) {
      heart.command({ heartRate: vitals.hr, breathingRate: vitals.rr, rhythm: vitals.rhythm });
      if (random.chance((vitals.ectopics * seconds) / 60)) heart.ectopic();
      const count = Math.round(seconds * HEART_RATE);
      const buffers = new Map(waves.map((wave) => [wave, [] as number[]]));
      for (let index = 0; index < count; index += 1) {
        const { millivolts, phase, stroke } = heart.next();
        const before = breathPhase;
        breathPhase = (breathPhase + (2 * Math.PI * vitals.rr) / 60 / HEART_RATE) % (2 * Math.PI);
        const pulse = stroke * pulseShape(phase);
        for (const [lead, name] of leads.entries()) {
          const noise = 6 * random.normal();
          buffers.get(name)?.push(toInt16(((millivolts[lead] ?? 0) * 1_000 + noise) / ECG_GAIN));
        }
        for (const wave of waves) {
          const rate = RATES[wave];
          if (rate === undefined || sample % (HEART_RATE / rate) !== 0) continue;
          const value =
            wave === 'resp' ? 900 * (Math.sin(before) + 0.2 * Math.sin(2 * before)) : pulseValue(wave, pulse, vitals);
          buffers.get(wave)?.push(toInt16(value));
        }
        sample += 1;
      }
      return [...buffers].map(([wave, values]) => ({
        wave,
        rate: wave.startsWith('ecg-') ? HEART_RATE : (RATES[wave] ?? HEART_RATE),
        unit: wave.startsWith('ecg-') ? 'uV' : wave === 'abp' ? 'mm[Hg]' : '1',
        gain: wave.startsWith('ecg-') ? ECG_GAIN : wave === 'abp' ? 0.1 : 0.001,
        offset: 0,
        raw: Int16Array.from(values),
      }));
    },
  };
}
