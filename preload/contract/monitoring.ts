import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, commandInput, done, query } from './procedure.ts';
import {
  alarm,
  alarmId,
  at,
  bedDevice,
  bedId,
  bedLive,
  deviceId,
  encounterId,
  hubLink,
  metricCode,
  newsScore,
  patientId,
  streamed,
  text,
  ward,
  wardId,
} from './schemas.ts';

const absent = <Schema extends z.ZodType>(schema: Schema) => schema.nullish();

export const streams = {
  /** What a console has drawn of a stream. Without it a stream over a socket pauses after two unanswered parts. */
  drew: query({ may: 'sign-in' })
    .input(z.object({ subscription: z.string().max(64), n: z.number().int() }))
    .output(done),
};

export const monitoring = {
  /** NEWS2 of one observation set, by the RCP chart. Stateless. */
  score: query({ may: 'sign-in' })
    .input(
      z.object({
        rr: absent(z.number().min(0).max(120)),
        spo2: absent(z.number().min(0).max(100)),
        spo2Scale: absent(z.union([z.literal(1), z.literal(2)])),
        oxygen: absent(z.boolean()),
        sbp: absent(z.number().min(0).max(400)),
        pulse: absent(z.number().min(0).max(400)),
        acvpu: absent(z.enum(['A', 'C', 'V', 'P', 'U'])),
        temp: absent(z.number().min(15).max(50)),
        ageYears: absent(z.number().min(0).max(150)),
        pregnant: absent(z.boolean()),
      }),
    )
    .output(newsScore),
  /** NEWS2 as it was, from the values then stored, at most 2,000 points, oldest first. */
  history: query({ may: 'see-vitals' })
    .input(z.object({ encounterId, from: at, to: at }))
    .output(
      z.array(
        z.object({
          at,
          total: z.number().nullable(),
          complete: z.boolean(),
          singleRed: z.boolean(),
          missing: z.array(z.string()),
        }),
      ),
    ),
};

export const wardPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), ...streamed, ward, beds: z.array(bedLive), link: hubLink }),
  z.object({
    kind: z.literal('changes'),
    ...streamed,
    /** Beds that changed or came to the ward. */
    beds: z.array(bedLive),
    /** Beds no longer in the ward. */
    removed: z.array(bedId),
    link: hubLink,
  }),
]);

export const wavePart = z.object({
  ...streamed,
  chunks: z.array(
    z.object({
      deviceId,
      wave: z.string(),
      at,
      rate: z.number(),
      unit: z.string(),
      /** Physical values. */
      samples: z.array(z.number()),
    }),
  ),
});

export const wardBoard = {
  /** Live state of a ward's beds; at least one part every 2 s, so that silence means the link is lost. */
  watch: query({ may: 'see-board' }).input(z.object({ wardId })).output(eventIterator(wardPart)),
  /** Live waveforms of the devices on one stay. Not stored: a late reader starts at now. */
  waves: query({ may: 'see-vitals' }).input(z.object({ encounterId })).output(eventIterator(wavePart)),
};

export const alarms = {
  /** Open alarms, worst first; or ended ones, newest first, when `ended`. */
  list: query({ may: 'see-vitals' })
    .input(
      z
        .object({
          wardId: wardId.optional(),
          encounterId: encounterId.optional(),
          ended: z.boolean().default(false),
          /** Of the last alarm of the page before: `beganAt`, and `id` so that none begun at the same moment is passed over. */
          before: at.optional(),
          beforeId: alarmId.optional(),
          limit: z.number().int().min(1).max(500).default(200),
        })
        .default({ ended: false, limit: 200 }),
    )
    .output(
      z.array(
        alarm.extend({
          bedLabel: z.string().nullable(),
          wardId: wardId.nullable(),
          displayName: z.string().nullable(),
        }),
      ),
    ),
  /** Every open alarm of the clinic, then each as it changes; one whose signal is `off` is gone. */
  watch: query({ may: 'see-vitals' })
    .input(z.object({}).optional())
    .output(
      eventIterator(
        z.object({
          kind: z.enum(['whole', 'changes']),
          ...streamed,
          alarms: z.array(
            alarm.extend({
              bedLabel: z.string().nullable(),
              wardId: wardId.nullable(),
              displayName: z.string().nullable(),
            }),
          ),
        }),
      ),
    ),
  /** Acknowledges one alarm and no other. Refusals: not-open, already-acknowledged (by whom). */
  acknowledge: command({ may: 'acknowledge-alarms' })
    .input(commandInput({ alarmId, reason: text(200).optional() }))
    .output(alarm),
};

