/** What a device may report beside numbers. `command-result` answers a command of the hub. */
export const EVENT_KINDS = [
  'button',
  'fall',
  'occlusion',
  'air-in-line',
  'door-open',
  'end-of-infusion',
  'reservoir-low',
  'battery-low',
  'lead-off',
  'dose-due',
  'dose-taken',
  'dose-skipped',
  'item-taken',
  'item-returned',
  'location',
  'calibration-due',
  'self-test-failed',
  'command-result',
] as const;

const kinds: ReadonlySet<string> = new Set(EVENT_KINDS);

export function knownEventKind(kind: string): boolean {
  return kinds.has(kind);
}
