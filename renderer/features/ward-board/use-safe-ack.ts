import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import type { AlarmId, BedId } from '#domain/ids.ts';
import { useClinic } from '#renderer/client/context.ts';
import { useCommand } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';

export type CardAlarmRecord = BedLive['alarms'][number];

/** So long a worse alarm must have been on the card before a press can mean it. */
const SEEN_MS = 1_000;

/** The alarm the card's Ack answers: the worst nobody has answered. `alarms`: worst first. */
export function toAnswer(alarms: readonly CardAlarmRecord[]): CardAlarmRecord | undefined {
  return alarms.find(({ signal }) => signal !== 'ack');
}

/** Priority and message, as the card and its notices say them. */
export function alarmWords({ priority, message }: CardAlarmRecord): string {
  return `${PRIORITY_WORDS[priority]} ${message}`;
}

/** Whether `next` came in ahead of `former` while that still waits: who pressed cannot have meant it. */
function pushedAside(
  former: CardAlarmRecord,
  next: CardAlarmRecord | undefined,
  alarms: readonly CardAlarmRecord[],
): boolean {
  return (
    next !== undefined && next.id !== former.id && alarms.some(({ id, signal }) => id === former.id && signal !== 'ack')
  );
}

interface SafeAckInput {
  readonly bedId: BedId;
  readonly bedLabel: string;
  readonly alarms: readonly CardAlarmRecord[];
  /** The alarm that is drawn with the button. */
  readonly drawn: CardAlarmRecord;
}

/**
 * Acknowledges the alarm that was drawn when the button went down, and no other. When a worse one took its place less
 * than a second before, nothing is acknowledged and the worse one is named.
 */
export function useSafeAck({ bedId, bedLabel, alarms, drawn }: SafeAckInput) {
  const { beds } = useClinic();
  const acknowledge = useCommand((hub, input: { alarmId: AlarmId }) => hub.alarms.acknowledge(input));
  const shown = useRef({ drawn, worseSince: Number.NEGATIVE_INFINITY });
  const pressed = useRef<{ drawn: CardAlarmRecord; worseSince: number; at: number } | null>(null);
  useEffect(() => {
    const before = shown.current;
    if (before.drawn.id === drawn.id) return;
    const worse = pushedAside(before.drawn, drawn, alarms);
    shown.current = { drawn, worseSince: worse ? performance.now() : Number.NEGATIVE_INFINITY };
  }, [drawn, alarms]);

  function press() {
    pressed.current = { ...shown.current, drawn, at: performance.now() };
  }

  async function answer(byPointer: boolean) {
    const meant = (byPointer ? pressed.current : null) ?? { ...shown.current, drawn, at: performance.now() };
    pressed.current = null;
    const known = beds.bed(bedId)?.alarms ?? alarms;
    const worst = toAnswer(known);
    const unseen = pushedAside(meant.drawn, worst, known) ? worst : undefined;
    const worse = unseen ?? (meant.at - meant.worseSince < SEEN_MS ? meant.drawn : undefined);
    if (worse) {
      notifications.show({
        title: 'Nothing was acknowledged',
        message: `Bed ${bedLabel}: a worse alarm came in just now: ${alarmWords(worse)}. Press Ack again to acknowledge it.`,
      });
      return;
    }
    const done = await acknowledge.run({ alarmId: meant.drawn.id });
    if (done === undefined) return;
    notifications.show({ message: `Acknowledged, bed ${bedLabel}: ${alarmWords(meant.drawn)}` });
  }

  return { press, answer, pending: acknowledge.pending, error: acknowledge.error && sayError(acknowledge.error) };
}
