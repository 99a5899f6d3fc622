import { z } from 'zod';
import { command, commandInput, nothing, query } from './procedure.ts';
import { at, hubLink, words } from './schemas.ts';

const limitRow = z.object({
  code: z.string(),
  /** Of `spo2` only: the NEWS2 SpO2 scale the line is for. */
  variant: z.enum(['scale-1', 'scale-2']).nullable(),
  highLow: z.number().nullable(),
  mediumLow: z.number().nullable(),
  mediumHigh: z.number().nullable(),
  highHigh: z.number().nullable(),
  delayHighMs: z.number().int().min(0).max(120_000),
  delayMediumMs: z.number().int().min(0).max(120_000),
  hysteresis: z.number().min(0),
});

const minutes = z.number().int().min(0).max(10_080);

/** Settings of the clinic. Alarm limits are starting values of Wardline's own unless a source is named. */
export const clinicSettings = z.object({
  clinicName: words(100),
  timeZone: z.string().max(60),
  /** null: the embedded broker. */
  brokerUrl: z.string().max(500).nullable(),
  brokerCaPath: z.string().max(500).nullable(),
  brokerCertPath: z.string().max(500).nullable(),
  brokerKeyPath: z.string().max(500).nullable(),
  /** Night look between these hours (clinic time), 0-23. */
  nightFromHour: z.number().int().min(0).max(23),
  nightToHour: z.number().int().min(0).max(23),
  rawDays: z.number().int().min(1).max(400),
  minuteDays: z.number().int().min(1).max(4_000),
  limits: z.array(limitRow),
  /** Minutes from arrival to first contact. */
  triageTargets: z.object({ red: minutes, orange: minutes, yellow: minutes, green: minutes, blue: minutes }),
  /** Minutes: dirty to start, start to done, dirty to done. */
  cleaningTargets: z.object({ response: minutes, clean: minutes, turn: minutes }),
  /** Days a stay that crosses no midnight counts in ALOS. */
  sameDayLos: z.union([z.literal(0), z.literal(1)]),
  /** `mllp://host:port` of a system to tell of admissions, moves and discharges; null: none. */
  outgoingHl7Url: z.string().max(500).nullable(),
});

export const settings = {
  get: query({ may: 'sign-in' }).input(nothing).output(clinicSettings),
  /** Answers the settings as saved. A changed broker is used from the next start of the hub. */
  save: command({ may: 'settings' })
    .input(commandInput({ settings: clinicSettings }))
    .output(clinicSettings),
};

export const hub = {
  status: query({ may: 'sign-in' })
    .input(nothing)
    .output(
      z.object({
        version: z.string(),
        now: at,
        startedAt: at,
        demo: z.boolean(),
        clinic: z.string(),
        mqtt: hubLink,
        /** How the store's key is kept, in words. */
        keyKeeping: z.string(),
        storeBytes: z.number(),
        /** How late the hub's loop answers, ms, over the minute before. */
        loopDelay: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
      }),
    ),
  /** Writes an encrypted copy of the store into a folder of the hub's machine. */
  backup: command({ may: 'backup' })
    .input(commandInput({ to: words(500) }))
    .output(z.object({ path: z.string(), bytes: z.number() })),
};

export const ledger = {
  verify: query({ may: 'audit' })
    .input(nothing)
    .output(
      z.object({
        ok: z.boolean(),
        rows: z.number().int(),
        firstBad: z.number().int().optional(),
        problem: z.string().optional(),
      }),
    ),
  /** Newest first, a page at a time. */
  list: query({ may: 'audit' })
    .input(
      z.object({
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(500).default(100),
        subject: z.string().max(200).optional(),
        actor: z.string().max(100).optional(),
        act: z.string().max(100).optional(),
      }),
    )
    .output(
      z.array(
        z.object({
          seq: z.number().int(),
          at,
          actor: z.string(),
          station: z.string().nullable(),
          act: z.string(),
          subject: z.string(),
          before: z.unknown(),
          after: z.unknown(),
          hash: z.string(),
        }),
      ),
    ),
};
