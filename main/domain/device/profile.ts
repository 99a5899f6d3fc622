/** What a kind of device is and may send. `waves` and `events` name topics' contents as in devices.md. */
export interface DeviceProfile {
  readonly type: string;
  readonly label: string;
  /** Silence after which the device counts as lost. */
  readonly lostAfterMs: number;
  /** Whether losing it at the bedside is an alarm. */
  readonly bedside: boolean;
  /** Takes values one by one when somebody uses it. */
  readonly spot: boolean;
  readonly metrics: readonly string[];
  readonly waves: readonly string[];
  readonly events: readonly string[];
}
