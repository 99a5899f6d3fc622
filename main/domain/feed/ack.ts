import type { Separators } from './message.ts';
import { USUAL } from './message.ts';

/** How one message was taken. `AE`: its content is at fault, or send it again; `AR`: of a kind not taken here, or no room. */
export type AckCode = 'AA' | 'AE' | 'AR';

export interface Verdict {
  readonly code: AckCode;
  /** Why not, in plain ASCII words that name the field; null with AA. */
  readonly why: string | null;
  /** Segment and field at fault, `PID-3`; null when there is none. */
  readonly field: string | null;
  /** HL7 table 0357. */
  readonly condition: keyof typeof CONDITIONS;
}

const CONDITIONS = {
  0: 'Message accepted',
  100: 'Segment sequence error',
  101: 'Required field missing',
  102: 'Data type error',
  200: 'Unsupported message type',
  201: 'Unsupported event code',
  202: 'Unsupported processing id',
  203: 'Unsupported version id',
  207: 'Application internal error',
} as const;

export const TAKEN: Verdict = { code: 'AA', why: null, field: null, condition: 0 };

/** What an answer repeats of the message's own header, each byte a character, whatever its character set. */
export interface Header {
  readonly separators: Separators;
  /** MSH-2 as it came. */
  readonly marks: string;
  /** MSH-3 … MSH-6. */
  readonly sender: readonly [string, string];
  readonly receiver: readonly [string, string];
  readonly type: string;
  readonly event: string;
  readonly controlId: string;
  readonly processing: string;
  readonly version: string;
  /** MSH-15 and MSH-16. */
  readonly acceptAck: string;
  readonly applicationAck: string;
  readonly characterSet: string;
}

/** Longest header field repeated in an answer, and longest control id taken. */
export const MOST_REPEATED = 250;

/** A header with nothing in it, for what was no message. */
export const NO_HEADER: Header = {
  separators: USUAL,
  marks: '^~\\&',
  sender: ['', ''],
  receiver: ['', ''],
  type: '',
  event: '',
  controlId: '',
  processing: '',
  version: '',
  acceptAck: '',
  applicationAck: '',
  characterSet: '',
};

/**
 * MSA-1, or null where the sender wants no answer. Enhanced mode is asked for by a value in MSH-15 or MSH-16; then the
 * one answer is the commit where MSH-15 wants it, else the application's.
 */
export function answerCode({ code }: Pick<Verdict, 'code'>, header: Header): string | null {
  const accept = header.acceptAck.toUpperCase();
  const application = header.applicationAck.toUpperCase();
  if (accept === '' && application === '') return code;
  if (wants(accept, code)) return `C${code.charAt(1)}`;
  return wants(application, code) ? code : null;
}

function wants(condition: string, code: AckCode): boolean {
  switch (condition) {
    case 'AL':
      return true;
    case 'ER':
      return code !== 'AA';
    case 'SU':
      return code === 'AA';
    default:
      return false;
  }
}

/** The answer, segments ended by CR; null where the sender wants none. `stamp` and `controlId` are the answer's own. */
export function acknowledge(
  verdict: Verdict,
  header: Header,
  { stamp, controlId }: { readonly stamp: string; readonly controlId: string },
): string | null {
  const code = answerCode(verdict, header);
  if (code === null) return null;
  const { separators, marks, sender, receiver, event } = header;
  const { field, component } = separators;
  const type = ['ACK', ...(event === '' ? [] : [event, 'ACK'])].join(component === '' ? '^' : component);
  const lines = [
    [
      ...['MSH', marks, ...receiver, ...sender, stamp, '', type, controlId],
      ...[header.processing || 'P', header.version || '2.5.1', '', '', '', '', '', header.characterSet],
    ],
    ['MSA', code, header.controlId, verdict.why ?? ''],
  ];
  if (verdict.why !== null && atLeast25(header.version)) lines.push(errorSegment(verdict, component));
  return lines.map((line) => `${line.join(field).replace(trailing(field), '')}\r`).join('');
}

function errorSegment({ field, condition }: Verdict, component: string): string[] {
  const [segment = '', number = ''] = field?.split('-') ?? [];
  const place = segment === '' ? '' : [segment, '1', number].join(component).replace(trailing(component), '');
  return ['ERR', '', place, [condition, CONDITIONS[condition], 'HL70357'].join(component), 'E'];
}

function trailing(mark: string): RegExp {
  return new RegExp(`(?:${mark.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') || '$^'})+$`);
}

function atLeast25(version: string): boolean {
  const minor = /^2\.(\d+)/.exec(version)?.[1];
  return minor !== undefined && Number(minor) >= 5;
}
