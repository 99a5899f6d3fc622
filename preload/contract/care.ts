import { z } from 'zod';
import { command, commandInput, done, query } from './procedure.ts';
import {
  actedEncounter,
  areaId,
  at,
  bed,
  bedId,
  encounter,
  encounterClass,
  encounterId,
  identifier,
  isoDate,
  metricCode,
  outcome,
  patient,
  patientId,
  personName,
  sex,
  text,
  userId,
  ward,
  wardId,
  words,
} from './schemas.ts';

export const patients = {
  /** Refusals: identifier-taken (the identifier belongs to another patient), birth-date-in-future. */
  register: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        name: personName,
        birthDate: isoDate.nullish(),
        sex: sex.default('unknown'),
        identifiers: z.array(identifier).max(20).optional(),
      }),
    )
    .output(z.object({ id: patientId })),
  /** The patient, the open stay and the bed, if any. */
  get: query({ may: 'see-names' })
    .input(z.object({ id: patientId }))
    .output(patient.extend({ encounter: encounter.nullable(), bed: bed.nullable(), ward: ward.nullable() })),
  /** By part of a name or an identifier; at most 50, by family name. */
  search: query({ may: 'see-names' })
    .input(z.object({ query: z.string().max(200) }))
    .output(z.array(patient.extend({ encounter: encounter.nullable(), bed: bed.nullable() }))),
  /** Corrects who somebody is. Refusals as for register. */
  update: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        patientId,
        name: personName.optional(),
        birthDate: isoDate.nullish(),
        sex: sex.optional(),
        identifiers: z.array(identifier).max(20).optional(),
      }),
    )
    .output(patient),
  /**
   * Two records are one person: encounters and identifiers of `retiredId` go over to `survivorId`. Refusals: same-patient,
   * already-merged, both-in-care (both have an encounter going on).
   */
  merge: command({ may: 'discharge' })
    .input(commandInput({ survivorId: patientId, retiredId: patientId, reason: words(200) }))
    .output(z.object({ mergeId: z.string() })),
  /** Parts them again exactly as they were; encounters begun since stay with the survivor. Refusals: merged-since. */
  unmerge: command({ may: 'discharge' })
    .input(commandInput({ mergeId: z.string().max(64), reason: words(200) }))
    .output(done),
  /** Merges in force, newest first. */
  merges: query({ may: 'see-names' })
    .input(z.object({ patientId }))
    .output(
      z.array(
        z.object({
          mergeId: z.string(),
          survivorId: patientId,
          retiredId: patientId,
          retiredName: z.string(),
          at,
          by: z.string(),
          reason: z.string().nullable(),
        }),
      ),
    ),
  /** `null`: not recorded; empty: no known allergies. */
  recordAllergies: command({ may: 'enter-observations' })
    .input(commandInput({ patientId, allergies: z.array(words(100)).max(50).nullable() }))
    .output(done),
};

export const encounters = {
  /**
   * Opens an encounter in a bed, an area, a ward, or nowhere yet; or admits one that is expected or waiting. Refusals:
   * already-admitted, bed-occupied, bed-reserved, bed-blocked, bed-not-ready (dirty or being cleaned), sex-mix, isolation,
   * equipment, age (these four not with an `overrideReason`), in-future, overlaps-earlier-encounter, not-expected.
   */
  admit: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        patientId,
        /** Which of the patient's expected encounters, or the one that waits; absent: the one that waits, or is due now. */
        encounterId: encounterId.optional(),
        bedId: bedId.optional(),
        areaId: areaId.optional(),
        wardId: wardId.optional(),
        class: encounterClass.optional(),
        visitNumber: words(60).optional(),
        reason: text(200).optional(),
        pregnant: z.boolean().optional(),
        /** When it happened, if not now; not in the future. */
        at: at.optional(),
        overrideReason: words(200).optional(),
      }),
    )
    .output(actedEncounter),
  /**
   * To a bed, or to an area or ward without one; told late (`at`) it goes between the steps that are known, also of
   * somebody who has left. Refusals: not-in-progress, not-here-then, those of admit for the bed; moved-since (where to, by
   * whom) when the patient is not where `seenBedId` says. Moving to the bed one already holds changes nothing.
   */
  move: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        encounterId,
        bedId: bedId.optional(),
        areaId: areaId.optional(),
        wardId: wardId.optional(),
        /** The bed the caller saw the patient in; null: in none. */
        seenBedId: bedId.nullish(),
        at: at.optional(),
        overrideReason: words(200).optional(),
      }),
    )
    .output(actedEncounter),
  /**
   * The patient left: frees the bed, which is dirty from then on, and ends the patient's own device ties.
   * Refusals: not-in-progress, later-steps.
   */
  discharge: command({ may: 'discharge' })
    .input(commandInput({ encounterId, outcome: outcome.optional(), at: at.optional() }))
    .output(actedEncounter),
  get: query({ may: 'see-names' })
    .input(z.object({ id: encounterId }))
    .output(encounter),
  /** Stays of a patient, over or not, the latest first. */
  list: query({ may: 'see-names' }).input(z.object({ patientId })).output(z.array(encounter)),
  /** Makes a patient mine, or nobody's. */
  assignNurse: command({ may: 'enter-observations' })
    .input(commandInput({ encounterId, userId: userId.nullable() }))
    .output(encounter),
  /** The SpO2 scale a clinician prescribed, and pregnancy: both decide whether and how NEWS2 counts. */
  setScoring: command({ may: 'spo2-scale' })
    .input(
      commandInput({
        encounterId,
        spo2Scale: z.union([z.literal(1), z.literal(2)]).optional(),
        pregnant: z.boolean().optional(),
      }),
    )
    .output(encounter),
  /** Beds with who lies in them, for those who plan: no vital signs. Names only for those who may see names. */
  occupancy: query({ may: 'see-beds' })
    .input(z.object({ wardId: wardId.optional() }))
    .output(
      z.array(
        z.object({
          bed,
          ward,
          roomLabel: z.string(),
          status: z.enum(['occupied', 'unoccupied']),
          encounterId: encounterId.nullable(),
          patientId: patientId.nullable(),
          displayName: z.string().nullable(),
          since: at.nullable(),
        }),
      ),
    ),
};

