import { type Header, MOST_REPEATED, NO_HEADER, type Verdict } from './ack.ts';
import { countHeaders, readMessage } from './message.ts';

/** What this clinic takes, by message type: trigger events of ADT and SIU that mean something here. */
const TAKEN_EVENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  ADT: new Set([
    ...['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A09', 'A10', 'A11', 'A12', 'A13', 'A14', 'A15', 'A16'],
    ...['A17', 'A20', 'A21', 'A22', 'A23', 'A24', 'A25', 'A26', 'A27', 'A28', 'A29', 'A31', 'A40', 'A41', 'A45', 'A47'],
    'A60',
  ]),
  SIU: new Set(['S12', 'S13', 'S14', 'S15', 'S16', 'S17', 'S26']),
};

/** The header of a frame whose bytes are given a character each, lines ended by CR; what cannot be read is empty. */
export function headerOf(bytes: string): Header {
  const end = bytes.indexOf('\r');
  const message = readMessage(end === -1 ? bytes : bytes.slice(0, end));
  const header = message?.first('MSH');
  if (!message || !header) return NO_HEADER;
  const { separators } = message;
  const raw = (field: number) => repeated(header.raw(field));
  const named = raw(9).split(separators.component || '^');
  return {
    separators,
    marks: raw(2),
    sender: [raw(3), raw(4)],
    receiver: [raw(5), raw(6)],
    type: (named[0] ?? '').trim().toUpperCase(),
    event: eventOf(named[1] ?? '', bytes, separators.field),
    controlId: raw(10),
    processing: raw(11),
    version: header.value(12).slice(0, 20),
    acceptAck: header.value(15),
    applicationAck: header.value(16),
    characterSet: raw(18),
  };
}

/** MSH-9 decides; only where it names no event may EVN-1. */
function eventOf(named: string, bytes: string, field: string): string {
  const event = named.trim().toUpperCase();
  if (event !== '') return event;
  const at = bytes.indexOf('\rEVN');
  const line = at === -1 ? '' : (bytes.slice(at + 1, at + 40).split('\r')[0] ?? '');
  const own = line.split(field)[1]?.trim() ?? '';
  return /^[A-Z]\d\d$/.test(own) ? own : '';
}

/** A control character in a header would break the answer's own frame. */
function repeated(text: string): string {
  const fit = [...text.slice(0, MOST_REPEATED + 1)].filter((byte) => byte >= ' ' && byte !== '\x7f');
  return fit.join('');
}

/** Why a message is not even looked at; undefined: it is. */
export function faultOf(header: Header, bytes: string): Verdict | undefined {
  if (header === NO_HEADER) return error('The message does not begin with MSH and its separators.', 'MSH', 100);
  if (header.type === '') return error('MSH-9 (message type) is missing.', 'MSH-9', 101);
  if (header.controlId === '') return error('MSH-10 (message control id) is missing.', 'MSH-10', 101);
  if (header.controlId.length > MOST_REPEATED) return error('MSH-10 is longer than 250 characters.', 'MSH-10', 102);
  if (countHeaders(bytes) > 1) return error('More than one message in one frame: nothing of it was taken.', 'MSH', 100);
  const processing =
    header.processing
      .split(header.separators.component || '^')[0]
      ?.trim()
      .toUpperCase() ?? '';
  if (!['', 'P', 'T', 'D'].includes(processing)) {
    return reject('MSH-11: unsupported processing id; P, T and D are taken.', 'MSH-11', 202);
  }
  if (!/^(?:2(?:\.\d+)*)?$/.test(header.version)) {
    return reject('MSH-12: unsupported version; 2.x is taken.', 'MSH-12', 203);
  }
  const events = TAKEN_EVENTS[header.type];
  if (!events) return reject('MSH-9: unsupported message type; ADT and SIU are taken.', 'MSH-9', 200);
  if (header.event === '') return error('MSH-9.2 (trigger event) is missing.', 'MSH-9', 101);
  return events.has(header.event) ? undefined : reject('MSH-9: unsupported event.', 'MSH-9', 201);
}

export function error(why: string, field: string, condition: Verdict['condition']): Verdict {
  return { code: 'AE', why, field, condition };
}

export function reject(why: string, field: string | null, condition: Verdict['condition']): Verdict {
  return { code: 'AR', why, field, condition };
}
