import { z } from 'zod';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import { BLOCK_REASONS, EQUIPMENT, ISOLATION_KINDS, SEX_RULES } from '#domain/flow/bed-state.ts';
import { ENCOUNTER_CLASSES, OUTCOMES, TRIAGE_CATEGORIES } from '#domain/flow/event.ts';
import type {
  ActId,
  AlarmId,
  AreaId,
  BedId,
  DeviceId,
  EncounterId,
  PatientId,
  RequestId,
  ReservationId,
  RoomId,
  TaskId,
  UserId,
  WardId,
} from '#domain/ids.ts';
import { METRICS } from '#domain/observation/metric.ts';
import { SEXES } from '#domain/patient/patient.ts';
import { ROLES } from '#domain/user/role.ts';

const id = <Branded extends string>() => z.string().min(1).max(64) as unknown as z.ZodType<Branded, Branded>;

export const patientId = id<PatientId>();
export const encounterId = id<EncounterId>();
export const wardId = id<WardId>();
export const roomId = id<RoomId>();
export const bedId = id<BedId>();
export const userId = id<UserId>();
export const alarmId = id<AlarmId>();
export const areaId = id<AreaId>();
export const actId = id<ActId>();
export const taskId = id<TaskId>();
export const requestId = id<RequestId>();
export const reservationId = id<ReservationId>();
/** The `{device}` segment of its topics. */
export const deviceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/) as unknown as z.ZodType<DeviceId, DeviceId>;

/** Epoch ms, UTC. */
export const at = z.number().int().min(0).max(8_640_000_000_000_000);
export const isoDate = z.iso.date();
/** Text people type: no control characters but tab and line ends, no direction overrides or invisible marks. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => !/[^\P{C}\t\n\r]/u.test(value), {
      message: 'Contains characters that cannot be shown.',
    });
export const words = (max: number) => text(max).refine((value) => value.length > 0, { message: 'Must not be empty.' });

export const metricCode = z.enum(METRICS.map(({ code }) => code) as [string, ...string[]]);
export const role = z.enum(ROLES);
export const sex = z.enum(SEXES);
export const priority = z.enum(PRIORITIES);

export const personName = z.object({ family: words(100), given: z.array(words(100)).max(10) });
export const identifier = z.object({ system: words(100), value: words(100) });

export const patient = z.object({
  id: patientId,
  name: z.object({ family: z.string(), given: z.array(z.string()) }),
  birthDate: z.string().nullable(),
  sex,
  identifiers: z.array(z.object({ system: z.string(), value: z.string() })),
  allergies: z.array(z.string()).nullable(),
  allergiesRecordedAt: at.nullable(),
});

export const encounter = z.object({
  id: encounterId,
  patientId,
  status: z.enum(['planned', 'in-progress', 'on-hold', 'discharged', 'completed', 'cancelled']),
  admittedAt: at,
  dischargedAt: at.nullable(),
  reason: z.string().nullable(),
  spo2Scale: z.union([z.literal(1), z.literal(2)]),
  pregnant: z.boolean(),
  nurseId: userId.nullable(),
});

export const encounterClass = z.enum(ENCOUNTER_CLASSES);
export const triageCategory = z.enum(TRIAGE_CATEGORIES);
export const outcome = z.enum(OUTCOMES);
export const equipment = z.enum(EQUIPMENT);
export const isolationKind = z.enum(ISOLATION_KINDS);
export const sexRule = z.enum(SEX_RULES);
export const blockReason = z.enum(BLOCK_REASONS);

/** What an act did, and its name for undoing it. */
export const acted = z.object({ actId, encounterId });
/** The encounter after an act; no `actId` when nothing had to change. */
export const actedEncounter = encounter.extend({ actId: actId.optional() });

/** Where a patient is: a bed with its room and ward, a room, a ward or an area; all null: nobody said. */
export const place = z.object({
  wardId: wardId.nullable(),
  roomId: roomId.nullable(),
  bedId: bedId.nullable(),
  areaId: areaId.nullable(),
});

export const ward = z.object({ id: wardId, name: z.string() });
export const room = z.object({ id: roomId, wardId, label: z.string() });
export const bed = z.object({ id: bedId, wardId, roomId, label: z.string() });

