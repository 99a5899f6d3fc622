import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { KPI_LISTS } from '#domain/flow/kpi.ts';
import { command, commandInput, done, query } from './procedure.ts';
import {
  acted,
  actId,
  areaId,
  at,
  bedId,
  blockReason,
  encounterClass,
  encounterId,
  equipment,
  isolationKind,
  outcome,
  patientId,
  place,
  priority,
  requestId,
  reservationId,
  roomId,
  sex,
  sexRule,
  streamed,
  taskId,
  text,
  triageCategory,
  userId,
  ward,
  wardId,
  words,
} from './schemas.ts';

/** Every step may be entered late: `at` is when it happened, if not now. */
const step = () => commandInput({ encounterId, at: at.optional() });
const needs = z.object({ equipment: z.array(equipment).max(8), isolation: isolationKind.nullable() });

const doubt = z.object({
  id: z.string(),
  bedId,
  kind: z.enum([
    'sensor-says-empty',
    'sensor-says-occupied',
    'tag-elsewhere',
    'placed-while-dirty',
    'returned-while-cleaning',
    'claimed-by-another',
  ]),
  what: z.string(),
  encounterId: encounterId.nullable(),
  since: at,
});

/** One bed of the board. Who lies in it: `encounterIds`, told apart in the board's `encounters`. */
export const bedTile = z.object({
  bedId,
  label: z.string(),
  roomId,
  roomLabel: z.string(),
  wardId,
  /** HL7 v2 table 0116 in words. */
  status: z.enum(['occupied', 'contaminated', 'housekeeping', 'closed', 'unoccupied']),
  encounterIds: z.array(encounterId),
  isolation: isolationKind.nullable(),
  cleaning: z
    .object({
      taskId,
      state: z.enum(['requested', 'started']),
      requestedAt: at,
      startedAt: at.nullable(),
      contaminated: z.boolean(),
      assigneeName: z.string().nullable(),
      /** When the next of its clocks runs out. */
      dueAt: at,
    })
    .nullable(),
  block: z
    .object({ id: z.string(), reason: blockReason, note: z.string().nullable(), from: at, to: at.nullable() })
    .nullable(),
  reservation: z.object({ id: reservationId, encounterId, displayName: z.string().nullable(), until: at }).nullable(),
  equipment: z.array(equipment),
  ageFrom: z.number().nullable(),
  ageTo: z.number().nullable(),
  places: z.number().int(),
  sexRule,
  fromFeed: z.boolean(),
  doubts: z.array(doubt),
});

/** One encounter of the board: expected, waiting, in a bed, or away from it. */
export const flowRow = z.object({
  encounterId,
  /** null for those who may see neither name nor initials. */
  patientId: patientId.nullable(),
  /** `FAMILY, Given`, initials, or null. */
  displayName: z.string().nullable(),
  sex,
  ageYears: z.number().int().nullable(),
  visitNumber: z.string().nullable(),
  class: encounterClass,
  status: z.enum(['planned', 'in-progress', 'on-hold']),
  place: place.nullable(),
  /** The place in words: `Ward A, bed 7`, `Waiting room`. */
  placeWords: z.string(),
  reason: z.string().nullable(),
  isolation: isolationKind.nullable(),
  expectedAt: at.nullable(),
  arrivedAt: at.nullable(),
  triage: z.object({ category: triageCategory, at }).nullable(),
  /** Arrival plus the category's target; null once seen or without a category. */
  seeBy: at.nullable(),
  seenAt: at.nullable(),
  admissionDecidedAt: at.nullable(),
  admittedAt: at.nullable(),
  bedSince: at.nullable(),
  dischargeOrderedAt: at.nullable(),
  expectedDischargeAt: at.nullable(),
  waitingFor: z.string().nullable(),
  medicallyReadyAt: at.nullable(),
  away: z.object({ kind: z.enum(['leave', 'elsewhere']), since: at, where: z.string().nullable() }).nullable(),
  transferPlanned: z.string().nullable(),
  nurseId: userId.nullable(),
  /** From monitoring, for those who may see vital signs or a ward's board. */
  news: z
    .object({
      total: z.number().nullable(),
      complete: z.boolean(),
      trend: z.enum(['rising', 'falling', 'unchanged', 'unknown']),
    })
    .nullable(),
  /** Worst open alarm and how many. */
  alarm: z.object({ priority, count: z.number().int() }).nullable(),
  /** NEWS2 5 or more, or 3 and rising, in no bed or in one without a monitor. */
  offerMonitoredBed: z.boolean(),
  /** Pressed the call button and nobody has come. */
  call: z.object({ since: at }).nullable(),
  /** Where the patient's tag was last heard, when it says something else than the place. */
  tagAt: z.string().nullable(),
});

