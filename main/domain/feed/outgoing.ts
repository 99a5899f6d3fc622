import type { EncounterClass, FlowStepKind, Outcome } from '../flow/event.ts';
import type { Identifier, Patient } from '../patient/patient.ts';
import { escapeText, readMessage } from './message.ts';
import { stampOf } from './moment.ts';

/** What another system is told of a step; undefined: HL7 has no word for it, or none is due. */
export const TOLD_AS: Readonly<Partial<Record<FlowStepKind, string>>> = {
  expected: 'A05',
  arrived: 'A04',
  admitted: 'A01',
  transferred: 'A02',
  discharged: 'A03',
  'leave-started': 'A21',
  'leave-ended': 'A22',
  departed: 'A09',
  returned: 'A10',
  'transfer-planned': 'A15',
  'discharge-ordered': 'A16',
  cancelled: 'A11',
};

/** What another system is told when a step is taken back. */
export const TAKEN_BACK_AS: Readonly<Partial<Record<FlowStepKind, string>>> = {
  expected: 'A38',
  arrived: 'A11',
  admitted: 'A11',
  transferred: 'A12',
  discharged: 'A13',
  'leave-started': 'A52',
  'leave-ended': 'A53',
  departed: 'A33',
  returned: 'A32',
  'transfer-planned': 'A26',
  'discharge-ordered': 'A25',
};

/** One person's part of a message. */
export interface OutgoingSubject {
  readonly patient: Patient;
  /** null: the message is about the person alone. */
  readonly visit: {
    readonly visitNumber: string;
    readonly class: EncounterClass;
    /** `UNIT^ROOM^BED`, codes as they are. */
    readonly location: readonly [string, string, string];
    readonly prior: readonly [string, string, string] | null;
    readonly expectedAt: number | null;
    readonly admittedAt: number | null;
    readonly expectedDischargeAt: number | null;
    readonly dischargedAt: number | null;
    readonly outcome: Outcome | null;
  } | null;
}

export interface Outgoing {
  readonly event: string;
  readonly controlId: string;
  readonly clinicName: string;
  readonly recordedAt: number;
  readonly happenedAt: number;
  readonly timeZone: string;
  /** Two for A17. */
  readonly subjects: readonly OutgoingSubject[];
  /** Of A40: the identifiers that are now the subject's. */
  readonly merged?: readonly Identifier[];
}

const STRUCTURES: Readonly<Record<string, string>> = {
  A04: 'ADT_A01',
  A08: 'ADT_A01',
  A13: 'ADT_A01',
  A10: 'ADT_A09',
  A11: 'ADT_A09',
  A32: 'ADT_A09',
  A33: 'ADT_A09',
  A22: 'ADT_A21',
  A25: 'ADT_A21',
  A26: 'ADT_A21',
  A53: 'ADT_A52',
  A40: 'ADT_A39',
};

/** The message, in UTF-8 and version 2.5, segments ended by CR. */
export function outgoingText(outgoing: Outgoing): string {
  const { event, controlId, clinicName, recordedAt, happenedAt, timeZone, subjects, merged } = outgoing;
  const stamp = (at: number | null | undefined) => (at === null || at === undefined ? '' : stampOf(at, timeZone));
  const structure = STRUCTURES[event] ?? `ADT_${event}`;
  const header: Fields = {
    3: 'WARDLINE',
    4: escapeText(clinicName),
    7: stamp(recordedAt),
    9: `ADT^${event}^${structure}`,
    10: controlId,
    11: 'P',
    12: '2.5',
    18: 'UNICODE UTF-8',
  };
  const lines = [
    `MSH|^~\\&|${segment('', header, 3).slice(1)}`,
    segment('EVN', { 1: event, 2: stamp(recordedAt), 6: stamp(happenedAt) }),
    ...subjects.flatMap((subject) => subjectLines(subject, stamp)),
    ...(merged ? [segment('MRG', { 1: identifierList(merged) })] : []),
  ];
  return lines.map((line) => `${line}\r`).join('');
}

type Fields = Readonly<Record<number, string>>;
type Stamp = (at: number | null) => string;