const observedValues = z
  .strictObject({
    acvpu: z.enum(['A', 'C', 'V', 'P', 'U']),
    oxygen: z.boolean(),
    'o2-flow': z.number(),
    temp: z.number(),
    'nibp-sys': z.number(),
    'nibp-dia': z.number(),
    'nibp-mean': z.number(),
    rr: z.number(),
    spo2: z.number(),
    pr: z.number(),
    glucose: z.number(),
    ketone: z.number(),
    weight: z.number(),
  })
  .partial();

export const observations = {
  /**
   * Charts what a person observed; values in the metrics' own units (o2-flow L/min, temp Cel, pressures mm[Hg]).
   * Refused whole when one value is implausible or `observedAt` is in the future or before the stay.
   */
  record: command({ may: 'enter-observations' })
    .input(
      commandInput({
        encounterId: encounterId.optional(),
        /** Instead of encounterId: the patient's open stay. */
        patientId: patientId.optional(),
        observedAt: at.optional(),
        values: observedValues,
      }),
    )
    .output(z.object({ recorded: z.number().int(), observedAt: at })),
  /**
   * Series of one stay for charts, from devices and charted, thinned to at most `points` a series:
   * each point is the mean, least and greatest of its span. A gap in the data is a gap in the points.
   */
  trend: query({ may: 'see-vitals' })
    .input(
      z.object({
        encounterId,
        codes: z.array(metricCode).min(1).max(12),
        from: at,
        to: at,
        points: z.number().int().min(10).max(5_000).default(720),
      }),
    )
    .output(
      z.array(
        z.object({
          code: z.string(),
          unit: z.string(),
          spanMs: z.number(),
          /** `[at, mean, min, max]`, oldest first. */
          points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
          charted: z.array(z.object({ at, value: z.union([z.number(), z.string()]) })),
        }),
      ),
    ),
};

export const limits = {
  /** Limits in force for a stay, default and personal, with delay and hysteresis. */
  get: query({ may: 'see-vitals' })
    .input(z.object({ encounterId }))
    .output(
      z.array(
        z.object({
          code: z.string(),
          highLow: z.number().nullable(),
          mediumLow: z.number().nullable(),
          mediumHigh: z.number().nullable(),
          highHigh: z.number().nullable(),
          delayHighMs: z.number(),
          delayMediumMs: z.number(),
          hysteresis: z.number(),
          personal: z.object({ reason: z.string(), setBy: z.string(), setAt: at, reviewAt: at }).nullable(),
        }),
      ),
    ),
  /** Refusals: unknown limits for the metric, limits out of order. */
  set: command({ may: 'personal-limits' })
    .input(
      commandInput({
        encounterId,
        code: metricCode,
        highLow: z.number().nullable(),
        mediumLow: z.number().nullable(),
        mediumHigh: z.number().nullable(),
        highHigh: z.number().nullable(),
        reason: words(200),
        reviewInHours: z.number().min(1).max(72).default(24),
      }),
    )
    .output(done),
  /** Back to the clinic's defaults. */
  clear: command({ may: 'personal-limits' })
    .input(commandInput({ encounterId, code: metricCode }))
    .output(done),
};

export const notes = {
  list: query({ may: 'see-vitals' })
    .input(z.object({ encounterId }))
    .output(z.array(z.object({ id: z.string(), text: z.string(), writtenAt: at, writtenBy: z.string() }))),
  add: command({ may: 'enter-observations' })
    .input(commandInput({ encounterId, text: words(4_000) }))
    .output(z.object({ id: z.string() })),
};
