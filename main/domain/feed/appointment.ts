import type { Verdict } from './ack.ts';
import { error } from './header.ts';
import { locationOf } from './location.ts';
import type { Message, Segment } from './message.ts';
import { momentOf } from './moment.ts';
import type { ToldFlow, ToldSubject } from './news.ts';
import type { Group, Times } from './read-news.ts';

const CANCELLED: Readonly<Record<string, string>> = {
  S15: 'The appointment was cancelled.',
  S16: 'The appointment was discontinued.',
  S17: 'The appointment was deleted.',
  S26: 'The patient did not come to the appointment.',
};

const KEPT_AS = 'appointment ';

/** Whether a visit is known by the id of an appointment. */
export function isAppointment(visitNumber: string): boolean {
  return visitNumber.startsWith(KEPT_AS);
}

/** An appointment as an expected arrival, kept under its own id: a visit's number of the same message is another thing. */
export function readAppointment(
  message: Message,
  group: Group,
  event: string,
  times: Times,
): Omit<ToldSubject, 'person'> | Verdict {
  const sch = message.first('SCH');
  const id = (sch?.value(2) ?? '') || (sch?.value(1) ?? '');
  if (!sch || id === '') return error('SCH-1 and SCH-2 (appointment ids) are missing.', 'SCH-2', 101);
  const reason = (sch.value(7, 2) || sch.value(7)).slice(0, 200) || null;
  const cancelled = CANCELLED[event];
  const step: ToldFlow = cancelled
    ? { kind: 'cancelled', reason: cancelled }
    : { kind: 'expected', expectedAt: startOf(message, sch, times), location: placeOf(message, group), reason };
  return {
    visit: `${KEPT_AS}${id.slice(0, 80)}`,
    class: 'outpatient',
    reason,
    steps: [step],
    happenedAt: times.occurredAt ?? times.recordedAt,
    believed: null,
  };
}

/** TQ1-7, else SCH-11.4, else the start of what is booked. */
function startOf(message: Message, sch: Segment, { timeZone }: Times): number | null {
  const texts = [
    message.first('TQ1')?.value(7),
    sch.value(11, 4),
    message.first('AIL')?.value(6),
    message.first('AIS')?.value(4),
    message.first('AIG')?.value(8),
  ];
  for (const text of texts) {
    const at = momentOf(text ?? '', timeZone);
    if (at !== undefined) return at;
  }
  return null;
}

function placeOf(message: Message, { pv1 }: Group) {
  return locationOf(message.first('AIL'), 3) ?? locationOf(pv1, 3);
}
