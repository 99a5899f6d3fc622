const REASONS: Readonly<Record<string, string>> = {
  'lead-off': 'Lead off',
  'sensor-off': 'Sensor off',
  'no-signal': 'No signal',
  artefact: 'Artefact, not shown',
  implausible: 'Impossible value refused',
  'device-lost': 'Device lost',
};

/** Why a device has no value, in words. */
export function absentWords(why: string | null): string {
  if (why === null) return 'No value';
  return REASONS[why] ?? why.replaceAll('-', ' ').replace(/^./u, (first) => first.toUpperCase());
}
