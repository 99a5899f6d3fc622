import type { Sex } from '#domain/patient/patient.ts';

/** The person an ADT message is about. */
export interface AdtPerson {
  /** Hospital number. */
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly sex: Sex;
}

/** What an ADT message tells. Times are epoch ms. */
export interface AdtEvent {
  /** `A01`, `A02` … */
  readonly event: string;
  readonly controlId: string;
  readonly recordedAt: number;
  readonly happenedAt: number;
  readonly person: AdtPerson;
  readonly visit: string;
  readonly class: 'I' | 'E' | 'O';
  /** `UNIT^ROOM^BED`. */
  readonly location: string;
  readonly prior?: string;
  /** HL7 table 0112: `01` home, `20` died. */
  readonly disposition?: string;
}

const SEX_CODES: Record<Sex, string> = { female: 'F', male: 'M', other: 'O', unknown: 'U' };

/** An HL7 time stamp in UTC with its offset, to the second. */
export function hl7Time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '')}+0000`;
}

/** Separators inside a text, as HL7 writes them. */
function escaped(text: string): string {
  const escapes: Record<string, string> = { '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' };
  return text.replace(/[\\|^&~]/g, (mark) => escapes[mark] ?? mark);
}

/** One ADT message, segments ended by CR, as a hospital's administration sends it. */
export function adtMessage(told: AdtEvent): string {
  const { event, controlId, person, visit, location, prior = '', disposition = '' } = told;
  const recorded = hl7Time(told.recordedAt);
  const pv1 = Array.from({ length: 46 }, () => '');
  pv1[0] = 'PV1';
  pv1[1] = '1';
  pv1[2] = told.class;
  pv1[3] = location;
  pv1[6] = prior;
  pv1[19] = visit;
  pv1[36] = disposition;
  if (event === 'A03') pv1[45] = hl7Time(told.happenedAt);
  const name = `${escaped(person.family)}^${escaped(person.given)}`;
  const segments = [
    `MSH|^~\\&|ADMIN|HOSPITAL|WARDLINE|CLINIC|${recorded}||ADT^${event}|${controlId}|P|2.5|||AL|NE|||UNICODE UTF-8`,
    `EVN|${event}|${recorded}||||${hl7Time(told.happenedAt)}`,
    `PID|1||${escaped(person.mrn)}^^^^MR||${name}||${person.birthDate.replaceAll('-', '')}|${SEX_CODES[person.sex]}`,
    pv1.join('|').replace(/\|+$/, ''),
  ];
  return segments.map((segment) => `${segment}\r`).join('');
}