/** Fields from the `first` on, up to the last that says something. */
function segment(name: string, fields: Fields, first = 1): string {
  const last = Math.max(
    first,
    ...Object.keys(fields)
      .filter((key) => fields[Number(key)] !== '')
      .map(Number),
  );
  const listed = Array.from({ length: last - first + 1 }, (_, index) => fields[first + index] ?? '');
  return [name, ...listed].join('|');
}

const SEX = { female: 'F', male: 'M', other: 'O', unknown: 'U' } as const;

function subjectLines({ patient, visit }: OutgoingSubject, stamp: Stamp): string[] {
  const { name, birthDate, sex } = patient;
  const pid = segment('PID', {
    1: '1',
    3: identifierList([...patient.identifiers, { system: 'WARDLINE PI', value: patient.id }]),
    5: [name.family, name.given[0] ?? '', name.given.slice(1).join(' ')].map((part) => escapeText(part)).join('^'),
    7: birthDate?.replaceAll('-', '') ?? '',
    8: SEX[sex],
  });
  if (!visit) return [pid, segment('PV1', { 1: '1', 2: 'N' })];
  const planned = [visit.expectedAt, visit.expectedDischargeAt].some((at) => at !== null);
  return [
    pid,
    segment('PV1', {
      1: '1',
      2: CLASSES[visit.class],
      3: location(visit.location),
      6: visit.prior ? location(visit.prior) : '',
      19: escapeText(visit.visitNumber),
      36: visit.outcome === null ? '' : DISPOSITIONS[visit.outcome],
      44: stamp(visit.admittedAt),
      45: stamp(visit.dischargedAt),
    }),
    ...(planned ? [segment('PV2', { 8: stamp(visit.expectedAt), 9: stamp(visit.expectedDischargeAt) })] : []),
  ];
}

const CLASSES = { inpatient: 'I', emergency: 'E', outpatient: 'O', 'planned-admission': 'P' } as const;
/** UB-04 codes. */
const DISPOSITIONS: Readonly<Record<Outcome, string>> = {
  home: '01',
  'other-facility': '02',
  'against-advice': '07',
  'left-unseen': '07',
  died: '20',
  other: '',
};

function location(parts: readonly string[]): string {
  return parts
    .map((part) => escapeText(part))
    .join('^')
    .replace(/\^+$/, '');
}

function identifierList(identifiers: readonly Identifier[]): string {
  return identifiers
    .map(({ system, value }) => {
      const [authority, kind] = OWN_SYSTEMS[system] ?? splitSystem(system);
      return `${escapeText(value)}^^^${escapeText(authority)}^${escapeText(kind)}`;
    })
    .join('~');
}

const OWN_SYSTEMS: Readonly<Record<string, readonly [string, string]>> = { mrn: ['', 'MR'], nhs: ['NHS', 'NH'] };

/** As the feed put it together: who gave it, a space, its kind. */
function splitSystem(system: string): readonly [string, string] {
  const at = system.lastIndexOf(' ');
  const kind = system.slice(at + 1);
  return at > 0 && /^[A-Z]{1,5}$/.test(kind) ? [system.slice(0, at), kind] : [system, ''];
}

interface Answer {
  readonly taken: boolean;
  readonly why: string | null;
  /** What the message says is refused (AE, CE): the same again will be too. AR and CR are about the moment. */
  readonly wrong?: boolean;
}

/** What another system answered to a message of this control id. */
export function answerOf(text: string, controlId: string): Answer {
  const msa = readMessage(text)?.first('MSA');
  if (!msa) return { taken: false, why: 'The other system answered something that is no acknowledgement.' };
  const code = msa.value(1).toUpperCase();
  if (msa.value(2) !== controlId) return { taken: false, why: 'The other system answered another message.' };
  if (code === 'AA' || code === 'CA') return { taken: true, why: null };
  const word = /^[AC][ER]$/.test(code) ? code : 'an unknown code';
  const wrong = /^[AC]E$/.test(code);
  return { taken: false, why: `The other system refused the message with ${word}.`, ...(wrong ? { wrong } : {}) };
}