/** A ward asked for a bed. */
export const requestRow = z.object({
  requestId,
  encounterId,
  wardId: wardId.nullable(),
  needs,
  reason: z.string(),
  urgency: z.enum(['routine', 'urgent', 'emergency']),
  requestedAt: at,
  state: z.enum(['requested', 'accepted']),
  decidedAt: at.nullable(),
});

/** Something to know, no alarm: a bed got dirty, a cleaning is overdue, a wait is over its target. */
export const notice = z.object({
  id: z.string(),
  kind: z.enum([
    'bed-dirty',
    'bed-ready',
    'response-overdue',
    'clean-overdue',
    'turn-overdue',
    'wait-overdue',
    'reservation-lapsed',
    'block-ended',
  ]),
  bedId: bedId.nullable(),
  encounterId: encounterId.nullable(),
  at,
  words: z.string(),
});

export const boardPart = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('whole'),
    ...streamed,
    wards: z.array(ward),
    areas: z.array(z.object({ id: areaId, name: z.string(), kind: z.string(), wardId: wardId.nullable() })),
    beds: z.array(bedTile),
    encounters: z.array(flowRow),
    requests: z.array(requestRow),
    notices: z.array(notice),
  }),
  z.object({
    kind: z.literal('changes'),
    ...streamed,
    beds: z.array(bedTile),
    removedBeds: z.array(bedId),
    encounters: z.array(flowRow),
    removedEncounters: z.array(encounterId),
    requests: z.array(requestRow),
    removedRequests: z.array(requestId),
    /** Whole, overdue ones first, then newest first, when it changed. */
    notices: z.array(notice).optional(),
  }),
]);

const bedChoice = z.object({
  bedId,
  label: z.string(),
  roomLabel: z.string(),
  wardId,
  wardName: z.string(),
  /** Nothing stands against it. */
  assignable: z.boolean(),
  /** Only what a stated reason gets over stands against it. */
  overridable: z.boolean(),
  /** 1 is best; among the others by how little stands against them. */
  rank: z.number().int(),
  /** Why it is good, in words. */
  merits: z.array(z.string()),
  whyNot: z.array(
    z.object({
      kind: z.enum(['occupied', 'reserved', 'blocked', 'dirty', 'cleaning', 'sex', 'isolation', 'equipment', 'age']),
      words: z.string(),
    }),
  ),
});

const flowEvent = z.object({
  eventId: z.string(),
  actId,
  kind: z.string(),
  /** In words for a person: `Transferred to Ward A, bed 7`. */
  words: z.string(),
  happenedAt: at,
  recordedAt: at,
  source: z.enum(['console', 'feed', 'import']),
  by: z.string(),
  voided: z.object({ at, by: z.string(), reason: z.string() }).nullable(),
  /** What it is not explained by; null when it is in force. */
  unexplained: z.string().nullable(),
});

const median = z.number().nullable();
const kpis = z.object({
  discharges: z.number().int(),
  alos: median,
  medianLos: median,
  deaths: z.number().int(),
  admissions: z.number().int(),
  occupancy: median,
  occupiedBedDays: z.number(),
  /** Of these, in wards that had no bed open then: no part of occupancy. */
  unbeddedBedDays: z.number(),
  availableBedDays: z.number(),
  turnoverInterval: median,
  turnoverRate: median,
  turnaround: z.object({ response: median, clean: median, turn: median, cleanings: z.number().int() }),
  boarding: median,
  beforeNoon: median,
  waitsInTarget: median,
  fourHour: median,
  stranded: z.object({ over7: z.number().int(), over14: z.number().int(), over21: z.number().int() }),
  readyDays: z.number(),
  /** When these were worked out. */
  at,
});
/** A ward by id or name; absent: the house. Unknown names are not-found. */
const period = { from: at, to: at, ward: z.string().max(100).optional() };
const hourly = z.object({ at, mean: z.number(), low: z.number(), high: z.number() });

