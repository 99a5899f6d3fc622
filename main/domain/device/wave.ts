/** A waveform devices may send; `unit` is UCUM. */
export interface Wave {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
}

export const WAVES = [
  { name: 'ecg-i', label: 'ECG I', unit: 'uV' },
  { name: 'ecg-ii', label: 'ECG II', unit: 'uV' },
  { name: 'ecg-v', label: 'ECG V', unit: 'uV' },
  { name: 'pleth', label: 'Pleth', unit: '1' },
  { name: 'resp', label: 'Resp', unit: '1' },
  { name: 'abp', label: 'ABP', unit: 'mm[Hg]' },
  { name: 'heart-sound', label: 'Heart sound', unit: '1' },
] as const satisfies readonly Wave[];

const byName: ReadonlyMap<string, Wave> = new Map(WAVES.map((wave) => [wave.name, wave]));

/** The wave of a name, or undefined for one Wardline does not know. */
export function waveOf(name: string): Wave | undefined {
  return byName.get(name);
}