const newsPart = z.number().int().min(0).max(3).nullable();
const newsParts = z.object({
  rr: newsPart,
  spo2: newsPart,
  oxygen: newsPart,
  sbp: newsPart,
  pulse: newsPart,
  acvpu: newsPart,
  temp: newsPart,
});
const newsInput = z.enum(['rr', 'spo2', 'oxygen', 'sbp', 'pulse', 'acvpu', 'temp']);
const monitoringInterval = z.enum(['12h', '4-6h', '1h', 'continuous']);
/** NEWS2 of one set; `total` null only where the score must not be used, with the reason. */
export const newsScore = z.object({
  parts: newsParts,
  total: z.number().int().min(0).max(20).nullable(),
  singleRed: z.boolean(),
  risk: z.enum(['low', 'low-medium', 'medium', 'high']).nullable(),
  monitoring: monitoringInterval.nullable(),
  complete: z.boolean(),
  missing: z.array(newsInput),
  reason: z.enum(['under-16', 'pregnant']).optional(),
});

export const alarm = z.object({
  id: alarmId,
  kind: z.enum(['physiological', 'technical']),
  rule: z.string(),
  priority,
  encounterId: encounterId.nullable(),
  bedId: bedId.nullable(),
  deviceId: deviceId.nullable(),
  code: z.string().nullable(),
  message: z.string(),
  limit: z.number().nullable(),
  extreme: z.number().nullable(),
  value: z.number().nullable(),
  beganAt: at,
  endedAt: at.nullable(),
  signal: z.enum(['on', 'latched', 'ack', 'off']),
  acknowledgedBy: userId.nullable(),
  acknowledgedAt: at.nullable(),
  recurrences: z.number().int(),
});

/** The newest value of one metric for one bed. `value` null: the device said why there is none. */
export const liveValue = z.object({
  code: z.string(),
  value: z.union([z.number(), z.string()]).nullable(),
  why: z.string().nullable(),
  /** Taken, by the device's clock corrected for its skew. */
  at,
  /** Device id, or `charted`. */
  source: z.string(),
});

/** What each part of a score was worked out from (medians of the last minute, spot values); null where it is missing. */
const newsUsed = z.object({
  rr: z.number().nullable(),
  spo2: z.number().nullable(),
  oxygen: z.boolean().nullable(),
  sbp: z.number().nullable(),
  pulse: z.number().nullable(),
  acvpu: z.enum(['A', 'C', 'V', 'P', 'U']).nullable(),
  temp: z.number().nullable(),
});

const liveScore = newsScore.extend({
  at,
  used: newsUsed,
  trend: z.enum(['rising', 'falling', 'unchanged', 'unknown']),
  /** Total now minus total an hour ago; null when there was none. */
  change: z.number().nullable(),
});

/** Whose card it is, as far as the reader may know. */
const bedPatient = z.object({
  encounterId,
  patientId,
  /** `FAMILY, Given`, or initials. */
  displayName: z.string(),
  birthDate: z.string().nullable(),
  sex,
  identifier: z.string().nullable(),
  admittedAt: at,
  reason: z.string().nullable(),
  spo2Scale: z.union([z.literal(1), z.literal(2)]),
  pregnant: z.boolean(),
  nurseId: userId.nullable(),
});

export const bedDevice = z.object({
  id: deviceId,
  type: z.string().nullable(),
  online: z.boolean(),
  battery: z.number().nullable(),
  lastMessageAt: at.nullable(),
  skewed: z.boolean(),
});

/** All a bed card shows. */
export const bedLive = z.object({
  bedId,
  label: z.string(),
  roomLabel: z.string(),
  patient: bedPatient.nullable(),
  values: z.array(liveValue),
  score: liveScore.nullable(),
  /** Who lies in it with the patient, in the order they came: `patient` came first. */
  others: z.array(z.object({ patient: bedPatient, values: z.array(liveValue), score: liveScore.nullable() })),
  /** Open alarms of all of them, worst first. */
  alarms: z.array(alarm),
  devices: z.array(bedDevice),
});

export const hubLink = z.object({
  broker: z.enum(['connected', 'connecting', 'lost']),
  since: at,
  url: z.string(),
});

/**
 * A stream carries the whole first, then what changed. It keeps one slot a bed (or alarm, or device) for a reader that
 * is slow: the reader says `streams.drew` with the `subscription` and `n` of what it has drawn and gets the latest,
 * never a queue.
 */
export const streamed = { subscription: z.string(), n: z.number().int(), at };