/** The way of patients through the clinic, and the board that shows it. */
export const flow = {
  /** A patient will come. Refusals: already-admitted. */
  expect: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        patientId,
        expectedAt: at.nullable(),
        wardId: wardId.optional(),
        class: encounterClass.optional(),
        reason: text(200).optional(),
        visitNumber: words(60).optional(),
      }),
    )
    .output(acted),
  /** A patient came, expected or not, and waits or is treated in an area. Refusals: already-here, in-future. */
  arrive: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        patientId: patientId.optional(),
        /** Of an expected one, instead of patientId. */
        encounterId: encounterId.optional(),
        areaId: areaId.optional(),
        class: encounterClass.optional(),
        reason: text(200).optional(),
        visitNumber: words(60).optional(),
        at: at.optional(),
      }),
    )
    .output(acted),
  /** Again with another category: re-triage. Refusals of all steps below: not-in-progress (then), in-future, later-steps. */
  triage: command({ may: 'enter-observations' })
    .input(step().extend({ category: triageCategory }))
    .output(acted),
  /** First contact with somebody who treats. Refusals: already-seen. */
  see: command({ may: 'enter-observations' }).input(step()).output(acted),
  /** Decision to admit: the boarding clock starts. */
  decideAdmission: command({ may: 'register-admit-move' })
    .input(step().extend({ wardId: wardId.optional() }))
    .output(acted),
  /** Two patients change beds in one act, at `at` if not now. Refusals: not-in-a-bed, those of a move for both. */
  swap: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        encounterId,
        withEncounterId: encounterId,
        /** The beds the caller saw the two in. */
        seenBedId: bedId.nullish(),
        withSeenBedId: bedId.nullish(),
        at: at.optional(),
        overrideReason: words(200).optional(),
      }),
    )
    .output(acted),
  /** Leave of absence: the bed stays held. Refusals: already-away. */
  startLeave: command({ may: 'register-admit-move' })
    .input(step().extend({ returnExpectedAt: at.optional() }))
    .output(acted),
  /** Off to theatre, imaging … : the bed stays held. Refusals: already-away. */
  depart: command({ may: 'register-admit-move' })
    .input(step().extend({ areaId: areaId.optional() }))
    .output(acted),
  /** Back from leave or elsewhere. Refusals: not-away. */
  comeBack: command({ may: 'register-admit-move' }).input(step()).output(acted),
  /**
   * When a patient is meant to leave and what that waits for; `ordered`: the discharge is ordered. The bed stays as it is.
   * `seen`: the plan the caller looked at; conflict changed-since (by whom, and what it says) when it is another by now.
   */
  planDischarge: command({ may: 'discharge' })
    .input(
      step().extend({
        expectedAt: at.nullable(),
        waitingFor: text(200).nullish(),
        ordered: z.boolean(),
        seen: z
          .object({ expectedAt: at.nullable(), waitingFor: z.string().nullable(), ordered: z.boolean() })
          .optional(),
      }),
    )
    .output(acted),
  markReady: command({ may: 'medically-ready' }).input(step()).output(acted),
  /** The whole encounter was a mistake or will not take place; also once the patient has left. Refusals: not-in-progress. */
  cancel: command({ may: 'discharge' })
    .input(commandInput({ encounterId, reason: words(200) }))
    .output(acted),
  setIsolation: command({ may: 'register-admit-move' })
    .input(commandInput({ encounterId, isolation: isolationKind.nullable() }))
    .output(done),

  /**
   * Takes back one's latest act, all of it, within a minute (the console offers it for 10 s); later the record is
   * corrected. Refusals: too-late, later-steps, bed-occupied (taken since, by whom), cleaning-started, already-undone.
   */
  undo: command({ may: 'register-admit-move' }).input(commandInput({ actId })).output(done),
  /**
   * Corrects the record: an event did not happen (`takeBack`), or happened at another time or place, or with another
   * category or outcome. The old entry stays to be read. Refusals: later-steps, bed-occupied, in-future, not-correctable.
   */
  correct: command({ may: 'discharge' })
    .input(
      commandInput({
        eventId: z.string().max(64),
        reason: words(200),
        takeBack: z.boolean().optional(),
        happenedAt: at.optional(),
        bedId: bedId.optional(),
        areaId: areaId.optional(),
        category: triageCategory.optional(),
        outcome: outcome.optional(),
      }),
    )
    .output(acted),
  /** Every event of an encounter, voided ones too, in the order they happened. */
  history: query({ may: 'see-names' }).input(z.object({ encounterId })).output(z.array(flowEvent)),
  /**
   * Where a visit's patient was, in order: `UNIT^ROOM^BED` (empty parts where there is none), epoch ms, `to` null while
   * there. An unknown visit number has no stays.
   */
  stays: query({ may: 'see-names' })
    .input(z.object({ visitNumber: z.string().max(100) }))
    .output(z.array(z.object({ location: z.string(), from: at, to: at.nullable() }))),

  /** The board now. */
  board: query({ may: 'see-flow' })
    .input(z.object({ wardId: wardId.optional() }).optional())
    .output(
      z.object({
        beds: z.array(bedTile),
        encounters: z.array(flowRow),
        requests: z.array(requestRow),
        notices: z.array(notice),
      }),
    ),
  /** A ward's board, or the house's: all at once, then what changes. */
  watch: query({ may: 'see-flow' })
    .input(z.object({ wardId: wardId.optional() }).optional())
    .output(eventIterator(boardPart)),
  /** Beds for a patient: assignable ones best first, then each other with why not. */
  bedsFor: query({ may: 'register-admit-move' })
    .input(
      z.object({
        encounterId: encounterId.optional(),
        /** Instead of encounterId, for somebody not yet here. */
        patientId: patientId.optional(),
        wardId: wardId.optional(),
        needs: needs.optional(),
      }),
    )
    .output(z.array(bedChoice)),
  /** Keeps a bed for a patient. Refusals: bed-reserved (for whom), bed-blocked, already-reserved, not-in-progress. */
  reserve: command({ may: 'bed-states' })
    .input(commandInput({ bedId, encounterId, hours: z.number().min(0.25).max(72).default(4) }))
    .output(z.object({ reservationId })),
  release: command({ may: 'bed-states' }).input(commandInput({ reservationId })).output(done),
  /** Refusals: already-requested, not-in-progress. */
  requestBed: command({ may: 'register-admit-move' })
    .input(
      commandInput({
        encounterId,
        wardId: wardId.nullable(),
        needs,
        reason: words(200),
        urgency: z.enum(['routine', 'urgent', 'emergency']),
      }),
    )
    .output(z.object({ requestId })),
  /** Refusals: already-decided (by whom), answer-missing (a decline says why). */
  decideRequest: command({ may: 'register-admit-move' })
    .input(commandInput({ requestId, accept: z.boolean(), answer: text(200).optional() }))
    .output(done),
  /** `seen`: what it was when the caller looked; refused when it is something else. Refusals: already-decided (by whom). */
  cancelRequest: command({ may: 'register-admit-move' })
    .input(commandInput({ requestId, seen: z.enum(['requested', 'accepted']).default('requested') }))
    .output(done),
  /**
   * Takes back a decision or a withdrawal: the request is again what it was before. `seen`: what it was when the caller
   * looked. Refusals: already-decided (by whom), already-requested, not-in-progress.
   */
  reopenRequest: command({ may: 'register-admit-move' })
    .input(commandInput({ requestId, seen: z.enum(['accepted', 'declined', 'cancelled']) }))
    .output(done),

  /** The figures of a period; discharges counted in `[from, to)`. Refusals: period-out-of-order. */
  kpis: query({ may: 'see-figures' }).input(z.object(period)).output(kpis),
  /** The encounters or tasks a figure counts, newest first, at most 2,000. Names only for those who may see names. */
  kpiList: query({ may: 'see-figures' })
    .input(z.object({ ...period, list: z.enum(KPI_LISTS) }))
    .output(
      z.object({
        total: z.number().int(),
        rows: z.array(
          z.object({
            encounterId: encounterId.nullable(),
            bedLabel: z.string().nullable(),
            wardName: z.string().nullable(),
            displayName: z.string().nullable(),
            visitNumber: z.string().nullable(),
            from: at.nullable(),
            to: at.nullable(),
            /** Days or minutes, as the figure counts. */
            value: z.number().nullable(),
            detail: z.string().nullable(),
          }),
        ),
      }),
    ),
  /** The figure over time, for charts: by day, by hour of the day, or by cause. Refusals: period-out-of-order, period-too-long (10 years). */
  kpiSeries: query({ may: 'see-figures' })
    .input(
      z.object({
        ...period,
        series: z.enum([
          'occupancy-by-day',
          'discharges-by-hour',
          'turnaround-by-hour',
          'turnaround-by-cause',
          'los-by-day',
        ]),
      }),
    )
    .output(z.array(z.object({ key: z.string(), value: z.number().nullable(), count: z.number().int() }))),
  /**
   * Arrivals, discharges and occupied beds by hour for the next `hours`, from the clinic's own history, with the mean
   * absolute error the same method had over the last four weeks. `usable` false, with why, when there is too little history.
   */
  forecast: query({ may: 'see-figures' })
    .input(z.object({ hours: z.number().int().min(1).max(72).default(72), ward: z.string().max(100).optional() }))
    .output(
      z.object({
        usable: z.boolean(),
        why: z.string().nullable(),
        madeAt: at,
        historyFrom: at.nullable(),
        arrivals: z.array(hourly),
        discharges: z.array(hourly),
        occupied: z.array(hourly),
        /** Beds occupied now, as occupancy counts them. */
        present: z.number().int(),
        /**
         * To 24, 48 and 72 h from now, as far as asked: occupied then is what was 24 h before (first: `present`), and
         * arrivals less discharges of these 24 h.
         */
        ahead: z.array(
          z.object({ hours: z.number().int(), occupied: hourly, arrivals: z.number(), discharges: z.number() }),
        ),
        /** Beds there are. */
        beds: z.number().int(),
        /** Mean absolute error a day at 24, 48 and 72 h ahead; and of saying "as last week". */
        pastError: z.array(
          z.object({
            aheadHours: z.number().int(),
            arrivals: z.number().nullable(),
            discharges: z.number().nullable(),
            occupied: z.number().nullable(),
            occupiedAsLastWeek: z.number().nullable(),
            days: z.number().int(),
          }),
        ),
      }),
    ),
};
