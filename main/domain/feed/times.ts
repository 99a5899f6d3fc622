import { DELETED, type Message, type Segment } from './message.ts';
import { momentOf } from './moment.ts';

/** Where an event's own time stands, when EVN-6 is silent: PV1-44 admission, PV1-45 discharge. */
export const STATED_IN: Readonly<Record<string, number>> = { A01: 44, A04: 44, A03: 45 };

const LONGEST_SHOWN = 40;

/** The first time a message needs that cannot be read, in words for a person; undefined when all can. */
export function unreadableTime(message: Message, event: string, timeZone: string): string | undefined {
  const evn = message.first('EVN');
  const said = (segment: Segment | undefined, field: number) => {
    const text = segment?.value(field) ?? '';
    return text === DELETED ? '' : text;
  };
  const fails = (text: string) => text !== '' && momentOf(text, timeZone) === undefined;
  const words = (field: string, text: string) => `No readable time: ${field} is "${text.slice(0, LONGEST_SHOWN)}".`;
  const [recorded, occurred, sent] = [said(evn, 2), said(evn, 6), said(message.first('MSH'), 7)];
  const field = STATED_IN[event];
  const stated = field === undefined || occurred !== '' ? '' : said(message.first('PV1'), field);
  if (fails(recorded)) return words('EVN-2', recorded);
  if (fails(occurred)) return words('EVN-6', occurred);
  if (fails(stated)) return words(`PV1-${field}`, stated);
  const all = [recorded, occurred, stated, fails(sent) ? '' : sent];
  return all.every((text) => text === '') ? 'No readable time: the message says none.' : undefined;
}
