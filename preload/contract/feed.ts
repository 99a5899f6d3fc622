import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, commandInput, done, query } from './procedure.ts';
import { at, encounterId, patientId, streamed, words } from './schemas.ts';

const feedMessage = z.object({
  id: z.string(),
  controlId: z.string(),
  type: z.string(),
  sender: z.string(),
  receivedAt: at,
  copies: z.number().int(),
  state: z.enum(['applied', 'waiting', 'dismissed']),
  /** Why it waits, in words. */
  why: z.string().nullable(),
  patientId: patientId.nullable(),
  encounterId: encounterId.nullable(),
  /** As far as the reader may see names. */
  displayName: z.string().nullable(),
  visitNumber: z.string().nullable(),
  settledBy: z.string().nullable(),
  settleReason: z.string().nullable(),
});

/** Counts since the hub started; `waiting` is the length of the review list, `unsent` of the outgoing queue. */
const feedStatus = z.object({
  /** `mllp://…`; null: the listener is off (`--hl7-port`). */
  url: z.string().nullable(),
  connections: z.number().int(),
  received: z.number().int(),
  applied: z.number().int(),
  doubled: z.number().int(),
  /** Answered AE or AR, with the latest reason. */
  rejected: z.number().int(),
  lastRejection: z.object({ at, why: z.string() }).nullable(),
  lastReceivedAt: at.nullable(),
  waiting: z.number().int(),
  outgoing: z.object({
    url: z.string().nullable(),
    unsent: z.number().int(),
    lastSentAt: at.nullable(),
    problem: z.string().nullable(),
    /** Messages the other system would not have, and the latest of them; they are not sent again. */
    givenUp: z.number().int(),
    lastGivenUp: z.object({ type: z.string(), at, why: z.string() }).nullable(),
  }),
});

export const feedPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), ...streamed, status: feedStatus, review: z.array(feedMessage) }),
  z.object({ kind: z.literal('changes'), ...streamed, status: feedStatus, review: z.array(feedMessage) }),
]);

/** The HL7 v2 feed of the hospital's other systems. */
export const feed = {
  status: query({ may: 'see-feed' }).input(z.object({}).optional()).output(feedStatus),
  /** Status and review list, whole when either changes; the list is empty for those who may not review. */
  watch: query({ may: 'see-feed' }).input(z.object({}).optional()).output(eventIterator(feedPart)),
  /** Messages nothing explains yet, oldest first. */
  review: query({ may: 'review-feed' })
    .input(z.object({ limit: z.number().int().min(1).max(2_000).default(500) }).optional())
    .output(z.array(feedMessage)),
  /** Newest first, a page at a time. */
  messages: query({ may: 'review-feed' })
    .input(z.object({ before: at.optional(), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.array(feedMessage)),
  /** The message as it came, a segment a line. */
  message: query({ may: 'review-feed' })
    .input(z.object({ id: z.string().max(64) }))
    .output(feedMessage.extend({ text: z.string() })),
  /** A person settled it by hand elsewhere, or it says nothing: off the list, kept in the record. Refusals: not-waiting. */
  dismiss: command({ may: 'review-feed' })
    .input(commandInput({ id: z.string().max(64), reason: words(200) }))
    .output(done),
  /** Tries it again now. */
  retry: command({ may: 'review-feed' })
    .input(commandInput({ id: z.string().max(64) }))
    .output(feedMessage),
};