export const deviceRow = bedDevice.extend({
  serial: z.string().nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  typeLabel: z.string(),
  known: z.boolean(),
  skewMs: z.number().nullable(),
  firstSeenAt: at,
  admittedAt: at.nullable(),
  retiredAt: at.nullable(),
  tiedTo: z
    .object({ bedId: bedId.nullable(), encounterId: encounterId.nullable(), label: z.string(), since: at })
    .nullable(),
  messages: z.number().int(),
  refused: z.number().int(),
});

export const devices = {
  /** Every device heard of, waiting ones first. */
  list: query({ may: 'see-devices' }).input(z.object({}).optional()).output(z.array(deviceRow)),
  watch: query({ may: 'see-devices' })
    .input(z.object({}).optional())
    .output(eventIterator(z.object({ kind: z.enum(['whole', 'changes']), ...streamed, devices: z.array(deviceRow) }))),
  /** Lets a waiting device's readings be charted. A device not heard of yet may be admitted ahead of its first word. */
  admit: command({ may: 'admit-devices' })
    .input(commandInput({ device: deviceId }))
    .output(done),
  retire: command({ may: 'admit-devices' })
    .input(commandInput({ device: deviceId }))
    .output(done),
  /** Ties a device to a bed or to a patient's open stay; an earlier tie ends. Refusals: not-admitted, retired, no-open-encounter. */
  tie: command({ may: 'tie-devices' })
    .input(
      commandInput({
        device: deviceId,
        bedId: bedId.optional(),
        patientId: patientId.optional(),
        /** When it happened, if not now; not in the future. */
        at: at.optional(),
      }).refine((input) => (input.bedId === undefined) !== (input.patientId === undefined), {
        message: 'Name a bed or a patient, one of the two.',
      }),
    )
    .output(done),
  untie: command({ may: 'tie-devices' })
    .input(commandInput({ device: deviceId }))
    .output(done),
  /** A new password for the embedded broker; the device's user name and client id are its own id. Refusal: told-once. */
  issuePassword: command({ may: 'admit-devices', toldOnce: true })
    .input(commandInput({ device: deviceId }))
    .output(z.object({ password: z.string() })),
  /** Asks the device to show itself, or shows a message on it; answered when the device answers, at most 10 s. Refusals: not-admitted, retired. */
  command: command({ may: 'tie-devices' })
    .input(
      commandInput({
        device: deviceId,
        kind: z.enum(['identify', 'message-to-patient', 'care-plan']),
        body: z.record(z.string().max(64), z.unknown()).default({}),
      }),
    )
    .output(z.object({ id: z.string(), answered: z.boolean(), result: z.unknown() })),
  /** Stored values of one device, raw, oldest first, `[from, to)`; also of admitted devices tied to nobody. At most 1,000,000. */
  readings: query({ may: 'see-vitals' })
    .input(z.object({ device: deviceId, metric: metricCode, from: at, to: at }))
    .output(z.array(z.object({ at, value: z.union([z.number(), z.string()]) }))),
  /** Messages refused or marked, newest first, one row a device, topic and reason. */
  quarantine: query({ may: 'see-devices' })
    .input(z.object({ device: z.string().max(64).optional() }).optional())
    .output(
      z.array(
        z.object({
          device: z.string(),
          topic: z.string(),
          at,
          reason: z.string(),
          count: z.number().int(),
          detail: z.string().nullable(),
          /** First 512 bytes as text, unprintable bytes as dots. Empty for those who may not see vital signs. */
          sample: z.string(),
        }),
      ),
    ),
};
